//! Forms of messages that came in: linking one to a ticket, dismissing one.
//! Not here: the rules (`services::gateway::incoming`), registering one, which is the desk's form (`staff::register`).
//! Both go back to the list.

use services::gateway::incoming::shelf;
use shared::access::needs;
use shared::command::{Command as _, Sent};
use shared::incoming::{DismissIncoming, LinkIncoming};

use crate::forms::{self, Answer, Call, FormRoute, Redirect, Refusal};

const fn route(pattern: &'static str, run: fn(Call) -> Answer) -> FormRoute {
    forms::route(pattern, needs::DESK, run)
}

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    route("/incoming/{id}/link", |call| -> Answer {
        Box::pin(link(call))
    }),
    route("/incoming/{id}/dismiss", |call| -> Answer {
        Box::pin(dismiss(call))
    }),
];

/// Links a message.
async fn link(call: Call) -> Result<Redirect, Refusal> {
    call.ctx.ask(needs::DESK)?;
    let command = LinkIncoming::read(Sent::form(call.fields.pairs()))?;
    shelf::link(&call.ctx, call.param(0)?, command).await?;
    Ok(Redirect::to("/incoming?done=link"))
}

/// Dismisses a message.
async fn dismiss(call: Call) -> Result<Redirect, Refusal> {
    call.ctx.ask(needs::DESK)?;
    let command = DismissIncoming::read(Sent::form(call.fields.pairs()))?;
    shelf::dismiss(&call.ctx, call.param(0)?, command).await?;
    Ok(Redirect::to("/incoming?done=dismiss"))
}
