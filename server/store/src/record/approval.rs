//! Records of approvals (办件): the case, its open tasks, timers, calls, papers, incidents, history, and what a verb changes of them.
//! Not here: SQL (`approvals`), what the engine's state means (`bpmn`).
//! The state and what was filled in are sealed in the row; nobody finds a case by them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use shared::access::Role;
use shared::approval::{ApprovalStatus, ApprovalVerb, EventKind, IncidentKind, Part};
use shared::calendar::Instant;
use shared::ids::{ApprovalId, MigrationId, UserId};
use uuid::Uuid;

use super::{AuditEntry, OutboxMessage};

/// An approval.
#[derive(Debug, Clone, PartialEq)]
pub struct Approval {
    pub id: ApprovalId,
    /// Area, definition, day and sequence; unique.
    pub approval_no: String,
    /// Raised with every change.
    pub version: i32,
    /// Key of the definition.
    pub definition: String,
    pub definition_version: i32,
    /// Version of every other definition that may be called, by key.
    pub pins: BTreeMap<String, i32>,
    pub title: String,
    pub status: ApprovalStatus,
    /// The end event that was reached.
    pub outcome: Option<String>,
    pub started_at: Instant,
    pub started_by: UserId,
    pub started_by_name: String,
    /// Unit of the initiator.
    pub unit: String,
    pub unit_path: String,
    pub region: String,
    /// Since when its clocks stand.
    pub paused_at: Option<Instant>,
    /// What the initiator was asked to correct.
    pub paused_for: Option<String>,
    pub ended_at: Option<Instant>,
    pub updated_at: Instant,
    /// Number of the newest event.
    pub last_seq: i32,
    /// The case whose message or signal started this one.
    pub caused_by: Option<ApprovalId>,
    /// Whether a person filed it; false for what a clock began in somebody's name.
    pub filed: bool,
    pub inside: Inside,
}

/// What is sealed of an approval.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Inside {
    /// The engine's state as JSON; absent once the process has ended.
    pub state: Option<String>,
    /// The process's variables as JSON, kept after the end.
    pub variables: String,
}

/// An open task or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub struct ApprovalTask {
    pub approval_id: ApprovalId,
    /// The engine's number.
    pub task_no: i64,
    /// 0 is the task itself.
    pub part: i32,
    pub kind: Part,
    pub element: String,
    /// Whether it waits for somebody now.
    pub active: bool,
    pub assignee: Option<UserId>,
    pub assignee_name: Option<String>,
    pub role: Option<Role>,
    pub unit: Option<String>,
    pub unit_path: Option<String>,
    pub region: Option<String>,
    pub asked_by: Option<UserId>,
    pub asked_by_name: Option<String>,
    pub note: Option<String>,
    /// What was decided already and waits for signers behind it, as JSON.
    pub decision: Option<String>,
    pub opened_at: Instant,
    pub due_at: Option<Instant>,
    pub warn_at: Option<Instant>,
    pub provisional: bool,
    /// Who must not do it, having filed the case.
    pub barred: Option<UserId>,
}

/// A timer that runs or is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalTimer {
    pub timer_no: i64,
    pub element: String,
    /// Absent while it is held.
    pub due_at: Option<Instant>,
    /// When it would have rung, of a held one.
    pub held_at: Option<Instant>,
}

/// A service that is being called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalCall {
    pub task_no: i64,
    pub element: String,
    pub service: String,
    pub tries: i32,
    /// Absent while an incident waits or the case is paused.
    pub next_try_at: Option<Instant>,
}

/// A paper that was missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalPaper {
    pub n: i32,
    pub name: String,
    pub asked_at: Instant,
    pub due_at: Option<Instant>,
    pub supplied_at: Option<Instant>,
    pub note: Option<String>,
}

/// What stopped a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalIncident {
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

/// A line of the history.
#[derive(Debug, Clone, PartialEq)]
pub struct ApprovalEvent {
    pub seq: i32,
    pub verb: ApprovalVerb,
    pub at: Instant,
    pub by: Option<UserId>,
    pub by_name: Option<String>,
    pub unit: Option<String>,
    pub element: Option<String>,
    pub task_no: Option<i64>,
    pub note: Option<String>,
    pub facts: BTreeMap<String, String>,
}

/// Why somebody has to do with an approval.
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

/// Somebody who has to do with an approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalPerson {
    pub user: UserId,
    pub part: Involved,
    pub name: String,
}

/// An approval with everything that is open of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ApprovalCase {
    pub approval: Approval,
    pub tasks: Vec<ApprovalTask>,
    /// People of whom one may take a task, by task.
    pub candidates: BTreeMap<i64, Vec<UserId>>,
    pub timers: Vec<ApprovalTimer>,
    pub calls: Vec<ApprovalCall>,
    pub papers: Vec<ApprovalPaper>,
    pub incidents: Vec<ApprovalIncident>,
    pub people: Vec<ApprovalPerson>,
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

/// For whom an event is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receiver {
    /// Whoever listens when it is handed out.
    Open,
    /// A running case.
    Case(ApprovalId),
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
    pub sent_by: Option<ApprovalId>,
    /// In whose name new cases start.
    pub initiator: Option<UserId>,
    /// How many events led to this one without a person or a clock between.
    pub hops: i32,
    pub receiver: Receiver,
    /// What is sent along, as JSON; sealed in the row.
    pub variables: String,
}

/// A timer at which a new case starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartTimer {
    pub definition: String,
    pub version: i32,
    pub element: String,
    /// `date`, `duration` or `cycle`.
    pub kind: String,
    /// ISO 8601 or working time.
    pub spec: String,
    pub due_at: Instant,
    /// Who activated the version.
    pub initiator: UserId,
}

/// A migration that was done.
#[derive(Debug, Clone, PartialEq)]
pub struct Migration {
    pub id: MigrationId,
    pub definition: String,
    pub from_version: i32,
    pub to_version: i32,
    pub at: Instant,
    pub by: Option<UserId>,
    pub by_name: Option<String>,
    /// New ids by old ones.
    pub mapping: BTreeMap<String, String>,
    pub moved: i64,
    pub undone_at: Option<Instant>,
}
