//! The form of an alarm of the audit: it was looked into.
//! Not here: the rules (`services::audit::alarms`).
//! It goes back to the list.

use std::borrow::Cow;

use services::audit::alarms;
use shared::access::{DismissAuditAlarm, needs};
use shared::command::{Command as _, Sent};

use crate::forms::{Answer, Call, Files, FormRoute, Redirect, Refusal};

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[FormRoute {
    pattern: Cow::Borrowed("/audit/alarms/{id}/dismiss"),
    need: needs::AUDIT,
    files: Files::None,
    tries: None,
    run: |call| -> Answer { Box::pin(dismiss(call)) },
}];

/// What it was.
async fn dismiss(call: Call) -> Result<Redirect, Refusal> {
    let id = call.param(0)?;
    let command = DismissAuditAlarm::read(Sent::form(call.fields.pairs()))?;
    alarms::dismiss(&call.ctx, id, command).await?;
    Ok(Redirect::to("/audit/alarms?done=dismiss"))
}
