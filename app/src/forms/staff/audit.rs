//! Forms of auditors: an alarm that was looked into, a question that is kept or deleted.
//! Not here: the rules (`services::audit::alarms`), searching (`services::audit::search`).
//! Each goes back to its list.

use services::audit::{alarms, questions};
use shared::access::{DismissAuditAlarm, KeepAuditQuestion, needs};
use shared::command::{Command as _, Sent};

use crate::forms::{self, Answer, Call, FormRoute, Redirect, Refusal};

const fn route(pattern: &'static str, run: fn(Call) -> Answer) -> FormRoute {
    forms::route(pattern, needs::AUDIT, run)
}

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    route("/audit/alarms/{id}/dismiss", |call| -> Answer {
        Box::pin(dismiss(call))
    }),
    route("/audit/questions", |call| -> Answer {
        Box::pin(keep(call))
    }),
    route("/audit/questions/{id}/delete", |call| -> Answer {
        Box::pin(delete(call))
    }),
];

/// What it was.
async fn dismiss(call: Call) -> Result<Redirect, Refusal> {
    let id = call.param(0)?;
    let command = DismissAuditAlarm::read(Sent::form(call.fields.pairs()))?;
    alarms::dismiss(&call.ctx, id, command).await?;
    Ok(Redirect::to("/audit/alarms?done=dismiss"))
}

async fn keep(call: Call) -> Result<Redirect, Refusal> {
    let command = KeepAuditQuestion::read(Sent::form(call.fields.pairs()))?;
    questions::keep(&call.ctx, command).await?;
    Ok(Redirect::to("/audit?done=keep"))
}

async fn delete(call: Call) -> Result<Redirect, Refusal> {
    let id = call.param(0)?;
    questions::delete(&call.ctx, id).await?;
    Ok(Redirect::to("/audit?done=delete"))
}
