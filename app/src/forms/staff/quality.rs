//! Forms of findings: it was corrected, it is no fault, the second person's word.
//! Not here: the rules (`services::quality`).
//! All go back to the list.

use std::borrow::Cow;

use services::quality::desk;
use shared::access::needs;
use shared::command::{Command as _, Sent};

use crate::forms::{Answer, Call, Files, FormRoute, Redirect, Refusal};

const fn route(pattern: &'static str, run: fn(Call) -> Answer) -> FormRoute {
    FormRoute {
        pattern: Cow::Borrowed(pattern),
        need: needs::QUALITY,
        files: Files::None,
        tries: None,
        run,
    }
}

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    route("/office/quality/{id}/fix", |call| -> Answer {
        Box::pin(fix(call))
    }),
    route("/office/quality/{id}/dismiss", |call| -> Answer {
        Box::pin(dismiss(call))
    }),
    route("/office/quality/{id}/decide", |call| -> Answer {
        Box::pin(decide(call))
    }),
];

/// What was done.
async fn fix(call: Call) -> Result<Redirect, Refusal> {
    let id = call.param(0)?;
    let command = shared::quality::FixFinding::read(Sent::form(call.fields.pairs()))?;
    desk::fix(&call.ctx, id, command).await?;
    Ok(Redirect::to("/office/quality?done=fix"))
}

/// Why it is no fault.
async fn dismiss(call: Call) -> Result<Redirect, Refusal> {
    let id = call.param(0)?;
    let command = shared::quality::AskDismissal::read(Sent::form(call.fields.pairs()))?;
    desk::ask_dismissal(&call.ctx, id, command).await?;
    Ok(Redirect::to("/office/quality?done=dismiss"))
}

/// Whether that is so.
async fn decide(call: Call) -> Result<Redirect, Refusal> {
    let id = call.param(0)?;
    let command = shared::quality::DecideDismissal::read(Sent::form(call.fields.pairs()))?;
    desk::decide(&call.ctx, id, command).await?;
    Ok(Redirect::to("/office/quality?done=decide"))
}
