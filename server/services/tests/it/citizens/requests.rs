//! The own requests: which stand in the list, which open, and the verbs.

use services::{citizens, public};
use shared::command::{Block, Ticked};
use shared::fault::Code;
use shared::ticket::command::CitizenBlock;
use shared::ticket::verbs::{Rate, Urge};
use shared::ticket::{RequestKind, Satisfaction, Solved, TicketState};

use super::PHONE;
use crate::support::{ZJJ, a_complaint, on_each_database, said};

const OTHER: &str = "13900000000";

#[tokio::test]
async fn the_list_has_what_was_filed_with_the_number_and_of_discreet_ones_the_number_alone() {
    on_each_database(|world| async move {
        let open = world.files(a_complaint()).await;
        let mut typed = a_complaint();
        typed.citizen = Block(CitizenBlock {
            phone: Some(said("+86 138-1234-5678")),
            ..CitizenBlock::default()
        });
        let called = world.takes_call(typed).await;
        let mut confidential = a_complaint();
        confidential.confidential = Ticked(true);
        let confidential = world.files(confidential).await;
        let mut tip_off = a_complaint();
        tip_off.kind = RequestKind::TipOff;
        let tip_off = world.files(tip_off).await;
        let mut anonymous = a_complaint();
        anonymous.anonymous = Ticked(true);
        anonymous.citizen = Block(CitizenBlock::default());
        let anonymous = world.files(anonymous).await;
        let mut others = a_complaint();
        others.citizen = Block(CitizenBlock {
            phone: Some(said(OTHER)),
            ..CitizenBlock::default()
        });
        let others = world.files(others).await;

        let citizen = world.citizen(PHONE).await;
        let page = citizens::list(&citizen, None).await.expect("the list");
        let shown: Vec<_> = page
            .items
            .iter()
            .map(|row| (row.ticket_no.clone(), row.title.is_some()))
            .collect();
        for (filed, told) in [
            (&open, true),
            (&called, true),
            (&confidential, false),
            (&tip_off, false),
        ] {
            let row = (filed.claim.ticket_no.clone(), told);
            assert!(shown.contains(&row), "{row:?} in {shown:?}");
        }
        assert_eq!(shown.len(), 4, "neither the anonymous nor another's");
        let (ticket, own) = citizens::follow(&citizen, &open.claim.ticket_no)
            .await
            .expect("followed");
        assert!(ticket.may_urge && own.content.contains("屋顶漏水"));
        for hidden in [&confidential, &tip_off, &anonymous, &others] {
            let found = citizens::follow(&citizen, &hidden.claim.ticket_no).await;
            assert_eq!(found.err().map(|f| f.code), Some(Code::NotFound));
            let urge = Urge { message: None };
            let urged = citizens::urge(&citizen, hidden.claim.ticket_no.clone(), urge).await;
            assert_eq!(urged.err().map(|f| f.code), Some(Code::NotFound));
        }
        public::lookup(&world.visitor(), confidential.claim.clone())
            .await
            .expect("the query code opens it as before");
        let visitor = citizens::list(&world.visitor(), None).await;
        assert_eq!(visitor.err().map(|f| f.code), Some(Code::SignedOut));
    })
    .await;
}

#[tokio::test]
async fn the_list_is_read_page_by_page() {
    on_each_database(|world| async move {
        for _ in 0..45 {
            world.clock.advance_minutes(1);
            world.files(a_complaint()).await;
        }
        let citizen = world.citizen(PHONE).await;
        let (mut cursor, mut seen) = (None, Vec::new());
        loop {
            let page = citizens::list(&citizen, cursor.as_deref()).await;
            let page = page.expect("a page");
            seen.extend(page.items.into_iter().map(|row| row.accepted_at));
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 45);
        assert!(seen.windows(2).all(|two| two[0] > two[1]), "newest first");
        let wrong = citizens::list(&citizen, Some("x")).await;
        assert_eq!(
            wrong.err().map(|f| f.fields[0].code),
            Some(Code::InputCursor)
        );
    })
    .await;
}

#[tokio::test]
async fn the_verbs_are_those_of_the_query_code() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        let citizen = world.citizen(PHONE).await;
        let no = filed.claim.ticket_no.clone();
        let urge = || Urge {
            message: Some(said("还没有人来")),
        };
        let urged = citizens::urge(&citizen, no.clone(), urge()).await;
        assert!(!urged.expect("urged").may_urge);
        let twice = citizens::urge(&citizen, no.clone(), urge()).await;
        assert_eq!(twice.err().map(|f| f.code), Some(Code::UrgedToday));
        let seen = services::views::get(&world.supervisor(), filed.id).await;
        filed.version = seen.expect("seen by staff").row.version;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        world.unit_answers(&mut filed, ZJJ).await;
        world.centre_passes(&mut filed).await;
        let rate = Rate {
            solved: Solved::Yes,
            satisfaction: Satisfaction::Satisfied,
            words: None,
        };
        let rated = citizens::rate(&citizen, no, rate).await.expect("rated");
        assert!(rated.rating.is_some());
        let other = world.files(a_complaint()).await;
        let taken = citizens::withdraw(&citizen, other.claim.ticket_no.clone(), None).await;
        assert_eq!(taken.expect("taken back").state, TicketState::Withdrawn);
        let page = citizens::list(&citizen, None).await.expect("the list");
        assert_eq!(page.items.len(), 2, "it stays in the list");
    })
    .await;
}
