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

use crate::applications::{self, Decision, Verdict};
use crate::host::Decide;
use crate::process;
use crate::process::said::Note;
use crate::tickets::holds;
use crate::tickets::opening::{self, NewAssignment};
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for Recall {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let old = recalled(copy, self.assignment)?;
        let to = self.to.as_ref().map(UnitCode::as_str);
        if to.is_none() && old.role == SlotRole::Lead {
            return Err(Fault::field("to", Code::InputRequired).into());
        }
        // Another unit begins at once.
        holds::go_on(copy)?;
        settle_pending(copy, &old, (to, &self.reason))?;
        copy.end_assignment(old.id, |assignment| {
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
            told.fact("to", to).of(replace(copy, &old, new)?)
        } else {
            copy.message(Note::Released, Some(&old.slot))?;
            told.of(old.id)
        };
        let told = copy.because(told, Verb::Recall, self.cause.as_ref())?;
        copy.event(Verb::Recall, told);
        Ok(())
    }
}

/// The open assignment that is meant: the given one, else the lead's.
fn recalled(copy: &WorkingCopy<'_>, id: Option<AssignmentId>) -> Result<Assignment, Halt> {
    let meant = match id {
        Some(id) => copy
            .assignment(id)
            .map_err(|_| Fault::field("assignment", Code::NotFound))?,
        None => process::lead(&copy.case).ok_or_else(|| copy.not_allowed(Verb::Recall))?,
    };
    if meant.parent_id.is_some() {
        // Who gave it on takes it back.
        return Err(Fault::field("assignment", Code::BelowPart).into());
    }
    rules::flow::assignment(Verb::Recall, meant.status)?;
    if meant.cycle_no != copy.case.ticket.cycle_no {
        return Err(copy.not_allowed(Verb::Recall).into());
    }
    Ok(meant.clone())
}

/// A send-back that waits for a ruling is granted by the recall itself.
fn settle_pending(
    copy: &mut WorkingCopy<'_>,
    old: &Assignment,
    (to, reason): (Option<&str>, &str),
) -> Result<(), Halt> {
    let waits = applications::pending(&copy.case, old.id, ApplicationSort::SendBack);
    let Some(waits) = waits.map(|application| application.id) else {
        return Ok(());
    };
    copy.decide_on(
        waits,
        &Decision {
            verb: Verb::Rule,
            is_granted: true,
            opinion: Some(reason),
            granted_days: None,
            verdict: Some(Verdict {
                unit: to,
                is_final: false,
                meeting: None,
            }),
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
    copy: &mut WorkingCopy<'_>,
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
    if new.unit == old.unit || copy.case.assignments.iter().any(taken) {
        return Err(Fault::field(new.field, Code::InputUnit).into());
    }
    let id = opening::assignment(
        copy,
        NewAssignment {
            slot: &old.slot,
            role: old.role,
            unit: new.unit,
            field: new.field,
            advice: new.advice,
            limit: None,
            return_count: old.return_count,
            final_ruling: new.final_ruling,
            parent: None,
        },
    )?;
    copy.message(Note::Reassigned, Some(&old.slot))?;
    if old.role == SlotRole::Lead {
        copy.ticket().lead_unit = Some(new.unit.to_owned());
        let due = copy.assignment(id)?.due_at;
        let unit = copy.scene.reference.unit(new.unit).name;
        copy.notify(&Notice::Dispatched { unit: &unit, due });
    }
    Ok(id)
}
