//! From a limit to an instant: the deadline, when the light turns yellow, and the light itself.
//! Not here: choosing the limit (`process::limit`), how much is left (`remaining`).
//! Rules: `domain.md` 3.4, "Rules" and "Escalation ladder".

use super::{Instant, WorkCalendar, day_start};
use crate::process::limit::Limit;
use crate::ticket::{Light, LimitUnit};

/// Share of a limit after which the light turns yellow.
pub const WARN_PERCENT: i64 = 80;
/// From this many working days on, the last one is yellow as well.
const LONG_LIMIT: i32 = 3;
const HOUR: i64 = 3_600_000;
const MINUTE: i64 = 60_000;

/// A deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// When the limit ends.
    pub at: Instant,
    /// The decree of a year was missing: weekends only, to be computed again when the year comes.
    pub provisional: bool,
    /// When the light turns yellow.
    pub warn_at: Instant,
}

/// What was added to a limit while it ran.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Added {
    /// Working days that were given.
    pub days: i32,
    /// Minutes for which the clock stood still: worked ones, or all where the limit runs day and night.
    pub paused: i32,
    /// The end of a day that was promised, which the deadline is not before.
    pub promised: Option<Instant>,
}

impl WorkCalendar {
    /// When a limit ends to which something was added: first the working days, then the time for which it stood still, and not before the
    /// promised day.
    pub fn due_with(&self, from: Instant, limit: Limit, added: Added) -> Due {
        let due = self.due_extended(from, limit, added.days);
        let due = if added.paused == 0 {
            due
        } else {
            self.moved(due, added.paused, limit.unit)
        };
        match added.promised {
            Some(at) if at > due.at => Due {
                at,
                provisional: due.provisional || self.unknown_between(from, at),
                warn_at: day_start(at.date()).max(due.warn_at.min(at)),
            },
            _ => due,
        }
    }

    fn moved(&self, due: Due, paused: i32, unit: LimitUnit) -> Due {
        let by = i64::from(paused) * MINUTE;
        let later = |at: Instant| match unit {
            LimitUnit::Hours | LimitUnit::Minutes => Instant(at.0 + by),
            LimitUnit::WorkingDays | LimitUnit::WorkingHours | LimitUnit::WorkingMinutes => {
                self.add_working(at, by.max(0)).unwrap_or(at)
            }
        };
        let at = later(due.at);
        Due {
            at,
            provisional: due.provisional || self.unknown_between(due.at.min(at), at),
            warn_at: later(due.warn_at).min(at),
        }
    }

    /// Minutes for which a clock stands still that stops at one moment and goes on at another, as [`Added::paused`] counts them. Minutes that
    /// have begun count whole, so that none is lost.
    pub fn stood_still(&self, (from, to): (Instant, Instant), unit: LimitUnit) -> i32 {
        let from = Instant(from.0 - from.0.rem_euclid(MINUTE));
        let to = Instant(to.0 + (-to.0).rem_euclid(MINUTE));
        let minutes = match unit {
            LimitUnit::Hours | LimitUnit::Minutes => (to.0 - from.0) / MINUTE,
            LimitUnit::WorkingDays | LimitUnit::WorkingHours | LimitUnit::WorkingMinutes => {
                self.working_minutes_between(from, to)
            }
        };
        i32::try_from(minutes.max(0)).unwrap_or(i32::MAX)
    }

    /// When a limit that starts at `from` ends. n working days end with the working hours of the n-th working day after
    /// the start day; n working hours or minutes run inside the working periods, and what begins outside them counts from the next
    /// opening; hours and minutes run day and night.
    pub fn due(&self, from: Instant, limit: Limit) -> Due {
        let value = limit.value.max(0);
        match limit.unit {
            LimitUnit::Hours | LimitUnit::Minutes => {
                let of = if limit.unit == LimitUnit::Minutes {
                    MINUTE
                } else {
                    HOUR
                };
                let length = i64::from(value) * of;
                Due {
                    at: Instant(from.0 + length),
                    provisional: false,
                    warn_at: Instant(from.0 + length * WARN_PERCENT / 100),
                }
            }
            LimitUnit::WorkingHours | LimitUnit::WorkingMinutes => {
                let of = if limit.unit == LimitUnit::WorkingMinutes {
                    MINUTE
                } else {
                    HOUR
                };
                let length = i64::from(value) * of;
                let end = self.add_working(from, length).unwrap_or(from);
                let warn_at = self
                    .add_working(from, length * WARN_PERCENT / 100)
                    .unwrap_or(from);
                Due {
                    at: end,
                    provisional: self.unknown_between(from, end),
                    warn_at,
                }
            }
            LimitUnit::WorkingDays => self.due_in_days(from, value),
        }
    }

    /// When a limit ends that was extended: so many working days after the day on which it would have ended.
    pub fn due_extended(&self, from: Instant, limit: Limit, days: i32) -> Due {
        if days <= 0 {
            return self.due(from, limit);
        }
        if limit.unit == LimitUnit::WorkingDays {
            return self.due_in_days(from, limit.value.max(0).saturating_add(days));
        }
        let first = self.due(from, limit);
        let more = self.due_in_days(first.at, days);
        Due {
            provisional: first.provisional || more.provisional,
            ..more
        }
    }

    /// The end of working hours on the n-th working day after an instant's day, or of that day itself; nothing beyond the calendar's range.
    pub fn day_closes(&self, after: Instant, n: u32) -> Option<Instant> {
        self.nth(after.date(), n).map(|day| self.close(day))
    }

    /// When a share of the working time from one instant to another has passed, in percent.
    pub fn after_share(&self, from: Instant, to: Instant, percent: i64) -> Instant {
        let share = self.working_minutes_between(from, to) * MINUTE * percent / 100;
        self.add_working(from, share).unwrap_or(from)
    }

    fn due_in_days(&self, from: Instant, days: i32) -> Due {
        let close = |n: i32| {
            self.nth(from.date(), n.unsigned_abs())
                .map_or(from, |day| self.close(day).max(from))
        };
        let end = close(days);
        let mut warn_at = self.after_share(from, end, WARN_PERCENT);
        if days >= LONG_LIMIT {
            warn_at = warn_at.min(close(days - 1));
        }
        Due {
            at: end,
            provisional: self.unknown_between(from, end),
            warn_at: warn_at.min(end),
        }
    }

    fn unknown_between(&self, from: Instant, end: Instant) -> bool {
        self.first_unknown(from.date(), end.date()).is_some()
    }
}

/// The light of a deadline: red after it, yellow from `warn_at` on, green before or without one.
/// What is done keeps the light of the moment it was done: red when late, else green.
pub fn light(
    now: Instant,
    due_at: Option<Instant>,
    warn_at: Option<Instant>,
    done_at: Option<Instant>,
) -> Light {
    let Some(due) = due_at else {
        return Light::Green;
    };
    match done_at {
        Some(done) if done > due => Light::Red,
        Some(_) => Light::Green,
        None if now > due => Light::Red,
        None if warn_at.is_some_and(|warn| now >= warn) => Light::Yellow,
        None => Light::Green,
    }
}

#[cfg(test)]
mod tests;
