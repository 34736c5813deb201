//! Answer directly (直接答复): the agent answers at the desk and the ticket closes (`domain.md` 3.2, row 2).
//! Not here: answers by units (`reply`).
//! The citizen may still rate it.

use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::TicketId;
use shared::input::Tidy;
use shared::ticket::command::Answer;
use shared::ticket::view::Acted;
use shared::ticket::{ExemptReason, Verb, rules};
use store::record::Case;

use crate::cases::draft::{Draft, Halt, Told, vars};
use crate::cases::perform::{Order, Target, perform};
use crate::context::Ctx;
use crate::notices::Notice;

impl Order for Answer {
    type On = Case;

    fn verb(&self) -> Verb {
        Verb::Answer
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn tidy(&mut self) {
        Tidy::tidy(self);
    }

    fn check(&self, _now: Instant) -> Result<(), Fault> {
        rules::answer(self)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let answer = self.answer.trim();
        draft.complete(Verb::Answer, None, vars([("decision", "answer".into())]))?;
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

/// Answers a ticket at the desk.
///
/// # Errors
/// The faults of the runner; `ticket.flow.not_allowed` once it has been dispatched.
pub async fn answer(ctx: &Ctx, id: TicketId, command: Answer) -> Result<Acted, Fault> {
    perform(ctx, Target::Ticket(id), command).await
}
