//! An approval (办件): a case that a deployed definition moves from desk to desk, with the verbs that Chinese offices approve with.
//! Not here: how a process runs (`bpmn`), who may (`access`), what happens (services).
//! Next: `codes` (states, verbs, parts of a task), `verbs` (what is true of each), `command` (what is taken beside them), `rules`, `view`, `difference` (versions side by side), `query` (filters and orders of the list).

mod codes;
pub mod command;
pub mod difference;
pub mod query;
pub mod rules;
pub mod verbs;
pub mod view;

pub use codes::{ApprovalStatus, ApprovalVerb, EventKind, IncidentKind, Part, SignPlace};

/// Where a case goes on after 驳回: the step before, the initiator's first step, or an element's id.
pub const TO_PREVIOUS: &str = "previous";
/// See [`TO_PREVIOUS`].
pub const TO_INITIATOR: &str = "initiator";
