//! Memory for bodies: one account for all requests in flight, and what one request has drawn from it.
//! Deliberately absent: reading (`metered`), what is too much for one route (`mod`).
//! What is drawn goes back when the request is answered, whatever became of it.

use std::sync::{
    Arc,
    atomic::{AtomicU8, AtomicUsize, Ordering},
};

use shared::fault::{Code, Fault};
use tokio::sync::Semaphore;

/// Why a body was not read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Longer than the route takes, or more fields at once than it may hold.
    #[error("the body is too large")]
    TooLarge,
    /// All bodies in flight together need more than there is.
    #[error("no memory is left for bodies")]
    Overloaded,
    /// Fewer bytes than a working connection brings.
    #[error("the body comes too slowly")]
    TooSlow,
}

impl Trouble {
    /// What the sender is told.
    pub fn fault(self) -> Fault {
        Fault::new(match self {
            Self::TooLarge => Code::BodyTooLarge,
            Self::Overloaded => Code::Overloaded,
            Self::TooSlow => Code::BodySlow,
        })
    }
}

/// The account of all requests. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Budget {
    left: Arc<Semaphore>,
    whole: usize,
}

impl Budget {
    /// An account of so many bytes.
    pub fn new(bytes: usize) -> Self {
        let whole = bytes.min(Semaphore::MAX_PERMITS);
        Self {
            left: Arc::new(Semaphore::new(whole)),
            whole,
        }
    }

    /// Bytes that bodies hold now.
    pub fn held(&self) -> usize {
        self.whole - self.left.available_permits()
    }

    /// One request's part, of at most so many bytes.
    pub fn part(&self, most: usize) -> Arc<Held> {
        Arc::new(Held {
            budget: self.clone(),
            most,
            bytes: AtomicUsize::new(0),
            trouble: AtomicU8::new(0),
        })
    }
}

/// What one request holds.
#[derive(Debug)]
pub struct Held {
    budget: Budget,
    most: usize,
    bytes: AtomicUsize,
    trouble: AtomicU8,
}

impl Held {
    /// Draws bytes; what does not fit is noted as the request's trouble.
    pub fn take(&self, bytes: usize) -> Result<(), Trouble> {
        if self.bytes.load(Ordering::Relaxed).saturating_add(bytes) > self.most {
            return Err(self.note(Trouble::TooLarge));
        }
        let permits = u32::try_from(bytes).map_err(|_| self.note(Trouble::TooLarge))?;
        match self.budget.left.try_acquire_many(permits) {
            Ok(permit) => permit.forget(),
            Err(_) => return Err(self.note(Trouble::Overloaded)),
        }
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        Ok(())
    }

    /// Gives bytes back that have left the memory, to the disk for example.
    pub fn give(&self, bytes: usize) {
        let mut given = 0;
        let _ = self
            .bytes
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |held| {
                given = bytes.min(held);
                Some(held - given)
            });
        self.budget.left.add_permits(given);
    }

    /// Notes why the body ends; the first reason counts.
    pub fn note(&self, trouble: Trouble) -> Trouble {
        let _ = self.trouble.compare_exchange(
            0,
            trouble as u8 + 1,
            Ordering::Relaxed,
            Ordering::Relaxed,
        );
        trouble
    }

    /// Why the body was not read to its end, if we ended it.
    pub fn trouble(&self) -> Option<Trouble> {
        [Trouble::TooLarge, Trouble::Overloaded, Trouble::TooSlow]
            .into_iter()
            .find(|trouble| *trouble as u8 + 1 == self.trouble.load(Ordering::Relaxed))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.budget.left.add_permits(*self.bytes.get_mut());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_is_bounded_and_comes_back() {
        let budget = Budget::new(100);
        let (one, other) = (budget.part(60), budget.part(60));
        assert_eq!(one.take(50), Ok(()));
        assert_eq!(one.take(20), Err(Trouble::TooLarge), "its own bound");
        assert_eq!(
            other.take(60),
            Err(Trouble::Overloaded),
            "everybody's bound"
        );
        assert_eq!(other.trouble(), Some(Trouble::Overloaded));
        one.give(30);
        one.give(300);
        assert_eq!(budget.held(), 0, "never more than was drawn");
        assert_eq!(other.take(60), Ok(()));
        drop(other);
        assert_eq!(budget.held(), 0);
        assert_eq!(one.trouble(), Some(Trouble::TooLarge), "the first reason");
    }
}
