//! Forms of approvals whose road is their own: filing (发起) and the look at what is masked (查看).
//! Not here: the verbs on what was filed (`verb`), the processes behind (`process`).
//! The idempotency key of the page keeps a second click from filing twice.

use services::approvals;
use shared::access::needs;
use shared::approval::ApprovalVerb as V;
use shared::calendar::Instant;
use shared::command::{Command as _, Sent};
use shared::fault::Fault;
use shared::ids::{ApprovalId, TicketId};
use shared::ticket::command::Reveal;

use crate::context::Look;
use crate::forms::{Call, FormRoute, Keep, Redirect, Refusal};

forms! {
    "/approvals/new/{key}", V::Start.need(), start;
    "/approvals/{id}/reveal", needs::REVEAL, reveal;
}

/// File: the title and the start form of the definition in the path.
async fn start(mut call: Call) -> Result<Redirect, Refusal> {
    let key: String = call.param(0)?;
    call.fields.set("definition", key);
    let sent = Sent::form(call.fields.pairs());
    let command = approvals::read_start(&call.ctx, sent).await?;
    let acted = approvals::start(&call.ctx, command).await?;
    Ok(Redirect::to(format!("/approvals/{}?done=start", acted.id)))
}

/// Reveal: some minutes (a setting) in which this approval's page shows it in the clear, each look audited.
async fn reveal(call: Call) -> Result<Redirect, Refusal> {
    let id: ApprovalId = call.param(0)?;
    call.ctx.ask(needs::REVEAL)?;
    let Reveal { reason } = Reveal::read(Sent::form(call.fields.pairs()))?;
    // Asked here so that a refusal is told at the form; the page asks and records the look itself.
    let detail = approvals::views::get(&call.ctx, id).await?;
    if !detail.may_reveal {
        return Err(Fault::denied().into());
    }
    let minutes = services::tickets::reveal_minutes(&call.ctx).await?;
    let look = Look {
        ticket: TicketId(id.0),
        reason: reason.into(),
        until: Instant(call.ctx.now().0 + minutes * 60_000),
    };
    Ok(Redirect::to(format!("/approvals/{id}?done=reveal")).keep(Keep::Reveal(look)))
}
