//! Time as the engine sees it: given by the caller with each transition, in milliseconds of UTC. The engine has no clock of its own.
//! Not here: the working calendar itself (`shared::calendar`), which the caller brings as [`Clock`].
//! Next: `iso` (texts to times), `due` (when a timer rings).

mod due;
mod iso;

pub use due::due;
pub(crate) use due::{is_deadline, is_timer};
pub use iso::{Span, instant};
pub use shared::process::obstacle::{CalendarError, TimerError};

/// The time of one transition.
pub trait Clock {
    /// The present.
    fn now(&self) -> i64;
    /// The end of the n-th working day after a time.
    fn add_working_days(&self, from: i64, days: i64) -> Result<i64, CalendarError>;
    /// The time when so many working hours have passed.
    fn add_working_hours(&self, from: i64, hours: i64) -> Result<i64, CalendarError>;
    /// How many working days lie between two times, the day of the first not counted; negative backwards.
    fn working_days_between(&self, from: i64, to: i64) -> Result<i64, CalendarError>;
    /// The end of the limit with this name in the caller's table of limits.
    fn limit(&self, name: &str, from: i64) -> Result<i64, CalendarError>;
}
