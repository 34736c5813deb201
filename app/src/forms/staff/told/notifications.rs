//! Forms of undelivered notifications: send one again, say how the person was told.
//! Not here: sending (`services::gateway`).
//! Both go back to the list.

use services::gateway::desk;
use shared::access::needs;
use shared::fault::{Code, Fault};
use shared::notification::Remedy;

use crate::forms::{Answer, Call, FormRoute, Redirect, Refusal, route};

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    route(
        "/staff/notifications/{id}/again",
        needs::UNDELIVERED,
        |call| -> Answer { Box::pin(again(call)) },
    ),
    route(
        "/staff/notifications/{id}/settle",
        needs::UNDELIVERED,
        |call| -> Answer { Box::pin(settle(call)) },
    ),
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
