//! Working time: the yearly decree of holidays and make-up days, periods of the day, deadlines and what is left of them.
//! All civil times are +08:00 (no daylight saving); instants are UTC milliseconds.
//! Not here: the database's rows of the years (`store` seeds them from `decrees`), the clock (invariant I1).

mod clock_time;
mod decrees;
mod due;
mod explain;
mod hours;
mod instant;
pub mod ledger;
mod remaining;
mod working;

pub use decrees::{Decree, decrees};
pub use due::{Added, Due, WARN_PERCENT, light};
pub use explain::{ExplainStep, StepKind};
pub use hours::{Calendars, HourDay, HourRule, Season};
pub use instant::{Instant, YEARS, bounded, day, day_start, days_after};
pub use ledger::{ClockKind, ClockReason};
pub use remaining::Remaining;
pub use working::{CalendarError, WorkCalendar, WorkPeriods};

codes! {
    /// What a decree makes of a day (工作日历).
    DayKind {
        Work = "W", "work", "工作日", "Working day";
        Rest = "R", "rest", "休息日", "Rest day";
        Holiday = "H", "holiday", "放假", "Holiday";
        Makeup = "M", "makeup", "调休上班", "Make-up working day";
    }
}

impl DayKind {
    /// Whether people work on such a day.
    pub const fn is_working(self) -> bool {
        matches!(self, Self::Work | Self::Makeup)
    }
}
