//! Who calls: the bearer token of a session or of a partner's program (`partner`), or nobody where nobody is needed. Cookies do not count here.
//! Deliberately absent: what a token means (`services::sessions`).
//! Read next: `read`, for bodies and addresses.

use axum::{
    Json,
    extract::{FromRequestParts, MatchedPath},
    http::{HeaderMap, header, request::Parts},
};
use services::{Ctx, asked, sessions};
use shared::{
    access::Need,
    fault::{Code, Fault},
    text::Locale,
};

use super::{Answer, Refused, doors, partner};
use crate::{
    config::Partner,
    web::{Web, edge::Facts, locale, session},
};

/// Longest idempotency key, in characters.
pub(super) const KEY_LENGTH: usize = 128;

/// A caller with a good token.
pub struct Caller(pub Ctx);

impl Caller {
    /// The fault in the caller's language.
    pub fn refuse(&self, fault: Fault) -> Refused {
        Refused::new(fault, self.0.locale)
    }

    /// What a call came to, as it is sent.
    pub fn answer<T>(&self, done: Result<T, Fault>) -> Answer<T> {
        done.map(Json).map_err(|fault| self.refuse(fault))
    }
}

/// Anybody.
pub struct Visitor(pub Ctx);

impl FromRequestParts<Web> for Visitor {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Refused> {
        Ok(Self(visitor(parts, web)?))
    }
}

impl FromRequestParts<Web> for Caller {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Refused> {
        let mut ctx = visitor(parts, web)?;
        let refused = |fault: Fault| Refused::new(fault, locale::wished(&parts.headers));
        let token = bearer(&parts.headers).ok_or_else(|| refused(Fault::new(Code::SignedOut)))?;
        if let Some(partner) = Partner::known(&web.settings.partners, token) {
            partner::enter(parts, &mut ctx, partner)
                .await
                .map_err(refused)?;
        } else {
            let known = sessions::authenticate(&web.services, token)
                .await
                .map_err(refused)?;
            ctx.actor = known.actor;
            ctx.session = Some(known.session);
        }
        // The right is asked before a body is read, and again in the service.
        doors::ask(parts, &ctx).await.map_err(refused)?;
        Ok(Self(ctx))
    }
}

/// A program whose writes carry no number of a message, since what it speaks is a standard of its own (SCIM). The right is asked here.
///
/// # Errors
/// As for a caller.
pub async fn unnumbered(parts: &Parts, web: &Web, need: Need) -> Result<Ctx, Fault> {
    let mut ctx = nobody(parts, web, None);
    let token = bearer(&parts.headers).ok_or_else(|| Fault::new(Code::SignedOut))?;
    if let Some(partner) = Partner::known(&web.settings.partners, token) {
        partner::let_in(parts, &mut ctx, partner).await?;
    } else {
        let known = sessions::authenticate(&web.services, token).await?;
        ctx.actor = known.actor;
        ctx.session = Some(known.session);
    }
    let path = parts.extensions.get::<MatchedPath>();
    let path = path.map_or("", MatchedPath::as_str);
    let entrance = format!("{} {path}", parts.method);
    asked::at_the_door(&ctx, need, &entrance).await?;
    Ok(ctx)
}

fn visitor(parts: &Parts, web: &Web) -> Result<Ctx, Refused> {
    let locale = locale::wished(&parts.headers);
    let key = idempotency_key(&parts.headers).map_err(|fault| Refused::new(fault, locale))?;
    Ok(nobody(parts, web, key))
}

/// Who has said nothing of himself yet.
fn nobody(parts: &Parts, web: &Web, key: Option<String>) -> Ctx {
    let facts = parts.extensions.get::<Facts>();
    Ctx {
        locale: locale::wished(&parts.headers),
        request: facts.map(|facts| facts.id.clone()),
        ip: facts.map(|facts| facts.client.ip.to_string()),
        agent: session::agent(&parts.headers),
        idempotency_key: key,
        ..Ctx::visitor(&web.services)
    }
}

/// The token that was sent.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Fault> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let key = value.to_str().unwrap_or_default();
    if visible(key, KEY_LENGTH) {
        Ok(Some(key.to_owned()))
    } else {
        Err(Fault::new(Code::InputIdempotencyKey))
    }
}

/// Whether a text has 1 to so many visible ASCII characters.
pub(super) fn visible(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic())
}

/// The language that a rejection is told in, before anything else is known.
pub fn language(parts: &Parts) -> Locale {
    locale::wished(&parts.headers)
}
