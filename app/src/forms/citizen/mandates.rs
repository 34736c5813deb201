//! The forms of a citizen who acts for organisations: asking, and stopping.
//! Not here: the answer (`forms::staff::mandates`), filing (`file`).
//! What is wrong with a question comes back at its field, with everything that was typed.

use std::borrow::Cow;

use services::citizens::mandates;
use services::tries::Try;
use shared::access::needs;
use shared::citizen::mandate::AskMandate;
use shared::command::{Command as _, Sent};

use crate::forms::{Answer, Call, Files, FormRoute, Redirect, Refusal};

/// The page.
const PATH: &str = "/me/mandates";

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    FormRoute {
        pattern: Cow::Borrowed("/me/mandates/ask"),
        need: needs::CITIZEN,
        files: Files::None,
        tries: Some(Try::Filing),
        run: |call| -> Answer { Box::pin(ask(call)) },
    },
    FormRoute {
        pattern: Cow::Borrowed("/me/mandates/{id}/end"),
        need: needs::CITIZEN,
        files: Files::None,
        tries: None,
        run: |call| -> Answer { Box::pin(end(call)) },
    },
];

async fn ask(call: Call) -> Result<Redirect, Refusal> {
    let command = AskMandate::read(Sent::form(call.fields.pairs()))?;
    mandates::ask(&call.ctx, command).await?;
    Ok(Redirect::to(format!("{PATH}?done=ask")))
}

async fn end(call: Call) -> Result<Redirect, Refusal> {
    mandates::end_own(&call.ctx, call.param(0)?).await?;
    Ok(Redirect::to(format!("{PATH}?done=end")))
}
