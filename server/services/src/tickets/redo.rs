//! Redo (重办): the next cycle, with the lead unit again and half of its first limit, at least two working days
//! (`domain.md` 3.2, row 19). Needs a call or a rating that gives cause; two cycles at most.
//! Not here: giving a reply back before the citizen saw it (`review`).

use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::{AssignmentId, TicketId};
use shared::input::Tidy;
use shared::ticket::command::Redo;
use shared::ticket::view::Acted;
use shared::ticket::{Verb, rules};
use store::record::{Assignment, Case, ClockKind};

use crate::cases::draft::{Draft, Halt, Told, vars};
use crate::cases::opening::{self, NewAssignment};
use crate::cases::perform::{Order, Target, perform};
use crate::context::Ctx;
use crate::notices::Notice;
use crate::process;

impl Order for Redo {
    type On = Case;

    fn verb(&self) -> Verb {
        Verb::Redo
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn tidy(&mut self) {
        Tidy::tidy(self);
    }

    fn check(&self, _now: Instant) -> Result<(), Fault> {
        rules::redo(self)
    }

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
                advice: Some(self.reason.trim().to_owned()),
                limit,
                return_count: 0,
                final_ruling: true,
            },
        )?;
        extend_ticket(draft, id)?;
        let slots = opening::slots([last.slot.as_str()], opening::From::Sign);
        if draft.task_for(Verb::Redo, None).is_some() {
            draft.complete(
                Verb::Redo,
                None,
                vars([("outcome", "redo".into()), ("slots", slots)]),
            )?;
        } else {
            // The first process has ended with the closing; the cycle runs in a new one.
            draft.start(
                Some("redo"),
                vars([("entry", "redo".into()), ("slots", slots)]),
            )?;
        }
        let told = Told::default()
            .of(id)
            .note(Some(&self.reason))
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

/// The ticket's clock follows the redo when that ends later, and never shortens.
fn extend_ticket(draft: &mut Draft<'_>, id: AssignmentId) -> Result<(), Halt> {
    let assignment = draft.assignment(id)?.clone();
    let ticket = draft.ticket();
    if assignment.due_at > ticket.due_at {
        ticket.due_at = assignment.due_at;
        ticket.warn_at = assignment.warn_at;
        ticket.provisional = assignment.provisional;
    }
    draft.ticket_clock(ClockKind::Recompute);
    Ok(())
}

/// Orders a redo.
///
/// # Errors
/// The faults of the runner; `ticket.redo.not_justified`, `ticket.redo.exhausted`.
pub async fn redo(ctx: &Ctx, id: TicketId, command: Redo) -> Result<Acted, Fault> {
    perform(ctx, Target::Ticket(id), command).await
}
