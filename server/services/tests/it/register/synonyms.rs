//! Synonyms and initials: a published group, and the letters of a name, widen searches, visibly, and not where their reader wants the words alone.
//! Not here: how words are divided (`shared`), the search itself (`todo::search`).

use services::{directory, tickets};
use shared::access::Role;
use shared::fault::Code;
use shared::query::TicketQuery;
use shared::register::ListCode;
use shared::ticket::command::Register;

use super::{BASE, drafted, drafter, published, row};
use crate::support::{CENTRE, SUZHOU_CENTRE, a_complaint, on_each_database, said};

#[tokio::test]
async fn a_group_of_words_widens_a_search_until_it_is_switched_off() {
    on_each_database(|world| async move {
        world.files(a_complaint()).await;
        let dispatcher = world.hires(Role::Dispatcher, CENTRE).await;
        let before = tickets::search(&dispatcher, "屋顶渗水", false).await;
        let before = before.expect("searched");
        assert!(before.also.is_empty());
        assert_eq!(before.tickets.map(|it| it.items.len()), Some(0));

        let group = row(&[("code", "LEAK"), ("words", "漏水、渗水")]);
        let version = drafted(&world, ListCode::Synonyms, None, &group).await;
        let short = row(&[("code", "ONE"), ("words", "漏水")]);
        let refused = services::register::put_row(
            &drafter(&world),
            (ListCode::Synonyms, BASE),
            version,
            (None, &short),
        )
        .await;
        let refused = refused.expect_err("one word");
        assert_eq!(refused.fields[0].code, Code::InputTooShort);
        published(&world, ListCode::Synonyms, version, None, false)
            .await
            .expect("published");

        let wide = tickets::search(&dispatcher, "屋顶渗水", false).await;
        let wide = wide.expect("searched");
        assert_eq!(wide.also, ["屋顶漏水"]);
        assert_eq!(wide.tickets.map(|it| it.items.len()), Some(1));
        let list = |query: &str| {
            let query = TicketQuery::from_query(query).expect("a query");
            let dispatcher = &dispatcher;
            async move {
                let count = tickets::count(dispatcher, &query.filter).await;
                let page = tickets::list(dispatcher, query).await.expect("lists");
                let n = count.expect("counts").n;
                assert_eq!(i64::try_from(page.items.len()), Ok(n));
                (n, page.also)
            }
        };
        let (n, also) = list("q=屋顶渗水").await;
        assert_eq!((n, also), (1, vec!["屋顶漏水".to_owned()]));
        assert_eq!(list("q=屋顶渗水&exact=true").await, (0, Vec::new()));
        assert_eq!(list("q=屋顶渗水&state=CLOSED").await.0, 0);
        // Whoever does not see the ticket finds it by no other word either.
        let stranger = world.hires(Role::Dispatcher, SUZHOU_CENTRE).await;
        let query = TicketQuery::from_query("q=屋顶渗水").expect("a query");
        let page = tickets::list(&stranger, query).await.expect("lists");
        assert!(page.items.is_empty());

        let exact = tickets::search(&dispatcher, "屋顶渗水", true).await;
        let exact = exact.expect("searched");
        assert!(exact.also.is_empty());
        assert_eq!(exact.tickets.map(|it| it.items.len()), Some(0));
    })
    .await;
}

#[tokio::test]
async fn letters_name_units_and_categories_until_that_is_switched_off() {
    on_each_database(|world| async move {
        let words = "屋顶漏水半年，城市管理局和物业互相推诿，请求查明原因。";
        let named = Register {
            content: said(words),
            ..a_complaint()
        };
        world.files(named).await;
        world.files(a_complaint()).await;
        let dispatcher = world.hires(Role::Dispatcher, CENTRE).await;
        let list = async |query: &str| {
            let query = TicketQuery::from_query(query).expect("a query");
            let page = tickets::list(&dispatcher, query).await.expect("lists");
            (page.items.len(), page.also)
        };
        let (n, also) = list("q=CSGLJ").await;
        assert_eq!(n, 1);
        assert!(also.contains(&"城市管理局".to_owned()), "{also:?}");
        assert_eq!(list("q=CSGLJ&exact=true").await, (0, Vec::new()));
        assert!(list("q=cs1").await.1.is_empty(), "letters alone");
        let found = tickets::search(&dispatcher, "csglj", false).await;
        let found = found.expect("searched");
        assert_eq!(found.tickets.map(|it| it.items.len()), Some(1));

        // A list of choices comes with the letters by which it is narrowed.
        let tree = directory::categories(&dispatcher).await.expect("a tree");
        assert!(tree.iter().all(|node| !node.initials.is_empty()));
    })
    .await;
}
