//! Records of approvals (办件): the case, its papers, its migrations, and what a verb changes of it.
//! Not here: what hangs on every kind of case (`host`), SQL (`approvals`), what the engine's state means (`bpmn`).
//! The state and what was filled in are sealed in the row; nobody finds a case by them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use shared::approval::EventKind;
use shared::ids::UserId;

use super::{
    Approval, ApprovalEvent, ApprovalPaper, AuditEntry, Call, CasePerson, Delivery, Incident,
    OutboxMessage, Task, Timer,
};

/// What is sealed of an approval.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Inside {
    /// The engine's state as JSON; absent once the process has ended.
    pub state: Option<String>,
    /// The process's variables as JSON, kept after the end.
    pub variables: String,
}

/// An approval with everything that is open of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ApprovalCase {
    pub approval: Approval,
    pub tasks: Vec<Task>,
    /// People of whom one may take a task, by task.
    pub candidates: BTreeMap<i64, Vec<UserId>>,
    pub timers: Vec<Timer>,
    pub calls: Vec<Call>,
    pub papers: Vec<ApprovalPaper>,
    pub incidents: Vec<Incident>,
    pub people: Vec<CasePerson>,
    /// Where it stands: tokens by element.
    pub places: BTreeMap<String, i64>,
    /// Messages and signals for which it waits.
    pub listens: BTreeSet<(EventKind, String)>,
}

impl ApprovalCase {
    /// A case of which nothing is open yet.
    pub fn of(approval: Approval) -> Self {
        Self {
            approval,
            tasks: Vec::new(),
            candidates: BTreeMap::new(),
            timers: Vec::new(),
            calls: Vec::new(),
            papers: Vec::new(),
            incidents: Vec::new(),
            people: Vec::new(),
            places: BTreeMap::new(),
            listens: BTreeSet::new(),
        }
    }
}

/// What a verb changes: the case before and after, and what only grows.
#[derive(Debug, Clone, PartialEq)]
pub struct ApprovalChange {
    /// As it was loaded; `None` for a new one.
    pub before: Option<ApprovalCase>,
    pub after: ApprovalCase,
    pub events: Vec<ApprovalEvent>,
    /// Messages and signals that left the case.
    pub thrown: Vec<Delivery>,
    pub outbox: Vec<OutboxMessage>,
    pub audit: Vec<AuditEntry>,
}
