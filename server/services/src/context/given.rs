//! Where time, ids and secrets come from: the machine's clock and generator, and those that tests and replays set.
//! Not here: what else a service call is given (`mod`), whether the machine's clock can be trusted (`crate::clock`).
//! Nothing else reads a clock or makes an id (I8).

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use parking::Parking;
use rand::{RngCore, SeedableRng};
use shared::calendar::Instant;
use shared::ticket::query_code;
use uuid::Uuid;

/// Where time comes from.
pub trait Clock: Send + Sync {
    /// The present, to the millisecond.
    fn now(&self) -> Instant;
    /// Time that only passes, from any origin: what `now` is compared with to notice that the clock was set.
    fn steady(&self) -> Duration;
}

/// Where ids and secrets come from.
pub trait Ids: Send + Sync {
    /// A UUIDv7 whose time part is `at` (I8).
    fn new_id(&self, at: Instant) -> Uuid;
    /// Fills the buffer with unpredictable bytes.
    fn fill(&self, buffer: &mut [u8]);
    /// A new query code, each character equally likely.
    fn query_code(&self) -> String {
        loop {
            let mut bytes = [0_u8; 32];
            self.fill(&mut bytes);
            if let Some(code) = query_code::of_bytes(&bytes) {
                return code;
            }
        }
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the machine's clock is read"
    )]
    fn now(&self) -> Instant {
        let since = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    fn steady(&self) -> Duration {
        static ORIGIN: std::sync::LazyLock<std::time::Instant> =
            std::sync::LazyLock::new(std::time::Instant::now);
        ORIGIN.elapsed()
    }
}

/// Ids and secrets from the operating system's generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemIds;

impl Ids for SystemIds {
    fn new_id(&self, at: Instant) -> Uuid {
        let mut random = [0_u8; 10];
        self.fill(&mut random);
        v7(at, &random)
    }

    fn fill(&self, buffer: &mut [u8]) {
        rand::rng().fill_bytes(buffer);
    }
}

/// A clock that stands until it is moved; for tests, the demo and replays.
#[derive(Debug)]
pub struct FixedClock {
    wall: AtomicI64,
    passed: AtomicI64,
}

impl FixedClock {
    /// A clock that stands at `now`.
    pub fn at(now: Instant) -> Self {
        Self {
            wall: AtomicI64::new(now.0),
            passed: AtomicI64::new(0),
        }
    }

    /// Lets time pass until `now`; backwards nothing passes.
    pub fn set(&self, now: Instant) {
        let before = self.wall.swap(now.0, Ordering::SeqCst);
        let passed = now.0.saturating_sub(before).max(0);
        self.passed.fetch_add(passed, Ordering::SeqCst);
    }

    /// Lets minutes pass.
    pub fn advance_minutes(&self, minutes: i64) {
        self.wall.fetch_add(minutes * 60_000, Ordering::SeqCst);
        self.passed.fetch_add(minutes * 60_000, Ordering::SeqCst);
    }

    /// Somebody sets the clock to `now`: no time passes.
    pub fn jump(&self, now: Instant) {
        self.wall.store(now.0, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        Instant(self.wall.load(Ordering::SeqCst))
    }

    fn steady(&self) -> Duration {
        let passed = self.passed.load(Ordering::SeqCst);
        Duration::from_millis(u64::try_from(passed).unwrap_or(0))
    }
}

/// Ids that depend on the seed and the order of calls only; never for a product's secrets.
pub struct SeededIds(Parking<rand_chacha::ChaCha20Rng>);

impl SeededIds {
    /// The same seed gives the same ids in the same order.
    pub fn new(seed: u64) -> Self {
        Self(Parking::new(rand_chacha::ChaCha20Rng::seed_from_u64(seed)))
    }
}

impl Ids for SeededIds {
    fn new_id(&self, at: Instant) -> Uuid {
        let mut random = [0_u8; 10];
        self.fill(&mut random);
        v7(at, &random)
    }

    fn fill(&self, buffer: &mut [u8]) {
        self.0.with(|rng| rng.fill_bytes(buffer));
    }
}

fn v7(at: Instant, random: &[u8; 10]) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(u64::try_from(at.0).unwrap_or(0), random).into_uuid()
}

/// A mutex that survives a panicking holder: the generators inside are valid after any interruption.
mod parking {
    use std::sync::{Mutex, PoisonError};

    pub(super) struct Parking<T>(Mutex<T>);

    impl<T> Parking<T> {
        pub(super) fn new(value: T) -> Self {
            Self(Mutex::new(value))
        }

        pub(super) fn with<R>(&self, act: impl FnOnce(&mut T) -> R) -> R {
            act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_carry_the_time_and_depend_on_the_seed_only() {
        let at = Instant(1_767_225_600_000);
        let (first, again) = (SeededIds::new(7).new_id(at), SeededIds::new(7).new_id(at));
        assert_eq!(first, again);
        assert_eq!(first.get_version_num(), 7);
        let (seconds, nanos) = first
            .get_timestamp()
            .expect("version 7 carries a time")
            .to_unix();
        assert_eq!(
            seconds * 1000 + u64::from(nanos) / 1_000_000,
            1_767_225_600_000
        );
        let code = SeededIds::new(1).query_code();
        assert!(query_code::is_possible(&code), "{code}");
    }
}
