//! Links of a ticket with others, for its page: only with those that the reader sees as well.
//! Not here: linking and unlinking (`tickets::verbs::life::link`).

use std::collections::HashMap;

use shared::access::needs;
use shared::fault::Fault;
use shared::ids::TicketId;
use shared::ticket::together::{LeadView, LinkView};
use store::record::{Ticket, TicketCase, TicketLink};

use super::show::Eye;
use super::sight::Sight;
use crate::context::Ctx;
use crate::fault::Settle;
use crate::reference::Reference;
use crate::tickets::rights;
use crate::tickets::verbs::life::link::holding;

/// The links that hold, the oldest first.
pub(super) async fn seen(
    ctx: &Ctx,
    reference: &Reference,
    case: &TicketCase,
) -> Result<Vec<LinkView>, Fault> {
    let own = case.ticket.id;
    let other_of = |link: &TicketLink| {
        if link.ticket_id == own {
            link.other_id
        } else {
            link.ticket_id
        }
    };
    let ids: Vec<TicketId> = holding(case).map(other_of).collect();
    if ids.is_empty() || rights::own_part_only(&ctx.actor, case) {
        return Ok(Vec::new());
    }
    let scope = ctx.reach(needs::TICKETS)?;
    let db = ctx.services.store().reader();
    let tickets = store::todo::tickets(&db, &scope, &ids).await;
    let tickets = tickets.settle(&ctx.services)?.into_iter();
    let tickets: HashMap<TicketId, Ticket> = tickets.map(|it| (it.id, it)).collect();
    let eye = Eye::of(ctx, reference);
    let sight = Sight::of_case(&ctx.actor, case);
    let view = |link: &TicketLink| {
        let row = eye.row(tickets.get(&other_of(link))?);
        Some(LinkView {
            other: LeadView {
                id: row.id,
                ticket_no: row.ticket_no,
                state: row.state,
            },
            title: row.title,
            kind: link.kind,
            is_from_other: link.ticket_id != own,
            note: link.note.as_deref().map(|note| sight.words(note)),
            at: link.at,
            by: link.by_name.clone(),
        })
    };
    Ok(holding(case).filter_map(view).collect())
}
