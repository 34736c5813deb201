//! Sign for (签收): the unit acknowledges; its clock has run since the dispatch (`domain.md` 3.2, row 7).
//! Not here: refusing it (`send_back`).
//! Signing late is allowed and stays visible in the times.

use shared::ticket::verbs::Sign;
use shared::ticket::{AssignmentStatus, Verb};

use crate::host::Decide;
use crate::process::said::Saying;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for Sign {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let (now, by) = (copy.now(), copy.scene.actor.user());
        let name = by.map(|_| copy.scene.actor.name.clone());
        copy.change_assignment(id, |assignment| {
            assignment.status = AssignmentStatus::Signed;
            assignment.signed_at = Some(now);
            assignment.signed_by = by;
            // Who took it before stays responsible.
            if assignment.responsible.is_none() {
                (assignment.responsible, assignment.responsible_name) = (by, name);
            }
        })?;
        copy.complete(Saying::Sign, Some(id))?;
        copy.event(Verb::Sign, Told::default().of(id));
        Ok(())
    }
}
