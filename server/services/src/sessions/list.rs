//! Sessions that have not ended: one's own, and for who manages accounts those of others, with the ways to end them.
//! An ended session is refused at its next request, on every server.
//! Not here: signing out (`sign_in`), the list of accounts (`users::look`).

use shared::access::needs;
use shared::account::{SessionView, device};
use shared::fault::{Code, Fault};
use shared::ids::{SessionId, UserId};
use store::sessions::Session;

use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::users::reached;

/// The caller's own sessions, the newest first.
pub async fn own(ctx: &Ctx) -> Result<Vec<SessionView>, Fault> {
    let user = myself(ctx)?;
    views(ctx, user).await
}

/// Ends one of the caller's own sessions.
///
/// # Errors
/// `not_found` for one that is somebody else's or has ended.
pub async fn end_own(ctx: &Ctx, session: SessionId) -> Result<(), Fault> {
    let user = myself(ctx)?;
    end(ctx, user, session).await
}

/// Ends all sessions of the caller but the one of this call; how many there were.
pub async fn end_others(ctx: &Ctx) -> Result<u64, Fault> {
    let user = myself(ctx)?;
    end_all(ctx, user, ctx.session).await
}

/// Ends a session of somebody in the caller's reach.
///
/// # Errors
/// `access.denied`, `not_found`.
pub async fn end_of(ctx: &Ctx, username: &str, session: SessionId) -> Result<(), Fault> {
    let user = reached(ctx, needs::ACCOUNTS, username).await?;
    end(ctx, user.id, session).await
}

/// Ends all sessions of somebody in the caller's reach; how many there were. Of one's own the present one stays.
///
/// # Errors
/// `access.denied`, `not_found`.
pub async fn end_all_of(ctx: &Ctx, username: &str) -> Result<u64, Fault> {
    let user = reached(ctx, needs::ACCOUNTS, username).await?;
    let keep = ctx.session.filter(|_| ctx.actor.user() == Some(user.id));
    end_all(ctx, user.id, keep).await
}

fn myself(ctx: &Ctx) -> Result<UserId, Fault> {
    ctx.ask(needs::OWN)?;
    ctx.actor.user().ok_or_else(|| Fault::new(Code::SignedOut))
}

/// The sessions of somebody that have not ended.
pub(crate) async fn views(ctx: &Ctx, user: UserId) -> Result<Vec<SessionView>, Fault> {
    let db = ctx.services.store().reader();
    let found = store::sessions::of_user(&db, user, ctx.now())
        .await
        .settle(&ctx.services)?;
    Ok(found.into_iter().map(|one| view(ctx, one)).collect())
}

fn view(ctx: &Ctx, session: Session) -> SessionView {
    SessionView {
        id: session.id,
        current: ctx.session == Some(session.id),
        device: device::name(&session.agent.unwrap_or_default()),
        address: session.ip.unwrap_or_default(),
        signed_in_at: session.created_at,
        used_at: session.rotated_at,
        ends_at: session.expires_at,
    }
}

async fn end(ctx: &Ctx, user: UserId, session: SessionId) -> Result<(), Fault> {
    let now = ctx.now();
    let mut audit = ctx.audit("session.end", format!("session:{session}"), "ok");
    audit.facts.insert("user".to_owned(), user.to_string());
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                if !store::sessions::revoke_own(tx, session, user, now).await? {
                    return Err(Fault::missing().into());
                }
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.rights().forget(session).await;
    Ok(())
}

async fn end_all(ctx: &Ctx, user: UserId, keep: Option<SessionId>) -> Result<u64, Fault> {
    let now = ctx.now();
    let audit = ctx.audit("session.end_all", format!("user:{user}"), "ok");
    let count = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let count = store::sessions::revoke_of_user(tx, user, keep, now).await?;
                let mut audit = audit.clone();
                audit.facts.insert("count".to_owned(), count.to_string());
                store::audit::append(tx, &audit).await?;
                Ok(count)
            })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.rights().forget_all();
    Ok(count)
}
