//! The answer to each: once the leading ticket is over, every merged one gets what it has come to, with the words for its citizen alone, a message and
//! a way to rate of its own. One transaction each, in batches; what was cut off goes on where it stood, since the row is marked with the answer.
//! Not here: that the leading one is over (`store::tickets::merged`), writing the words (`verbs::life::merge`).
//! A leading ticket that its citizen took back was no answer to anybody: the others go on by themselves.

use shared::fault::Code;
use shared::text::sms::Notice;
use shared::ticket::{DeclineReason, ExemptReason, TicketState, Verb};
use store::record::{Ticket, TicketCase};
use store::tickets::merged::{DueMerged, due};

use super::split;
use crate::context::{Ctx, Services};
use crate::fault::Failure;
use crate::host::jobs;
use crate::jobs::Done;
use crate::tickets::working_copy::{Told, WorkingCopy};

/// Merged tickets of one run.
const BATCH: u32 = 100;

/// Answers those that wait.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    // A message cannot be taken back: not right after the clock has jumped.
    if !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let waiting = due(&services.store().reader(), BATCH).await?;
    let more = waiting.len() == BATCH as usize;
    let (mut count, mut trouble) = (0, None);
    for one in waiting {
        match answer(services, one).await {
            Ok(did) => count += u64::from(did),
            // One that fails keeps nobody else from the answer.
            Err(failure) => trouble = trouble.or(Some(failure)),
        }
    }
    match trouble {
        Some(failure) => Err(failure),
        None => Ok(Done {
            count,
            more: more && count > 0,
        }),
    }
}

/// Answers one; false where there is nothing to do any more.
async fn answer(services: &Services, one: DueMerged) -> Result<bool, Failure> {
    let ctx = Ctx::process(services);
    let lead = jobs::read_any::<TicketCase>(services, one.lead.into()).await?;
    let Some(lead) = lead.map(|case| case.ticket) else {
        return Ok(false);
    };
    services
        .store()
        .write(move |tx| {
            let (ctx, lead) = (ctx.clone(), lead.clone());
            Box::pin(async move {
                let act = |copy: &mut WorkingCopy<'_>| come_to(copy, &lead);
                let id = one.ticket.into();
                let done = jobs::beside::<TicketCase, ()>(&ctx, tx, id, act).await?;
                Ok(done.is_some())
            })
        })
        .await
}

/// What the leading ticket has come to, for this one; nothing where it does not wait any more.
fn come_to(copy: &mut WorkingCopy<'_>, lead: &Ticket) -> Result<Option<()>, Failure> {
    let waits = copy.case.joined.as_ref().is_some_and(|joined| {
        joined.lead_id == lead.id && joined.due_at.is_some() && joined.answered_at.is_none()
    });
    if !waits || copy.case.ticket.state != TicketState::Merged || lead.state.is_open() {
        return Ok(None);
    }
    match lead.state {
        TicketState::Closed | TicketState::Archived => closed(copy, lead),
        TicketState::NotAccepted | TicketState::Terminated => refused(copy, lead),
        _ => {
            let told = Told::default().fact("lead_state", lead.state);
            let split = split(copy, told);
            split.map_err(|halt| halt.before_it_began(Code::TicketStopped))?;
        }
    }
    Ok(Some(()))
}

/// The words for one citizen stand before those for all.
fn said(private: Option<&str>, public: Option<&str>) -> String {
    let parts = [private, public].into_iter().flatten();
    parts.collect::<Vec<_>>().join("\n")
}

/// Marks the row, and gives the words that only this citizen reads.
fn mark(copy: &mut WorkingCopy<'_>) -> (Option<String>, Told) {
    let now = copy.now();
    let Some(joined) = copy.case.joined.as_mut() else {
        return (None, Told::default());
    };
    joined.answered_at = Some(now);
    let told = Told::default().fact("lead_no", &joined.lead_no);
    (joined.private_words.clone(), told)
}

/// Closed with the answer.
fn closed(copy: &mut WorkingCopy<'_>, lead: &Ticket) {
    let (words, told) = mark(copy);
    let answer = said(words.as_deref(), lead.answer.as_deref());
    let at = copy.recorded_at();
    let ticket = copy.ticket();
    ticket.state = TicketState::Closed;
    ticket.answer = Some(answer.clone());
    ticket.replied_at = Some(at);
    ticket.reviewed_at = Some(at);
    ticket.closed_at = Some(at);
    ticket.exempt_reason = Some(ExemptReason::Merged);
    let told = told
        .note(words.as_deref())
        .fact("exempt", ExemptReason::Merged);
    copy.event(Verb::Close, told);
    if copy.case.ticket.reply_required {
        copy.notify(&Notice::Replied { reply: &answer });
    }
}

/// Declined or terminated for the same reason.
fn refused(copy: &mut WorkingCopy<'_>, lead: &Ticket) {
    let (words, told) = mark(copy);
    let explanation = said(words.as_deref(), lead.decline_explanation.as_deref());
    let reason = lead.decline_reason.unwrap_or(DeclineReason::Concluded);
    let at = copy.recorded_at();
    let ticket = copy.ticket();
    ticket.state = lead.state;
    ticket.decline_reason = Some(reason);
    ticket.decline_explanation = Some(explanation.clone());
    ticket.closed_at = Some(at);
    let told = told.note(words.as_deref()).fact("reason", reason);
    copy.event(Verb::Close, told);
    let explanation = explanation.as_str();
    let notice = if lead.state == TicketState::Terminated {
        Notice::Terminated {
            reason,
            explanation,
        }
    } else {
        Notice::Declined {
            reason,
            explanation,
        }
    };
    copy.notify(&notice);
}
