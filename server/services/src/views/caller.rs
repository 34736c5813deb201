//! The caller card (来电人卡片, B20): beside the desk's form, what there is of the number in the agent's area: how many tickets, how many open, the last
//! five with what became of them, and their tags. As with related tickets the agent's right is the desk's: his whole area, never a confidential ticket
//! or a tip-off; who looks a number up says why and is recorded once in ten minutes (`related::told_why`).
//! Not here: likely duplicates (`related`), the ticket itself, which has a right of its own.

use shared::access::{Actor, Permission, Seen, needs};
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ticket::caller::{CallerCard, CallerTicket};
use shared::ticket::view::TagView;
use store::record::Ticket;

use super::related::{self, RelatedQuery};
use super::sight::Sight;
use crate::context::Ctx;
use crate::fault::Settle;
use crate::reference::Reference;
use crate::tickets::office;
use crate::watch::watched;

/// So many of the last tickets are shown.
const LAST: u32 = 5;

/// The card of a number; nothing where there is no whole number, or the role is not shown numbers.
///
/// # Errors
/// `access.denied` without the right to register; faults at `reason` when a number is looked up without a call; `rate.limited`.
pub async fn caller(ctx: &Ctx, query: RelatedQuery) -> Result<Option<CallerCard>, Fault> {
    watched(ctx, related::ACTION, "tickets", find(ctx, query)).await
}

async fn find(ctx: &Ctx, query: RelatedQuery) -> Result<Option<CallerCard>, Fault> {
    ctx.ask(needs::DESK)?;
    let scope = related::area(ctx)?;
    let Some(phone) = related::number(ctx, &query) else {
        return Ok(None);
    };
    related::told_why(ctx, &phone, &query).await?;
    let db = ctx.services.store().reader().under(&scope);
    let past = store::tickets::past_of_phone(&db, &scope, &phone).await;
    let past = past.settle(&ctx.services)?;
    let last = store::tickets::of_phone(&db, &scope, &phone, Instant(0), LAST).await;
    let last = last.settle(&ctx.services)?;
    let reference = ctx.services.reference().await?;
    let mut codes: Vec<&String> = last.iter().flat_map(|ticket| &ticket.tags).collect();
    codes.sort();
    codes.dedup();
    let tags: Vec<TagView> = codes
        .into_iter()
        .map(|code| office::tag_view(&reference, code))
        .collect();
    let row = |ticket: &Ticket| row(&ctx.actor, &reference, ticket);
    Ok(Some(CallerCard {
        total: past.total,
        open: past.open,
        dissatisfied: past.dissatisfied,
        last: last.iter().map(row).collect(),
        tags,
    }))
}

fn row(actor: &Actor, reference: &Reference, ticket: &Ticket) -> CallerTicket {
    let sight = Sight::of_row(actor, reference, ticket, Permission::TicketRegister);
    let seen = Seen {
        by: ticket.accepted_by,
        region: &ticket.region,
        units: &[],
        accused: ticket.accused_unit.as_deref(),
    };
    let scope = needs::TICKETS.scope(actor);
    CallerTicket {
        id: ticket.id,
        ticket_no: ticket.ticket_no.clone(),
        title: sight.words(&ticket.title),
        kind: ticket.kind,
        state: ticket.state,
        accepted_at: ticket.accepted_at,
        satisfaction: Some(ticket.latest_satisfaction).filter(|said| said.is_rated()),
        is_repeat: ticket.repeat_of.is_some(),
        urge_count: ticket.urge_count,
        may_open: scope.is_some_and(|scope| scope.covers(seen)),
    }
}
