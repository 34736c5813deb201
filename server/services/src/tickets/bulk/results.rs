//! What became of an act on many tickets, for whoever asked for it; reading it does nothing.
//! Not here: doing it (`run`).
//! Why a ticket was not done is kept as code and facts, and put into words for each reader.

use shared::access::needs;
use shared::fault::Fault;
use shared::ticket::bulk::{BulkDone, BulkResult};
use store::todo::bulk::BulkRow;
use uuid::Uuid;

use super::said;
use crate::context::Ctx;
use crate::fault::Settle;
use crate::spans;

/// The results of one's own act.
///
/// # Errors
/// `access.denied`; `not_found` for somebody else's, or one of long ago.
pub async fn result(ctx: &Ctx, id: Uuid) -> Result<BulkResult, Fault> {
    spans::called(ctx, "ticket.bulk.result", read(ctx, id)).await
}

async fn read(ctx: &Ctx, id: Uuid) -> Result<BulkResult, Fault> {
    ctx.ask(needs::TICKETS)?;
    let user = ctx.actor.user().ok_or_else(|| ctx.denied())?;
    let db = ctx.services.store().reader();
    let found = store::todo::bulk::get(&db, user, id).await;
    let (bulk, rows) = found.settle(&ctx.services)?.ok_or_else(Fault::missing)?;
    spans::rows(rows.len());
    let row = |row: BulkRow| {
        let fault = row.fault.as_deref();
        let fault: Option<Fault> = fault.and_then(|fault| serde_json::from_str(fault).ok());
        BulkDone {
            ticket: row.ticket_id,
            ticket_no: row.ticket_no,
            assignment: row.assignment_id,
            outcome: row.outcome,
            words: fault.as_ref().map(|fault| said(fault, ctx.locale)),
            code: fault.map(|fault| fault.code.to_string()),
        }
    };
    Ok(BulkResult {
        id: bulk.id,
        act: bulk.act,
        at: bulk.made_at,
        rows: rows.into_iter().map(row).collect(),
    })
}
