//! Setting passwords: one's own with the present one, somebody else's by who manages accounts, who then knows it only until it is changed.
//! Not here: the rules of a good one (`sessions::password`), links for a new one (`reset`).
//! Every other session of the account ends with the old password.

use serde::Deserialize;
use shared::access::needs;
use shared::calendar::Instant;
use shared::fault::{Code, Fault, FieldFault};
use shared::ids::UserId;
use store::users::{Password, User};

use super::{hash, reached};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::sessions::{LOCK_MINUTES, MAX_TRIES, account_subject, normal_name, password as rules};

/// A new password.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetPassword {
    /// Whose; the caller's own when absent.
    #[serde(default)]
    pub username: Option<String>,
    /// The present one; asked of everybody who changes the own password.
    #[serde(default)]
    pub current: Option<String>,
    /// The new one.
    pub password: String,
}

/// Sets a password: one's own with the present one, somebody else's with the right to manage accounts. All other sessions of the account end.
///
/// # Errors
/// `session.wrong` at `current` when the present password is not right, `session.locked`, `password.weak`, `not_found`.
pub async fn set_password(ctx: &Ctx, command: SetPassword) -> Result<(), Fault> {
    let username = command.username.as_deref().map(normal_name);
    match username.filter(|name| *name != ctx.actor.username) {
        None => set_own(ctx, command).await,
        Some(username) => set_of(ctx, &username, &command.password).await,
    }
}

async fn set_own(ctx: &Ctx, command: SetPassword) -> Result<(), Fault> {
    ctx.ask(needs::OWN)?;
    let id = ctx
        .actor
        .user()
        .ok_or_else(|| Fault::new(Code::SignedOut))?;
    let db = ctx.services.store().reader();
    let user = store::users::find(&db, id)
        .await
        .settle(&ctx.services)?
        .ok_or_else(Fault::missing)?;
    rules::check(&command.password, &user.username)?;
    let current = command.current.unwrap_or_default();
    let counter = knows_password(ctx, &user, &current, "current").await?;
    if current == command.password {
        return Err(rules::weak("same"));
    }
    let password = Password {
        hash: hash(ctx, &command.password).await?,
        given: false,
    };
    let change = Change {
        user,
        password,
        counter: Some(counter),
    };
    change.write(ctx).await
}

/// Whether the caller knows the account's present password; five wrong ones in a row lock the question for a quarter of an hour. Gives the
/// counter, which is set back when what was asked for is done.
///
/// # Errors
/// `session.wrong` at the field, `session.locked`.
pub(crate) async fn knows_password(
    ctx: &Ctx,
    user: &User,
    password: &str,
    field: &'static str,
) -> Result<Vec<u8>, Fault> {
    let services = &ctx.services;
    let (key, now) = (counter(ctx, user.id), ctx.now());
    let limit = store::lookups::Limit {
        tries: MAX_TRIES,
        lock_ms: LOCK_MINUTES * 60_000,
    };
    let counted = key.clone();
    let locked = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let key = counted.clone();
            Box::pin(async move { Ok(store::lookups::count(tx, &key, limit, now).await?) })
        })
        .await
        .settle(services)?;
    if let Some(until) = locked {
        return Err(locked_until(until, now));
    }
    let hash = Some(user.password_hash.clone());
    let is_right = password.len() <= rules::MAX_BYTES
        && services
            .gates()
            .hasher
            .verify(password, hash)
            .await
            .settle(services)?;
    if is_right {
        return Ok(key);
    }
    let entry = ctx.audit(
        "user.password_asked",
        format!("user:{}", user.id),
        Code::SignInWrong.as_str(),
    );
    crate::watch::note(ctx, entry).await;
    Err(Fault::fields(vec![FieldFault {
        field: field.to_owned(),
        code: Code::PasswordWrong,
        facts: std::collections::BTreeMap::new(),
    }]))
}

fn counter(ctx: &Ctx, user: UserId) -> Vec<u8> {
    ctx.services.keys().mac("own-password", &user.to_string())
}

pub(crate) fn locked_until(until: Instant, now: Instant) -> Fault {
    let minutes = (until.0 - now.0).max(0).div_euclid(60_000) + 1;
    Fault::new(Code::SignInLocked).fact("minutes", minutes.min(LOCK_MINUTES))
}

async fn set_of(ctx: &Ctx, username: &str, password: &str) -> Result<(), Fault> {
    let user = reached(ctx, needs::RESETS, username).await?;
    super::reset::may_reset(ctx, &user)?;
    rules::check(password, &user.username)?;
    let password = Password {
        hash: hash(ctx, password).await?,
        given: true,
    };
    let change = Change {
        user,
        password,
        counter: None,
    };
    change.write(ctx).await
}

/// A password that is good, on its way into the account.
struct Change {
    user: User,
    password: Password,
    /// Of an own change: the counter of tries.
    counter: Option<Vec<u8>>,
}

impl Change {
    async fn write(self, ctx: &Ctx) -> Result<(), Fault> {
        let Self {
            user,
            password,
            counter,
        } = self;
        let (id, now) = (user.id, ctx.now());
        let is_own = counter.is_some();
        // Who has set somebody else's password may have done so because a device was lost.
        let forget = (!is_own).then(|| account_subject(&ctx.services, &user.username));
        let keep = ctx.session.filter(|_| is_own);
        let audit = ctx.audit("user.password", format!("user:{id}"), "ok");
        ctx.services
            .store()
            .write::<_, Failure, _>(move |tx| {
                Box::pin(async move {
                    // While the hash was computed, somebody else may have set it.
                    let now_there = store::users::find(tx, id).await?;
                    if is_own
                        && now_there.is_none_or(|there| there.password_hash != user.password_hash)
                    {
                        return Err(Fault::field("current", Code::PasswordWrong).into());
                    }
                    store::users::set_password(tx, id, &password, now).await?;
                    if let Some(counter) = &counter {
                        store::lookups::clear(tx, counter).await?;
                    }
                    if let Some(subject) = &forget {
                        store::devices::forget(tx, subject).await?;
                    }
                    store::resets::void(tx, id).await?;
                    store::sessions::revoke_of_user(tx, id, keep, now).await?;
                    Ok(store::audit::append(tx, &audit).await?)
                })
            })
            .await
            .settle(&ctx.services)?;
        ctx.services.rights().forget_all();
        Ok(())
    }
}
