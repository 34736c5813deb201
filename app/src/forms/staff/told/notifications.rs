//! Forms of undelivered notifications: send one again, say how the person was told.
//! Not here: sending (`services::gateway`).
//! Both go back to the list.

use std::borrow::Cow;

use services::gateway::desk;
use shared::access::needs;
use shared::fault::{Code, Fault};
use shared::notification::Remedy;

use crate::forms::{Answer, Call, Files, FormRoute, Redirect, Refusal};

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    FormRoute {
        pattern: Cow::Borrowed("/staff/notifications/{id}/again"),
        need: needs::UNDELIVERED,
        files: Files::None,
        tries: None,
        run: |call| -> Answer { Box::pin(again(call)) },
    },
    FormRoute {
        pattern: Cow::Borrowed("/staff/notifications/{id}/settle"),
        need: needs::UNDELIVERED,
        files: Files::None,
        tries: None,
        run: |call| -> Answer { Box::pin(settle(call)) },
    },
];

/// Send once more.
async fn again(call: Call) -> Result<Redirect, Refusal> {
    desk::again(&call.ctx, call.param(0)?).await?;
    Ok(Redirect::to("/staff/notifications?done=again"))
}

/// How the person was told.
async fn settle(call: Call) -> Result<Redirect, Refusal> {
    let how = Remedy::parse(&call.fields.text("how"));
    let how = how.ok_or_else(|| Fault::field("how", Code::InputRequired))?;
    desk::settle(&call.ctx, call.param(0)?, how).await?;
    Ok(Redirect::to("/staff/notifications?done=settle"))
}
