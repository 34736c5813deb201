//! The answers to a questionnaire that came by text message; nobody signs in for it.
//! Not here: the rules (`services::public`).
//! A refusal comes back on the same page with what was typed.

use shared::command::{Command as _, Sent};
use shared::ticket::questionnaire::AnswerQuestionnaire;

use crate::forms::{Call, Redirect, Refusal};

/// `/rate/{token}`
pub async fn answer(call: Call) -> Result<Redirect, Refusal> {
    let token: String = call.param(0)?;
    let answers = AnswerQuestionnaire::read(Sent::form(call.fields.pairs()))?;
    services::public::answer_questionnaire(&call.ctx, &token, answers).await?;
    Ok(Redirect::to("/rate/thanks?done=rate"))
}
