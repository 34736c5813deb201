//! Taking a file away from its case again: by whoever put it there, while they may put one there. Its bytes go when nothing else refers to them;
//! the history keeps that it was there.
//! Not here: destroying bytes wherever they hang (`tidy`).

use shared::access::needs;
use shared::fault::Fault;
use shared::file::Hook;
use shared::ids::FileId;
use store::files::{self, Freed};

use super::history::{self, Told};
use super::{object, rights, write};
use crate::context::Ctx;
use crate::fault::{Failure, Settle as _};
use crate::watch::watched;

/// Takes a file away; gives where it hung.
///
/// # Errors
/// `not_found` outside of what the caller sees; `access.denied` for somebody else's; a conflict when the case has ended.
pub async fn remove(ctx: &Ctx, id: FileId) -> Result<Hook, Fault> {
    let call = async {
        ctx.ask(needs::FILES)?;
        let (hook, freed) = removed(ctx, id).await.settle(&ctx.services)?;
        write::let_go(&ctx.services, freed).await;
        Ok(hook)
    };
    watched(ctx, "file.remove", format!("file:{id}"), call).await
}

async fn removed(ctx: &Ctx, id: FileId) -> Result<(Hook, Freed), Failure> {
    let actor = ctx.clone();
    let write = ctx.services.store().write::<_, Failure, _>(move |tx| {
        Box::pin(async move {
            let ctx = actor;
            let found = files::find(tx, id).await?;
            let (file, blob) = found.ok_or_else(Fault::missing)?;
            let held = rights::held(&ctx, tx, &file.hook).await?;
            // An open case that takes no more says so; somebody else's file is denied.
            held.seen().takes(&ctx, &file.hook.settled())?;
            if !held.seen().gives(&ctx, &file) {
                return Err(Fault::denied().into());
            }
            // Twice at once: the second finds nothing once the first is through with the case.
            if !files::drop_one(tx, &file).await? {
                return Err(Fault::missing().into());
            }
            let freed = files::release(tx, &[blob.id]).await?;
            history::tell(&ctx, tx, &held, (&file, &blob, Told::Removed)).await?;
            let mut entry = ctx.audit("file.remove", object(&file.hook), "ok");
            entry.facts.insert("file".to_owned(), file.id.to_string());
            store::audit::append(tx, std::slice::from_ref(&entry)).await?;
            Ok((file.hook, freed))
        })
    });
    write.await
}
