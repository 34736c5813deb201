//! The forms of a citizen who wishes something about the own data: a correction, an erasure, and taking it back.
//! Not here: the answer (`forms::staff::wishes`), the page (`pages::citizen::account`).
//! What is wrong with a wish comes back at its field, with everything that was typed.

use std::borrow::Cow;

use services::citizens::wishes;
use services::tries::Try;
use shared::access::needs;
use shared::citizen::wish::{AskCorrection, AskErasure};
use shared::command::{Command as _, Sent};
use shared::ticket::TicketNo;

use crate::forms::{Answer, Call, Files, FormRoute, Redirect, Refusal};

/// The page.
const PATH: &str = "/me/data";

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    FormRoute {
        pattern: Cow::Borrowed("/me/data/{no}/correct"),
        need: needs::CITIZEN,
        files: Files::None,
        tries: Some(Try::Filing),
        run: |call| -> Answer { Box::pin(correct(call)) },
    },
    FormRoute {
        pattern: Cow::Borrowed("/me/data/{no}/erase"),
        need: needs::CITIZEN,
        files: Files::None,
        tries: Some(Try::Filing),
        run: |call| -> Answer { Box::pin(erase(call)) },
    },
    FormRoute {
        pattern: Cow::Borrowed("/me/wishes/{id}/take-back"),
        need: needs::CITIZEN,
        files: Files::None,
        tries: None,
        run: |call| -> Answer { Box::pin(take_back(call)) },
    },
];

async fn correct(call: Call) -> Result<Redirect, Refusal> {
    let no: TicketNo = call.param(0)?;
    let command = AskCorrection::read(Sent::form(call.fields.pairs()))?;
    wishes::correct(&call.ctx, &no, command).await?;
    Ok(Redirect::to(format!("{PATH}?done=ask")))
}

async fn erase(call: Call) -> Result<Redirect, Refusal> {
    let no: TicketNo = call.param(0)?;
    let command = AskErasure::read(Sent::form(call.fields.pairs()))?;
    wishes::erase(&call.ctx, &no, command).await?;
    Ok(Redirect::to(format!("{PATH}?done=ask")))
}

async fn take_back(call: Call) -> Result<Redirect, Refusal> {
    wishes::take_back(&call.ctx, call.param(0)?).await?;
    Ok(Redirect::to(format!("{PATH}?done=take-back")))
}
