//! Redo (重办): the next cycle, with the lead unit again and half of its first limit, at least two working days
//! (`domain.md` 3.2, row 19). Needs a call or a rating that gives cause; two cycles at most.
//! Not here: giving a reply back before the citizen saw it (`review`).

use shared::text::sms::Notice;
use shared::ticket::Verb;
use shared::ticket::verbs::Redo;
use store::record::{Assignment, ClockKind};

use crate::cases::draft::{Draft, Halt, Told};
use crate::cases::opening::{self, NewAssignment};
use crate::host::Decide;
use crate::process;
use crate::process::said::{Begin, Saying};

impl Decide for Redo {
    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let last = process::lead(&draft.case)
            .cloned()
            .ok_or_else(|| draft.not_allowed(Verb::Redo))?;
        let limit = opening::redo_limit(first_lead(draft).unwrap_or(&last));
        let ticket = draft.ticket();
        ticket.cycle_no += 1;
        ticket.replied_at = None;
        ticket.reviewed_at = None;
        ticket.closed_at = None;
        ticket.exempt_reason = None;
        let id = opening::assignment(
            draft,
            NewAssignment {
                slot: &last.slot,
                role: last.role,
                unit: &last.unit,
                field: "unit",
                advice: Some(self.reason.to_string()),
                limit,
                return_count: 0,
                final_ruling: true,
            },
        )?;
        opening::follow(draft, id)?;
        draft.ticket_clock(ClockKind::Recompute);
        let slots = opening::slots([last.slot.as_str()], opening::From::Sign);
        if draft.task_for(Verb::Redo, None).is_some() {
            draft.complete(Saying::Redo(slots), None)?;
        } else {
            // The first process has ended with the closing; the cycle runs in a new one.
            draft.start(Begin::Redo(slots))?;
        }
        let told = Told::default()
            .of(id)
            .note(Some(&*self.reason))
            .fact("cycle", draft.case.ticket.cycle_no);
        draft.event(Verb::Redo, told);
        let due = draft.assignment(id)?.due_at;
        draft.notify(&Notice::Redone { due });
        Ok(())
    }
}

/// The assignment whose limit is halved: the first one in the first cycle that the lead unit answered.
fn first_lead<'d>(draft: &'d Draft<'_>) -> Option<&'d Assignment> {
    draft
        .case
        .assignments
        .iter()
        .rev()
        .find(|a| a.cycle_no == 0 && a.slot == super::dispatch::LEAD_SLOT)
}
