//! A replay of last month's tickets under another version of their process (流程试算): where a verb would not fit, or the way would be another.
//! Not here: the walk (services), the words (`text::process_retrace`). Elements and numbers of tickets, nothing personal.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::Instant;
use crate::ids::{JobId, TicketId};
use crate::job::JobPhase;
use crate::ticket::Verb;

/// Tickets that are named one by one.
pub const NAMED: usize = 50;

codes! {
    /// What is different first.
    Retrace {
        Refused = "refused", "refused", "这一步在新版本里做不了", "This step cannot be taken in the version";
        Tasks = "tasks", "tasks", "之后的待办不同", "Other tasks are open after it";
        Timers = "timers", "timers", "之后的计时不同", "Other timers run after it";
        Ends = "ends", "ends", "流程是否结束不同", "The process ends, or goes on";
    }
}

/// What a replay came to, and while it runs what it has seen so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RetraceReport {
    /// Tickets looked at.
    pub tickets: i64,
    /// Those that would have gone another way.
    pub changed: i64,
    /// Those whose history cannot be said again to the process that they had, such as imported ones.
    pub untraced: i64,
    /// Those that would have gone another way, by the words of `Retrace`.
    pub kinds: BTreeMap<String, i64>,
    /// The first of them.
    pub first: Vec<Retraced>,
}

/// A ticket that would have gone another way, and where it first would.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Retraced {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number.
    pub no: String,
    /// The version that it had.
    pub version: i32,
    /// Line of the history, from 1.
    pub line: i32,
    /// What was done there.
    pub verb: Verb,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    /// What is different.
    pub kind: Retrace,
    /// Elements that were open, or timers that ran.
    pub was: Vec<String>,
    /// The same in the version.
    pub would_be: Vec<String>,
}

/// The newest replay under a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RetraceView {
    /// The job.
    pub job: JobId,
    /// How it stands.
    pub phase: JobPhase,
    /// When it was asked for.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub asked_at: Instant,
    /// What it came to; absent before its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<RetraceReport>,
}

impl RetraceReport {
    /// How many of a kind.
    pub fn of(&self, kind: Retrace) -> i64 {
        self.kinds.get(kind.as_str()).copied().unwrap_or(0)
    }
}
