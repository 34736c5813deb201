//! A case as a verb loads it, and what the verb leaves behind for one transaction (I4).
//! Not here: how a verb decides (`services::tickets`), SQL (`cases`).
//! `Case` is loaded inside the actor's scope; `CaseChange` is saved with a compare-and-set on the versions.

use super::{
    Application, Assignment, AuditEntry, ClockEntry, Event, FollowUp, Instance, OutboxMessage,
    Rating, Task, Ticket,
};

/// Everything a verb needs to decide.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    pub ticket: Ticket,
    /// All cycles, in order of dispatch.
    pub assignments: Vec<Assignment>,
    pub applications: Vec<Application>,
    pub follow_ups: Vec<FollowUp>,
    pub ratings: Vec<Rating>,
    /// Open tasks.
    pub tasks: Vec<Task>,
    /// `None` once the process has ended.
    pub instance: Option<Instance>,
    /// Sequence of the newest event, 0 before the first.
    pub last_seq: i32,
}

impl Case {
    /// A case of which nothing is known but its ticket.
    pub fn of(ticket: Ticket) -> Self {
        Self {
            ticket,
            assignments: Vec::new(),
            applications: Vec::new(),
            follow_ups: Vec::new(),
            ratings: Vec::new(),
            tasks: Vec::new(),
            instance: None,
            last_seq: 0,
        }
    }
}

/// What one verb writes, in one transaction.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseChange {
    /// The ticket after the verb; its `version` is already raised.
    pub ticket: Ticket,
    /// The version the case was loaded with; `None` inserts a new ticket.
    pub loaded_version: Option<i32>,
    /// New and changed assignments.
    pub assignments: Vec<Assignment>,
    pub applications: Vec<Application>,
    pub follow_ups: Vec<FollowUp>,
    pub ratings: Vec<Rating>,
    pub opened_tasks: Vec<Task>,
    /// `task_no` of tasks that are done or gone.
    pub closed_tasks: Vec<i64>,
    /// New process state; `None` removes it, since the process has ended.
    pub instance: Option<Instance>,
    pub events: Vec<Event>,
    pub clock: Vec<ClockEntry>,
    pub outbox: Vec<OutboxMessage>,
    pub audit: Vec<AuditEntry>,
}
