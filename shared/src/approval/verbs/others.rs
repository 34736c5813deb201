//! Verbs whose road is their own: filing, which makes the case, moving cases between versions, files that come and go, and what the process does by itself.
//! Not here: what they take (`approval::command`).
//! From no state are they buttons of a case.

use super::{Descriptor, On};
use crate::access::{Need, needs};
use crate::approval::ApprovalVerb;

pub(super) const START: Descriptor = other(ApprovalVerb::Start, needs::FILING);
pub(super) const RING: Descriptor = other(ApprovalVerb::Ring, Need::System);
pub(super) const SERVE: Descriptor = other(ApprovalVerb::Serve, Need::System);
pub(super) const END: Descriptor = other(ApprovalVerb::End, Need::System);
pub(super) const MIGRATE: Descriptor = other(ApprovalVerb::Migrate, needs::OPERATING);
pub(super) const UNDO_MIGRATION: Descriptor = other(ApprovalVerb::UndoMigration, needs::OPERATING);
/// Their roads are those of files.
pub(super) const ADD_FILE: Descriptor = other(ApprovalVerb::AddFile, needs::FILES);
pub(super) const REMOVE_FILE: Descriptor = other(ApprovalVerb::RemoveFile, needs::FILES);

const fn other(verb: ApprovalVerb, need: Need) -> Descriptor {
    Descriptor {
        verb,
        need,
        on: On::Other,
        states: &[],
        statuses: &[],
        rank: 20,
    }
}
