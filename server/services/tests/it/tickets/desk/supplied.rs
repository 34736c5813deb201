//! What the citizen writes takes up the work that waited for it, and no other.

use services::{consistency, tickets};
use shared::application::SuspensionReason;
use shared::command::Version;
use shared::ticket::verbs::{RuleSuspension, Sign, SuspendWork};
use shared::ticket::{TicketState, Verb};
use store::record::ClockKind;

use super::incoming::{sends, text, with_gateway};
use crate::support::{Filed, World, ZJJ, a_complaint, on_each_database, said};

/// The number of the story's citizen.
const CITIZEN: &str = "13812345678";

async fn suspended(world: &World, reason: SuspensionReason) -> Filed {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    let (id, version) = filed.at_unit(ZJJ);
    let sign = Sign {
        version: Version(version),
    };
    filed.took(tickets::act(&world.liaison(ZJJ), id, sign).await);
    let (id, version) = filed.at_unit(ZJJ);
    let suspend = SuspendWork {
        version: Version(version),
        reason,
        until: said("2026-03-16"),
        explanation: said("请诉求人补充房屋权属证明，已电话告知。"),
        files: Vec::new(),
    };
    filed.took(tickets::act(&world.handler(ZJJ), id, suspend).await);
    let (id, version) = filed.at_unit(ZJJ);
    let rule = RuleSuspension {
        version: Version(version),
        grant: true,
        opinion: None,
    };
    filed.took(tickets::act(&world.reviewer(), id, rule).await);
    filed
}

async fn state(world: &World, filed: &Filed) -> TicketState {
    let detail = tickets::get(&world.dispatcher(), filed.id).await;
    detail.expect("seen").row.state
}

async fn resumed(world: &World, filed: &Filed) -> usize {
    let db = world.services.store().reader();
    let entries = store::host::clock_entries(&db, filed.id.into()).await;
    let kinds = entries.expect("the ledger").into_iter();
    kinds
        .filter(|entry| entry.kind == ClockKind::Resume)
        .count()
}

#[tokio::test]
async fn what_waited_for_the_citizen_goes_on_when_he_writes() {
    on_each_database(|world| async move {
        with_gateway(&world);
        let filed = suspended(&world, SuspensionReason::Supplement).await;
        assert_eq!(state(&world, &filed).await, TicketState::Suspended);
        world.time("2026-03-04T10:00");
        sends(&world, &[text("S1", CITIZEN, "产权证号已补充。")]).await;
        assert_eq!(state(&world, &filed).await, TicketState::Handling);
        assert_eq!(
            resumed(&world, &filed).await,
            2,
            "of the ticket and its part"
        );
        let history = tickets::history(&world.dispatcher(), filed.id).await;
        let line = history.expect("seen").pop().expect("a line");
        assert_eq!(line.verb, Verb::ResumeWork);
        assert_eq!(line.facts["supplied"], "true");
        let found = consistency::check_all(&world.services).await;
        assert_eq!(found.expect("checked").count, 0);
        // Once.
        sends(&world, &[text("S2", CITIZEN, "谢谢。")]).await;
        assert_eq!(resumed(&world, &filed).await, 2);
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_something_else_stands_still() {
    on_each_database(|world| async move {
        with_gateway(&world);
        let filed = suspended(&world, SuspensionReason::Appraisal).await;
        sends(&world, &[text("S3", CITIZEN, "什么时候有结果？")]).await;
        assert_eq!(state(&world, &filed).await, TicketState::Suspended);
        assert_eq!(resumed(&world, &filed).await, 0);
    })
    .await;
}
