//! What accompanies verbs: repeated requests, messages, files, settings, runs.

use shared::calendar::Instant;
use shared::ids::{AttachmentId, BatchId, DraftId};
use store::StoreError;
use store::attachments::{Attachment, Draft};
use store::batches::{Batch, Counts};
use store::idempotency::Stored;
use store::outbox::{Claim, Outcome};
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

async fn messages_are_claimed_once(world: World) {
    let message = OutboxMessage {
        id: id(NOW),
        ticket_id: None,
        channel: "sms".to_owned(),
        to: "13812345678".to_owned(),
        body: "验证".to_owned(),
        at: NOW,
    };
    let put = message.clone();
    world
        .store
        .write(move |tx| Box::pin(async move { store::outbox::put(tx, &put).await }))
        .await
        .expect("put");
    let claim = |now: i64| {
        let claim = Claim {
            now: Instant(now),
            until: Instant(now + HOUR),
            limit: 10,
        };
        world
            .store
            .write(move |tx| Box::pin(async move { store::outbox::claim(tx, claim).await }))
    };
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
    settle(Outcome::Again(Instant(NOW.0 + 5 * HOUR)))
        .await
        .expect("settled");
    assert!(
        !store::outbox::is_waiting(&world.store.reader(), Instant(NOW.0 + 4 * HOUR))
            .await
            .expect("asks")
    );
    assert!(
        store::outbox::is_waiting(&world.store.reader(), Instant(NOW.0 + 5 * HOUR))
            .await
            .expect("asks")
    );
    settle(Outcome::Delivered).await.expect("settled");
    assert!(
        !store::outbox::is_waiting(&world.store.reader(), Instant(NOW.0 + 9 * DAY))
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
    let file = |draft: DraftId, name: u128| Attachment {
        id: AttachmentId(uuid::Uuid::from_u128(name)),
        draft: Some(draft),
        ticket: None,
        name: "照片.jpg".to_owned(),
        media_type: "image/jpeg".to_owned(),
        size: 1_000,
        width: 10,
        height: 20,
        sha256: vec![3; 32],
        path: format!("p/{name}.jpg"),
        uploaded_at: NOW,
        uploaded_by: None,
    };
    let files = [file(sent_id, 11), file(sent_id, 12), file(old_id, 13)];
    let kept = files.clone();
    world
        .store
        .write::<(), StoreError, _>(move |tx| {
            Box::pin(async move {
                store::attachments::new_draft(tx, &sent).await?;
                store::attachments::new_draft(tx, &old).await?;
                for file in &files {
                    assert!(
                        store::attachments::lock_draft(tx, file.draft.expect("a draft")).await?
                    );
                    store::attachments::insert(tx, file).await?;
                }
                assert_eq!(
                    store::attachments::remove_from_draft(tx, sent_id, files[1].id).await?,
                    Some(files[1].clone())
                );
                assert_eq!(
                    store::attachments::remove_from_draft(tx, sent_id, files[1].id).await?,
                    None
                );
                Ok(())
            })
        })
        .await
        .expect("uploaded");
    let ticket = world.register(ticket(NOW)).await;
    let ticket_id = ticket.id;
    let moved = world
        .store
        .write(move |tx| {
            Box::pin(async move { store::attachments::attach(tx, sent_id, ticket_id, 9).await })
        })
        .await;
    assert_eq!(moved.expect("moved"), 1);
    let db = world.store.reader();
    let of_ticket = store::attachments::of_ticket(&db, ticket.id)
        .await
        .expect("lists");
    assert_eq!(
        (of_ticket.len(), of_ticket[0].id, of_ticket[0].draft),
        (1, kept[0].id, None)
    );
    let gone = world
        .store
        .write(move |tx| {
            Box::pin(async move { store::attachments::expire_drafts(tx, NOW, 10).await })
        })
        .await
        .expect("expired");
    assert_eq!((gone.drafts, gone.paths), (1, vec!["p/13.jpg".to_owned()]));
    let known =
        store::attachments::known_paths(&db, &["p/11.jpg".to_owned(), "p/13.jpg".to_owned()])
            .await
            .expect("asks");
    assert_eq!(known.into_iter().collect::<Vec<_>>(), ["p/11.jpg"]);
    assert_eq!(
        store::attachments::find_draft(&db, sent_id)
            .await
            .expect("finds"),
        None
    );
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
                    name: None,
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
