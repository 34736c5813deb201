//! The caller card: a number's own past in the agent's area, nothing discreet, and each look recorded.

use services::tickets::{self, RelatedQuery};
use shared::access::Role;
use shared::command::Ticked;
use shared::fault::Code;
use shared::ticket::Channel;
use shared::ticket::command::Register;

use crate::support::{CENTRE, World, ZJJ, a_complaint, on_each_database};

fn call() -> RelatedQuery {
    RelatedQuery {
        phone: Some("138 1234 5678".to_owned()),
        channel: Some(Channel::Phone),
        ..Default::default()
    }
}

#[tokio::test]
async fn an_agent_sees_what_there_is_of_the_number() {
    on_each_database(|world: World| async move {
        let none = tickets::caller(&world.agent(), call()).await;
        let none = none.expect("looked up").expect("a card");
        assert_eq!((none.total, none.last.len()), (0, 0));
        let first = world.files(a_complaint()).await;
        let repeated = Register {
            repeat_of: Some(first.claim.ticket_no.clone()),
            ..a_complaint()
        };
        world.clock.advance_minutes(1);
        let second = world.takes_call(repeated).await;
        let confidential = Register {
            confidential: Ticked(true),
            ..a_complaint()
        };
        world.takes_call(confidential).await;

        let card = tickets::caller(&world.agent(), call()).await;
        let card = card.expect("looked up").expect("a card");
        assert_eq!((card.total, card.open, card.dissatisfied), (2, 2, 0));
        let last: Vec<_> = card.last.iter().map(|it| (it.id, it.is_repeat)).collect();
        assert_eq!(last, [(second.id, true), (first.id, false)]);
        // An agent opens his own tickets, and knows of the others.
        let may_open: Vec<bool> = card.last.iter().map(|it| it.may_open).collect();
        assert_eq!(may_open, [true, false]);
        let lead = world.person(Role::ShiftLead, CENTRE);
        let card = tickets::caller(&lead, call()).await.expect("looked up");
        assert!(card.expect("a card").last.iter().all(|it| it.may_open));

        let suzhou = world.person(Role::ShiftLead, "320500-12345");
        let card = tickets::caller(&suzhou, call()).await.expect("looked up");
        assert_eq!(card.expect("a card").total, 0, "another centre's");
        let refused = tickets::caller(&world.handler(ZJJ), call()).await;
        assert_eq!(refused.expect_err("a unit").code, Code::AccessDenied);
    })
    .await;
}

#[tokio::test]
async fn a_look_has_a_reason_and_is_recorded_once() {
    on_each_database(|world: World| async move {
        let without = RelatedQuery {
            channel: Some(Channel::Web),
            ..call()
        };
        let fault = tickets::caller(&world.agent(), without).await;
        assert_eq!(fault.expect_err("no reason").fields[0].field, "reason");
        tickets::caller(&world.agent(), call())
            .await
            .expect("a call");
        tickets::related(&world.agent(), call())
            .await
            .expect("the same look");
        assert_eq!(world.audited("tickets.related").await.len(), 1);
        let half = RelatedQuery {
            phone: Some("138123456".to_owned()),
            ..call()
        };
        let card = tickets::caller(&world.agent(), half)
            .await
            .expect("no look");
        assert_eq!(card, None, "no whole number");
    })
    .await;
}
