//! Send back (退单): the unit asks with a reason code, the dispatcher upholds the dispatch or gives the slot to another unit
//! (`domain.md` 3.2, rows 8 and 9). A pending request does not stop the clock; a final ruling cannot be sent back again.
//! Not here: recalls by the centre (`recall`).

use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::AssignmentId;
use shared::input::Tidy;
use shared::ticket::command::{Rule, SendBack};
use shared::ticket::view::Acted;
use shared::ticket::{ApplicationStatus, AssignmentStatus, Verb, rules};
use store::record::{Application, Case};

use super::recall::{Replacement, replace};
use crate::cases::draft::{Draft, Halt, Told, vars};
use crate::cases::perform::{Order, Target, perform};
use crate::context::Ctx;

impl Order for SendBack {
    type On = Case;

    fn verb(&self) -> Verb {
        Verb::SendBack
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn tidy(&mut self) {
        Tidy::tidy(self);
    }

    fn check(&self, _now: Instant) -> Result<(), Fault> {
        rules::send_back(self)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let id = draft.aimed()?;
        let slot = draft.assignment(id)?.slot.clone();
        let suggested = self
            .suggested_unit
            .as_deref()
            .map(str::trim)
            .filter(|unit| !unit.is_empty());
        if let Some(unit) = suggested
            && !draft.scene.reference.units.contains_key(unit)
        {
            return Err(Fault::field("suggested_unit", Code::InputUnit).into());
        }
        draft.put_application(Application {
            id: draft.new_id(),
            ticket_id: draft.id(),
            assignment_id: id,
            reason: self.reason,
            explanation: self.explanation.trim().to_owned(),
            suggested_unit: suggested.map(str::to_owned),
            asked_at: draft.now(),
            asked_by: draft.scene.actor.user,
            status: ApplicationStatus::Open,
            decided_at: None,
            decided_by: None,
            opinion: None,
        });
        draft.change_assignment(id, |assignment| assignment.return_count += 1)?;
        draft.message("send_back", Some(&slot), vars([]))?;
        let told = Told::default()
            .of(id)
            .note(Some(&self.explanation))
            .fact("reason", self.reason);
        draft.event(
            Verb::SendBack,
            suggested.map_or(told.clone(), |unit| told.fact("suggested_unit", unit)),
        );
        Ok(())
    }
}

impl Order for Rule {
    type On = Case;

    fn verb(&self) -> Verb {
        Verb::Rule
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn tidy(&mut self) {
        Tidy::tidy(self);
    }

    fn check(&self, _now: Instant) -> Result<(), Fault> {
        rules::rule(self)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let id = draft.aimed()?;
        let mut application = draft
            .open_application(id)
            .cloned()
            .ok_or_else(|| draft.not_allowed(Verb::Rule))?;
        application.status = if self.uphold {
            ApplicationStatus::Refused
        } else {
            ApplicationStatus::Granted
        };
        application.decided_at = Some(draft.now());
        application.decided_by = draft.scene.actor.user;
        application.opinion = Some(self.opinion.trim().to_owned());
        draft.put_application(application);
        let told = Told::default()
            .note(Some(&self.opinion))
            .fact("uphold", self.uphold)
            .fact("final_ruling", self.final_ruling);
        draft.complete(Verb::Rule, Some(id), vars([]))?;
        let told = if self.uphold {
            draft.change_assignment(id, |assignment| {
                assignment.final_ruling |= self.final_ruling;
            })?;
            told.of(id)
        } else {
            let (old, new) = redispatch(self, draft, id)?;
            told.fact("from", old)
                .fact("to", self.to.as_deref().unwrap_or_default())
                .of(new)
        };
        draft.event(Verb::Rule, told);
        Ok(())
    }
}

/// The returned assignment ends; another unit gets the slot with a fresh clock. Gives the former unit and the new assignment.
fn redispatch(
    command: &Rule,
    draft: &mut Draft<'_>,
    id: AssignmentId,
) -> Result<(String, AssignmentId), Halt> {
    let old = draft.assignment(id)?.clone();
    let unit = command.to.as_deref().map(str::trim).unwrap_or_default();
    draft.end_assignment(id, |assignment| {
        assignment.status = AssignmentStatus::Returned;
    })?;
    let advice = [Some(command.opinion.trim().to_owned()), old.advice.clone()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("\n");
    let new = replace(
        draft,
        &old,
        Replacement {
            unit,
            field: "to",
            advice: Some(advice),
            final_ruling: command.final_ruling,
        },
    )?;
    Ok((old.unit, new))
}

/// Asks to send an assignment back.
///
/// # Errors
/// The faults of the runner; `assignment.return.final`, `assignment.return.pending`.
pub async fn send_back(ctx: &Ctx, id: AssignmentId, command: SendBack) -> Result<Acted, Fault> {
    perform(ctx, Target::Assignment(id), command).await
}

/// Rules on a return.
///
/// # Errors
/// The faults of the runner; `assignment.flow.not_allowed` when nothing waits for a ruling.
pub async fn rule(ctx: &Ctx, id: AssignmentId, command: Rule) -> Result<Acted, Fault> {
    perform(ctx, Target::Assignment(id), command).await
}
