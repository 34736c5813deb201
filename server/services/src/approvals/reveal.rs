//! Reveal (查看): an approval in the clear for one look, with a reason, always audited (I12). Nothing changes on it.
//! Not here: the masked approval (`views`), what is masked (`discreet`).
//! Whoever may not, or is out of reach, leaves a row in the audit as well.

use shared::access::needs;
use shared::approval::view::ApprovalDetail;
use shared::fault::Fault;
use shared::ids::ApprovalId;
use shared::ticket::command::Reveal;

use super::denied::recorded;
use super::views::detail_in_clear;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};

/// Shows an approval with everything that it holds of persons.
///
/// # Errors
/// `access.denied` without the right on this approval; `not_found` out of reach.
pub async fn reveal(ctx: &Ctx, id: ApprovalId, command: Reveal) -> Result<ApprovalDetail, Fault> {
    let what = ("approval.reveal", format!("approval:{id}"));
    recorded(ctx, what, look(ctx, id, command)).await
}

async fn look(ctx: &Ctx, id: ApprovalId, command: Reveal) -> Result<ApprovalDetail, Fault> {
    ctx.ask(needs::REVEAL)?;
    let detail = detail_in_clear(ctx, id).await.settle(&ctx.services)?;
    let mut entry = ctx.audit("approval.reveal", format!("approval:{id}"), "ok");
    entry
        .facts
        .insert("approval_no".to_owned(), detail.row.approval_no.clone());
    crate::watch::placed(ctx, &mut entry);
    entry
        .erasable
        .insert("reason".to_owned(), command.reason.into());
    let caller = ctx.clone();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                store::audit::append(tx, &[entry]).await?;
                crate::audit::reads::looked_up_in(&caller, tx).await
            })
        })
        .await
        .settle(&ctx.services)?;
    Ok(detail)
}
