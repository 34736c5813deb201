//! Records of approvals (办件): the case, its papers, its migrations, and what a verb changes of it.
//! Not here: what hangs on every kind of case (`host`), SQL (`approvals`), what the engine's state means (`bpmn`).
//! The state and what was filled in are sealed in the row; nobody finds a case by them.

use std::collections::BTreeMap;

use super::{Approval, ApprovalEvent, ApprovalPaper, Change, Hung, Kept};
use serde::{Deserialize, Serialize};

/// What is sealed of an approval.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Inside {
    /// The engine's state as JSON; absent once the process has ended.
    pub state: Option<String>,
    /// The process's variables as JSON, kept after the end.
    pub variables: String,
    /// Answers to the office's own fields, by their codes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub own: BTreeMap<String, String>,
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
    type Beside = ();

    fn hung(&self) -> &Hung {
        &self.hung
    }
}

/// What a verb changes of an approval.
pub type ApprovalChange = Change<ApprovalCase>;
