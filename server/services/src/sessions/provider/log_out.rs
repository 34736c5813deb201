//! Signing out on both sides: here, and the browser goes on to the provider to sign out there; there, and the provider tells us, so that every
//! session of that identity ends (OpenID Connect RP-Initiated and Back-Channel Logout 1.0).
//! Not here: ending a session (`sessions::sign_out`).
//! A word of signing out is taken once. Signing out here never waits for the provider to do well: without it, it is signing out here alone.

use shared::calendar::Instant;
use shared::fault::Fault;

use super::{Asked, Purpose, links, provider, unbelieved, way};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::tries::{self, Try};
use crate::watch::note;

/// How long a word of signing out is remembered, in milliseconds; older ones are refused for their time.
const REMEMBERED: i64 = 60 * 60_000;

/// The page through which a browser leaves to sign out at the provider as well; asked before the session here ends. Nothing where the session
/// was not opened there, or the provider offers it not.
pub async fn leave(ctx: &Ctx) -> Option<String> {
    let (provider, session) = (ctx.services.provider()?, ctx.session?);
    let db = ctx.services.store().reader();
    let opened = store::identities::of_session(&db, session)
        .await
        .settle(&ctx.services)
        .ok()??;
    if opened.issuer != provider.issuer() {
        return None;
    }
    let known = provider.known(ctx.now()).await.ok()?;
    let mut url = provider
        .address(known.document.end_session_endpoint.as_deref()?)
        .ok()?;
    let token = String::from_utf8(opened.token).ok()?;
    let home = format!("{}/", ctx.services.config().public_url);
    url.query_pairs_mut().extend_pairs([
        ("id_token_hint", token.as_str()),
        ("client_id", provider.client()),
        ("post_logout_redirect_uri", home.as_str()),
    ]);
    let asked = Asked {
        purpose: Purpose::Leave,
        leads_to: url.into(),
        nonce: String::new(),
        verifier: String::new(),
        next: String::new(),
        session: None,
    };
    way::keep(ctx, &way::word(ctx), &asked).await.ok()
}

/// Takes a word of signing out from the provider: the sessions of its session end, or all of the person.
///
/// # Errors
/// `session.provider_token` for a word that is not believed or was taken before; `session.provider_away`, `rate.limited`.
pub async fn log_out(ctx: &Ctx, token: &str) -> Result<(), Fault> {
    tries::count(ctx, Try::SignIn).await?;
    match taken(ctx, token).await {
        Ok(()) => {
            ctx.services.rights().forget_all();
            Ok(())
        }
        Err(fault) => {
            let mut entry = ctx.audit("session.provider_log_out", "session", fault.code.as_str());
            let why = fault.facts.get("why").cloned();
            entry.facts.extend(why.map(|why| ("why".to_owned(), why)));
            note(ctx, entry).await;
            Err(fault)
        }
    }
}

async fn taken(ctx: &Ctx, token: &str) -> Result<(), Fault> {
    let (provider, now) = (provider(ctx)?, ctx.now());
    if token.is_empty() {
        return Err(unbelieved("head"));
    }
    let claims = provider.verified(token, now).await?;
    let leaving = claims.leaving(provider.whom(), now).map_err(unbelieved)?;
    let issuer = provider.issuer().to_owned();
    let name = format!("{issuer}\u{0}{}", leaving.jti);
    let jti = ctx.services.keys().mac("provider-log-out", &name);
    let mut audit = ctx.audit("session.provider_log_out", "session", "ok");
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let until = Instant(now.0 + REMEMBERED);
                if !store::identities::log_out(tx, &jti, until).await? {
                    return Err(unbelieved("jti").into());
                }
                let (subject, sid) = (leaving.subject.as_deref(), leaving.sid.as_deref());
                let opened = store::identities::sessions(tx, &issuer, subject, sid).await?;
                let count = ("sessions".to_owned(), opened.len().to_string());
                audit.facts.extend([count]);
                links::end(tx, opened, None, now).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)
}
