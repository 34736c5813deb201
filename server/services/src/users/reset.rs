//! Links that set a new password once: made by who manages accounts, shown once, and kept as an HMAC only.
//! Not here: the page and the address (`app`, `server`), setting a password directly (`password`).
//! Passwords of the other two administrators are set by the machine's owner alone: whoever could set them could be them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use shared::access::{Power, needs};
use shared::account::ResetLink;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::UserId;
use store::users::{Password, User};

use super::{hash, reached};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::sessions::{account_subject, password as rules};

/// How long a link can be used.
pub const RESET_HOURS: i64 = 24;
/// Random bytes of a link.
const SECRET: usize = 32;
/// A longer text is no link of ours.
const LONGEST: usize = 100;

/// Whether the caller may set the password of somebody in reach.
///
/// # Errors
/// `access.denied` for oneself, for closed accounts, and for the administrators that keep this one in check.
pub(crate) fn may_reset(ctx: &Ctx, user: &User) -> Result<(), Fault> {
    if ctx.actor.is_system() {
        return Ok(());
    }
    let is_check = user.has_power(Power::Security) || user.has_power(Power::Audit);
    if is_check || !user.active || ctx.actor.user() == Some(user.id) {
        return Err(Fault::denied());
    }
    Ok(())
}

/// Makes a link for somebody; earlier ones that were not used are void.
///
/// # Errors
/// `access.denied`, `not_found`.
pub async fn make_reset(ctx: &Ctx, username: &str) -> Result<ResetLink, Fault> {
    let user = reached(ctx, needs::RESETS, username).await?;
    may_reset(ctx, &user)?;
    let services = &ctx.services;
    let expires_at = Instant(ctx.now().0 + RESET_HOURS * 3_600_000);
    let (token, link) = fresh_link(ctx, user.id, expires_at);
    let audit = ctx.audit("user.reset_link", format!("user:{}", user.id), "ok");
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                store::resets::put(tx, &link).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(services)?;
    Ok(ResetLink {
        link: address(ctx, &token),
        expires_at,
    })
}

/// A new link for somebody: its secret, and what is kept of it.
pub(super) fn fresh_link(
    ctx: &Ctx,
    user: UserId,
    expires_at: Instant,
) -> (String, store::resets::ResetLink) {
    let mut secret = [0_u8; SECRET];
    ctx.services.ids().fill(&mut secret);
    let token = URL_SAFE_NO_PAD.encode(secret);
    let link = store::resets::ResetLink {
        hash: hash_of(ctx, &token),
        user,
        made_by: ctx.actor.user(),
        made_at: ctx.now(),
        expires_at,
    };
    (token, link)
}

/// The address of a link.
pub(super) fn address(ctx: &Ctx, token: &str) -> String {
    format!("{}/reset?token={token}", ctx.services.config().public_url)
}

fn hash_of(ctx: &Ctx, token: &str) -> Vec<u8> {
    ctx.services.keys().mac("reset-link", token)
}

/// Sets the password of whoever a link was made for; the link is used up, and every session of the account ends.
///
/// # Errors
/// `password.reset.gone`, `password.weak`.
pub async fn reset(ctx: &Ctx, token: &str, password: &str) -> Result<(), Fault> {
    let gone = || Fault::new(Code::ResetGone);
    let services = &ctx.services;
    let token = token.trim();
    if token.is_empty() || token.len() > LONGEST {
        return Err(gone());
    }
    let (hash_of_link, now) = (hash_of(ctx, token), ctx.now());
    let db = services.store().reader();
    let id = store::resets::find(&db, &hash_of_link, now)
        .await
        .settle(services)?
        .ok_or_else(gone)?;
    let user = store::users::find(&db, id)
        .await
        .settle(services)?
        .filter(|user| user.active)
        .ok_or_else(gone)?;
    rules::check(password, &user.username)?;
    let hasher = &services.gates().hasher;
    let old = Some(user.password_hash.clone());
    if hasher.verify(password, old).await.settle(services)? {
        return Err(rules::weak("same"));
    }
    let password = Password {
        hash: hash(ctx, password).await?,
        given: false,
    };
    let subject = account_subject(services, &user.username);
    let mut audit = ctx.audit("user.reset", format!("user:{id}"), "ok");
    audit.actor = Some(id);
    audit.actor_name = user.username;
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                if !store::resets::take(tx, &hash_of_link, now).await? {
                    return Err(gone().into());
                }
                store::users::set_password(tx, id, &password, now).await?;
                store::devices::forget(tx, &subject).await?;
                store::sessions::revoke_of_user(tx, id, None, now).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(services)?;
    services.rights().forget_all();
    Ok(())
}
