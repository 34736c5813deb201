//! Answer directly (直接答复): the agent answers at the desk and the ticket closes (`domain.md` 3.2, row 2).
//! Not here: answers by units (`reply`).
//! The citizen may still rate it.

use shared::text::sms::Notice;
use shared::ticket::verbs::Answer;
use shared::ticket::{ExemptReason, Verb};

use crate::cases::draft::{Draft, Halt, Told};
use crate::host::Decide;
use crate::process::said::Saying;

impl Decide for Answer {
    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let answer = &*self.answer;
        draft.complete(Saying::Answer, None)?;
        let now = draft.now();
        let ticket = draft.ticket();
        ticket.answer = Some(answer.to_owned());
        ticket.replied_at = Some(now);
        ticket.exempt_reason = Some(ExemptReason::AnsweredDirectly);
        ticket.decline_proposed = false;
        draft.event(Verb::Answer, Told::default().note(Some(answer)));
        if draft.case.ticket.reply_required {
            draft.notify(&Notice::Answered { answer });
        }
        Ok(())
    }
}
