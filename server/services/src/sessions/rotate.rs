//! A new key for access tokens, and the ring as administrators see it.
//! The key before goes on checking for longer than any token of its own lives, so that nobody is signed out; at once, where it may have been
//! stolen: then browsers renew their tokens by themselves, and programs sign in again. Not here: the ring at work (`ring`).

use anyhow::Context as _;
use aws_lc_rs::signature::Ed25519KeyPair;
use shared::access::needs;
use shared::account::{KeyState, SessionKeyView};
use shared::calendar::Instant;
use shared::fault::Fault;
use store::session_keys::SessionKey;

use super::ACCESS_MINUTES;
use super::ring::of_pair;
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};

/// How much longer than a token a key goes on checking, in minutes: clocks differ, and a process may be slow to see the new key.
const SPARE_MINUTES: i64 = 5;

/// The keys of the ring, the newest first.
///
/// # Errors
/// `access.denied`.
pub async fn session_keys(ctx: &Ctx) -> Result<Vec<SessionKeyView>, Fault> {
    ctx.ask(needs::KEYS)?;
    let rows = store::session_keys::all(&ctx.services.store().reader())
        .await
        .settle(&ctx.services)?;
    let now = ctx.now();
    Ok(rows.into_iter().map(|row| view(row, now)).collect())
}

fn view(row: SessionKey, now: Instant) -> SessionKeyView {
    SessionKeyView {
        state: match row.ends_at {
            None => KeyState::Active,
            Some(ends_at) if ends_at > now => KeyState::Retiring,
            Some(_) => KeyState::Retired,
        },
        kid: row.kid,
        made_at: row.made_at,
        ends_at: row.ends_at,
    }
}

/// Makes a new key that signs from now on. With `at_once`, tokens of the keys before are refused from now on.
///
/// # Errors
/// `access.denied`.
pub async fn rotate(ctx: &Ctx, at_once: bool) -> Result<SessionKeyView, Fault> {
    ctx.ask(needs::ROTATION)?;
    let services = &ctx.services;
    let now = ctx.now();
    let key = fresh(services, now).settle(services)?;
    let minutes = if at_once {
        0
    } else {
        ACCESS_MINUTES + SPARE_MINUTES
    };
    let ends_at = Instant(now.0 + minutes * 60_000);
    let mut audit = ctx.audit(
        "session_key.rotate",
        format!("session_key:{}", key.kid),
        "ok",
    );
    audit
        .facts
        .insert("at_once".to_owned(), at_once.to_string());
    let put = key.clone();
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let put = put.clone();
            Box::pin(async move {
                store::session_keys::rotate(tx, &put, ends_at).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(services)?;
    services.bust_ring().await;
    Ok(view(key, now))
}

fn fresh(services: &Services, now: Instant) -> Result<SessionKey, Failure> {
    let pair = Ed25519KeyPair::generate().ok().context("no random bytes")?;
    let private = pair.to_pkcs8().ok().context("a key has no form")?;
    let private = private.as_ref().to_vec();
    Ok(of_pair(private, services.new_id(), now)?)
}
