//! One search over tickets, approvals and people: each group in the reader's scope, and only for who may see it.
//! Not here: the ticket list's own search (`store`), the page (`server`).

use services::tickets;
use shared::access::Role;
use shared::fault::Code;

use crate::support::{CENTRE, ZJJ, a_complaint, on_each_database};

#[tokio::test]
async fn a_few_of_everything_are_found_in_scope() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let dispatcher = world.hires(Role::Dispatcher, CENTRE).await;
        let unit = world.hires(Role::UnitLiaison, ZJJ).await;
        let page = tickets::search(&dispatcher, "屋顶漏水", false).await;
        let found = page.expect("searched").tickets.expect("may see tickets");
        assert_eq!((found.items.len(), found.more), (1, false));
        let no = filed.claim.ticket_no.to_string();
        let page = tickets::search(&dispatcher, &no, false)
            .await
            .expect("searched");
        assert_eq!(page.tickets.map(|it| it.items.len()), Some(1));
        let page = tickets::search(&unit, "屋顶漏水", false)
            .await
            .expect("searched");
        assert_eq!(page.tickets.map(|it| it.items.len()), Some(0), "no part");

        let name = dispatcher.actor.username.clone();
        let page = tickets::search(&dispatcher, &name, false).await;
        let people = page.expect("searched").people.expect("of the city");
        assert!(people.items.iter().any(|it| it.username == name));

        let nothing = tickets::search(&dispatcher, "  ", false)
            .await
            .expect("nothing");
        assert!(nothing.q.is_empty() && nothing.tickets.is_none());
        let short = tickets::search(&dispatcher, "漏", false).await;
        let short = short.expect("one").tickets.expect("may see tickets");
        assert_eq!(short.items.len(), 1, "among the newest");
        let signs = tickets::search(&dispatcher, "。", false).await;
        assert_eq!(signs.expect_err("signs").fields[0].code, Code::InputSearch);
        let long = tickets::search(&dispatcher, &"漏水".repeat(51), false).await;
        assert_eq!(long.expect_err("long").fields[0].code, Code::InputTooLong);
        let visitor = tickets::search(&world.visitor(), "屋顶漏水", false).await;
        assert!(visitor.is_err(), "nobody is signed in");
    })
    .await;
}
