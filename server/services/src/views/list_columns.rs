//! The columns that somebody wants to see in the list of tickets, wherever its address names none.
//! Not here: what stands in a column, and who may see it (`read`). They are the person's own, and nobody else sees them.

use shared::access::needs;
use shared::fault::Fault;
use shared::query::TicketQuery;

use crate::context::Ctx;
use crate::fault::{Failure, Settle};

/// The reader's columns in their order; none where the usual ones are wanted.
///
/// # Errors
/// `access.denied`.
pub async fn list_columns(ctx: &Ctx) -> Result<Vec<String>, Fault> {
    ctx.ask(needs::TICKETS)?;
    let Some(user) = ctx.actor.user() else {
        return Ok(Vec::new());
    };
    let db = ctx.services.store().reader();
    let kept = store::list_columns::of(&db, user).await;
    kept.settle(&ctx.services)
}

/// Keeps the columns of a list's address as the reader's own; without any, the usual ones come back. The address as it was read.
///
/// # Errors
/// `access.denied`; `input.query` for an address that is none.
pub async fn keep_list_columns(ctx: &Ctx, query: &str) -> Result<String, Fault> {
    ctx.ask(needs::TICKETS)?;
    let user = ctx.actor.user().ok_or_else(Fault::denied)?;
    let read = TicketQuery::from_query(query)?;
    let columns = read.columns.clone();
    let write = ctx.services.store().write::<_, Failure, _>(move |tx| {
        Box::pin(async move { Ok(store::list_columns::keep(tx, user, &columns).await?) })
    });
    write.await.settle(&ctx.services)?;
    Ok(read.to_query())
}
