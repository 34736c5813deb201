//! The star on tickets and approvals.
//! Not here: which cases can be followed (`services::todo`).
//! All go back to the case.

use std::borrow::Cow;

use services::todo::{self, Followed};
use shared::access::{Need, needs};

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
    route("/tickets/{id}/follow", needs::TICKETS, |call| -> Answer {
        Box::pin(of_ticket(call, true))
    }),
    route("/tickets/{id}/unfollow", needs::TICKETS, |call| -> Answer {
        Box::pin(of_ticket(call, false))
    }),
    route(
        "/approvals/{id}/follow",
        needs::APPROVALS,
        |call| -> Answer { Box::pin(of_approval(call, true)) },
    ),
    route(
        "/approvals/{id}/unfollow",
        needs::APPROVALS,
        |call| -> Answer { Box::pin(of_approval(call, false)) },
    ),
];

async fn of_ticket(call: Call, on: bool) -> Result<Redirect, Refusal> {
    let id = call.param(0)?;
    todo::follow(&call.ctx, Followed::Ticket(id), on).await?;
    Ok(Redirect::to(format!("/tickets/{id}")))
}

async fn of_approval(call: Call, on: bool) -> Result<Redirect, Refusal> {
    let id = call.param(0)?;
    todo::follow(&call.ctx, Followed::Approval(id), on).await?;
    Ok(Redirect::to(format!("/approvals/{id}")))
}
