//! SQLite on a disk that fills, breaks and gets well again, for real: nothing that was acknowledged is lost, nothing that was refused is
//! there, and the writer goes on by itself. The disk fails at every step: a little more room each round.
//! Not here: PostgreSQL, whose disk is its own affair (`cut_off` has what we see of it).

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use store::{OpenOptions, Store, StoreError};

use crate::support::faults::{Disk, Filler, alone, limit_files};
use crate::support::{NOW, World, registered, ticket};

/// Writes at once, so that groups form.
const AT_ONCE: usize = 6;
/// The writer must prove itself again within this time.
const WELL_WITHIN: Duration = Duration::from_secs(15);

/// What became of each write.
#[derive(Default)]
struct Kept {
    yes: BTreeSet<String>,
    no: BTreeSet<String>,
    /// `Unknown`: both are right.
    perhaps: BTreeSet<String>,
}

impl Kept {
    fn note(&mut self, number: String, wrote: Result<(), StoreError>) -> bool {
        let good = wrote.is_ok();
        match wrote {
            Ok(()) => self.yes.insert(number),
            Err(StoreError::Full(_) | StoreError::Unavailable(_) | StoreError::Busy(_)) => {
                self.no.insert(number)
            }
            Err(StoreError::Unknown(_)) => self.perhaps.insert(number),
            Err(other) => panic!("a failing disk is answered with {other:?}"),
        };
        good
    }
}

async fn write_some(store: &Store, kept: &mut Kept) -> usize {
    let mut writers = Vec::new();
    for _ in 0..AT_ONCE {
        let (store, change) = (store.clone(), registered(ticket(NOW)));
        let number = change.after.ticket.ticket_no.to_string();
        writers.push(tokio::spawn(async move {
            let wrote = store
                .write(move |tx| {
                    Box::pin(async move {
                        store::tickets::case::save(tx, &crate::support::decided(change.clone()))
                            .await
                    })
                })
                .await;
            (number, wrote)
        }));
    }
    let mut good = 0;
    for writer in writers {
        let (number, wrote) = writer.await.expect("the caller lives");
        good += usize::from(kept.note(number, wrote));
    }
    good
}

async fn until_well(store: &Store) {
    let begun = Instant::now();
    loop {
        match store.prove_writer().await {
            Ok(()) => return,
            Err(error) => assert!(begun.elapsed() < WELL_WITHIN, "still {error}"),
        }
        tokio::task::yield_now().await;
    }
}

/// Ticket numbers in the file, as a connection finds them that knows nothing of the store.
async fn in_the_file(folder: &Path) -> BTreeSet<String> {
    let url = format!("sqlite://{}", folder.join("test.db").display());
    let raw = sea_orm::Database::connect(url).await.expect("opens");
    let sql = "select ticket_no from tickets";
    let rows = raw
        .query_all_raw(Statement::from_string(DbBackend::Sqlite, sql))
        .await
        .expect("reads");
    let numbers = rows
        .iter()
        .map(|row| row.try_get_by_index(0).expect("text"));
    let numbers = numbers.collect();
    raw.close().await.expect("closed");
    numbers
}

async fn compare(folder: &Path, kept: &Kept) {
    let there = in_the_file(folder).await;
    let lost: Vec<_> = kept.yes.difference(&there).collect();
    assert!(
        lost.is_empty(),
        "{} of {} acknowledged are lost",
        lost.len(),
        kept.yes.len()
    );
    let refused: Vec<_> = kept.no.intersection(&there).collect();
    assert!(refused.is_empty(), "{} refused are there", refused.len());
    let known = kept.yes.iter().chain(&kept.perhaps).cloned().collect();
    assert!(there.is_subset(&known), "something nobody wrote is there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_loses_nothing_and_passes() {
    let Some(folder) = alone(
        "full_disk::a_full_disk_loses_nothing_and_passes",
        Disk::Small(64),
    ) else {
        return;
    };
    let world = World::sqlite_in(&folder).await;
    let mut kept = Kept::default();
    assert_eq!(write_some(&world.store, &mut kept).await, AT_ONCE);
    let mut failed = 0;
    for round in 0..24_u64 {
        let filler = Filler::leave(&folder, round * 24_576);
        for _ in 0..3 {
            failed += AT_ONCE - write_some(&world.store, &mut kept).await;
        }
        let proof = world.store.writer_is_sound().await;
        if round == 0 {
            assert!(
                matches!(proof, Err(StoreError::Full(_) | StoreError::Unavailable(_))),
                "{proof:?}"
            );
        }
        let db = world.store.reader();
        let read = store::tickets::get(&db, &shared::access::Scope::All, ticket(NOW).id).await;
        assert!(read.expect("reads go on").is_none());
        drop(filler);
        until_well(&world.store).await;
        assert_eq!(
            write_some(&world.store, &mut kept).await,
            AT_ONCE,
            "round {round}"
        );
        compare(&folder, &kept).await;
    }
    println!(
        "{} kept, {} refused, {} unknown",
        kept.yes.len(),
        kept.no.len(),
        kept.perhaps.len()
    );
    assert!(failed > 24, "the disk was never full: {failed}");
    world.store.close().await.expect("closed");
    compare(&folder, &kept).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn failing_and_short_writes_lose_nothing_and_pass() {
    let name = "full_disk::failing_and_short_writes_lose_nothing_and_pass";
    let Some(folder) = alone(name, Disk::Usual) else {
        return;
    };
    let world = World::sqlite_in(&folder).await;
    let mut kept = Kept::default();
    assert_eq!(write_some(&world.store, &mut kept).await, AT_ONCE);
    let log = folder.join("test.db-wal");
    let mut failed = 0;
    for round in 0..24_u64 {
        let size = std::fs::metadata(&log).expect("a log").len();
        // In the midst of a page, and of a page's head.
        limit_files(Some(size + round * 5_003));
        for _ in 0..3 {
            failed += AT_ONCE - write_some(&world.store, &mut kept).await;
        }
        limit_files(None);
        until_well(&world.store).await;
        assert_eq!(
            write_some(&world.store, &mut kept).await,
            AT_ONCE,
            "round {round}"
        );
        compare(&folder, &kept).await;
    }
    println!(
        "{} kept, {} refused, {} unknown",
        kept.yes.len(),
        kept.no.len(),
        kept.perhaps.len()
    );
    assert!(failed > 24, "no write failed: {failed}");
    world.store.close().await.expect("closed");
    compare(&folder, &kept).await;
}

/// A file that is deleted under a running server goes on taking writes; they would be gone with the last connection.
#[tokio::test]
async fn a_file_that_was_taken_away_takes_no_writes() {
    let dir = tempfile::tempdir().expect("a folder");
    let world = World::sqlite_in(dir.path()).await;
    world.register(ticket(NOW)).await;
    let (file, aside) = (dir.path().join("test.db"), dir.path().join("aside.db"));
    std::fs::rename(&file, &aside).expect("moved");
    let wrote = world.save(registered(ticket(NOW))).await;
    assert!(
        matches!(wrote, Err(StoreError::Unavailable(_))),
        "{wrote:?}"
    );
    assert!(world.store.prove_writer().await.is_err());
    assert!(!file.exists(), "no empty one is made in its place");
    std::fs::copy(&aside, &file).expect("another file");
    let wrote = world.save(registered(ticket(NOW))).await;
    assert!(
        matches!(wrote, Err(StoreError::Unavailable(_))),
        "another file: {wrote:?}"
    );
    std::fs::rename(&aside, &file).expect("back");
    until_well(&world.store).await;
    world.register(ticket(NOW)).await;
}

/// A write that drops a statement half way has done nobody knows what: it is not kept, and the next one is.
#[tokio::test]
async fn a_statement_left_in_its_midst_is_not_committed() {
    let world = World::sqlite().await;
    let store = &world.store;
    let left: Result<(), StoreError> = store
        .write(|tx| {
            Box::pin(async move {
                // Polled once, so that it is on its way, and dropped; one may be done at once. Unconstrained: after a hundred of these the
                // runtime would hold one back before it has begun.
                loop {
                    let statement = store::settings::set(tx, "left", "x");
                    let mut statement = Box::pin(tokio::task::unconstrained(statement));
                    if futures::poll!(statement.as_mut()).is_pending() {
                        break;
                    }
                }
                Ok(())
            })
        })
        .await;
    assert!(matches!(left, Err(StoreError::Busy(_))), "{left:?}");
    let there = store::settings::get(&store.reader(), "left").await;
    assert_eq!(there.expect("reads"), None);
    world.register(ticket(NOW)).await;
    store.prove_writer().await.expect("well");
}

#[tokio::test]
async fn a_damaged_file_is_told_as_such() {
    use std::os::unix::fs::FileExt as _;
    let dir = tempfile::tempdir().expect("a folder");
    let world = World::sqlite_in(dir.path()).await;
    let url = world.url.clone();
    let seal = world.store.seal().clone();
    world.store.close().await.expect("closed");
    drop(world);
    let file = std::fs::File::options()
        .write(true)
        .open(dir.path().join("test.db"));
    let noise = vec![0x5a; 8192 * 40];
    file.expect("opens")
        .write_all_at(&noise, 8192)
        .expect("damaged");
    let opened = Store::open(&url, seal, OpenOptions::default()).await;
    let found = match opened {
        Err(error) => error,
        Ok(store) => match store::divisions::all(&store.reader()).await {
            Err(error) => error,
            Ok(_) => panic!("a damaged file reads well"),
        },
    };
    assert!(matches!(found, StoreError::Damaged(_)), "{found:?}");
}
