//! How a ticket stands among those about the same event, for its page: the leading one, or those merged into it with the people who speak.
//! Not here: who sees the ticket (`views::read`), what looks alike (`alike`).
//! Whoever sees the leading ticket reads what the others are about as it reads that one; of their citizens it learns nothing.

use shared::access::needs;
use shared::fault::Fault;
use shared::ids::TicketId;
use shared::ticket::together::{LeadView, MergedView, TogetherView};
use store::Conn;
use store::record::{Merged, Ticket, TicketCase};

use crate::context::Ctx;
use crate::fault::Settle;
use crate::tickets::rights;
use crate::views::sight::Sight;

/// Merged tickets that a page shows.
const SHOWN: u32 = 100;

/// How it stands; nothing for a ticket that is handled by itself, and for a unit that only had a part in it.
pub(crate) async fn view(ctx: &Ctx, case: &TicketCase) -> Result<Option<TogetherView>, Fault> {
    let stands_alone = case.merged.is_empty() && case.joined.is_none();
    if stands_alone || rights::own_part_only(&ctx.actor, case) {
        return Ok(None);
    }
    let db = ctx.services.store().reader();
    let lead = match &case.joined {
        Some(joined) => lead_of(ctx, &db, joined).await?,
        None => None,
    };
    let id = case.ticket.id;
    let merged = case.merged.iter().map(|it| it.ticket_id);
    let all: Vec<TicketId> = std::iter::once(id).chain(merged).collect();
    let people = store::tickets::merged::people(&db, &all).await;
    let found = store::tickets::merged::of_lead(&db, id, SHOWN).await;
    let found = found.settle(&ctx.services)?;
    let sight = Sight::of_case(&ctx.actor, case);
    Ok(Some(TogetherView {
        lead,
        is_merged: case.joined.is_some(),
        people: people.settle(&ctx.services)?,
        tickets: i64::try_from(all.len()).unwrap_or(i64::MAX),
        merged: found
            .iter()
            .filter_map(|ticket| merged_view(case, ticket, &sight))
            .collect(),
    }))
}

fn merged_view(case: &TicketCase, ticket: &Ticket, sight: &Sight) -> Option<MergedView> {
    let row = case.merged.iter().find(|it| it.ticket_id == ticket.id)?;
    Some(MergedView {
        id: ticket.id,
        ticket_no: ticket.ticket_no.clone(),
        title: sight.words(&ticket.title),
        merged_at: row.merged_at,
        private_words: row.private_words.clone(),
        answered_at: row.answered_at,
    })
}

/// The leading ticket, inside the reader's scope.
async fn lead_of(ctx: &Ctx, db: &dyn Conn, joined: &Merged) -> Result<Option<LeadView>, Fault> {
    let scope = ctx.reach(needs::TICKETS)?;
    let found = store::tickets::get(db, &scope, joined.lead_id).await;
    let found = found.settle(&ctx.services)?;
    Ok(found.map(|ticket| LeadView {
        id: ticket.id,
        ticket_no: ticket.ticket_no,
        state: ticket.state,
    }))
}
