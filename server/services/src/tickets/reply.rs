//! Reply (反馈) by the handler and unit review (单位审核): what was done, what the citizen is told, and the unit's word for it
//! (`domain.md` 3.2, row 15). Only a passed reply leaves the unit.
//! Not here: the centre's review (`review`).

use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::AssignmentId;
use shared::input::Tidy;
use shared::ticket::command::{Reply, UnitReview};
use shared::ticket::view::Acted;
use shared::ticket::{AssignmentStatus, SlotRole, Verb, rules};
use store::record::{self, Case};

use crate::cases::draft::{Draft, Halt, Told, vars};
use crate::cases::perform::{Order, Target, perform};
use crate::context::Ctx;

impl Order for Reply {
    type On = Case;

    fn verb(&self) -> Verb {
        Verb::Reply
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn tidy(&mut self) {
        Tidy::tidy(self);
    }

    fn check(&self, _now: Instant) -> Result<(), Fault> {
        rules::reply(self)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let id = draft.aimed()?;
        let by = draft.scene.actor.user;
        let trimmed = |text: &Option<String>| {
            text.as_deref()
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        let reply = record::Reply {
            handling: self.handling.trim().to_owned(),
            public_reply: self.public_reply.trim().to_owned(),
            fact_true: self.fact_true,
            solved: self.solved,
            contacted: self.contacted,
            contact_tries: self.contact_tries,
            unsolved_reason: trimmed(&self.unsolved_reason),
            basis: trimmed(&self.basis),
        };
        draft.change_assignment(id, |assignment| {
            assignment.status = AssignmentStatus::UnitReview;
            assignment.reply = Some(reply);
            assignment.reply_passed = false;
            assignment.replied_by = by;
        })?;
        draft.complete(Verb::Reply, Some(id), vars([]))?;
        let told = Told::default()
            .of(id)
            .fact("fact_true", self.fact_true)
            .fact("solved", self.solved)
            .fact("contacted", self.contacted);
        draft.event(Verb::Reply, told);
        Ok(())
    }
}

impl Order for UnitReview {
    type On = Case;

    fn verb(&self) -> Verb {
        Verb::UnitReview
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn tidy(&mut self) {
        Tidy::tidy(self);
    }

    fn check(&self, _now: Instant) -> Result<(), Fault> {
        rules::unit_review(self)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let id = draft.aimed()?;
        let now = draft.now();
        if self.pass {
            draft.end_assignment(id, |assignment| {
                assignment.status = AssignmentStatus::Replied;
                assignment.reply_passed = true;
                // What counts is when the reply left the unit, not when it was written.
                assignment.replied_at = Some(now);
            })?;
            if draft.assignment(id)?.role == SlotRole::Lead {
                draft.ticket().replied_at = Some(now);
            }
        } else {
            draft.change_assignment(id, |assignment| {
                assignment.status = AssignmentStatus::Handling;
            })?;
        }
        draft.complete(
            Verb::UnitReview,
            Some(id),
            vars([("approved", self.pass.into())]),
        )?;
        draft.event(
            Verb::UnitReview,
            Told::default()
                .of(id)
                .note(self.opinion.as_deref())
                .fact("pass", self.pass),
        );
        Ok(())
    }
}

/// Hands in the unit's reply.
///
/// # Errors
/// The faults of the runner; `assignment.return.pending` while a return waits for its ruling.
pub async fn reply(ctx: &Ctx, id: AssignmentId, command: Reply) -> Result<Acted, Fault> {
    perform(ctx, Target::Assignment(id), command).await
}

/// Passes the reply or gives it back to the handler.
///
/// # Errors
/// The faults of the runner; `assignment.flow.not_allowed` without a reply that waits.
pub async fn unit_review(ctx: &Ctx, id: AssignmentId, command: UnitReview) -> Result<Acted, Fault> {
    perform(ctx, Target::Assignment(id), command).await
}
