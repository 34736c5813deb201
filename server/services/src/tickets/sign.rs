//! Sign for (签收): the unit acknowledges; its clock has run since the dispatch (`domain.md` 3.2, row 7).
//! Not here: refusing it (`send_back`).
//! Signing late is allowed and stays visible in the times.

use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::AssignmentId;
use shared::input::Tidy;
use shared::ticket::command::Sign;
use shared::ticket::view::Acted;
use shared::ticket::{AssignmentStatus, Verb};
use store::record::Case;

use crate::cases::draft::{Draft, Halt, Told, vars};
use crate::cases::perform::{Order, Target, perform};
use crate::context::Ctx;

impl Order for Sign {
    type On = Case;

    fn verb(&self) -> Verb {
        Verb::Sign
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn tidy(&mut self) {
        Tidy::tidy(self);
    }

    fn check(&self, _now: Instant) -> Result<(), Fault> {
        Ok(())
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let id = draft.aimed()?;
        let (now, by) = (draft.now(), draft.scene.actor.user);
        draft.change_assignment(id, |assignment| {
            assignment.status = AssignmentStatus::Signed;
            assignment.signed_at = Some(now);
            assignment.signed_by = by;
        })?;
        draft.complete(Verb::Sign, Some(id), vars([]))?;
        draft.event(Verb::Sign, Told::default().of(id));
        Ok(())
    }
}

/// Signs for an assignment.
///
/// # Errors
/// The faults of the runner; `assignment.flow.not_allowed` when it was signed already or a return waits for a ruling.
pub async fn sign(ctx: &Ctx, id: AssignmentId, command: Sign) -> Result<Acted, Fault> {
    perform(ctx, Target::Assignment(id), command).await
}
