//! An instance: a tree of scopes with variables, tokens parked at joins, and what is awaited. Serialises small.
//! Every activity that runs is a scope, so whoever ends a scope ends all inside it.
//! Next: `view` (how the outside looks at it), `engine` (how it changes).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::value::{Value, Vars, weigh};

/// Number of an open task within its instance.
pub type TaskId = u64;
/// Number of a running timer within its instance.
pub type TimerId = u64;
/// Number of something awaited within its instance.
pub type WaitId = u64;
pub(crate) type ScopeId = u64;

/// The scope of the process itself.
pub(crate) const ROOT: ScopeId = 1;

/// The whole state of one running process. Serialises with serde; numbers count up inside the instance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Instance {
    pub(crate) process: String,
    pub(crate) next: u64,
    pub(crate) scopes: BTreeMap<ScopeId, Scope>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) parked: Vec<Parked>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) waits: BTreeMap<WaitId, Wait>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) last_end: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) ended: bool,
}

impl Instance {
    pub(crate) fn empty(process: &str) -> Self {
        Self {
            process: process.to_owned(),
            next: ROOT,
            scopes: BTreeMap::new(),
            parked: Vec::new(),
            waits: BTreeMap::new(),
            last_end: None,
            ended: false,
        }
    }

    pub(crate) fn number(&mut self) -> u64 {
        let number = self.next;
        self.next += 1;
        number
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands the field over by reference"
)]
fn is_false(value: &bool) -> bool {
    !*value
}

/// Something that runs: the process, a sub-process, a task, an event that is waited for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Scope {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<ScopeId>,
    /// Element id; for a process its id.
    pub element: String,
    pub kind: ScopeKind,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub vars: Vars,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loop_index: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<Repeat>,
    /// What has been completed directly inside and can be undone, oldest first; of an undoing, what is still to be undone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub completed: Vec<Completed>,
    /// Events on its border, or starting event sub-processes of it, that have come and do not come again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used: Vec<String>,
}

/// An activity that was completed and can be undone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Completed {
    pub element: String,
    /// Its own variables as they were then.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub vars: Vars,
    /// What was completed inside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inner: Vec<Completed>,
}

impl Completed {
    /// How many records there are, inner ones included.
    pub fn count(records: &[Self]) -> usize {
        records
            .iter()
            .map(|record| 1 + Self::count(&record.inner))
            .sum()
    }

    /// Rough bytes of the variables kept.
    pub fn weight(records: &[Self]) -> usize {
        records
            .iter()
            .map(|record| weigh(&record.vars) + Self::weight(&record.inner))
            .sum()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ScopeKind {
    /// The process, or a called one.
    Process,
    /// An embedded sub-process.
    Sub,
    /// An event sub-process that was started.
    EventSub,
    /// All instances of a repeated activity.
    Repeat,
    /// A call activity.
    Call,
    /// A user task.
    User,
    /// A receive task.
    Receive,
    /// A service, send or business-rule task.
    Service,
    /// An intermediate catching event.
    Catch,
    /// An event-based gateway.
    Gate,
    /// An ad-hoc sub-process.
    AdHoc,
    /// Completed activities being undone.
    Undo,
}

impl ScopeKind {
    /// Does it hold tokens?
    pub fn is_container(self) -> bool {
        matches!(
            self,
            Self::Process | Self::Sub | Self::EventSub | Self::AdHoc
        )
    }

    /// Can there be scopes, tokens or moves inside it?
    pub fn may_hold(self) -> bool {
        self.is_container() || matches!(self, Self::Repeat | Self::Call | Self::Undo)
    }

    /// The kind of open task, if it is one.
    pub fn task(self) -> Option<OpenTaskKind> {
        match self {
            Self::User => Some(OpenTaskKind::User),
            Self::Receive => Some(OpenTaskKind::Receive),
            Self::Service => Some(OpenTaskKind::Service),
            Self::AdHoc => Some(OpenTaskKind::AdHoc),
            _ => None,
        }
    }
}

/// Kinds of task that wait for the outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenTaskKind {
    /// Somebody does it.
    User,
    /// Waits for a message or trigger.
    Receive,
    /// Waits for a service's answer.
    Service,
    /// An ad-hoc sub-process: somebody chooses what is begun in it and says when it is done.
    AdHoc,
}

/// How far a repeated activity is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Repeat {
    /// All instances; `None` while a standard loop does not know yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u32>,
    /// Turns begun so far, and with it the number of the next one.
    pub started: u32,
    pub done: u32,
    /// Items that a sequential loop still needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Value>,
    /// Gathered values, by instance.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub gathered: BTreeMap<u32, Value>,
}

/// A token at a join that waits for the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Parked {
    pub scope: ScopeId,
    /// The gateway.
    pub element: String,
    /// The flow it came by.
    pub flow: String,
}

/// Something awaited. It is gone when its scope is gone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Wait {
    pub scope: ScopeId,
    /// The event (or receive task).
    pub element: String,
    pub role: Role,
    pub kind: WaitKind,
    /// For conditions: did it hold when last looked at?
    #[serde(default, skip_serializing_if = "is_false")]
    pub held: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    /// A boundary event of the scope.
    Boundary,
    /// The start of an event sub-process of the scope.
    EventSub,
    /// What the scope itself waits for.
    Own,
}

/// What is awaited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitKind {
    /// A message by name.
    Message(String),
    /// A signal by name.
    Signal(String),
    /// A point in time.
    Timer(TimerSpec),
    /// A condition that becomes true.
    Condition,
}

/// When a timer is due: raw ISO 8601 text, from the definition or from an expression. The caller computes the instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimerSpec {
    /// A date and time.
    Date(String),
    /// A duration from now.
    Duration(String),
    /// A repeating interval; after each ring the engine sets the timer again with one repetition less.
    Cycle(String),
}
