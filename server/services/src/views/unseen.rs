//! Why a ticket's number finds nothing: another filter leaves it out, or it lies outside the scope of somebody who may know who sees it.
//! Not here: who can see a ticket (`users::readers`), whose right this asks.
//! For everybody else what is outside the scope does not exist, as everywhere.

use shared::access::needs;
use shared::fault::Fault;
use shared::query::TicketFilter;
use shared::query::unseen::Unseen;
use shared::ticket::TicketNo;

use super::read::view_scope;
use crate::context::Ctx;
use crate::fault::Settle;
use crate::tickets::rights;
use crate::watch::looked;

/// Name of the action in the audit.
const ACTION: &str = "ticket.unseen";

/// Why the list for a number is empty; nothing for other lists, and for numbers of which the reader may know nothing.
///
/// # Errors
/// `access.denied`.
pub async fn unseen(ctx: &Ctx, filter: &TicketFilter) -> Result<Option<Unseen>, Fault> {
    let scope = view_scope(ctx)?;
    let Some(no) = filter.q.as_deref().and_then(TicketNo::parse) else {
        return Ok(None);
    };
    let db = ctx.services.store().reader();
    let own = store::tickets::find_by_no(&db.under(&scope), &scope, &no).await;
    if let Some(id) = own.settle(&ctx.services)? {
        return Ok(Some(Unseen::Filtered(id)));
    }
    if !needs::READERS.is_met_by(&ctx.actor) {
        return Ok(None);
    }
    let scope = ctx.reach(needs::READERS)?;
    let db = db.under(&scope);
    let found = store::tickets::find_by_no(&db, &scope, &no).await;
    let Some(id) = found.settle(&ctx.services)? else {
        return Ok(None);
    };
    let case = store::tickets::case::load(&db, &scope, id).await;
    let Some(case) = case.settle(&ctx.services)? else {
        return Ok(None);
    };
    looked(ctx, ACTION, &case.ticket, false).await?;
    let lead = case.ticket.lead_unit.as_deref();
    let lead = lead.filter(|_| !rights::is_discreet(&case.ticket));
    let reference = ctx.services.reference().await?;
    let name = lead.map(|code| reference.unit(code).name);
    Ok(Some(Unseen::Elsewhere(name)))
}
