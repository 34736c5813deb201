//! Taking an import back: its tickets are moved to RECYCLED in short transactions, nothing is deleted.
//! Not here: importing (`import`), what recycling writes (`store::bulk`).
//! Running it again moves what is still left.

use shared::fault::Fault;
use shared::ids::BatchId;
use shared::ticket::Verb;
use store::batches;
use store::bulk::{self, Recycle};

use super::KIND;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};

/// Tickets moved by one transaction.
const UNDO_CHUNK: u32 = 300;

/// Takes a batch back: its tickets are moved to RECYCLED, nothing is deleted. Gives how many were moved now.
///
/// # Errors
/// `not_found` for something that is no import.
pub async fn undo(ctx: &Ctx, batch: BatchId) -> Result<u64, Fault> {
    let services = &ctx.services;
    let all = batches::list(&services.store().reader())
        .await
        .settle(services)?;
    if !all
        .iter()
        .any(|known| known.id == batch && known.kind == KIND)
    {
        return Err(Fault::missing());
    }
    let by = ctx.actor.user;
    let order = Recycle {
        batch,
        limit: UNDO_CHUNK,
        at: services.now(),
        by,
        by_name: by.map(|_| ctx.actor.name.clone()),
        verb: Verb::Withdraw,
        note: Some("导入批次撤回".to_owned()),
    };
    let mut moved = 0;
    loop {
        let order = order.clone();
        let count = services
            .store()
            .write::<_, Failure, _>(move |tx| {
                Box::pin(async move { Ok(bulk::recycle(tx, &order).await?) })
            })
            .await
            .settle(services)?;
        moved += count;
        if count == 0 {
            break;
        }
    }
    let mut entry = ctx.audit("import.undo", format!("batch:{batch}"), "ok");
    entry.facts.insert("tickets".to_owned(), moved.to_string());
    let now = services.now();
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                batches::mark_undone(tx, batch, now).await?;
                Ok(store::audit::append(tx, std::slice::from_ref(&entry)).await?)
            })
        })
        .await
        .settle(services)?;
    Ok(moved)
}
