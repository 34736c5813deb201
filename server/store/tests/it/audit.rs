//! The audit: chain, checkpoints, tampering, erasing.

use sea_orm::ConnectionTrait as _;
use store::audit::AuditQuery;

use crate::support::{NOW, World, audit};

on_both! { rows_are_linked_signed_and_verified tampering_is_found erasing_keeps_the_chain two_sealers_do_not_fork_the_chain }

async fn write(world: &World, count: usize) {
    for _ in 0..count {
        world
            .store
            .write(move |tx| {
                Box::pin(
                    async move { store::audit::append(tx, &[audit("ticket.reveal", NOW)]).await },
                )
            })
            .await
            .expect("written");
    }
}

async fn seal(world: &World, batch: u32) -> u32 {
    world
        .store
        .write(move |tx| Box::pin(async move { store::audit::seal(tx, batch).await }))
        .await
        .expect("sealed")
}

async fn rows_are_linked_signed_and_verified(world: World) {
    let db = world.store.reader();
    write(&world, 7).await;
    assert!(store::audit::is_pending(&db).await.expect("asks"));
    assert_eq!(
        store::audit::verify(&db).await.expect("verifies").pending,
        7
    );
    assert_eq!(seal(&world, 5).await, 5);
    assert_eq!(seal(&world, 5).await, 2);
    assert_eq!(seal(&world, 5).await, 0);
    let due = store::audit::checkpoint_due(&db, NOW, 60_000)
        .await
        .expect("asks")
        .expect("due");
    assert_eq!(due, 7);
    let signed = world
        .store
        .write(move |tx| Box::pin(async move { store::audit::checkpoint(tx, due, NOW).await }))
        .await
        .expect("signs")
        .expect("signed");
    assert_eq!(
        store::audit::link(&db, 7).await.expect("link"),
        Some(signed.link)
    );
    assert_eq!(
        store::audit::checkpoint_due(&db, NOW, 60_000)
            .await
            .expect("asks"),
        None
    );
    let report = store::audit::verify(&db).await.expect("verifies");
    assert_eq!(
        (report.sealed, report.pending, report.checkpoints),
        (7, 0, 1)
    );
    assert_eq!(report.faults, Vec::<String>::new());
    let page = store::audit::list(
        &db,
        &AuditQuery {
            limit: 5,
            ..AuditQuery::default()
        },
    )
    .await
    .expect("lists");
    assert_eq!(page.items.len(), 5);
    assert_eq!(page.items[0].entry.ip.as_deref(), Some("10.0.0.1"));
    let rest = AuditQuery {
        limit: 5,
        cursor: page.next_cursor,
        action: Some("ticket.reveal".to_owned()),
        ..AuditQuery::default()
    };
    assert_eq!(
        store::audit::list(&db, &rest)
            .await
            .expect("lists")
            .items
            .len(),
        2
    );
}

async fn tampering_is_found(world: World) {
    write(&world, 4).await;
    seal(&world, 100).await;
    let raw = world.raw().await;
    let guard = if world.store.kind() == "sqlite" {
        "drop trigger audit_grow_update"
    } else {
        "drop trigger audit_grow_update on audit"
    };
    assert!(
        raw.execute_unprepared("update audit set facts = '{}' where n = 2")
            .await
            .is_err(),
        "the database refuses"
    );
    raw.execute_unprepared(guard)
        .await
        .expect("an administrator can");
    raw.execute_unprepared("update audit set outcome = 'denied' where n = 2")
        .await
        .expect("changed");
    raw.execute_unprepared("update audit set erasable = '{\"ip\":\"10.9.9.9\"}' where n = 3")
        .await
        .expect("changed");
    raw.execute_unprepared("delete from audit_pending")
        .await
        .expect("nothing there");
    let faults = store::audit::verify(&world.store.reader())
        .await
        .expect("verifies")
        .faults;
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(
        faults[0].contains("row 2") && faults[1].contains("values of row 3"),
        "{faults:?}"
    );
}

async fn erasing_keeps_the_chain(world: World) {
    let entry = audit("ticket.reveal", NOW);
    let id = entry.id;
    world
        .store
        .write(move |tx| Box::pin(async move { store::audit::append(tx, &entry).await }))
        .await
        .expect("written");
    seal(&world, 100).await;
    assert!(
        world
            .store
            .write(move |tx| Box::pin(async move { store::audit::erase(tx, id).await }))
            .await
            .expect("erased")
    );
    let db = world.store.reader();
    assert!(
        store::audit::verify(&db)
            .await
            .expect("verifies")
            .faults
            .is_empty()
    );
    let page = store::audit::list(
        &db,
        &AuditQuery {
            limit: 5,
            ..AuditQuery::default()
        },
    )
    .await
    .expect("lists");
    assert!(page.items[0].entry.erasable.is_empty() && page.items[0].entry.ip.is_none());
}

async fn two_sealers_do_not_fork_the_chain(world: World) {
    write(&world, 30).await;
    let mut sealers = Vec::new();
    for _ in 0..6 {
        let store = world.store.clone();
        sealers.push(tokio::spawn(async move {
            store
                .write(move |tx| Box::pin(async move { store::audit::seal(tx, 10).await }))
                .await
        }));
    }
    let mut sum = 0;
    for sealer in sealers {
        sum += sealer.await.expect("lives").expect("sealed");
    }
    assert_eq!(sum, 30);
    let report = store::audit::verify(&world.store.reader())
        .await
        .expect("verifies");
    assert_eq!((report.sealed, report.faults), (30, Vec::new()));
}
