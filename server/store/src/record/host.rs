//! Records of what hangs on a case of any kind: open tasks, history, timers, calls, incidents, people, events under way.
//! Not here: the heads (`ticket`, `approval`), SQL (`host`), what the engine's state means (`bpmn`).
//! One set for all kinds: a kind that does not use a field leaves it empty.

use std::collections::BTreeMap;

use shared::access::Role;
use shared::approval::{ApprovalStatus, ApprovalVerb, EventKind, IncidentKind, Part};
use shared::calendar::Instant;
use shared::ids::{AssignmentId, CaseId, UserId};
use shared::process::limit::Stage;
use shared::ticket::{TicketState, Verb};
use uuid::Uuid;

shared::codes! {
    /// Which kind of case a row hangs on.
    CaseKind {
        Ticket = "T", "ticket", "工单", "Ticket";
        Approval = "A", "approval", "办件", "Approval";
    }
}

/// An open task or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub case_id: CaseId,
    pub case_kind: CaseKind,
    /// The engine's number.
    pub task_no: i64,
    /// 0 is the task itself.
    pub part: i32,
    pub kind: Part,
    /// BPMN element id.
    pub element: String,
    /// Whether it waits for somebody now.
    pub active: bool,
    pub assignment_id: Option<AssignmentId>,
    pub assignee: Option<UserId>,
    pub assignee_name: Option<String>,
    /// Who must not do it, having filed the case.
    pub barred: Option<UserId>,
    /// Role that may do it.
    pub role: Option<Role>,
    /// Unit for tasks of a unit, `None` for tasks of a centre.
    pub unit: Option<String>,
    pub unit_path: Option<String>,
    /// Region of the case (6 digits), for the lists of centres.
    pub region: Option<String>,
    /// Words of the verbs that complete it, blank-separated, where each kind of task has its own.
    pub verbs: String,
    pub asked_by: Option<UserId>,
    pub asked_by_name: Option<String>,
    pub note: Option<String>,
    /// What was decided already and waits for signers behind it, as JSON.
    pub decision: Option<String>,
    pub opened_at: Instant,
    pub due_at: Option<Instant>,
    pub warn_at: Option<Instant>,
    pub provisional: bool,
}

impl Task {
    /// A task for which nobody is named yet.
    pub fn fresh(
        (case_id, case_kind): (CaseId, CaseKind),
        task_no: i64,
        element: &str,
        opened_at: Instant,
    ) -> Self {
        Self {
            case_id,
            case_kind,
            task_no,
            part: 0,
            kind: Part::Main,
            element: element.to_owned(),
            active: true,
            assignment_id: None,
            assignee: None,
            assignee_name: None,
            barred: None,
            role: None,
            unit: None,
            unit_path: None,
            region: None,
            verbs: String::new(),
            asked_by: None,
            asked_by_name: None,
            note: None,
            decision: None,
            opened_at,
            due_at: None,
            warn_at: None,
            provisional: false,
        }
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
}

/// A line of an approval's history.
pub type ApprovalEvent = Event<ApprovalVerb, ApprovalStatus, Option<ApprovalStatus>>;

/// A timer that runs or is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timer {
    pub timer_no: i64,
    pub element: String,
    /// Absent while it is held.
    pub due_at: Option<Instant>,
    /// When it would have rung, of a held one.
    pub held_at: Option<Instant>,
    /// The limit at whose end it rings, where its time is a deadline of the case: it moves with that.
    pub stage: Option<Stage>,
    /// The assignment whose deadline it is.
    pub assignment_id: Option<AssignmentId>,
}

/// A service that is being called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub task_no: i64,
    pub element: String,
    pub service: String,
    pub tries: i32,
    /// Absent while an incident waits or the case is paused.
    pub next_try_at: Option<Instant>,
}

/// What stopped a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    pub n: i32,
    pub kind: IncidentKind,
    pub element: String,
    pub task_no: Option<i64>,
    pub timer_no: Option<i64>,
    pub words: String,
    pub tries: i32,
    pub opened_at: Instant,
    pub settled_at: Option<Instant>,
    pub settled_by: Option<String>,
}

/// Why somebody has to do with a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Involved {
    /// Filed it.
    Initiator,
    /// Has or had a task in it.
    Doer,
    /// Reads along.
    Reader,
}

impl Involved {
    /// As stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Initiator => "I",
            Self::Doer => "D",
            Self::Reader => "R",
        }
    }

    /// From what is stored.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Initiator, Self::Doer, Self::Reader]
            .into_iter()
            .find(|one| one.code() == code)
    }
}

/// Somebody who has to do with a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasePerson {
    pub user: UserId,
    pub part: Involved,
    pub name: String,
}

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
}
