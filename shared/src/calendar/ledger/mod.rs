//! The clock ledger read back: what a deadline follows from, out of the entries alone, oldest first.
//! Not here: writing entries (the services), the arithmetic of a limit (`due`), the comparison of the night (`store::consistency`).
//! An entry of an older release does not say since when its clock runs; of such a clock nothing is reckoned.

use super::{Added, Due, Instant, WorkCalendar};
use crate::process::limit::Limit;

codes! {
    /// What happened to a clock.
    ClockKind {
        Start = "start", "start", "起算", "Started";
        Stop = "stop", "stop", "停止", "Stopped";
        Recompute = "recompute", "recompute", "重算", "Recomputed";
        Extend = "extend", "extend", "延期", "Extended";
        Pause = "pause", "pause", "挂起", "Paused";
        Resume = "resume", "resume", "恢复", "Resumed";
        Promise = "promise", "promise", "承诺", "Promised";
        Contact = "contact", "contact", "首次联系", "First contact";
        Overdue = "overdue", "overdue", "超期", "Overdue";
    }
}

codes! {
    /// Why a clock was counted again without a verb.
    ClockReason {
        Calendar = "calendar", "calendar", "工作日历更正", "calendar changed";
        Limits = "limits", "limits", "时限规则更正", "limits changed";
    }
}

impl ClockKind {
    /// Whether it says nothing of the deadline: the limit of the first contact, and that a deadline has passed.
    pub const fn is_beside(self) -> bool {
        matches!(self, Self::Contact | Self::Overdue)
    }
}

/// What one entry tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// What happened.
    pub kind: ClockKind,
    /// The moment from which the limit counts.
    pub began_at: Option<Instant>,
    /// The limit in force.
    pub limit: Option<Limit>,
    /// Working days that were given.
    pub days: i32,
    /// Minutes for which the clock stood still, or that are taken off again.
    pub minutes: i32,
    /// A day that was promised.
    pub promised: Option<Instant>,
    /// Whether ticket and part hang together; nothing leaves it as it was.
    pub tied: Option<bool>,
    /// The deadline since then.
    pub due_at: Option<Instant>,
}

/// How a clock stands after its entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reckoned {
    /// Since when the limit counts.
    pub from: Instant,
    /// The limit.
    pub limit: Option<Limit>,
    /// What was added to it.
    pub added: Added,
    /// Whether the ticket's clock stands where one of its parts ends, or the ticket's is not before this part's.
    pub is_tied: bool,
    /// A clock that has stopped stands where it stood then.
    pub has_stopped: bool,
    /// The deadline that was told last.
    pub told: Option<Instant>,
}

impl Reckoned {
    /// When the limit ends in these hours; nothing for a clock without one.
    #[must_use]
    pub fn due(&self, calendar: &WorkCalendar) -> Option<Due> {
        let limit = self.limit?;
        Some(calendar.due_with(self.from, limit, self.added))
    }
}

/// How a clock stands after these entries of it, oldest first; nothing where the first does not say since when it runs.
#[must_use]
pub fn fold(entries: impl IntoIterator<Item = Told>) -> Option<Reckoned> {
    let mut entries = entries.into_iter().filter(|told| !told.kind.is_beside());
    let first = entries.next()?;
    let start = Reckoned {
        from: first.began_at?,
        limit: None,
        added: Added::default(),
        is_tied: false,
        has_stopped: false,
        told: None,
    };
    let first = (first.kind == ClockKind::Start).then_some(first)?;
    std::iter::once(first).chain(entries).try_fold(start, after)
}

/// The clock behind one entry more.
fn after(clock: Reckoned, told: Told) -> Option<Reckoned> {
    Some(Reckoned {
        from: told.began_at?,
        limit: told.limit,
        added: Added {
            days: clock.added.days.saturating_add(told.days),
            paused: clock.added.paused.saturating_add(told.minutes),
            promised: told.promised.or(clock.added.promised),
        },
        is_tied: told.tied.unwrap_or(clock.is_tied),
        has_stopped: told.kind == ClockKind::Stop,
        told: told.due_at,
    })
}

#[cfg(test)]
mod tests;
