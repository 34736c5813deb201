//! What accompanies verbs: repeated requests, messages, files, settings, runs.

use shared::calendar::Instant;
use shared::file::{FileCase, FileKind, FileState, Hook};
use shared::ids::{BatchId, BlobId, DraftId, FileId};
use shared::notification::Trouble;
use store::StoreError;
use store::batches::{Batch, Counts};
use store::drafts::Draft;
use store::files::{self, Blob, Reference};
use store::idempotency::Stored;
use store::outbox::{Claim, Outcome, Sent, Which, is_waiting};
use store::record::OutboxMessage;

use crate::support::{DAY, HOUR, NOW, World, id, ticket};

on_both! { a_repeated_request_finds_its_answer messages_are_claimed_once files_move_from_the_form_to_the_ticket small_things_are_kept }

async fn a_repeated_request_finds_its_answer(world: World) {
    let stored = Stored {
        body_hash: vec![1, 2],
        status: 200,
        response: "{}".to_owned(),
        at: NOW,
    };
    let first = stored.clone();
    world
        .store
        .write(move |tx| {
            Box::pin(async move { store::idempotency::put(tx, "agent", "k1", &first).await })
        })
        .await
        .expect("kept");
    let db = world.store.reader();
    assert_eq!(
        store::idempotency::find(&db, "agent", "k1")
            .await
            .expect("finds"),
        Some(stored.clone())
    );
    assert_eq!(
        store::idempotency::find(&db, "other", "k1")
            .await
            .expect("finds"),
        None
    );
    let again = world
        .store
        .write(move |tx| {
            Box::pin(async move { store::idempotency::put(tx, "agent", "k1", &stored).await })
        })
        .await;
    assert!(
        matches!(again, Err(StoreError::Exists("idempotency_key"))),
        "{again:?}"
    );
    let gone = world
        .store
        .write(move |tx| {
            Box::pin(async move { store::idempotency::purge(tx, Instant(i64::MAX)).await })
        })
        .await;
    assert_eq!(gone.expect("purged"), 1);
}

#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn messages_are_claimed_once(world: World) {
    let message = OutboxMessage {
        id: id(NOW),
        ticket_id: None,
        channel: "sms".to_owned(),
        to: "13812345678".to_owned(),
        body: "验证".to_owned(),
        at: NOW,
        about: None,
        area: None,
        urgent: false,
    };
    let put = message.clone();
    world
        .store
        .write(move |tx| Box::pin(async move { store::outbox::put(tx, &put).await }))
        .await
        .expect("put");
    let claim = |now: i64| {
        let claim = Claim {
            which: Which::Outside,
            now: Instant(now),
            until: Instant(now + HOUR),
            limit: 10,
        };
        world
            .store
            .write(move |tx| Box::pin(async move { store::outbox::claim(tx, claim).await }))
    };
    assert!(
        !is_waiting(&world.store.reader(), Which::Inside, NOW)
            .await
            .expect("asks"),
        "it is no notice"
    );
    let taken = claim(NOW.0).await.expect("claimed");
    assert_eq!((taken.len(), taken[0].tries), (1, 1));
    assert_eq!(taken[0].message, message);
    assert!(
        claim(NOW.0 + 1).await.expect("claimed").is_empty(),
        "somebody has it"
    );
    let again = claim(NOW.0 + HOUR).await.expect("claimed");
    assert_eq!(again[0].tries, 2, "the first claim ended");
    let settle = |outcome: Outcome| {
        let id = message.id;
        world.store.write(move |tx| {
            Box::pin(async move { store::outbox::settle(tx, id, outcome, NOW).await })
        })
    };
    settle(Outcome::Again(Instant(NOW.0 + 5 * HOUR), Trouble::Away))
        .await
        .expect("settled");
    assert!(
        !is_waiting(
            &world.store.reader(),
            Which::Outside,
            Instant(NOW.0 + 4 * HOUR)
        )
        .await
        .expect("asks")
    );
    assert!(
        is_waiting(
            &world.store.reader(),
            Which::Outside,
            Instant(NOW.0 + 5 * HOUR)
        )
        .await
        .expect("asks")
    );
    settle(Outcome::Sent(Sent::default()))
        .await
        .expect("settled");
    assert!(
        !is_waiting(
            &world.store.reader(),
            Which::Outside,
            Instant(NOW.0 + 9 * DAY)
        )
        .await
        .expect("asks")
    );
}

#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn files_move_from_the_form_to_the_ticket(world: World) {
    let form = |name: u128, expires: i64| Draft {
        id: DraftId(uuid::Uuid::from_u128(name)),
        owner: None,
        device: Some(vec![5; 32]),
        created_at: NOW,
        expires_at: Instant(expires),
    };
    let (sent, old) = (form(1, NOW.0 + DAY), form(2, NOW.0 - 1));
    let (sent_id, old_id) = (sent.id, old.id);
    let photo = |draft: DraftId, name: u128| {
        let blob = Blob {
            id: BlobId(uuid::Uuid::from_u128(name)),
            sha256: Some(vec![3; 32]),
            size: 1_000,
            kind: FileKind::Jpeg,
            state: FileState::Clean,
            path: format!("{name}/photo"),
            sealed_size: 1_024,
            sealed_sha256: vec![4; 32],
            created_at: NOW,
            scanned_at: None,
            finding: None,
            tries: 0,
            picture_of: None,
            width: Some(10),
            height: Some(20),
            open_path: None,
        };
        let small = Blob {
            id: BlobId(uuid::Uuid::from_u128(name + 100)),
            path: format!("{name}/small"),
            picture_of: Some(blob.id),
            ..blob.clone()
        };
        let file = Reference {
            id: FileId(uuid::Uuid::from_u128(name)),
            blob: blob.id,
            hook: Hook::photo(draft),
            version: 0,
            name: "照片.jpg".to_owned(),
            by: None,
            by_name: String::new(),
            at: NOW,
        };
        (file, blob, small)
    };
    let photos = [photo(sent_id, 11), photo(sent_id, 12), photo(old_id, 13)];
    let kept = photos.clone();
    let freed = world
        .store
        .write::<_, StoreError, _>(move |tx| {
            Box::pin(async move {
                store::drafts::begin(tx, &sent).await?;
                store::drafts::begin(tx, &old).await?;
                for (file, blob, small) in &photos {
                    assert!(store::drafts::lock(tx, DraftId(file.hook.id)).await?);
                    files::put(tx, blob, &[7; 32]).await?;
                    files::put(tx, small, &[8; 32]).await?;
                    files::refer(tx, file).await?;
                }
                let (file, blob, _) = &photos[1];
                let held = files::release(tx, &[blob.id]).await?;
                assert_eq!(held, files::Freed::default(), "something refers to it");
                assert!(files::drop_one(tx, file).await?);
                assert!(!files::drop_one(tx, file).await?, "once");
                files::release(tx, &[blob.id]).await
            })
        })
        .await
        .expect("uploaded");
    let both = |name: u128| vec![format!("{name}/photo"), format!("{name}/small")];
    let sorted = |mut freed: files::Freed| {
        freed.sealed.sort();
        freed.sealed
    };
    assert_eq!(sorted(freed), both(12));
    let ticket = world.register(ticket(NOW)).await;
    let ticket_id = ticket.id;
    world
        .store
        .write(move |tx| {
            Box::pin(async move { store::drafts::send(tx, sent_id, ticket_id, 9).await })
        })
        .await
        .expect("sent");
    let db = world.store.reader();
    let of_ticket = files::pictures(&db, FileCase::Ticket, ticket.id.0).await;
    let of_ticket = of_ticket.expect("lists");
    assert_eq!(of_ticket.len(), 1);
    assert_eq!(of_ticket[0].0.id, kept[0].0.id);
    assert_eq!(of_ticket[0].1, kept[0].1);
    let small = files::small_of(&db, kept[0].1.id).await.expect("reads");
    assert_eq!(small.as_ref(), Some(&kept[0].2));
    let gone = world
        .store
        .write(move |tx| Box::pin(async move { store::drafts::expire(tx, NOW, 10).await }))
        .await
        .expect("expired");
    assert_eq!((gone.drafts, sorted(gone.freed)), (1, both(13)));
    let sent = store::drafts::find(&db, sent_id).await.expect("finds");
    assert_eq!(sent, None);
}

#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn small_things_are_kept(world: World) {
    let db = world.store.reader();
    world
        .store
        .write::<(), StoreError, _>(move |tx| {
            Box::pin(async move {
                store::settings::set(tx, "set-up", "hash").await?;
                store::figures::put(tx, "month", "{}", NOW).await?;
                assert!(store::settings::lease(tx, "seal", "a", NOW, Instant(NOW.0 + HOUR)).await?);
                assert!(
                    !store::settings::lease(tx, "seal", "b", NOW, Instant(NOW.0 + HOUR)).await?
                );
                assert!(
                    store::settings::lease(
                        tx,
                        "seal",
                        "b",
                        Instant(NOW.0 + 2 * HOUR),
                        Instant(NOW.0 + 3 * HOUR)
                    )
                    .await?
                );
                let new = store::definitions::New {
                    key: "ticket-main".to_owned(),
                    xml: "<new/>".to_owned(),
                    at: NOW,
                    active_from: None,
                    by: None,
                };
                assert_eq!(store::definitions::deploy(tx, &new).await?, (2, true));
                assert_eq!(store::definitions::deploy(tx, &new).await?, (2, false));
                assert!(!store::settings::take(tx, "set-up", "wrong").await?);
                assert!(store::settings::take(tx, "set-up", "hash").await?);
                Ok(())
            })
        })
        .await
        .expect("kept");
    assert_eq!(
        store::settings::get(&db, "set-up").await.expect("gets"),
        None
    );
    assert_eq!(
        store::figures::get(&db, "month").await.expect("gets"),
        Some(("{}".to_owned(), NOW))
    );
    assert_eq!(
        store::definitions::get(&db, "ticket-main", 2)
            .await
            .expect("gets")
            .expect("there")
            .xml,
        "<new/>"
    );
    let batch = Batch {
        id: BatchId(id(NOW)),
        kind: "import".to_owned(),
        name: "first".to_owned(),
        source: "file.csv".to_owned(),
        started_at: NOW,
        finished_at: None,
        undone_at: None,
        counts: Counts::default(),
    };
    let (begun, batch_id) = (batch.clone(), batch.id);
    let counts = Counts {
        read: 4,
        imported: 2,
        duplicate: 1,
        rejected: 1,
    };
    world
        .store
        .write::<(), StoreError, _>(move |tx| {
            Box::pin(async move {
                store::batches::begin(tx, &begun).await?;
                store::batches::progress(tx, batch_id, counts, Some(NOW)).await?;
                assert!(store::batches::mark_undone(tx, batch_id, NOW).await?);
                Ok(())
            })
        })
        .await
        .expect("run");
    let found = store::batches::find_by_name(&db, "first")
        .await
        .expect("finds")
        .expect("there");
    assert_eq!(
        (found.counts, found.finished_at, found.undone_at),
        (counts, Some(NOW), Some(NOW))
    );
    assert_eq!(store::batches::list(&db).await.expect("lists").len(), 1);
}
