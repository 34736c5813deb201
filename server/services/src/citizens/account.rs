//! The account as its owner sees it: name, sessions, and closing it.
//! Not here: its requests (`requests`), which stay when it is closed: they are the office's.
//! What happens to it stands in the audit, without number and name.

use shared::citizen::{CitizenName, CitizenView};
use shared::fault::Fault;
use shared::person::mask_phone;
use store::citizens;

use super::myself;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};

/// The account.
///
/// # Errors
/// `session.signed_out`; of the store.
pub async fn view(ctx: &Ctx) -> Result<CitizenView, Fault> {
    let known = myself(ctx)?;
    let account = &known.account;
    let db = ctx.services.store().reader();
    let sessions = citizens::count(&db, account.id, ctx.now()).await;
    Ok(CitizenView {
        phone: mask_phone(&account.phone),
        name: account.name.clone(),
        since: account.made_at,
        sessions: sessions.settle(&ctx.services)?,
    })
}

/// Gives it a name, or none.
///
/// # Errors
/// As [`view`].
pub async fn rename(ctx: &Ctx, command: CitizenName) -> Result<(), Fault> {
    let id = myself(ctx)?.account.id;
    let name: Option<String> = command.name.map(Into::into);
    let entry = ctx.audit("citizen.name", format!("citizen:{id}"), "ok");
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (entry, name) = (entry.clone(), name.clone());
            Box::pin(async move {
                citizens::rename(tx, id, name.as_deref()).await?;
                Ok(store::audit::append(tx, &[entry]).await?)
            })
        })
        .await
        .settle(&ctx.services)
}

/// Closes it: number, name and sessions are forgotten, and it acts for no organisation any more.
///
/// # Errors
/// As [`view`].
pub async fn close(ctx: &Ctx) -> Result<(), Fault> {
    let id = myself(ctx)?.account.id;
    let now = ctx.now();
    let entry = ctx.audit("citizen.close", format!("citizen:{id}"), "ok");
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let entry = entry.clone();
            Box::pin(async move {
                citizens::end_mandates(tx, id, now).await?;
                citizens::wishes::end_all(tx, id, now).await?;
                citizens::forget(tx, id).await?;
                Ok(store::audit::append(tx, &[entry]).await?)
            })
        })
        .await
        .settle(&ctx.services)
}
