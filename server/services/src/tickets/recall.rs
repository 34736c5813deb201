//! Recall (撤派): the dispatcher takes an assignment back and gives its slot to another unit, which gets the work done so far
//! and a fresh clock, while the ticket's clock goes on (`domain.md` 3.2, row 13a).
//! Not here: returns asked for by the unit (`send_back`).

use shared::application::ApplicationSort;
use shared::command::UnitCode;
use shared::fault::{Code, Fault};
use shared::ids::AssignmentId;
use shared::text::sms::Notice;
use shared::ticket::verbs::Recall;
use shared::ticket::{AssignmentStatus, SlotRole, Verb, rules};
use store::record::Assignment;

use crate::applications::{self, Decision};
use crate::cases::draft::{Draft, Halt, Told};
use crate::cases::opening::{self, NewAssignment};
use crate::host::Decide;
use crate::process;
use crate::process::said::Note;

impl Decide for Recall {
    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let old = recalled(draft, self.assignment)?;
        let to = self.to.as_ref().map(UnitCode::as_str);
        if to.is_none() && old.role == SlotRole::Lead {
            return Err(Fault::field("to", Code::InputRequired).into());
        }
        settle_pending(draft, &old, &self.reason)?;
        draft.end_assignment(old.id, |assignment| {
            assignment.status = AssignmentStatus::Recalled;
        })?;
        let told = Told::default()
            .note(Some(&*self.reason))
            .fact("from", &old.unit);
        let told = if let Some(to) = to {
            let new = Replacement {
                unit: to,
                field: "to",
                advice: Some(carry_over(&old, &self.reason)),
                final_ruling: false,
            };
            told.fact("to", to).of(replace(draft, &old, new)?)
        } else {
            draft.message(Note::Released, Some(&old.slot))?;
            told.of(old.id)
        };
        draft.event(Verb::Recall, told);
        Ok(())
    }
}

/// The open assignment that is meant: the given one, else the lead's.
fn recalled(draft: &Draft<'_>, id: Option<AssignmentId>) -> Result<Assignment, Halt> {
    let meant = match id {
        Some(id) => draft
            .assignment(id)
            .map_err(|_| Fault::field("assignment", Code::NotFound))?,
        None => process::lead(&draft.case).ok_or_else(|| draft.not_allowed(Verb::Recall))?,
    };
    rules::flow::assignment(Verb::Recall, meant.status)?;
    if meant.cycle_no != draft.case.ticket.cycle_no {
        return Err(draft.not_allowed(Verb::Recall).into());
    }
    Ok(meant.clone())
}

/// A send-back that waits for a ruling is granted by the recall itself.
fn settle_pending(draft: &mut Draft<'_>, old: &Assignment, reason: &str) -> Result<(), Halt> {
    let waits = applications::pending(&draft.case, old.id, ApplicationSort::SendBack);
    let Some(waits) = waits.map(|application| application.id) else {
        return Ok(());
    };
    draft.decide_on(
        waits,
        &Decision {
            verb: Verb::Rule,
            is_granted: true,
            opinion: Some(reason),
            granted_days: None,
        },
    )
}

/// The reason and what the former unit had written, for the unit that gets it now.
fn carry_over(old: &Assignment, reason: &str) -> String {
    let mut words = reason.to_owned();
    if let Some(advice) = &old.advice {
        words.push('\n');
        words.push_str(advice);
    }
    if let Some(reply) = &old.reply {
        words.push('\n');
        words.push_str(&reply.handling);
    }
    words
}

/// The unit that gets a slot now.
pub(super) struct Replacement<'a> {
    pub unit: &'a str,
    /// Form field that named it.
    pub field: &'a str,
    pub advice: Option<String>,
    pub final_ruling: bool,
}

/// Opens the new assignment of a slot, sends its work back to signing and tells the citizen when the lead changes.
pub(super) fn replace(
    draft: &mut Draft<'_>,
    old: &Assignment,
    new: Replacement<'_>,
) -> Result<AssignmentId, Halt> {
    let taken = |a: &Assignment| {
        a.unit == new.unit
            && a.id != old.id
            && a.cycle_no == old.cycle_no
            && !matches!(
                a.status,
                AssignmentStatus::Returned | AssignmentStatus::Recalled
            )
    };
    if new.unit == old.unit || draft.case.assignments.iter().any(taken) {
        return Err(Fault::field(new.field, Code::InputUnit).into());
    }
    let id = opening::assignment(
        draft,
        NewAssignment {
            slot: &old.slot,
            role: old.role,
            unit: new.unit,
            field: new.field,
            advice: new.advice,
            limit: None,
            return_count: old.return_count,
            final_ruling: new.final_ruling,
        },
    )?;
    draft.message(Note::Reassigned, Some(&old.slot))?;
    if old.role == SlotRole::Lead {
        draft.ticket().lead_unit = Some(new.unit.to_owned());
        let due = draft.assignment(id)?.due_at;
        let unit = draft.scene.reference.unit(new.unit).name;
        draft.notify(&Notice::Dispatched { unit: &unit, due });
    }
    Ok(id)
}
