//! Forms of findings: it was corrected, it is no fault, the second person's word; and the checks of reports, made at once.
//! Not here: the rules (`services::quality`).
//! All go back to where they came from.

use std::borrow::Cow;

use services::quality::desk;
use shared::access::{Need, needs};
use shared::command::{Command as _, Sent};

use crate::forms::{Answer, Call, Files, FormRoute, Redirect, Refusal};

const fn route(pattern: &'static str, need: Need, run: fn(Call) -> Answer) -> FormRoute {
    FormRoute {
        pattern: Cow::Borrowed(pattern),
        need,
        files: Files::None,
        tries: None,
        run,
    }
}

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    route(
        "/office/quality/{id}/fix",
        needs::QUALITY,
        |call| -> Answer { Box::pin(fix(call)) },
    ),
    route(
        "/office/quality/{id}/dismiss",
        needs::QUALITY,
        |call| -> Answer { Box::pin(dismiss(call)) },
    ),
    route(
        "/office/quality/{id}/decide",
        needs::QUALITY,
        |call| -> Answer { Box::pin(decide(call)) },
    ),
    route("/reports/checks/run", needs::REPORT, |call| -> Answer {
        Box::pin(check(call))
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

/// Every check of reports, now.
async fn check(call: Call) -> Result<Redirect, Refusal> {
    services::reports::check_now(&call.ctx).await?;
    Ok(Redirect::to("/reports/checks?done=run"))
}
