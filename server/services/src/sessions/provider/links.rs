//! Which identities belong to which account: shown, linked by an administrator, taken away by the person or an administrator.
//! Not here: linking by signing in there (`way`).
//! Taking one away ends the sessions that it opened, except the one that does so.

use shared::access::needs;
use shared::account::provider::{IdentityView, OwnIdentities};
use shared::fault::{Code, Fault};
use shared::ids::{SessionId, UserId};
use store::identities::Identity;
use store::users::User;
use uuid::Uuid;

use super::{check, provider};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::sessions::factor::myself;
use crate::users::{may_reset, reached};

/// The field of the subject.
const FIELD: &str = "subject";

/// Whether people can sign in by a provider here.
pub fn is_there(services: &Services) -> bool {
    services.provider().is_some()
}

/// The caller's identities, and whether there is a provider to which one could be linked.
pub async fn own(ctx: &Ctx) -> Result<OwnIdentities, Fault> {
    let user = myself(ctx, needs::OWN).await?;
    let items = views(ctx, user.id).await?;
    let issuer = ctx.services.provider().map(|it| it.issuer().to_owned());
    let may_link = issuer
        .as_ref()
        .is_some_and(|issuer| !items.iter().any(|item| item.issuer == *issuer));
    Ok(OwnIdentities {
        issuer,
        may_link,
        items,
    })
}

/// Somebody's identities as pages show them.
pub(crate) async fn views(ctx: &Ctx, user: UserId) -> Result<Vec<IdentityView>, Fault> {
    let found = store::identities::list(&ctx.services.store().reader(), user)
        .await
        .settle(&ctx.services)?;
    let view = |it: Identity| IdentityView {
        id: it.id,
        issuer: it.issuer,
        subject: it.subject,
        linked_at: it.linked_at,
        used_at: it.used_at,
    };
    Ok(found.into_iter().map(view).collect())
}

/// The identities of somebody's account.
///
/// # Errors
/// `access.denied`, `not_found`.
pub async fn of(ctx: &Ctx, username: &str) -> Result<Vec<IdentityView>, Fault> {
    let user = reached(ctx, needs::ACCOUNTS, username).await?;
    views(ctx, user.id).await
}

/// Links an identity.
pub(super) async fn put(ctx: &Ctx, identity: Identity) -> Result<(), Fault> {
    let user = identity.user;
    let mut audit = ctx.audit("user.identity", format!("user:{user}"), "ok");
    let subject = (FIELD.to_owned(), identity.subject.clone());
    audit.erasable.extend([subject]);
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                match store::identities::link(tx, &identity).await {
                    Err(store::StoreError::Exists("identity")) => {
                        return Err(Fault::new(Code::ProviderTaken).into());
                    }
                    other => other?,
                }
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)
}

/// Links an identity to somebody's account, by what the provider calls the person.
///
/// # Errors
/// `access.denied`, `not_found`, `session.proof_needed`; `input.required` or `input.characters` at `subject`; `session.provider_taken`,
/// `session.provider_away` where none is configured.
pub async fn link_of(ctx: &Ctx, username: &str, subject: &str) -> Result<(), Fault> {
    let user = changed(ctx, username).await?;
    let subject = subject.trim();
    if subject.is_empty() {
        return Err(Fault::field(FIELD, Code::InputRequired));
    }
    if !check::is_word(subject) {
        return Err(Fault::field(FIELD, Code::InputCharacters));
    }
    let identity = Identity {
        id: ctx.services.new_id(),
        issuer: provider(ctx)?.issuer().to_owned(),
        subject: subject.to_owned(),
        user: user.id,
        linked_at: ctx.now(),
        linked_by: ctx.actor.user(),
        used_at: None,
    };
    put(ctx, identity).await
}

/// Takes all identities of somebody's account away.
///
/// # Errors
/// `access.denied`, `session.proof_needed`, `not_found` also when there is none.
pub async fn unlink_of(ctx: &Ctx, username: &str) -> Result<(), Fault> {
    let user = changed(ctx, username).await?;
    take_away(ctx, user.id, None).await
}

/// Takes an own identity away; asks for a proof of the person that is not old.
///
/// # Errors
/// `session.proof_needed`, `not_found`.
pub async fn unlink(ctx: &Ctx, id: Uuid) -> Result<(), Fault> {
    let user = myself(ctx, needs::OWN).await?;
    if !ctx.actor.fresh {
        return Err(Fault::new(Code::ProofNeeded));
    }
    take_away(ctx, user.id, Some(id)).await
}

/// Somebody whose way of signing in the caller may change.
async fn changed(ctx: &Ctx, username: &str) -> Result<User, Fault> {
    let user = reached(ctx, needs::RESETS, username).await?;
    may_reset(ctx, &user)?;
    Ok(user)
}

/// One identity or all.
async fn take_away(ctx: &Ctx, user: UserId, id: Option<Uuid>) -> Result<(), Fault> {
    let (now, stays) = (ctx.now(), ctx.session);
    let audit = ctx.audit("user.identity_removed", format!("user:{user}"), "ok");
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let mut of_user = store::identities::list(tx, user).await?;
                of_user.retain(|it| id.is_none_or(|id| it.id == id));
                if of_user.is_empty() {
                    return Err(Fault::missing().into());
                }
                for identity in of_user {
                    store::identities::unlink(tx, user, identity.id).await?;
                    let (issuer, subject) = (&identity.issuer, Some(identity.subject.as_str()));
                    let opened = store::identities::sessions(tx, issuer, subject, None).await?;
                    end(tx, opened, stays, now).await?;
                }
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.rights().forget_all();
    Ok(())
}

/// Ends sessions, except one to be kept.
pub(super) async fn end(
    tx: &store::Tx,
    sessions: Vec<SessionId>,
    stays: Option<SessionId>,
    now: shared::calendar::Instant,
) -> Result<(), Failure> {
    for session in sessions {
        if Some(session) != stays {
            store::sessions::revoke(tx, session, now).await?;
        }
    }
    Ok(())
}
