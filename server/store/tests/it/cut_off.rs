//! PostgreSQL is lost at every step of a write: in the midst of it, before its commit, between the commit and the answer, for a while.
//! What is unknown is called unknown, what is kept is there once, and the store goes on by itself.
//! Not here: SQLite (`full_disk`).

use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use shared::access::Scope;
use store::record::Ticket;
use store::{OpenOptions, Store, StoreError};

use crate::support::proxy::{Cut, Proxy};
use crate::support::{NOW, World, registered, ticket};

/// The store by way of a proxy.
async fn behind(world: &World) -> (Proxy, Store) {
    let proxy = Proxy::before(&world.url).await;
    let options = OpenOptions {
        wait: Duration::from_secs(2),
        ..OpenOptions::default()
    };
    let store = Store::open(&proxy.url, world.store.seal().clone(), options).await;
    (proxy, store.expect("opens"))
}

async fn register(store: &Store, ticket: Ticket) -> Result<(), StoreError> {
    let change = registered(ticket);
    store
        .write(move |tx| {
            Box::pin(async move {
                store::tickets::case::save(tx, &crate::support::decided(change.clone())).await
            })
        })
        .await
}

async fn is_there(world: &World, ticket: &Ticket) -> bool {
    let db = world.store.reader();
    let found = store::tickets::get(&db, &Scope::All, ticket.id).await;
    found.expect("reads").is_some()
}

async fn open_transactions(world: &World) -> i64 {
    let sql = "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'";
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    let row = world.raw().await.query_one_raw(statement).await;
    row.expect("asks")
        .expect("a row")
        .try_get_by_index(0)
        .expect("a number")
}

#[tokio::test]
async fn lost_before_the_commit_is_unknown_and_not_there() {
    let Some(world) = World::postgres().await else {
        return;
    };
    let (proxy, store) = behind(&world).await;
    let sent = ticket(NOW);
    proxy.cut(Cut::BeforeCommit);
    let wrote = register(&store, sent.clone()).await;
    assert!(matches!(wrote, Err(StoreError::Unknown(_))), "{wrote:?}");
    assert!(!is_there(&world, &sent).await);
    register(&store, sent.clone())
        .await
        .expect("the next one is kept");
    assert!(is_there(&world, &sent).await);
    assert_eq!(open_transactions(&world).await, 0);
}

#[tokio::test]
async fn lost_between_commit_and_answer_is_unknown_and_there_once() {
    let Some(world) = World::postgres().await else {
        return;
    };
    let (proxy, store) = behind(&world).await;
    let sent = ticket(NOW);
    proxy.cut(Cut::AfterCommit);
    let wrote = register(&store, sent.clone()).await;
    assert!(matches!(wrote, Err(StoreError::Unknown(_))), "{wrote:?}");
    assert_eq!(proxy.cuts(), 1);
    assert!(is_there(&world, &sent).await, "it was committed");
    let again = register(&store, sent.clone()).await;
    assert!(matches!(again, Err(StoreError::Exists(_))), "{again:?}");
    assert_eq!(open_transactions(&world).await, 0);
}

/// Before the commit nothing can be kept: the write is done again on another connection, and nobody notices.
#[tokio::test]
async fn lost_in_the_midst_is_done_again_once() {
    let Some(world) = World::postgres().await else {
        return;
    };
    let (proxy, store) = behind(&world).await;
    register(&store, ticket(NOW))
        .await
        .expect("statements are prepared");
    let mut commits = 0;
    for step in (1..).step_by(3) {
        let (before, sent) = (proxy.cuts(), ticket(NOW));
        proxy.cut(Cut::Message(step));
        match register(&store, sent.clone()).await {
            Ok(()) => assert!(is_there(&world, &sent).await, "message {step}"),
            // It was the commit itself: how many messages lie before it depends on what its connection has prepared.
            Err(StoreError::Unknown(_)) => {
                assert!(!is_there(&world, &sent).await, "message {step}");
                commits += 1;
            }
            Err(error) => panic!("message {step}: {error}"),
        }
        if proxy.cuts() == before {
            assert!(step > 20, "only {step} messages were cut");
            break;
        }
        // Every third is enough: a statement is three messages in one packet.
        assert!(step < 200, "a write has no more than 200 messages");
    }
    assert!(commits <= 2, "{commits} writes were not done again");
    assert_eq!(open_transactions(&world).await, 0);
}

#[tokio::test]
async fn a_terminated_backend_is_replaced() {
    let Some(world) = World::postgres().await else {
        return;
    };
    let (sent, url) = (ticket(NOW), world.url.clone());
    let change = registered(sent.clone());
    let first = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    world
        .store
        .write::<(), StoreError, _>(move |tx| {
            Box::pin(async move {
                store::tickets::case::save(tx, &crate::support::decided(change.clone())).await?;
                if first.swap(false, std::sync::atomic::Ordering::SeqCst) {
                    let raw = sea_orm::Database::connect(&url).await.expect("connects");
                    let all = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
                    raw.execute_unprepared(all).await.expect("terminated");
                }
                store::settings::set(tx, "after", "x").await
            })
        })
        .await
        .expect("done again");
    assert!(is_there(&world, &sent).await);
    world.store.prove_writer().await.expect("well");
}

#[tokio::test]
async fn a_database_that_is_away_is_refused_at_once_and_found_again() {
    let Some(world) = World::postgres().await else {
        return;
    };
    let (proxy, store) = behind(&world).await;
    register(&store, ticket(NOW)).await.expect("kept");
    proxy.shut();
    let wrote = register(&store, ticket(NOW)).await;
    assert!(
        matches!(
            wrote,
            Err(StoreError::Unavailable(_) | StoreError::Unknown(_))
        ),
        "{wrote:?}"
    );
    // Known to be away soon: nobody waits for a connection of his own.
    let begun = Instant::now();
    loop {
        let asked = Instant::now();
        let read = store::settings::get(&store.reader(), "x").await;
        assert!(matches!(read, Err(StoreError::Unavailable(_))), "{read:?}");
        if asked.elapsed() < Duration::from_millis(200) {
            break;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "every call waits"
        );
    }
    assert!(matches!(
        store.writer_is_sound().await,
        Err(StoreError::Unavailable(_))
    ));
    proxy.open();
    let begun = Instant::now();
    while let Err(error) = register(&store, ticket(NOW)).await {
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
        assert!(begun.elapsed() < Duration::from_secs(2), "{error}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// PostgreSQL answers the commit of a failed transaction with a rollback and without an error.
#[tokio::test]
async fn a_failed_statement_that_is_passed_over_is_not_acknowledged() {
    let Some(world) = World::postgres().await else {
        return;
    };
    let sent = world.register(ticket(NOW)).await;
    let (twice, other) = (registered(sent), ticket(NOW));
    let change = registered(other.clone());
    let wrote: Result<(), StoreError> = world
        .store
        .write(move |tx| {
            Box::pin(async move {
                store::tickets::case::save(tx, &crate::support::decided(change.clone())).await?;
                drop(store::tickets::case::save(tx, &crate::support::decided(twice.clone())).await);
                Ok(())
            })
        })
        .await;
    assert!(wrote.is_err(), "what was rolled back was acknowledged");
    assert!(!is_there(&world, &other).await);
}

/// What the server answers to a commit, by a constraint that is looked at only then.
#[tokio::test]
async fn a_commit_that_the_server_refuses_is_told_apart() {
    let Some(world) = World::postgres().await else {
        return;
    };
    let raw = world.raw().await;
    for (state, place) in [
        ("53100", "deferred"),
        ("53100", "immediate"),
        ("58030", "deferred"),
        ("40001", "deferred"),
    ] {
        let ddl = format!(
            "create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no' using errcode = '{state}'; end $$;
             create constraint trigger refused after insert or update on settings deferrable initially {place}
             for each row execute function refuse()"
        );
        raw.execute_unprepared(&ddl).await.expect("made");
        let set = |value: &'static str| {
            world.store.write::<(), StoreError, _>(move |tx| {
                Box::pin(async move { store::settings::set(tx, "refused", value).await })
            })
        };
        let wrote = set(state).await;
        let is_right = match state {
            "53100" => matches!(wrote, Err(StoreError::Full(_))),
            "58030" => matches!(wrote, Err(StoreError::Unknown(_))),
            _ => matches!(wrote, Err(StoreError::Busy(_))),
        };
        assert!(is_right, "{state} {place}: {wrote:?}");
        let db = world.store.reader();
        let there = store::settings::get(&db, "refused").await.expect("reads");
        assert_ne!(there.as_deref(), Some(state), "{place}");
        let ddl = "drop trigger refused on settings; drop function refuse()";
        raw.execute_unprepared(ddl).await.expect("dropped");
        set("x").await.expect("the next one is kept");
        assert_eq!(open_transactions(&world).await, 0, "{state} {place}");
    }
}
