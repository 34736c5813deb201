//! Reading a database through, the writer's probe, proving keys, copying and holding a database at one moment.
//! Not here: what commands make of it (services and server).

use sea_orm::ConnectionTrait as _;
use shared::calendar::Instant;
use store::installation::{self, lacking};
use store::{OpenOptions, Seal, Store, backup, health, vitals};

use crate::support::{DAY, NOW, World};

on_both! {
    a_sound_database_has_no_damage_and_its_writer_is_honest
    a_seal_of_others_is_told_by_marks_and_by_rows
    a_held_database_stays_as_it_was
    what_waits_and_what_is_signed_is_counted
}

async fn a_sound_database_has_no_damage_and_its_writer_is_honest(world: World) {
    let health = health::examine(&world.store, &world.url)
        .await
        .expect("reads");
    assert!(
        health.damage.is_empty() && !health.done.is_empty(),
        "{health:?}"
    );
    world
        .store
        .prove_writer()
        .await
        .expect("writes and reads back");
}

async fn a_seal_of_others_is_told_by_marks_and_by_rows(world: World) {
    let message = store::record::OutboxMessage {
        id: uuid::Uuid::from_u128(7),
        ticket_id: None,
        channel: "sms".to_owned(),
        to: "13800000000".to_owned(),
        body: "words".to_owned(),
        at: NOW,
        about: None,
        area: None,
        urgent: false,
    };
    world
        .store
        .write::<_, store::StoreError, _>(move |tx| {
            Box::pin(async move {
                installation::record_keys(tx, NOW).await?;
                store::outbox::put(tx, &message).await
            })
        })
        .await
        .expect("writes");
    let proofs = installation::prove(&world.store.reader())
        .await
        .expect("tries");
    assert!(
        proofs.iter().all(|proof| proof.trouble.is_none()),
        "{proofs:?}"
    );
    assert!(proofs.iter().any(|proof| proof.opened > 0), "{proofs:?}");

    let foreign = Seal::in_memory().expect("keys");
    let known = installation::known_keys(&world.store.reader())
        .await
        .expect("reads");
    assert_eq!(lacking(&known, world.store.seal()), []);
    assert_eq!(lacking(&known, &foreign).len(), 3, "data, lookup, audit");
    let other = Store::open(&world.url, foreign, OpenOptions::default())
        .await
        .expect("opens");
    let proofs = installation::prove(&other.reader()).await.expect("tries");
    let trouble: Vec<_> = proofs
        .iter()
        .filter(|proof| proof.trouble.is_some())
        .collect();
    assert!(
        trouble.len() == 1 && trouble[0].kind == "messages",
        "{proofs:?}"
    );
}

async fn a_held_database_stays_as_it_was(world: World) {
    let dir = tempfile::tempdir().expect("a folder");
    let held = match installation::sqlite_file(&world.url).expect("an address") {
        Some(file) => {
            let copy = dir.path().join("copy.sqlite");
            backup::copy_sqlite(&file, &copy, world.store.seal()).await
        }
        None => backup::hold(&world.url, world.store.seal())
            .await
            .map(|(db, _)| db),
    };
    let held = held.expect("held");
    let before = backup::facts(&held).await.expect("facts");
    let raw = world.raw().await;
    raw.execute_unprepared("insert into units (code, name, path, level, region, active) values ('x', 'x', 'x/', 'D', '320100', true)")
        .await
        .expect("somebody writes");
    let again = backup::facts(&held).await.expect("facts");
    assert_eq!(before, again);
    backup::release(held).await;
    let units = |facts: &backup::Facts| {
        let found = facts.counts.iter().find(|(table, _)| table == "units");
        found.map(|(_, count)| *count)
    };
    let live = backup::facts(&world.store.reader()).await.expect("facts");
    assert_eq!(units(&live), units(&before).map(|count| count + 1));
    let schema: Vec<&str> = live.schema.iter().map(String::as_str).collect();
    assert_eq!(schema, store::migration_names().collect::<Vec<_>>());
}

async fn what_waits_and_what_is_signed_is_counted(world: World) {
    let db = world.store.reader();
    let none = vitals::read(&db).await.expect("reads");
    assert_eq!((none.messages_waiting, none.signed_at), (0, None));
    let message = store::record::OutboxMessage {
        id: uuid::Uuid::from_u128(8),
        ticket_id: None,
        channel: "sms".to_owned(),
        to: "13800000000".to_owned(),
        body: "words".to_owned(),
        at: Instant(NOW.0 + 400 * DAY),
        about: None,
        area: None,
        urgent: false,
    };
    world
        .store
        .write::<_, store::StoreError, _>(move |tx| {
            Box::pin(async move { store::outbox::put(tx, &message).await })
        })
        .await
        .expect("writes");
    let one = vitals::read(&db).await.expect("reads");
    assert_eq!(one.messages_waiting, 1);
    assert!(
        store::outbox::is_waiting(&db, NOW).await.expect("asks"),
        "written while the clock was ahead, it is due now"
    );
}

#[tokio::test]
async fn a_damaged_page_of_an_sqlite_file_is_found() {
    let world = World::sqlite().await;
    let file = installation::sqlite_file(&world.url)
        .expect("an address")
        .expect("a file");
    world.store.close().await.expect("closes");
    let mut bytes = std::fs::read(&file).expect("reads");
    let page = 8192;
    for start in (30 * page..bytes.len()).step_by(10 * page) {
        bytes[start..start + 16].fill(0xA5);
    }
    std::fs::write(&file, bytes).expect("damages");
    let store = Store::open(
        &world.url,
        Seal::in_memory().expect("keys"),
        OpenOptions::default(),
    )
    .await
    .expect("opens");
    let health = health::examine(&store, &world.url).await.expect("reads");
    assert!(!health.damage.is_empty(), "{health:?}");
}
