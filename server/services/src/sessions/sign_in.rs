//! Signing in and out. A try is counted before the password is looked at, so that a thousand tries at once are still five.
//! Unknown names, wrong passwords and closed accounts get the same words after the same work.
//! Not here: hashing (`password`), tokens (`token`, `refresh`).

use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::SessionId;
use store::record::AuditEntry;
use store::users::User;

use super::refresh::{Refresh, ends};
use super::token::Claimed;
use super::{LOCK_MINUTES, MAX_TRIES, SignIn, SignedIn, actor_of, password};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};

/// Longest sign-in name that is looked up.
const MAX_NAME: usize = 64;

/// The name as it is stored: narrow, without blanks and signs that nobody sees, in lower case.
pub(crate) fn normal_name(username: &str) -> String {
    shared::input::code(username).to_lowercase()
}

/// Signs a person in.
///
/// # Errors
/// `session.wrong` for any wrong pair; `session.locked` with the minutes left after five of them.
pub async fn sign_in(ctx: &Ctx, command: SignIn) -> Result<SignedIn, Fault> {
    let username = normal_name(&command.username);
    if username.is_empty()
        || username.chars().count() > MAX_NAME
        || command.password.len() > password::MAX_BYTES
    {
        return Err(Fault::new(Code::SignInWrong));
    }
    let user = count_try(ctx, &username).await?;
    let hash = user.as_ref().map(|user| user.password_hash.clone());
    let is_right = ctx
        .services
        .gates()
        .hasher
        .verify(&command.password, hash)
        .await
        .settle(&ctx.services)?;
    if let Some(user) = user.filter(|user| is_right && user.active) {
        open(ctx, user).await
    } else {
        refuse(ctx, &username).await?;
        Err(Fault::new(Code::SignInWrong))
    }
}

/// Counts a try and gives the account, if there is one; a locked name ends here.
async fn count_try(ctx: &Ctx, username: &str) -> Result<Option<User>, Fault> {
    let key = ctx.services.keys().mac("sign-in", username);
    let (name, now) = (username.to_owned(), ctx.now());
    let counted = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let limit = store::lookups::Limit {
                    tries: MAX_TRIES,
                    lock_ms: LOCK_MINUTES * 60_000,
                };
                Ok(match store::lookups::count(tx, &key, limit, now).await? {
                    Some(locked_until) => Err(locked_until),
                    None => Ok(store::users::find_by_name(tx, &name).await?),
                })
            })
        })
        .await
        .settle(&ctx.services)?;
    match counted {
        Ok(user) => Ok(user),
        Err(until) => {
            write_audit(ctx, entry(ctx, username, Code::SignInLocked.as_str())).await?;
            Err(locked(until, now))
        }
    }
}

fn locked(until: Instant, now: Instant) -> Fault {
    let minutes = (until.0 - now.0).max(0).div_euclid(60_000) + 1;
    Fault::new(Code::SignInLocked).fact("minutes", minutes.min(LOCK_MINUTES))
}

/// Opens a session: new id, new tokens, counter back to zero.
async fn open(ctx: &Ctx, user: User) -> Result<SignedIn, Fault> {
    let services = &ctx.services;
    let now = ctx.now();
    let session = SessionId(services.ids().new_id(now));
    let refresh = Refresh {
        session,
        generation: 0,
    };
    let expires_at = ends(now, now);
    let record = store::sessions::Session {
        id: session,
        user: user.id,
        refresh_hash: refresh.hash(services.keys()),
        previous_hash: None,
        created_at: now,
        rotated_at: now,
        expires_at,
        revoked_at: None,
        ip: ctx.ip.clone(),
        agent: None,
    };
    let key = services.keys().mac("sign-in", &user.username);
    let mut audit = entry(ctx, &user.username, "ok");
    audit.actor = Some(user.id);
    audit.object = format!("session:{session}");
    let checked = (user.id, user.password_hash.clone());
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                // While the hash was computed, the account may have been closed or got another password.
                let (id, hash) = checked;
                if !store::users::find(tx, id)
                    .await?
                    .is_some_and(|user| user.active && user.password_hash == hash)
                {
                    return Err(Fault::new(Code::SignInWrong).into());
                }
                store::lookups::clear(tx, &key).await?;
                store::sessions::insert(tx, &record).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(services)?;
    let (access_token, access_expires_at) = services
        .keys()
        .signer()
        .sign(
            Claimed {
                user: user.id,
                session,
            },
            now,
        )
        .settle(services)?;
    let actor = actor_of(&*services.reference().await?, &user);
    Ok(SignedIn {
        access_token,
        access_expires_at,
        refresh_token: refresh.write(services.keys()),
        refresh_expires_at: expires_at,
        session,
        actor,
    })
}

async fn refuse(ctx: &Ctx, username: &str) -> Result<(), Fault> {
    write_audit(ctx, entry(ctx, username, Code::SignInWrong.as_str())).await
}

/// The typed name may be a password in the wrong field: it stands in the audit only where it can be erased.
fn entry(ctx: &Ctx, username: &str, outcome: &str) -> AuditEntry {
    let mut entry = ctx.audit("session.sign_in", "session", outcome);
    if outcome == "ok" {
        username.clone_into(&mut entry.actor_name);
    } else {
        entry
            .erasable
            .insert("username".to_owned(), username.to_owned());
    }
    entry
}

async fn write_audit(ctx: &Ctx, entry: AuditEntry) -> Result<(), Fault> {
    let write = ctx.services.store().write::<_, Failure, _>(move |tx| {
        Box::pin(async move { Ok(store::audit::append(tx, &entry).await?) })
    });
    write.await.settle(&ctx.services)
}

/// Ends the session of the call; access and refresh token are dead at once. Without a session there is nothing to do.
pub async fn sign_out(ctx: &Ctx) -> Result<(), Fault> {
    let Some(session) = ctx.session else {
        return Ok(());
    };
    let (now, audit) = (
        ctx.now(),
        ctx.audit("session.sign_out", format!("session:{session}"), "ok"),
    );
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                store::sessions::revoke(tx, session, now).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.rights().forget(session).await;
    Ok(())
}

/// Ends the session of a refresh token whose access token is already too old to say who it was.
pub async fn sign_out_with(services: &Services, refresh_token: &str) -> Result<(), Fault> {
    let Some(refresh) = Refresh::read(refresh_token.trim(), services.keys()) else {
        return Ok(());
    };
    sign_out(&Ctx {
        session: Some(refresh.session),
        ..Ctx::visitor(services)
    })
    .await
}
