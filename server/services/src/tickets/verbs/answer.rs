//! Answer directly (直接答复): the agent answers at the desk and the ticket closes (`domain.md` 3.2, row 2).
//! Not here: answers by units (`reply`).
//! The citizen may still rate it.

use shared::text::sms::Notice;
use shared::ticket::verbs::Answer;
use shared::ticket::{ExemptReason, Verb};

use crate::host::Decide;
use crate::process::said::Saying;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for Answer {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        give(copy, &self.answer)
    }
}

/// Closes the ticket with an answer.
pub(super) fn give(copy: &mut WorkingCopy<'_>, answer: &str) -> Result<(), Halt> {
    copy.complete(Saying::Answer, None)?;
    let now = copy.now();
    let ticket = copy.ticket();
    ticket.answer = Some(answer.to_owned());
    ticket.replied_at = Some(now);
    ticket.exempt_reason = Some(ExemptReason::AnsweredDirectly);
    ticket.decline_proposed = false;
    copy.event(Verb::Answer, Told::default().note(Some(answer)));
    if copy.case.ticket.reply_required {
        copy.notify(&Notice::Answered { answer });
    }
    Ok(())
}
