//! How much of a deadline is left, or by how much it is passed.
//! Not here: the words (`text::common::remaining`).
//! Counted in working time, since limits are; the plain clock is kept for limits that run at night.

use serde::{Deserialize, Serialize};

use super::{Instant, WorkCalendar};

/// What is left of a deadline; negative when it has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remaining {
    /// Working minutes.
    pub minutes: i64,
    /// Working days after today up to and including the day of the deadline; 0 when it ends today.
    pub days: i32,
    /// Minutes of the clock on the wall.
    pub clock_minutes: i64,
}

impl Remaining {
    /// Whether the deadline has passed.
    pub const fn overdue(self) -> bool {
        self.clock_minutes < 0
    }
}

impl WorkCalendar {
    /// What is left at `now` until `due`.
    pub fn remaining(&self, now: Instant, due: Instant) -> Remaining {
        let days = self.working_days_between(now.date(), due.date());
        Remaining {
            minutes: self.working_minutes_between(now, due),
            days: i32::try_from(days).unwrap_or(i32::MAX),
            clock_minutes: (due.0 - now.0).div_euclid(60_000),
        }
    }
}
