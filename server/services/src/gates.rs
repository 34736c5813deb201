//! How many expensive things one process does at once: password hashes, photos being decoded, exports being written.
//! The rest of the work is short and limited by the store's queue and pools.
//! Not here: limits per address (`server/web`), sizes of single things (beside them).

use std::sync::{Arc, Mutex, PoisonError};

use shared::fault::{Code, Fault};
use shared::ids::UserId;
use tokio::sync::Semaphore;

use crate::sessions::Hasher;

/// Photos decoded at once: each may take 256 MB.
const PHOTOS: usize = 2;
/// Exports at once.
const EXPORTS: usize = 4;
/// Exports of one person at once.
const EXPORTS_EACH: usize = 1;

/// The gates of one process.
#[derive(Default)]
pub(crate) struct Gates {
    pub(crate) hasher: Hasher,
    pub(crate) photos: Photos,
    pub(crate) exports: Exports,
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
    use uuid::Uuid;

    use super::*;

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
