//! The star on tickets and approvals, and internal notes on tickets.
//! Not here: which cases can be followed (`services::todo`), who may be named (`services::tickets::notes`).
//! All go back to the case.

use services::tickets::notes;
use services::todo::{self, Followed};
use shared::access::needs;
use shared::command::{Command as _, Sent};
use shared::ticket::command::WriteNote;

use crate::forms::{Answer, Call, FormRoute, Redirect, Refusal, route};

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    route("/tickets/{id}/note", needs::TICKETS, |call| -> Answer {
        Box::pin(note(call))
    }),
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

async fn note(call: Call) -> Result<Redirect, Refusal> {
    let id = call.param(0)?;
    call.ctx.ask(needs::TICKETS)?;
    let command = WriteNote::read(Sent::form(call.fields.pairs()))?;
    notes::add(&call.ctx, id, command).await?;
    Ok(Redirect::to(format!("/tickets/{id}?done=note")))
}

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
