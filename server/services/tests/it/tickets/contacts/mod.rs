//! Tries of a unit to reach the citizen: what ends the limit of the first contact, what the log and the reply say.

mod place_call;
mod relay;
mod site;

use services::{consistency, tickets};
use shared::command::Version;
use shared::ticket::verbs::{Contact, Reply, Sign};
use shared::ticket::view::AssignmentView;
use shared::ticket::{ContactWay, Light, Verb};
use store::record::ClockKind;

use crate::support::{CGJ, Filed, World, ZJJ, a_complaint, a_reply, on_each_database, said};

async fn signed(world: &World, assisting: &[&str]) -> Filed {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, ZJJ, assisting).await;
    let (id, version) = filed.at_unit(ZJJ);
    let sign = Sign {
        version: Version(version),
    };
    filed.took(tickets::act(&world.liaison(ZJJ), id, sign).await);
    filed
}

async fn tries(world: &World, filed: &mut Filed, reached: bool) {
    let (id, version) = filed.at_unit(ZJJ);
    let contact = Contact {
        version: Version(version),
        way: ContactWay::Call,
        reached,
        note: Some(said("尾号 5678，无人接听")),
        lon: None,
        lat: None,
        files: Vec::new(),
    };
    filed.took(tickets::act(&world.handler(ZJJ), id, contact).await);
}

async fn part(world: &World, filed: &Filed) -> AssignmentView {
    let detail = tickets::get(&world.dispatcher(), filed.id).await;
    let mut parts = detail.expect("seen").assignments.into_iter();
    parts.find(|it| it.unit.code == ZJJ).expect("its part")
}

async fn told(world: &World, filed: &Filed) -> Vec<ClockKind> {
    let db = world.services.store().reader();
    let entries = store::host::clock_entries(&db, filed.id.into()).await;
    let of_contact = entries.expect("the ledger").into_iter();
    of_contact
        .map(|entry| entry.kind)
        .filter(|kind| *kind == ClockKind::Contact)
        .collect()
}

#[tokio::test]
async fn the_third_try_ends_the_limit_of_the_first_contact() {
    on_each_database(|world| async move {
        let mut filed = signed(&world, &[]).await;
        let begun = part(&world, &filed).await;
        let due = begun.contact_deadline.due_at.expect("a limit");
        assert!(due > begun.dispatched_at && begun.contacts.is_empty());
        tries(&world, &mut filed, false).await;
        tries(&world, &mut filed, false).await;
        assert!(told(&world, &filed).await.is_empty());
        world.clock.set(shared::calendar::Instant(due.0 + 60_000));
        assert_eq!(
            part(&world, &filed).await.contact_deadline.light,
            Light::Red,
            "nobody was reached in time"
        );
        tries(&world, &mut filed, false).await;
        assert_eq!(told(&world, &filed).await, [ClockKind::Contact]);
        tries(&world, &mut filed, true).await;
        assert_eq!(told(&world, &filed).await.len(), 1, "it ends once");
        let seen = part(&world, &filed).await;
        let log: Vec<bool> = seen.contacts.iter().map(|it| it.reached).collect();
        assert_eq!(log, [false, false, false, true]);
        assert_eq!(seen.contact_deadline.light, Light::Red, "it was late");

        let (id, version) = filed.at_unit(ZJJ);
        let reply = Reply {
            contact_tries: None,
            ..a_reply(version)
        };
        filed.took(tickets::act(&world.handler(ZJJ), id, reply).await);
        let reply = part(&world, &filed).await.reply.expect("a reply");
        assert_eq!(reply.contact_tries, 4, "the log says it");
        let history = tickets::history(&world.dispatcher(), filed.id).await;
        let lines = history.expect("seen").into_iter();
        let lines: Vec<_> = lines.filter(|it| it.verb == Verb::Contact).collect();
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[0].facts["way"], "call");
        let found = consistency::check_all(&world.services).await;
        assert_eq!(found.expect("checked").count, 0);
    })
    .await;
}

#[tokio::test]
async fn who_is_reached_at_once_was_called_in_time_and_who_assists_has_no_limit() {
    on_each_database(|world| async move {
        let mut filed = signed(&world, &[CGJ]).await;
        tries(&world, &mut filed, true).await;
        assert_eq!(told(&world, &filed).await, [ClockKind::Contact]);
        world.time("2026-03-20T10:00");
        assert_eq!(
            part(&world, &filed).await.contact_deadline.light,
            Light::Green
        );
        let detail = tickets::get(&world.dispatcher(), filed.id).await;
        let parts = detail.expect("seen").assignments.into_iter();
        let assists: Vec<_> = parts.filter(|it| it.unit.code == CGJ).collect();
        assert_eq!(assists.len(), 1);
        assert_eq!(assists[0].contact_deadline.due_at, None);
    })
    .await;
}
