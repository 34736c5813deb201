//! What the consistency check finds (不一致): a case of which something stored does not follow from the rest, as a code with its facts.
//! Not here: comparing (`store::consistency`), the sentences (`text::obstacle::mismatch`).
//! Reports of jobs keep these; those of before kept words.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::CaseKind;
use crate::calendar::Instant;

/// A case that does not fit, and in what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inconsistent {
    /// The kind of case.
    pub case: CaseKind,
    /// The case.
    pub id: Uuid,
    /// What does not fit.
    #[serde(flatten)]
    pub what: Mismatch,
}

/// What does not fit. States are words of the case's kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "facts", rename_all = "snake_case")]
pub enum Mismatch {
    /// The history has gaps, or the case counts other lines than there are.
    History {
        /// Lines that are there.
        events: i64,
        /// Number of the newest.
        newest: i64,
        /// How many the case counts.
        counted: i64,
    },
    /// The newest line of the history led to another state.
    LastState {
        /// The state as stored.
        state: String,
        /// The state that the line led to.
        told: String,
    },
    /// An ended case is marked open.
    MarkedOpen {
        /// The state.
        state: String,
    },
    /// A running case is marked ended.
    MarkedEnded {
        /// The state.
        state: String,
    },
    /// A running case waits for nothing, or an ended one still waits.
    Waits {
        /// The state.
        state: String,
        /// Processes that run.
        processes: i64,
        /// Open tasks.
        tasks: i64,
        /// Timers, calls and listeners.
        waits: i64,
    },
    /// An ended case still waits.
    StillWaits {
        /// The state.
        state: String,
        /// Open tasks.
        tasks: i64,
        /// Timers, calls and listeners.
        waits: i64,
    },
    /// A deadline is not what its limit makes.
    Deadline {
        /// As stored.
        at: Instant,
        /// As it is counted.
        due: Instant,
        /// From when it is counted.
        from: Instant,
    },
    /// The state does not follow from tasks and assignments.
    State {
        /// As stored.
        state: String,
        /// As it follows.
        should: String,
    },
    /// Other timers than the process runs.
    Timers {
        /// Numbers that are stored.
        kept: Vec<i64>,
        /// Numbers that the process has.
        runs: Vec<i64>,
    },
    /// A timer rings at another time than its deadline.
    Timer {
        /// Its number.
        timer: i64,
        /// When it rings.
        at: Instant,
        /// The deadline.
        due: Instant,
    },
    /// Listens to other messages and signals than the process waits for.
    Listeners {
        /// Names that are stored.
        kept: Vec<String>,
        /// Names that are awaited.
        awaited: Vec<String>,
    },
    /// An archived ticket is not what was sealed.
    Seal {
        /// Word of the part that differs: `head`, `history`, `files` or `seal`.
        part: String,
    },
    /// A task of no case.
    Stray,
    /// The process cannot be read; the log says why.
    Unreadable,
}

impl Mismatch {
    /// What was compared.
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::History { .. } => "history",
            Self::LastState { .. }
            | Self::MarkedOpen { .. }
            | Self::MarkedEnded { .. }
            | Self::State { .. } => "state",
            Self::Waits { .. }
            | Self::StillWaits { .. }
            | Self::Timers { .. }
            | Self::Timer { .. }
            | Self::Listeners { .. }
            | Self::Unreadable => "process",
            Self::Deadline { .. } => "deadline",
            Self::Seal { .. } => "seal",
            Self::Stray => "stray",
        }
    }
}

/// A line of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Line {
    /// Code and facts.
    Found(Inconsistent),
    /// Words, from before there were codes; nobody makes them any more.
    Told(String),
}

impl From<Inconsistent> for Line {
    fn from(found: Inconsistent) -> Self {
        Self::Found(found)
    }
}
