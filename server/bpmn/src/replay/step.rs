//! What one step of a case says, in the words of the shared cases (`SOURCE.md` beside them).
//! Not here: doing it (`player`).
//! Next: `player`.

use serde::Deserialize;

use crate::value::Vars;

/// One step; usually one of the fields is set, with its companions.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CaseStep {
    /// Start this process.
    pub start: Option<String>,
    /// Start at the start event of this message.
    pub start_by_message: Option<String>,
    /// Variables of a start, completion, message or signal.
    pub vars: Vars,
    /// How often a completion or trigger is done.
    pub times: Option<usize>,
    /// Complete this user task; `*any*` is the oldest.
    pub complete: Option<String>,
    /// Wake this receive task.
    pub trigger: Option<String>,
    /// Broadcast this signal.
    pub signal: Option<String>,
    /// Deliver this message.
    pub message: Option<String>,
    /// Nobody must be waiting for the message.
    pub expect_refused: bool,
    /// The completion, or the start before, must fail.
    pub expect_error: bool,
    /// Let the timer of this element ring.
    pub fire_timer: Option<String>,
    /// Move the clock by an ISO 8601 duration; due timers ring in order.
    pub advance_clock: Option<String>,
    /// Set these variables of the instance.
    pub set_vars: Option<Vars>,
    /// All open user tasks.
    pub expect_active: Option<Vec<Place>>,
    /// How many user tasks are open.
    pub expect_active_count: Option<usize>,
    /// These user tasks are among the open ones.
    pub expect_active_contains: Option<Vec<Place>>,
    /// These user tasks are not open.
    pub expect_active_excludes: Option<Vec<Place>>,
    /// These receive tasks and catching events wait, at least.
    pub expect_waiting: Option<Vec<String>>,
    /// The assignees of the open user tasks.
    pub expect_assignees: Option<Vec<String>>,
    /// Variables that are visible where the oldest open task is.
    pub expect_var: Option<Vars>,
    /// The instance is over.
    pub expect_end: Option<bool>,
}

/// An element, with its process where the id alone is not clear.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Place {
    /// The id.
    Id(String),
    /// Id and process.
    In {
        /// The element's id.
        id: String,
        /// Its process.
        process: String,
    },
}

impl Place {
    pub(super) fn id(&self) -> &str {
        match self {
            Self::Id(id) | Self::In { id, .. } => id,
        }
    }

    pub(super) fn fits(&self, element: &str, in_process: &str) -> bool {
        match self {
            Self::Id(id) => id == element,
            Self::In { id, process } => id == element && process == in_process,
        }
    }
}
