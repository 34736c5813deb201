//! Freezing an account at once, by who manages accounts: when something is wrong, nobody waits for an approval. Resuming it takes one.
//! Not here: freezing by clock (`still`), and on request (`decide`).
//! Nobody freezes the own account, and the last of a kind of administrator stays.

use serde::Deserialize;
use shared::access::needs;
use shared::account::life::{AccountEvent, AccountState};
use shared::fault::{Code, Fault};

use super::{line, reason};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::users::last::not_last_of;
use crate::users::reached;
use crate::watch::watched;

/// Why, and which version of the account was seen.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Freeze {
    /// The version of the account that was seen.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// Freezes an account; its sessions end.
///
/// # Errors
/// `not_found`, `access.denied`, `session.proof_needed`, `version.stale`, `account.self`, `role.last`, `account.not_now`.
pub async fn freeze(ctx: &Ctx, username: &str, command: Freeze) -> Result<(), Fault> {
    watched(
        ctx,
        "account.freeze",
        "users",
        frozen(ctx, username, command),
    )
    .await
}

async fn frozen(ctx: &Ctx, username: &str, command: Freeze) -> Result<(), Fault> {
    let user = reached(ctx, needs::STAFFING, username).await?;
    if ctx.actor.user() == Some(user.id) {
        return Err(Fault::new(Code::AccountSelf));
    }
    let why = reason("reason", &command.reason, true)?;
    let ctx_in = ctx.clone();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, why) = (ctx_in.clone(), why.clone());
            Box::pin(async move {
                let now_there = store::users::find(tx, user.id).await?;
                let now_there = now_there.ok_or_else(Fault::missing)?;
                if now_there.version != command.version {
                    let (is, seen) = (now_there.version, command.version);
                    return Err(crate::fault::version_stale(is, seen).into());
                }
                stop(&ctx, tx, &now_there, &why).await
            })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.rights().forget_all();
    Ok(())
}

/// Freezes an account for a reason, inside a transaction.
pub(crate) async fn stop(
    ctx: &Ctx,
    tx: &store::Tx,
    user: &store::users::User,
    why: &str,
) -> Result<(), Failure> {
    if user.state != AccountState::Open {
        return Err(Fault::new(Code::AccountNotNow)
            .fact("account_state", user.state)
            .into());
    }
    let now = ctx.now();
    not_last_of(tx, user.id, now).await?;
    let at = (user.id, user.version);
    store::life::set_state(tx, at, AccountState::Frozen, now).await?;
    store::sessions::revoke_of_user(tx, user.id, None, now).await?;
    store::resets::void(tx, user.id).await?;
    let told = store::life::AccountLine {
        reason: Some(why.to_owned()),
        ..line(ctx, user.id, AccountEvent::Frozen)
    };
    store::life::add(tx, &told).await?;
    let mut audit = ctx.audit("account.freeze", format!("user:{}", user.id), "ok");
    audit
        .facts
        .insert("username".to_owned(), user.username.clone());
    Ok(store::audit::append(tx, &audit).await?)
}
