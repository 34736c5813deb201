//! The proof of the person that dangerous acts ask for again (`Need::Fresh`): the password, good for some minutes of this session.
//! Not here: a passkey in its place (`passkey`), which acts those are (`shared::access::needs`), asking for it at a form (`app::forms`).
//! The session keeps its id: it is only ever made here, and never taken from outside.

use shared::access::needs;
use shared::fault::{Code, Fault};
use shared::ids::SessionId;

use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::users::knows_password;

/// Takes the password as a proof; acts that ask for one go through for some minutes.
///
/// # Errors
/// `password.wrong` at `proof`, `session.locked`, `session.signed_out`.
pub async fn prove(ctx: &Ctx, password: &str) -> Result<(), Fault> {
    ctx.ask(needs::OWN)?;
    let signed_out = || Fault::new(Code::SignedOut);
    let (user, session) = ctx.actor.user().zip(ctx.session).ok_or_else(signed_out)?;
    let services = &ctx.services;
    let user = store::users::find(&services.store().reader(), user)
        .await
        .settle(services)?
        .ok_or_else(signed_out)?;
    let counter = knows_password(ctx, &user, password, "proof").await?;
    keep(ctx, session, counter).await
}

/// Notes that the person of a session has proved to be himself, and forgets the tries.
pub(super) async fn keep(ctx: &Ctx, session: SessionId, counter: Vec<u8>) -> Result<(), Fault> {
    let (now, audit) = (
        ctx.now(),
        ctx.audit("session.prove", format!("session:{session}"), "ok"),
    );
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                if !store::sessions::prove(tx, session, now).await? {
                    return Err(Fault::new(Code::SignedOut).into());
                }
                store::lookups::clear(tx, &counter).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)
}
