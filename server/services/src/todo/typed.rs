//! What people of the house typed into a form of a case, or of the desk, and have not sent (草稿), kept for them on the server: per person and form, so that
//! it outlives the tab, the session and the machine. Only its owner reads it; what was sent is forgotten.
//! Not here: the browser's own copy, which holds without the network (`app::browser::kept`).
//! Keys, passwords, identity numbers and what says which form it is are not kept.

use shared::access::needs;
use shared::fault::{Code, Fault};
use shared::ids::UserId;
use shared::todo::{is_typed_on_server, is_typed_secret};

use crate::context::Ctx;
use crate::fault::{Failure, Settle};

/// Longest address of a form, in bytes.
const ADDRESS: usize = 300;
/// Fields of a form at most.
const FIELDS: usize = 200;
/// Forms of one person that come back at once.
const FORMS: u64 = 30;
/// Bytes of all of them at most.
const BYTES: usize = 128 << 10;

/// Fields of a form, in their order.
pub type Fields = Vec<(String, String)>;

/// Whose form it is, when it is one that is kept.
fn owner(ctx: &Ctx, address: &str) -> Result<Option<UserId>, Fault> {
    ctx.ask(needs::TO_DO)?;
    let fits = address.len() <= ADDRESS && is_typed_on_server(address);
    Ok(ctx.actor.user().filter(|_| fits))
}

/// Keeps what is typed; nothing typed forgets it. A form that is none of those that are kept is passed over.
///
/// # Errors
/// `session.signed_out`; `input.too_long` for more than a form has.
pub async fn keep(ctx: &Ctx, address: String, mut fields: Fields) -> Result<(), Fault> {
    let Some(user) = owner(ctx, &address)? else {
        return Ok(());
    };
    fields.retain(|(name, value)| !value.trim().is_empty() && !is_typed_secret(name));
    let bytes: usize = fields
        .iter()
        .map(|(name, value)| name.len() + value.len())
        .sum();
    if fields.len() > FIELDS || bytes > BYTES {
        return Err(Fault::new(Code::InputTooLong));
    }
    let at = ctx.now();
    let written = ctx.services.store().write::<_, Failure, _>(move |tx| {
        let (address, fields) = (address.clone(), fields.clone());
        Box::pin(async move {
            let form = (user, address.as_str());
            if fields.is_empty() {
                store::todo::typed::forget(tx, form).await?;
            } else {
                store::todo::typed::put(tx, form, &fields, at).await?;
            }
            Ok(())
        })
    });
    written.await.settle(&ctx.services)
}

/// What is kept of one's own forms, the latest first.
///
/// # Errors
/// `session.signed_out`.
pub async fn kept(ctx: &Ctx) -> Result<Vec<(String, Fields)>, Fault> {
    ctx.ask(needs::TO_DO)?;
    let Some(user) = ctx.actor.user() else {
        return Ok(Vec::new());
    };
    let db = ctx.services.store().reader();
    let found = store::todo::typed::all(&db, user, FORMS).await;
    found.settle(&ctx.services)
}

/// A form was taken: what was kept of it is of no use any more. That it stays a while where the database is busy harms nobody.
pub async fn sent(ctx: &Ctx, address: &str) {
    let Ok(Some(user)) = owner(ctx, address) else {
        return;
    };
    let db = ctx.services.store().reader();
    let found = store::todo::typed::has(&db, (user, address)).await;
    if !matches!(found, Ok(true)) {
        return;
    }
    let address = address.to_owned();
    let forgotten = ctx.services.store().write::<_, Failure, _>(move |tx| {
        let address = address.clone();
        Box::pin(async move { Ok(store::todo::typed::forget(tx, (user, &address)).await?) })
    });
    if let Err(failure) = forgotten.await {
        tracing::warn!(cause = ?failure, "a form that was sent is still kept as typed; it goes when its time is over");
    }
}
