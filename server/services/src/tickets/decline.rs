//! Decline (不予受理): the agent proposes with a reason code, the dispatcher confirms or refuses (`domain.md` 3.2, row 4).
//! Not here: withdrawing by the citizen (`withdraw`).
//! A refused proposal leaves the ticket waiting for dispatch as before.

use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::TicketId;
use shared::input::Tidy;
use shared::ticket::command::{ConfirmDecline, Decline};
use shared::ticket::view::Acted;
use shared::ticket::{DeclineReason, Verb, rules};
use store::record::Case;

use crate::cases::draft::{Draft, Halt, Told, vars};
use crate::cases::perform::{Order, Target, perform};
use crate::context::Ctx;
use crate::notices::Notice;

impl Order for Decline {
    type On = Case;

    fn verb(&self) -> Verb {
        Verb::Decline
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn tidy(&mut self) {
        Tidy::tidy(self);
    }

    fn check(&self, _now: Instant) -> Result<(), Fault> {
        rules::decline(self)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        draft.complete(Verb::Decline, None, vars([("decision", "decline".into())]))?;
        let explanation = self.explanation.trim().to_owned();
        let ticket = draft.ticket();
        ticket.decline_reason = Some(self.reason);
        ticket.decline_explanation = Some(explanation);
        ticket.decline_proposed = true;
        draft.event(
            Verb::Decline,
            Told::default()
                .note(Some(&self.explanation))
                .fact("reason", self.reason),
        );
        Ok(())
    }
}

impl Order for ConfirmDecline {
    type On = Case;

    fn verb(&self) -> Verb {
        Verb::ConfirmDecline
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn tidy(&mut self) {
        Tidy::tidy(self);
    }

    fn check(&self, _now: Instant) -> Result<(), Fault> {
        rules::confirm_decline(self)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        draft.complete(
            Verb::ConfirmDecline,
            None,
            vars([("confirmed", self.confirm.into())]),
        )?;
        let told = Told::default()
            .note(self.opinion.as_deref())
            .fact("confirm", self.confirm);
        let (reason, explanation) = proposal(draft)?;
        draft.ticket().decline_proposed = false;
        if self.confirm {
            draft.notify(&Notice::Declined {
                reason,
                explanation: &explanation,
            });
        } else {
            let ticket = draft.ticket();
            ticket.decline_reason = None;
            ticket.decline_explanation = None;
        }
        draft.event(Verb::ConfirmDecline, told.fact("reason", reason));
        Ok(())
    }
}

fn proposal(draft: &Draft<'_>) -> Result<(DeclineReason, String), Halt> {
    let ticket = &draft.case.ticket;
    ticket
        .decline_reason
        .zip(ticket.decline_explanation.clone())
        .ok_or_else(|| {
            Fault::new(Code::FlowNotAllowed)
                .fact("state", ticket.state)
                .into()
        })
}

/// Proposes to decline a ticket.
///
/// # Errors
/// The faults of the runner; `ticket.flow.not_allowed` when a proposal waits already or the ticket has been dispatched.
pub async fn decline(ctx: &Ctx, id: TicketId, command: Decline) -> Result<Acted, Fault> {
    perform(ctx, Target::Ticket(id), command).await
}

/// Confirms or refuses a proposed declining.
///
/// # Errors
/// The faults of the runner; `ticket.flow.not_allowed` without a proposal.
pub async fn confirm_decline(
    ctx: &Ctx,
    id: TicketId,
    command: ConfirmDecline,
) -> Result<Acted, Fault> {
    perform(ctx, Target::Ticket(id), command).await
}
