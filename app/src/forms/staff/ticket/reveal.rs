//! The look at a citizen in the clear: a reason, then some minutes (a setting) in which this ticket's page shows it, each look audited.
//! What is shown never stands in an address; the browser keeps only a sealed permission to ask again.
//! Not here: who may and what is recorded (`services::tickets::reveal`).

use shared::access::needs;
use shared::calendar::Instant;
use shared::command::{Command as _, Sent};
use shared::fault::Fault;
use shared::ids::TicketId;
use shared::ticket::command::Reveal;

use crate::context::Look;
use crate::forms::{Call, Keep, Redirect, Refusal};

/// Reveal (查看).
pub async fn reveal(call: Call) -> Result<Redirect, Refusal> {
    let id: TicketId = call.param(0)?;
    call.ctx.ask(needs::REVEAL)?;
    let Reveal { reason } = Reveal::read(Sent::form(call.fields.pairs()))?;
    // Asked here so that a refusal is told at the form; the page asks and records the look itself.
    let detail = services::tickets::get(&call.ctx, id).await?;
    if !detail.may_reveal {
        return Err(Fault::denied().into());
    }
    let minutes = services::tickets::reveal_minutes(&call.ctx).await?;
    let look = Look {
        ticket: id,
        reason: reason.into(),
        until: Instant(call.ctx.now().0 + minutes * 60_000),
    };
    Ok(Redirect::to(format!("/tickets/{id}?done=reveal")).keep(Keep::Reveal(look)))
}
