//! Reply (反馈) by the handler and unit review (单位审核): what was done, what the citizen is told, and the unit's word for it
//! (`domain.md` 3.2, row 15). Only a passed reply leaves the unit.
//! Not here: the centre's review (`review`).

use shared::access::Role;
use shared::notice::NoticeKind;
use shared::ticket::verbs::{Reply, UnitReview};
use shared::ticket::{AssignmentStatus, SlotRole, Verb};
use store::record;

use crate::host::Decide;
use crate::process::said::Saying;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};
use crate::tickets::{flow, holds};

impl Decide for Reply {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let by = copy.scene.actor.user();
        // What the reply says goes first; where it says nothing, the log of tries does.
        let tries = flow::contacts(&copy.case, id).count();
        let logged = u8::try_from(tries).unwrap_or(u8::MAX);
        let reply = record::Reply {
            handling: self.handling.to_string(),
            public_reply: self.public_reply.to_string(),
            fact_true: self.fact_true,
            solved: self.solved,
            contacted: self.contacted,
            contact_tries: self.contact_tries.unwrap_or(logged),
            unsolved_reason: self.unsolved_reason.as_deref().map(str::to_owned),
            basis: self.basis.as_deref().map(str::to_owned),
        };
        copy.change_assignment(id, |assignment| {
            assignment.status = AssignmentStatus::UnitReview;
            assignment.reply = Some(reply);
            assignment.reply_passed = false;
            assignment.replied_by = by;
        })?;
        copy.complete(Saying::Reply, Some(id))?;
        let told = Told::default()
            .of(id)
            .fact("fact_true", self.fact_true)
            .fact("solved", self.solved)
            .fact("contacted", self.contacted)
            .fact("tries", tries);
        copy.event(Verb::Reply, told);
        Ok(())
    }
}

impl Decide for UnitReview {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let now = copy.now();
        if self.pass {
            copy.end_assignment(id, |assignment| {
                assignment.status = AssignmentStatus::Replied;
                assignment.reply_passed = true;
                // What counts is when the reply left the unit, not when it was written.
                assignment.replied_at = Some(now);
            })?;
            if copy.assignment(id)?.role == SlotRole::Lead {
                // What was promised is answered.
                holds::go_on(copy)?;
                copy.ticket().replied_at = Some(now);
            }
        } else {
            copy.change_assignment(id, |assignment| {
                assignment.status = AssignmentStatus::Handling;
            })?;
        }
        if !self.pass {
            let unit = copy.assignment(id)?.unit.clone();
            copy.tell_unit(NoticeKind::Returned, &unit, &[Role::Handler]);
        }
        copy.complete(Saying::UnitReview(self.pass), Some(id))?;
        copy.event(
            Verb::UnitReview,
            Told::default()
                .of(id)
                .note(self.opinion.as_deref())
                .fact("pass", self.pass),
        );
        Ok(())
    }
}
