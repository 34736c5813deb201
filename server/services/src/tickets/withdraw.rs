//! Withdraw (撤回) before a unit has answered, by the citizen or by the agent for a caller (`domain.md` 3.2, row 23).
//! Open assignments end as recalled; nothing is deleted.
//! Not here: the citizen's proof of ownership (`public`).

use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::{AssignmentId, TicketId};
use shared::input::Tidy;
use shared::ticket::command::Withdraw;
use shared::ticket::view::Acted;
use shared::ticket::{AssignmentStatus, Verb, rules};
use store::record::Case;

use crate::cases::draft::{Draft, Halt, Told, vars};
use crate::cases::perform::{Order, Target, perform};
use crate::context::Ctx;
use crate::notices::Notice;

/// Takes a ticket back: what both roads to it do.
pub(crate) fn take_back(draft: &mut Draft<'_>, reason: Option<&str>) -> Result<(), Halt> {
    draft.message("withdraw", None, vars([]))?;
    let open: Vec<AssignmentId> = draft
        .case
        .assignments
        .iter()
        .filter(|a| a.status.is_open())
        .map(|a| a.id)
        .collect();
    for id in open {
        draft.end_assignment(id, |assignment| {
            assignment.status = AssignmentStatus::Recalled;
        })?;
    }
    draft.ticket().decline_proposed = false;
    draft.event(Verb::Withdraw, Told::default().note(reason));
    draft.notify(&Notice::Withdrawn);
    Ok(())
}

impl Order for Withdraw {
    type On = Case;

    fn verb(&self) -> Verb {
        Verb::Withdraw
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn tidy(&mut self) {
        Tidy::tidy(self);
    }

    fn check(&self, _now: Instant) -> Result<(), Fault> {
        rules::withdraw(self)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        take_back(draft, self.reason.as_deref())
    }
}

/// Withdraws a ticket for a caller.
///
/// # Errors
/// The faults of the runner; `ticket.flow.not_allowed` once a unit has answered.
pub async fn withdraw(ctx: &Ctx, id: TicketId, command: Withdraw) -> Result<Acted, Fault> {
    perform(ctx, Target::Ticket(id), command).await
}
