//! How many expensive things one process does at once: password hashes, photos being decoded, exports being written, reports being counted.
//! The rest of the work is short and limited by the store's queue and pools.
//! Not here: limits per address (`server/web`), sizes of single things (beside them).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use moka::future::Cache;
use shared::fault::{Code, Fault};
use shared::ids::UserId;
use store::tickets::CubeCounted;
use tokio::sync::{Mutex as Queue, OwnedMutexGuard, Semaphore};

use crate::reports::OverviewCounted;
use crate::sessions::Hasher;

/// Photos decoded at once: each may take 256 MB.
const PHOTOS: usize = 2;
/// Exports at once.
const EXPORTS: usize = 4;
/// Exports of one person at once.
const EXPORTS_EACH: usize = 1;

/// Reports that are shared at once at most; more are counted for themselves.
const REPORTS: u64 = 64;
/// Longest wait for a person's own report before.
const REPORT_WAIT: Duration = Duration::from_secs(10);

/// The gates of one process.
#[derive(Default)]
pub(crate) struct Gates {
    pub(crate) hasher: Hasher,
    pub(crate) photos: Photos,
    pub(crate) exports: Exports,
    pub(crate) reports: Reports,
}

/// Counts a thing once for all who ask for it at the same time.
pub(crate) struct AtOnce<T> {
    running: Cache<String, Arc<T>>,
}

impl<T: Send + Sync + 'static> Default for AtOnce<T> {
    fn default() -> Self {
        Self {
            // Whoever is dropped between the answer and its forgetting leaves it behind for as long.
            running: Cache::builder()
                .max_capacity(REPORTS)
                .time_to_live(Duration::from_secs(5))
                .build(),
        }
    }
}

impl<T: Send + Sync + 'static> AtOnce<T> {
    /// What has this name (which says whose scope, which period and filter), counted now, or taken from somebody who is counting it.
    pub(crate) async fn share(
        &self,
        name: String,
        count: impl Future<Output = Result<T, Fault>>,
    ) -> Result<Arc<T>, Fault> {
        let counted = self
            .running
            .try_get_with(
                name.clone(),
                // On the heap, since these futures lie in each other.
                Box::pin(async { count.await.map(Arc::new) }),
            )
            .await;
        // Kept only while somebody counts: the next one sees what has changed since.
        self.running.invalidate(&name).await;
        counted.map_err(|fault| Fault::clone(&fault))
    }
}

/// Reports are counted once for all who ask at the same time, and one of each person at a time, so that nobody takes the connections
/// for reports from the others.
#[derive(Default)]
pub(crate) struct Reports {
    /// Overviews.
    pub(crate) overviews: AtOnce<OverviewCounted>,
    /// How much of a report has open findings.
    pub(crate) touched: AtOnce<Vec<CubeCounted>>,
    persons: Mutex<HashMap<UserId, Weak<Queue<()>>>>,
}

impl Reports {
    /// The person's turn: `busy` when two others of the same person wait already, or when it does not come in time.
    pub(crate) async fn turn(
        &self,
        who: Option<UserId>,
    ) -> Result<Option<OwnedMutexGuard<()>>, Fault> {
        let Some(who) = who else { return Ok(None) };
        let queue = {
            let mut persons = self.persons.lock().unwrap_or_else(PoisonError::into_inner);
            persons.retain(|_, queue| queue.strong_count() > 0);
            let queue = persons
                .get(&who)
                .and_then(Weak::upgrade)
                .unwrap_or_default();
            persons.insert(who, Arc::downgrade(&queue));
            queue
        };
        // One counts, two wait, and this one.
        if Arc::strong_count(&queue) > 3 {
            return Err(Fault::new(Code::Busy));
        }
        match tokio::time::timeout(REPORT_WAIT, queue.lock_owned()).await {
            Ok(turn) => Ok(Some(turn)),
            Err(_) => Err(Fault::new(Code::Busy)),
        }
    }
}

/// Lets a few photos be decoded at once; the others wait.
#[derive(Clone)]
pub(crate) struct Photos(pub(crate) Arc<Semaphore>);

impl Default for Photos {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(PHOTOS)))
    }
}

/// Lets a few exports run at once; one more is refused, since a waiting download looks broken.
#[derive(Clone, Default)]
pub(crate) struct Exports(Arc<Mutex<Vec<Option<UserId>>>>);

/// A running export; ends when dropped.
pub(crate) struct Running {
    all: Exports,
    who: Option<UserId>,
}

impl Exports {
    /// Begins an export: `rate.limited` when the person has one running already, `busy` when all places are taken.
    pub(crate) fn begin(&self, who: Option<UserId>) -> Result<Running, Fault> {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if who.is_some() && running.iter().filter(|other| **other == who).count() >= EXPORTS_EACH {
            return Err(Fault::new(Code::RateLimited));
        }
        if running.len() >= EXPORTS {
            return Err(Fault::new(Code::Busy));
        }
        running.push(who);
        Ok(Running {
            all: self.clone(),
            who,
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut running = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = running.iter().position(|other| *other == self.who) {
            running.swap_remove(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::calendar::Instant;
    use store::reports::Breakdown;
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn a_report_is_counted_once_for_all_who_ask_meanwhile() {
        let gate = AtOnce::default();
        let (open, wait) = tokio::sync::oneshot::channel::<()>();
        let first = gate.share("a".to_owned(), async {
            wait.await.ok();
            Ok((Instant(1), Breakdown::default()))
        });
        let second = gate.share("a".to_owned(), async { Err(Fault::new(Code::Broken)) });
        let opened = async {
            tokio::task::yield_now().await;
            open.send(()).ok();
        };
        let (first, second, ()) = tokio::join!(first, second, opened);
        assert_eq!(first.expect("counted").0, Instant(1));
        assert_eq!(second.expect("the same").0, Instant(1));
        let later = gate.share("a".to_owned(), async {
            Ok((Instant(2), Breakdown::default()))
        });
        assert_eq!(later.await.expect("anew").0, Instant(2));
    }

    #[tokio::test]
    async fn a_report_that_was_given_up_is_counted_by_the_next() {
        let gate = AtOnce::default();
        let mut given_up = Box::pin(gate.share("a".to_owned(), std::future::pending()));
        assert!(futures::poll!(given_up.as_mut()).is_pending());
        let next = gate.share("a".to_owned(), async {
            Ok((Instant(2), Breakdown::default()))
        });
        let (next, ()) = tokio::join!(next, async { drop(given_up) });
        assert_eq!(next.expect("counted").0, Instant(2));
    }

    #[tokio::test]
    async fn one_report_of_a_person_at_a_time_and_two_waiting() {
        let gate = Reports::default();
        let user = |n: u128| Some(UserId(Uuid::from_u128(n)));
        let first = gate.turn(user(1)).await.expect("free");
        assert!(gate.turn(user(2)).await.is_ok(), "others have theirs");
        let mut second = Box::pin(gate.turn(user(1)));
        let mut third = Box::pin(gate.turn(user(1)));
        assert!(futures::poll!(second.as_mut()).is_pending());
        assert!(futures::poll!(third.as_mut()).is_pending());
        let fault = gate.turn(user(1)).await.expect_err("too many");
        assert_eq!(fault.code, Code::Busy);
        drop(first);
        assert!(second.await.is_ok());
    }

    #[test]
    fn one_export_each_and_four_in_all() {
        let gate = Exports::default();
        let user = |n: u128| Some(UserId(Uuid::from_u128(n)));
        let first = gate.begin(user(1)).expect("free");
        assert_eq!(
            gate.begin(user(1)).err().map(|fault| fault.code),
            Some(Code::RateLimited)
        );
        let others: Vec<Running> = (2..=4)
            .map(|n| gate.begin(user(n)).expect("free"))
            .collect();
        assert_eq!(
            gate.begin(user(5)).err().map(|fault| fault.code),
            Some(Code::Busy)
        );
        drop(first);
        assert!(gate.begin(user(1)).is_ok());
        drop(others);
        assert!(
            (0..4)
                .map(|_| gate.begin(None))
                .collect::<Result<Vec<_>, _>>()
                .is_ok(),
            "commands of the machine's owner are not persons"
        );
    }
}
