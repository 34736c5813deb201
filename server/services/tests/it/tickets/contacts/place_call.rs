//! Calls without the number: they go out once with both numbers, the unit sees none, and they stand among its tries; so many a day.

use services::{gateway, tickets};
use shared::command::{Ticked, Version};
use shared::fault::{Code, Fault};
use shared::notification::{About, MessageState};
use shared::ticket::verbs::{Contact, PlaceCall, Sign};
use shared::ticket::{ContactWay, Verb};

use crate::support::{Filed, World, ZJJ, a_complaint, on_each_database, said};

const OWN: &str = "13700137000";
const CITIZEN: &str = "13812345678";

async fn signed(world: &World, filed: &mut Filed) {
    world.dispatches(filed, ZJJ, &[]).await;
    let (id, version) = filed.at_unit(ZJJ);
    let sign = Sign {
        version: Version(version),
    };
    filed.took(tickets::act(&world.liaison(ZJJ), id, sign).await);
}

async fn calls(world: &World, filed: &mut Filed) -> Result<(), Fault> {
    let (id, version) = filed.at_unit(ZJJ);
    let call = PlaceCall {
        version: Version(version),
        own_number: said(OWN),
    };
    let acted = tickets::act(&world.handler(ZJJ), id, call).await?;
    filed.took(Ok(acted));
    Ok(())
}

#[tokio::test]
async fn a_call_goes_out_with_both_numbers_and_shows_none() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        signed(&world, &mut filed).await;
        calls(&world, &mut filed).await.expect("asked for");
        let sent = world.messages_to(CITIZEN).await;
        let asked = sent.iter().filter(|body| *body == OWN).count();
        assert_eq!(asked, 1, "{sent:?}");
        let handler = world.handler(ZJJ);
        let seen = tickets::sheet(&handler, filed.id).await.expect("seen");
        let part = &seen.detail.assignments[0];
        assert_eq!(part.contacts.len(), 1);
        let contact = &part.contacts[0];
        assert_eq!((contact.way, contact.reached), (ContactWay::Bridge, false));
        let last = seen.history.last().expect("a line");
        assert_eq!(last.verb, Verb::PlaceCall);
        let shown = serde_json::to_string(&seen).expect("json");
        assert!(!shown.contains(OWN) && !shown.contains(CITIZEN));
        let messages = gateway::desk::of_ticket(&handler, filed.id).await;
        let messages = messages.expect("told");
        assert_eq!(messages.len(), 1, "what the unit itself asked for");
        assert_eq!(messages[0].about, Some(About::Called));
        assert_eq!(messages[0].state, MessageState::Sent);
        assert!(messages[0].to.is_empty(), "no number");
        let audited = world.audited("place-call").await;
        assert_eq!(audited.len(), 1);
        let (id, version) = filed.at_unit(ZJJ);
        let entered = Contact {
            version: Version(version),
            way: ContactWay::Call,
            reached: true,
            note: None,
            lon: None,
            lat: None,
            files: Vec::new(),
        };
        filed.took(tickets::act(&handler, id, entered).await);
    })
    .await;
}

#[tokio::test]
async fn three_a_day_and_none_on_discreet_tickets() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        signed(&world, &mut filed).await;
        for _ in 0..3 {
            calls(&world, &mut filed).await.expect("asked for");
        }
        let fourth = calls(&world, &mut filed).await.expect_err("three a day");
        assert_eq!(fourth.code, Code::CallUnfit);
        assert_eq!(fourth.facts.get("why").map(String::as_str), Some("many"));
        let mut confidential = a_complaint();
        confidential.confidential = Ticked(true);
        let mut discreet = world.files(confidential).await;
        signed(&world, &mut discreet).await;
        let refused = calls(&world, &mut discreet).await.expect_err("discreet");
        let why = refused.facts.get("why").map(String::as_str);
        assert_eq!(why, Some("discreet"));
        let seen = tickets::get(&world.handler(ZJJ), discreet.id).await;
        let actions = &seen.expect("seen").assignments[0].actions;
        assert!(!actions.contains(&Verb::PlaceCall), "no button either");
    })
    .await;
}
