//! Records of what hangs on a case of any kind: open tasks, history, timers, calls, incidents, people, events under way.
//! Not here: the heads (`ticket`, `approval`), SQL (`host`), what the engine's state means (`bpmn`).
//! One set for all kinds: a kind that does not use a field leaves it empty.

use std::collections::BTreeMap;

use shared::access::ActorKind;
use shared::approval::{ApprovalStatus, ApprovalVerb, EventKind};
use shared::calendar::Instant;
use shared::ids::{AssignmentId, CaseId, UserId};
pub use shared::process::CaseKind;
use shared::ticket::{TicketState, Verb};
use uuid::Uuid;

shared::codes! {
    /// Why somebody has to do with a case.
    Involved {
        Initiator = "I", "initiator", "申请人", "Filed it";
        Doer = "D", "doer", "经办人", "Has or had a task in it";
        Reader = "R", "reader", "知会人", "Reads along";
    }
}

/// A line of the history; `seq` is gapless per case from 1. Verb and states are words of the case's kind: a ticket's unless said otherwise.
/// `T` is the state that it led to, optional for kinds that did not keep it from the beginning.
#[derive(Debug, Clone, PartialEq)]
pub struct Event<V = Verb, S = TicketState, T = S> {
    pub case_id: CaseId,
    pub seq: i32,
    pub verb: V,
    pub at: Instant,
    pub by: Option<UserId>,
    pub by_name: Option<String>,
    pub unit: Option<String>,
    pub assignment_id: Option<AssignmentId>,
    /// The step that it is about.
    pub element: Option<String>,
    pub task_no: Option<i64>,
    pub from_state: Option<S>,
    pub to_state: T,
    pub note: Option<String>,
    pub facts: BTreeMap<String, String>,
    /// What kind of actor it was; absent in lines of earlier releases.
    pub actor: Option<ActorKind>,
    /// Which partner, or which job.
    pub actor_code: Option<String>,
    /// When it was done in the world, where it was entered later; `at` is when it was entered.
    pub done_at: Option<Instant>,
}

impl<V, S, T> Event<V, S, T> {
    /// What kind of actor it was; of lines of earlier releases, what a line without a person's name means in such a history.
    pub fn doer(&self, nameless: ActorKind) -> ActorKind {
        let named = self.by.is_some() || self.by_name.is_some();
        let known = if named { ActorKind::Person } else { nameless };
        self.actor.unwrap_or(known)
    }

    /// When it was done in the world, as far as anybody said so.
    pub fn happened_at(&self) -> Instant {
        self.done_at.map_or(self.at, |done| done.min(self.at))
    }
}

/// A line of an approval's history.
pub type ApprovalEvent = Event<ApprovalVerb, ApprovalStatus, Option<ApprovalStatus>>;

/// For whom an event is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receiver {
    /// Whoever listens when it is handed out.
    Open,
    /// A running case.
    Case(CaseId, CaseKind),
    /// A new case at this start event.
    Start {
        definition: String,
        version: i32,
        element: String,
    },
}

/// A message or a signal under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub id: Uuid,
    pub sent_at: Instant,
    pub kind: EventKind,
    pub name: String,
    /// The case that sent it; absent for one from outside.
    pub sent_by: Option<CaseId>,
    /// In whose name new cases start.
    pub initiator: Option<UserId>,
    /// How many events led to this one without a person or a clock between.
    pub hops: i32,
    pub receiver: Receiver,
    /// What is sent along, as JSON; sealed in the row.
    pub variables: String,
    /// Since when nobody has waited for it.
    pub rests_since: Option<Instant>,
    /// Until when a message without a receiver is kept.
    pub keep_until: Option<Instant>,
    /// The incident of its receiver at which it stopped.
    pub incident: Option<i32>,
    /// The beginning of the division codes in which it is heard; everywhere without one.
    pub area: Option<String>,
}
