//! The questionnaire behind an address that came by text message: whether it still waits, and its answers. Nobody signs in for it.
//! An address that was used, is too old, was never given out or whose ticket is handled anew gets one answer.
//! Not here: sending it, what the answers change (`tickets::questionnaire`), how often somebody may try (`tries`).

use shared::fault::{Code, Fault};
use shared::ticket::TicketState;
use shared::ticket::questionnaire::{AnswerQuestionnaire, QuestionnaireView};
use store::tickets::case::{Asked, Claim, find_questionnaire};

use crate::context::Ctx;
use crate::fault::Settle;
use crate::tickets::perform::{Target, perform};
use crate::tickets::questionnaire::{Answered, hash_of};

/// Characters of an address at most; a longer one is none of ours.
const LONGEST: usize = 64;

async fn found(ctx: &Ctx, token: &str) -> Result<(Asked, Vec<u8>), Fault> {
    if token.is_empty() || token.len() > LONGEST {
        return Err(Fault::new(Code::QuestionnaireOver));
    }
    let hash = hash_of(token);
    let db = ctx.services.store().reader();
    let found = find_questionnaire(&db, &hash).await.settle(&ctx.services)?;
    let found = found.ok_or_else(|| Fault::new(Code::QuestionnaireOver))?;
    Ok((found, hash))
}

/// The questionnaire, while it waits.
///
/// # Errors
/// `questionnaire.over`.
pub async fn questionnaire(ctx: &Ctx, token: &str) -> Result<QuestionnaireView, Fault> {
    let (asked, _) = found(ctx, token).await?;
    let it = asked.questionnaire;
    let waits = it.used_at.is_none()
        && it.ends_at > ctx.now()
        && it.cycle_no == asked.cycle_no
        && matches!(asked.state, TicketState::ToVisit | TicketState::Closed);
    if !waits {
        return Err(Fault::new(Code::QuestionnaireOver));
    }
    Ok(QuestionnaireView {
        ticket_no: asked.ticket_no,
        until: it.ends_at,
    })
}

/// Its answers, once. Who is content with everything closes the ticket; anything else is looked at by a person.
///
/// # Errors
/// `questionnaire.over`; `ticket.rate.not_allowed` where the handling was rated already.
pub async fn answer_questionnaire(
    ctx: &Ctx,
    token: &str,
    answers: AnswerQuestionnaire,
) -> Result<(), Fault> {
    let (asked, hash) = found(ctx, token).await?;
    let target = Target::Own(asked.ticket_no, Claim::Questionnaire(hash.clone()));
    let done = perform(ctx, target, Answered { hash, answers }).await;
    match done {
        Ok(_) => Ok(()),
        Err(fault) if fault.code == Code::FlowNotAllowed => {
            Err(Fault::new(Code::QuestionnaireOver))
        }
        Err(fault) => Err(fault),
    }
}
