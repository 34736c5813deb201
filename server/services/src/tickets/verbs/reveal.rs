//! Reveal (查看): citizen and exact place in the clear for one look, with a reason, always audited (I12), but for what the actor's roles hide.
//! Nothing changes on the ticket and nothing is remembered: the next look asks again. Who looks at many within minutes is stopped.
//! Not here: the masked block (`views`), the alarm about many looks (`audit::alarms`).

use std::sync::Arc;

use shared::access::{Permission, needs};
use shared::fault::{Code, Fault};
use shared::ids::TicketId;
use shared::register::{Keep, setting_of};
use shared::ticket::Verb;
use shared::ticket::command::Reveal;
use shared::ticket::view::CitizenView;
use store::Tx;

use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::reference::Reference;
use crate::tickets::perform::record_denial;
use crate::views::sight;

/// Milliseconds in which the tickets that a person looks at are counted.
const SPAN: i64 = 10 * 60_000;
/// Nobody works on so many within that time (`security.md` X-26).
const FULL: i64 = 60;

/// Shows the citizen of a ticket in the clear.
///
/// # Errors
/// `access.denied` without the right on this ticket, for units when the ticket is confidential or a tip-off, and where all that is masked is hidden by role;
/// `not_found` when there is nothing that is hidden; `rate.limited` for too many tickets of one person.
pub async fn reveal(ctx: &Ctx, id: TicketId, command: Reveal) -> Result<CitizenView, Fault> {
    let shown = look(ctx, id, command).await;
    if let Err(fault) = &shown {
        record_denial(ctx, Verb::Reveal, format!("ticket:{id}"), fault).await;
    }
    shown
}

/// For how many minutes a page shows what one reason opened.
///
/// # Errors
/// Of the store.
pub async fn minutes(ctx: &Ctx) -> Result<i64, Fault> {
    let db = ctx.services.store().reader();
    let said = store::settings::get(&db, &setting_of(Keep::REVEAL.key)).await;
    let said = said.settle(&ctx.services)?;
    Ok(i64::from(Keep::REVEAL.of(said.as_deref())))
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

/// Counts the ticket for the caller, once within the time.
///
/// # Errors
/// `rate.limited` when they are too many.
async fn counted(ctx: &Ctx, tx: &Tx, id: TicketId) -> Result<(), Failure> {
    let keys = ctx.services.keys();
    let who = ctx.actor_name().into_owned();
    let of_ticket = keys.mac("reveal", &format!("{who}\u{0}{id}"));
    let of_person = keys.mac("reveals", &who);
    let now = ctx.now();
    if store::devices::tally(tx, &of_ticket, SPAN, now).await? > 1 {
        return Ok(());
    }
    let tickets = store::devices::tally(tx, &of_person, SPAN, now).await?;
    if tickets > FULL {
        let fault = Fault::new(Code::RateLimited).fact("minutes", SPAN / 60_000);
        return Err(fault.into());
    }
    Ok(())
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
    counted(ctx, tx, id).await?;
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
    crate::audit::reads::looked_up_in(ctx, tx).await?;
    Ok(sight::revealed(&ctx.actor, reference, &case))
}
