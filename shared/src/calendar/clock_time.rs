//! Milliseconds of the civil day: small arithmetic between a date, a minute of the day and an instant.
//! Not here: which minutes are worked (`working`).
//! +08:00 throughout.

use chrono::NaiveDate;

use super::Instant;

pub(super) const MINUTE: i64 = 60_000;
pub(super) const DAY: i64 = 24 * 60 * MINUTE;
const OFFSET: i64 = 8 * 60 * MINUTE;
/// Days from 0001-01-01 to 1970-01-01 in chrono's count.
const EPOCH_DAY: i64 = 719_163;

/// Milliseconds since midnight in +08:00.
pub(super) fn millis_of_day(at: Instant) -> i64 {
    (at.0 + OFFSET).rem_euclid(DAY)
}

/// The instant of a day and milliseconds since its midnight.
pub(super) fn at(date: NaiveDate, millis: i64) -> Instant {
    use chrono::Datelike;
    Instant((i64::from(date.num_days_from_ce()) - EPOCH_DAY) * DAY - OFFSET + millis)
}
