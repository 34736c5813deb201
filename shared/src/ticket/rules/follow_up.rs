//! When a citizen counts as not to be reached (`domain.md` 3.2, row 18): three tries on two days at different hours; and which inquiries are called
//! at all. Pure.
//! Not here: the calls (`services::tickets`), what an office sets (`register::Keep`).

use std::collections::BTreeSet;

use chrono::Timelike as _;
use uuid::Uuid;

use crate::calendar::Instant;
use crate::ticket::{Satisfaction, Solved};

/// Tries before a ticket closes without an answer; those within one hour of a day are one.
pub const TRIES: usize = 3;
/// Days on which they were made at least.
pub const DAYS: usize = 2;
/// Hours of the day at which they were made at least.
pub const HOURS: usize = 2;

/// Whether an answer says that the work was not done well.
#[must_use]
pub fn is_bad(satisfaction: Satisfaction, solved: Option<Solved>) -> bool {
    (satisfaction.is_rated() && !satisfaction.is_satisfied()) || solved == Some(Solved::No)
}

/// What was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tried {
    /// Tries, those within one hour counted once.
    pub tries: usize,
    /// Different days.
    pub days: usize,
    /// Different hours of the day.
    pub hours: usize,
}

impl Tried {
    /// Counts tries by when they were made.
    pub fn of(times: impl Iterator<Item = Instant>) -> Self {
        let all: BTreeSet<_> = times.map(|at| (at.date(), at.local().hour())).collect();
        let days: BTreeSet<_> = all.iter().map(|(day, _)| day).collect();
        let hours: BTreeSet<_> = all.iter().map(|(_, hour)| hour).collect();
        Self {
            tries: all.len(),
            days: days.len(),
            hours: hours.len(),
        }
    }

    /// Whether the citizen counts as not to be reached.
    pub const fn is_enough(self) -> bool {
        self.tries >= TRIES && self.days >= DAYS && self.hours >= HOURS
    }
}

/// Whether a ticket is drawn for a call, of whose kind `share` in a hundred are: the same answer for a ticket at all times.
pub fn is_drawn(ticket: Uuid, share: i32) -> bool {
    u128::try_from(share).is_ok_and(|share| ticket.as_u128() % 100 < share)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(times: &[&str]) -> Tried {
        let at = |text: &&str| Instant::parse(&format!("2026-03-{text}:00+08:00"));
        Tried::of(times.iter().map(|text| at(text).expect("a time")))
    }

    #[test]
    fn three_tries_on_two_days_at_different_hours_are_enough() {
        assert!(tried(&["02T10:00", "02T15:00", "03T10:30"]).is_enough());
        let one_day = tried(&["02T10:00", "02T15:00", "02T17:00"]);
        assert_eq!((one_day.tries, one_day.days), (3, 1));
        assert!(!one_day.is_enough(), "all on one day");
        let one_hour = tried(&["02T10:00", "03T10:30", "04T10:59"]);
        assert!(!one_hour.is_enough(), "always at ten");
        let at_once = tried(&["02T10:00", "02T10:01", "02T10:02", "03T15:00"]);
        assert_eq!(at_once.tries, 2, "within an hour they are one");
        assert!(!at_once.is_enough());
        assert!(!tried(&[]).is_enough());
    }

    #[test]
    fn a_draw_is_the_same_each_time_and_as_large_as_it_should_be() {
        let all = || (0..1_000_u128).map(|n| Uuid::from_u128(n * 7_919 + 13));
        assert!(all().all(|id| is_drawn(id, 100)));
        assert!(!all().any(|id| is_drawn(id, 0)));
        let drawn = all().filter(|id| is_drawn(*id, 30)).count();
        assert!((250..350).contains(&drawn), "{drawn}");
        assert!(!is_drawn(Uuid::from_u128(5), -1));
    }
}
