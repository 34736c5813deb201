//! Records of approvals (办件): the case, its papers, its migrations, and what a verb changes of it.
//! Not here: what hangs on every kind of case (`host`), SQL (`approvals`), what the engine's state means (`bpmn`).
//! The state and what was filled in are sealed in the row; nobody finds a case by them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use shared::approval::ApprovalStatus;
use shared::calendar::Instant;
use shared::ids::{ApprovalId, CaseId, MigrationId, UserId};

use super::change::{Change, Hung, Kept};
use super::host::ApprovalEvent;

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
    pub caused_by: Option<CaseId>,
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

/// An approval with everything that is open of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ApprovalCase {
    pub approval: Approval,
    pub papers: Vec<ApprovalPaper>,
    pub hung: Hung,
}

impl ApprovalCase {
    /// A case of which nothing is open yet.
    pub fn of(approval: Approval) -> Self {
        Self {
            approval,
            papers: Vec::new(),
            hung: Hung::default(),
        }
    }
}

impl Kept for ApprovalCase {
    type Line = ApprovalEvent;

    fn hung(&self) -> &Hung {
        &self.hung
    }
}

/// What a verb changes of an approval.
pub type ApprovalChange = Change<ApprovalCase>;

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
