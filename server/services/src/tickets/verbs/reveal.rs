//! Reveal (查看): citizen and exact place in the clear for one look, with a reason, always audited (I12), but for what the actor's roles hide.
//! Nothing changes on the ticket and nothing is remembered: the next look asks again.
//! Not here: the masked block (`views`).

use std::sync::Arc;

use shared::access::{Permission, needs};
use shared::fault::Fault;
use shared::ids::TicketId;
use shared::ticket::Verb;
use shared::ticket::command::Reveal;
use shared::ticket::view::CitizenView;
use store::Tx;

use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::reference::Reference;
use crate::tickets::perform::record_denial;
use crate::views::sight;

/// Shows the citizen of a ticket in the clear.
///
/// # Errors
/// `access.denied` without the right on this ticket, for units when the ticket is confidential or a tip-off, and where all that is masked is hidden by role;
/// `not_found` when there is nothing that is hidden.
pub async fn reveal(ctx: &Ctx, id: TicketId, command: Reveal) -> Result<CitizenView, Fault> {
    let shown = look(ctx, id, command).await;
    if let Err(fault) = &shown {
        record_denial(ctx, Verb::Reveal, format!("ticket:{id}"), fault).await;
    }
    shown
}

async fn look(ctx: &Ctx, id: TicketId, command: Reveal) -> Result<CitizenView, Fault> {
    ctx.ask(needs::REVEAL)?;
    let reference = ctx.services.reference().await?;
    let job = Arc::new((ctx.clone(), command, reference));
    ctx.services
        .store()
        .write(move |tx| Box::pin(async move { unmask(tx, (&job.0, &job.2), id, &job.1).await }))
        .await
        .settle(&ctx.services)
}

async fn unmask(
    tx: &Tx,
    (ctx, reference): (&Ctx, &Reference),
    id: TicketId,
    command: &Reveal,
) -> Result<CitizenView, Failure> {
    let scope = ctx.reach(needs::TICKETS)?;
    let case = store::tickets::case::load(tx, &scope, id)
        .await?
        .ok_or_else(Fault::missing)?;
    if !sight::has_hidden(&case.ticket) {
        return Err(Fault::missing().into());
    }
    if !sight::may_reveal(&ctx.actor, &case) {
        return Err(Fault::denied().into());
    }
    let mut entry = ctx.audit(Verb::Reveal.as_str(), format!("ticket:{id}"), "ok");
    entry
        .facts
        .insert("ticket_no".to_owned(), case.ticket.ticket_no.to_string());
    // The citizen is told by role and unit, never by name.
    let mut posts = ctx.actor.posts.iter();
    let looking = posts.find(|post| post.grants.of(Permission::CitizenReveal).is_some());
    if let Some(post) = looking {
        let mut fact = |name: &str, value: String| entry.facts.insert(name.to_owned(), value);
        fact("role", post.role.to_string());
        fact("unit", post.place.unit.clone());
    }
    entry
        .erasable
        .insert("reason".to_owned(), command.reason.to_string());
    store::audit::append(tx, &[entry]).await?;
    crate::audit::reads::looked_up(ctx);
    Ok(sight::revealed(&ctx.actor, reference, &case))
}
