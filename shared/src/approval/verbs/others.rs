//! Verbs whose road is their own: filing, which makes the case, moving cases between versions, and what the process does by itself.
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
