//! The change feed: numbered after the commit, in order for each case, none missed whoever dies when, read once for each effect.
//! Not here: who follows (services), killed servers (`cargo xtask test crash`).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use futures::future::BoxFuture;
use sea_orm::ConnectionTrait as _;
use shared::calendar::Instant;
use shared::ids::BatchId;
use shared::ticket::SlotRole;
use store::feed::{Batch, Change, Consumed, Consumer, Keep, Kind};
use store::record::Ticket;
use store::{OpenOptions, Store, StoreError, Tx};

use crate::support::{DAY, NOW, World, assignment, change, id, registered, ticket};

on_both! { a_change_is_read_once_it_has_a_number a_bulk_run_is_one_mark old_rows_go_and_who_missed_them_builds_anew none_is_missed_whoever_dies }

const READER: Consumer = Consumer {
    name: "reader",
    most: 10,
};

async fn number(store: &Store) -> u32 {
    store
        .write(|tx| Box::pin(async move { store::feed::number(tx, NOW, 1_000).await }))
        .await
        .expect("numbers")
}

/// What a run hands out, the effect having succeeded; `None` when there was nothing.
async fn read(store: &Store) -> Option<Batch> {
    let (sender, receiver) = std::sync::mpsc::channel();
    store::feed::consume::<StoreError, _>(store, READER, NOW, move |_, batch| {
        Box::pin(async move {
            sender.send((*batch).clone()).expect("kept");
            Ok(())
        })
    })
    .await
    .expect("reads");
    receiver.try_iter().last()
}

async fn changes(store: &Store) -> Vec<Change> {
    let batch = read(store).await.expect("something to read");
    assert!(!batch.rebuild);
    batch.changes
}

async fn a_change_is_read_once_it_has_a_number(world: World) {
    let store = &world.store;
    let db = store.reader();
    assert!(store::feed::is_behind(&db, "reader").await.expect("asks"));
    assert!(read(store).await.expect("a beginning").rebuild);
    assert!(!store::feed::is_behind(&db, "reader").await.expect("asks"));
    let ticket = world.register(ticket(NOW)).await;
    assert!(store::feed::is_waiting(&db).await.expect("asks"));
    assert_eq!(read(store).await, None, "it has no number yet");
    assert_eq!(number(store).await, 1);
    let made = changes(store).await.remove(0);
    assert_eq!(
        (made.kind, made.id, made.version),
        (Kind::Ticket, ticket.id.0, 1)
    );
    assert_eq!(
        (made.area_before, made.area_after.as_deref()),
        (None, Some("320106"))
    );
    assert!(
        made.discreet && made.units_after.is_empty(),
        "it is confidential"
    );
    assert_eq!(made.verb, shared::ticket::Verb::Register.code());
    assert_eq!(read(store).await, None, "it was read");

    let case = world.dispatch(&ticket, &["3201-ZJJ", "3201-CGJ"]).await;
    number(store).await;
    let mut gone = case.assignments[0].clone();
    gone.version += 1;
    gone.status = shared::ticket::AssignmentStatus::Recalled;
    let mut moved = change(&case);
    moved.after.assignments[0] = gone;
    moved.after.ticket.region = "320104".to_owned();
    world.save(moved).await.expect("saved");
    number(store).await;
    let failing = store::feed::consume::<StoreError, _>(store, READER, NOW, |_, _| {
        Box::pin(async { Err(StoreError::Busy("not now".to_owned())) })
    });
    assert!(failing.await.is_err());
    let seen = changes(store).await;
    assert_eq!(seen.len(), 2, "what failed comes again");
    assert_eq!(seen[0].units_before, [""; 0]);
    assert_eq!(seen[0].units_after, ["3201-CGJ", "3201-ZJJ"]);
    assert_eq!(seen[1].units_before, ["3201-CGJ", "3201-ZJJ"]);
    assert_eq!(seen[1].units_after, ["3201-CGJ"]);
    assert_eq!(seen[1].area_before.as_deref(), Some("320106"));
    assert_eq!(seen[1].area_after.as_deref(), Some("320104"));
    assert_eq!((seen[0].version, seen[1].version), (2, 3));
}

async fn a_bulk_run_is_one_mark(world: World) {
    let store = &world.store;
    read(store).await;
    let chunk = || {
        let change = registered(ticket(NOW));
        let lead = assignment(&change.after.ticket, "3201-ZJJ", SlotRole::Lead);
        let case = store::bulk::BulkTicket {
            assignments: vec![lead],
            applications: Vec::new(),
            follow_ups: Vec::new(),
            ratings: Vec::new(),
            events: change.events,
            clock: change.clock,
            tasks: change.after.hung.tasks,
            timers: Vec::new(),
            instance: change.after.instance,
            ticket: change.after.ticket,
        };
        store::bulk::prepare(store, vec![case]).expect("prepared")
    };
    let batch = BatchId(id(NOW));
    for round in 0..3 {
        let counts = store::batches::Counts::default();
        store::bulk::write_counted(store, chunk(), batch, counts)
            .await
            .expect("written");
        assert_eq!(number(store).await, 1, "round {round}: one mark");
        let handed = read(store).await.expect("the mark");
        assert!(handed.rebuild && handed.changes.is_empty(), "round {round}");
    }
    for _ in 0..2 {
        let counts = store::batches::Counts::default();
        store::bulk::write_counted(store, chunk(), batch, counts)
            .await
            .expect("written");
    }
    assert_eq!(number(store).await, 1, "two chunks, one mark");
    let counts = store::batches::Counts::default();
    store::bulk::write_counted(store, chunk(), batch, counts)
        .await
        .expect("written");
    assert_eq!(read(store).await, None, "it waits for another number");
    assert_eq!(number(store).await, 1);
    assert!(read(store).await.expect("the mark").rebuild);
}

async fn old_rows_go_and_who_missed_them_builds_anew(world: World) {
    let store = &world.store;
    read(store).await;
    for _ in 0..4 {
        world.register(ticket(NOW)).await;
    }
    number(store).await;
    let trim = |read: i64, all: i64| {
        let keep = Keep {
            read_before: Instant(NOW.0 + read),
            all_before: Instant(NOW.0 + all),
        };
        store.write(move |tx| Box::pin(async move { store::feed::trim(tx, keep, 100).await }))
    };
    let gone = trim(DAY, -DAY).await.expect("trims");
    assert_eq!((gone.rows, gone.unread), (0, 0), "nobody has read them");
    assert_eq!(changes(store).await.len(), 4);
    world.register(ticket(NOW)).await;
    number(store).await;
    let gone = trim(-DAY, -DAY).await.expect("trims");
    assert_eq!(gone.rows, 0, "they are young");
    let gone = trim(DAY, -DAY).await.expect("trims");
    assert_eq!((gone.rows, gone.unread), (4, 0), "what was read goes");
    let gone = trim(DAY, DAY).await.expect("trims");
    assert_eq!((gone.rows, gone.unread), (1, 1), "too old for anybody");
    let db = store.reader();
    assert_eq!(store::feed::reach(&db).await.expect("asks"), (5, 1));
    assert!(read(store).await.expect("a beginning").rebuild);
    world.register(ticket(NOW)).await;
    assert_eq!(number(store).await, 1);
    assert_eq!(changes(store).await[0].seq, 6, "numbers go on");
    let forgotten =
        store.write(|tx| Box::pin(async move { store::feed::forget(tx, "reader").await }));
    assert!(forgotten.await.expect("forgets"));
    assert!(store::feed::standings(&db).await.expect("lists").is_empty());
}

const WRITERS: u32 = 16;
const VERSIONS: i32 = 6;

/// Notes what it is told in the transaction that moves the position: each version of each case must come once, after the one before.
fn follow(
    dies: bool,
) -> impl for<'t> FnOnce(&'t Tx, Arc<Batch>) -> BoxFuture<'t, Result<(), StoreError>>
+ Clone
+ Send
+ 'static {
    move |tx: &Tx, batch: Arc<Batch>| -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(async move {
            for change in &batch.changes {
                let key = format!("seen.{}", change.id);
                let before = store::settings::get(tx, &key).await?;
                let before: i32 = before.map_or(0, |it| it.parse().expect("a number"));
                assert_eq!(change.version, before + 1, "{}", change.id);
                store::settings::set(tx, &key, &change.version.to_string()).await?;
            }
            if dies {
                return Err(StoreError::Busy("killed".to_owned()));
            }
            Ok(())
        })
    }
}

/// Writes until the case has its last version, whatever becomes of the connection.
async fn write_all(store: Store) -> Ticket {
    let ticket = ticket(NOW);
    let all = shared::access::Scope::All;
    loop {
        let Ok(case) = store::tickets::case::load(&store.reader(), &all, ticket.id).await else {
            continue;
        };
        let next = match &case {
            None => registered(ticket.clone()),
            Some(case) if case.ticket.version >= VERSIONS => return ticket,
            Some(case) => change(case),
        };
        // A refused write changed nothing, an unknown one may have: the next look tells.
        drop(
            store
                .write(move |tx| {
                    Box::pin(async move {
                        store::tickets::case::save(tx, &crate::support::decided(next.clone())).await
                    })
                })
                .await,
        );
    }
}

/// A server's part: numbers and reads, and now and then dies after the work and before the commit.
async fn serve(store: Store, over: Arc<AtomicBool>, rounds: Arc<AtomicU32>) {
    while !over.load(Ordering::SeqCst) {
        let dies = rounds.fetch_add(1, Ordering::SeqCst).is_multiple_of(3);
        let numbered = store.write(move |tx| {
            Box::pin(async move {
                let count = store::feed::number(tx, NOW, 7).await?;
                if dies {
                    return Err(StoreError::Busy("killed".to_owned()));
                }
                Ok(count)
            })
        });
        drop(numbered.await);
        let read: Result<Consumed, StoreError> =
            store::feed::consume(&store, READER, NOW, follow(dies)).await;
        if let Err(error) = read {
            assert!(!matches!(error, StoreError::Broken(_)), "{error:?}");
        }
        tokio::task::yield_now().await;
    }
}

async fn none_is_missed_whoever_dies(world: World) {
    read(&world.store).await;
    let mut servers = vec![world.store.clone()];
    if world.store.kind() == "postgres" {
        let options = OpenOptions {
            wait: std::time::Duration::from_mins(1),
            ..OpenOptions::default()
        };
        let second = Store::open(&world.url, world.store.seal().clone(), options).await;
        servers.push(second.expect("a second server"));
    }
    let (over, rounds) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicU32::new(0)),
    );
    let serving: Vec<_> = servers
        .iter()
        .map(|store| tokio::spawn(serve(store.clone(), Arc::clone(&over), Arc::clone(&rounds))))
        .collect();
    let writing: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let store = servers[writer as usize % servers.len()].clone();
            tokio::spawn(write_all(store))
        })
        .collect();
    if servers.len() > 1 {
        let raw = world.raw().await;
        let cut = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
        for kill in 1..=5 {
            while rounds.load(Ordering::SeqCst) < kill * 6 {
                tokio::task::yield_now().await;
            }
            raw.execute_unprepared(cut).await.expect("cut");
        }
    }
    let mut written = Vec::new();
    for writer in writing {
        written.push(writer.await.expect("writes"));
    }
    over.store(true, Ordering::SeqCst);
    for server in serving {
        server.await.expect("serves");
    }
    let store = &world.store;
    let db = store.reader();
    while store::feed::is_waiting(&db).await.unwrap_or(true) {
        let rest =
            store.write(|tx| Box::pin(async move { store::feed::number(tx, NOW, 50).await }));
        drop(rest.await);
    }
    while store::feed::is_behind(&db, READER.name)
        .await
        .unwrap_or(true)
    {
        let rest: Result<Consumed, StoreError> =
            store::feed::consume(store, READER, NOW, follow(false)).await;
        assert!(!matches!(rest, Err(StoreError::Broken(_))), "{rest:?}");
    }
    for ticket in written {
        let seen = store::settings::get(&db, &format!("seen.{}", ticket.id)).await;
        assert_eq!(seen.expect("asks"), Some(VERSIONS.to_string()));
    }
}
