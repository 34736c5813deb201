//! Sign for (签收): the unit acknowledges; its clock has run since the dispatch (`domain.md` 3.2, row 7).
//! Not here: refusing it (`send_back`).
//! Signing late is allowed and stays visible in the times.

use shared::ticket::verbs::Sign;
use shared::ticket::{AssignmentStatus, Verb};

use super::act::Decide;
use crate::cases::draft::{Draft, Halt, Told};
use crate::process::said::Saying;

impl Decide for Sign {
    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let id = draft.aimed()?;
        let (now, by) = (draft.now(), draft.scene.actor.user);
        draft.change_assignment(id, |assignment| {
            assignment.status = AssignmentStatus::Signed;
            assignment.signed_at = Some(now);
            assignment.signed_by = by;
        })?;
        draft.complete(Saying::Sign, Some(id))?;
        draft.event(Verb::Sign, Told::default().of(id));
        Ok(())
    }
}
