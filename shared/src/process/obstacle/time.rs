//! Why a time cannot be waited for: a text that is none, or a calendar that does not reach so far.
//! Not here: reading times (`bpmn::time`), the calendar (`crate::calendar`), the sentences (`text::obstacle`).
//! Next: `condition`.

use serde::{Deserialize, Serialize};

/// Why a timer has no time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "facts", rename_all = "snake_case")]
pub enum TimerError {
    /// Not a date, duration or cycle that can be waited for.
    Unreadable {
        /// Its text.
        text: String,
    },
    /// Beyond the years that can be computed.
    TooFar {
        /// Its text.
        text: String,
    },
    /// The calendar does not know it.
    Calendar {
        /// Its text.
        text: String,
        /// Why.
        why: CalendarError,
    },
}

/// Why working time cannot be computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "facts", rename_all = "snake_case")]
pub enum CalendarError {
    /// There is no clock where it is asked for.
    NoClock,
    /// A length that nobody can wait for.
    TooLong {
        /// Working days or hours.
        value: i64,
    },
    /// The holiday notice of a year is missing.
    NoNotice {
        /// The day that could not be reached, ISO 8601.
        before: String,
    },
    /// The limit table has no such name.
    NoLimit {
        /// The name.
        name: String,
    },
}
