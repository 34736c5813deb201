//! How the clocks of a ticket stand on their ladders, for its page: what each has reached, and what comes next.
//! Not here: reckoning (`shared::ladder`), the words around (`shared::text::ladder`).
//! What was reached is read from the clock's row, and so says what people were told; the next one is reckoned now.

use std::collections::HashMap;

use shared::fault::Fault;
use shared::ids::TicketId;
use shared::ladder::Rung;
use shared::ticket::view::{LadderView, RungView, TicketDetail};
use store::record::Ticket;
use store::tickets::ladder::{self, Armed};

use super::stands;
use crate::context::Ctx;
use crate::fault::Settle as _;
use crate::reference::Reference;

/// The ladders of the clocks that the actor sees in the ticket, which was loaded inside the scope before.
pub(crate) async fn views(
    ctx: &Ctx,
    reference: &Reference,
    detail: &TicketDetail,
) -> Result<Vec<LadderView>, Fault> {
    let db = ctx.services.store().reader();
    let clocks = ladder::of_ticket(&db, detail.row.id).await;
    let clocks = clocks.settle(&ctx.services)?;
    let is_seen = |armed: &Armed| {
        armed
            .assignment()
            .is_none_or(|id| detail.assignments.iter().any(|part| part.id == id))
    };
    let seen = clocks.into_iter().filter(is_seen);
    Ok(seen
        .filter_map(|armed| {
            let rungs = reference.lists.ladder(&armed.region);
            let standing = stands(reference, &rungs, &armed, ctx.now())?;
            let row = &armed.clock;
            let reached = row.rung.as_deref();
            let reached = reached.and_then(|code| rungs.iter().find(|rung| rung.code == code));
            Some(LadderView {
                assignment: armed.assignment(),
                reached_at: row.reached_at.filter(|_| reached.is_some()),
                reached: reached.map(view),
                next: standing.next.map(|step| view(step.rung)),
                next_at: standing.next.map(|step| step.at),
            })
        })
        .collect())
}

/// The rungs that the own clocks of tickets have reached, which the actor sees in a list.
pub(crate) async fn reached(
    ctx: &Ctx,
    reference: &Reference,
    tickets: &[Ticket],
) -> Result<HashMap<TicketId, RungView>, Fault> {
    let open = tickets.iter().filter(|ticket| ticket.state.is_open());
    let regions: HashMap<TicketId, &str> = open
        .map(|ticket| (ticket.id, ticket.region.as_str()))
        .collect();
    let ids: Vec<TicketId> = regions.keys().copied().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let db = ctx.services.store().reader();
    let reached = ladder::reached(&db, &ids).await.settle(&ctx.services)?;
    let named = |(id, code): (TicketId, String)| {
        let rung = reference.lists.rung(regions.get(&id)?, &code)?;
        Some((id, view(&rung)))
    };
    Ok(reached.into_iter().filter_map(named).collect())
}

fn view(rung: &Rung) -> RungView {
    RungView {
        code: rung.code.clone(),
        zh: rung.zh.clone(),
        en: rung.en.clone(),
        colour: rung.colour,
        act: rung.act,
    }
}
