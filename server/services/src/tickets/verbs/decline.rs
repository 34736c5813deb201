//! Decline (不予受理): the agent proposes with a reason code, the dispatcher confirms or refuses (`domain.md` 3.2, row 4).
//! Not here: withdrawing by the citizen (`withdraw`).
//! A refused proposal leaves the ticket waiting for dispatch as before.

use shared::fault::{Code, Fault};
use shared::text::sms::Notice;
use shared::ticket::verbs::{ConfirmDecline, Decline};
use shared::ticket::{DeclineReason, Verb};

use crate::host::Decide;
use crate::process::said::Saying;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for Decline {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        copy.complete(Saying::Decline, None)?;
        let explanation = self.explanation.to_string();
        let ticket = copy.ticket();
        ticket.decline_reason = Some(self.reason);
        ticket.decline_explanation = Some(explanation);
        ticket.decline_proposed = true;
        let told = Told::default()
            .note(Some(&*self.explanation))
            .fact("reason", self.reason);
        let told = copy.because(told, Verb::Decline, self.cause.as_ref())?;
        copy.event(Verb::Decline, told);
        Ok(())
    }
}

impl Decide for ConfirmDecline {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        copy.complete(Saying::ConfirmDecline(self.confirm), None)?;
        let told = Told::default()
            .note(self.opinion.as_deref())
            .fact("confirm", self.confirm);
        let (reason, explanation) = proposal(copy)?;
        copy.ticket().decline_proposed = false;
        if self.confirm {
            copy.notify(&Notice::Declined {
                reason,
                explanation: &explanation,
            });
        } else {
            let ticket = copy.ticket();
            ticket.decline_reason = None;
            ticket.decline_explanation = None;
        }
        copy.event(Verb::ConfirmDecline, told.fact("reason", reason));
        Ok(())
    }
}

fn proposal(copy: &WorkingCopy<'_>) -> Result<(DeclineReason, String), Halt> {
    let ticket = &copy.case.ticket;
    ticket
        .decline_reason
        .zip(ticket.decline_explanation.clone())
        .ok_or_else(|| {
            Fault::new(Code::FlowNotAllowed)
                .fact("state", ticket.state)
                .into()
        })
}
