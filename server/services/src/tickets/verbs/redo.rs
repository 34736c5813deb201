//! Redo (重办): the next cycle, with the lead unit again and half of its first limit, at least two working days
//! (`domain.md` 3.2, row 19). Needs a call or a rating that gives cause; two cycles at most.
//! Not here: giving a reply back before the citizen saw it (`review`).

use shared::ids::AssignmentId;
use shared::text::sms::Notice;
use shared::ticket::Verb;
use shared::ticket::verbs::Redo;
use store::record::{Assignment, ClockKind};

use crate::host::Decide;
use crate::process;
use crate::process::said::{Begin, Saying};
use crate::tickets::opening::{self, NewAssignment};
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for Redo {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = next_cycle(copy, &self.reason)?;
        let told = Told::default()
            .of(id)
            .note(Some(&*self.reason))
            .fact("cycle", copy.case.ticket.cycle_no);
        let told = copy.because(told, Verb::Redo, self.cause.as_ref())?;
        copy.event(Verb::Redo, told);
        let due = copy.assignment(id)?.due_at;
        copy.notify(&Notice::Redone { due });
        Ok(())
    }
}

/// Opens the next cycle with the unit that led the last one, which has to begin anew.
pub(super) fn next_cycle(copy: &mut WorkingCopy<'_>, advice: &str) -> Result<AssignmentId, Halt> {
    let last = process::lead(&copy.case)
        .cloned()
        .ok_or_else(|| copy.not_allowed(Verb::Redo))?;
    let limit = opening::redo_limit(first_lead(copy).unwrap_or(&last));
    let ticket = copy.ticket();
    ticket.cycle_no += 1;
    ticket.replied_at = None;
    ticket.reviewed_at = None;
    ticket.closed_at = None;
    ticket.exempt_reason = None;
    let id = opening::assignment(
        copy,
        NewAssignment {
            slot: &last.slot,
            role: last.role,
            unit: &last.unit,
            field: "unit",
            advice: Some(advice.to_owned()),
            limit,
            return_count: 0,
            final_ruling: true,
            parent: None,
        },
    )?;
    opening::follow(copy, id)?;
    copy.ticket_clock(ClockKind::Recompute);
    let slots = opening::slots([last.slot.as_str()], opening::From::Sign);
    if copy.task_for(Verb::Redo, None).is_some() {
        copy.complete(Saying::Redo(slots), None)?;
    } else {
        // The first process has ended with the closing; the cycle runs in a new one.
        copy.start(Begin::Redo(slots))?;
    }
    Ok(id)
}

/// The assignment whose limit is halved: the first one in the first cycle that the lead unit answered.
fn first_lead<'d>(copy: &'d WorkingCopy<'_>) -> Option<&'d Assignment> {
    copy.case
        .assignments
        .iter()
        .rev()
        .find(|a| a.cycle_no == 0 && a.slot == super::dispatch::LEAD_SLOT)
}
