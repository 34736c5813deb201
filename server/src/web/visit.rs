//! What pages and server functions know of their request, and the cookies that they wish for.
//! Deliberately absent: who is signed in (`session`), cookies as text (`cookies`).
//! The followed ticket and the filed one are sealed: number and code never stand in an address or in the clear.

use std::sync::{Arc, Weak};

use app::{
    context::{CookieWriter, Filed, Look, Visit},
    forms::{FormState, Keep},
};
use axum::http::{HeaderMap, HeaderValue, request::Parts};
use serde::{Serialize, de::DeserializeOwned};
use services::Ctx;
use shared::{calendar::Instant, fault::Fault, ids::SessionId, ticket::command::Lookup};

use super::{Web, bounds::Running, cookies, sealed};

/// A refusal that the page shows instead of its content.
#[derive(Debug, Clone)]
pub struct Refused(pub Fault);

/// The visit of a request whose context is known.
pub fn of(web: &Web, ctx: &Ctx, parts: &Parts) -> Visit {
    Visit {
        ctx: ctx.clone(),
        path: parts.uri.path().to_owned(),
        large_text: cookies::read(&parts.headers, cookies::TEXT).as_deref() == Some("large"),
        form_key: form_key(web),
        track: followed(web, &parts.headers),
        filed: opened::<Filed>(web, &parts.headers, cookies::FILED),
        reveal: ctx.session.and_then(|session| {
            let bound: Bound<Look> = opened(web, &parts.headers, cookies::REVEAL)?;
            (bound.session == session).then_some(bound.value)
        }),
        form: parts.extensions.get::<FormState>().cloned(),
        refusal: parts
            .extensions
            .get::<Refused>()
            .map(|refused| refused.0.clone()),
        cookies: Arc::new(Writer(web.clone(), ctx.session)),
        running: parts
            .extensions
            .get::<Running>()
            .map_or_else(Weak::new, |running| running.0.clone()),
    }
}

/// The ticket that this browser follows.
pub fn followed(web: &Web, headers: &HeaderMap) -> Option<Lookup> {
    opened(web, headers, cookies::TRACK)
}

/// The cookies that a form of this session wishes for.
pub fn cookies_for(web: &Web, session: Option<SessionId>, keep: &Keep) -> Vec<HeaderValue> {
    match keep {
        Keep::Language(locale) => vec![cookies::of_language(*locale)],
        Keep::LargeText(large) => vec![cookies::of_text_size(*large)],
        Keep::Track(Some(lookup)) => vec![cookie(web, cookies::TRACK, lookup)],
        Keep::Track(None) => vec![cookies::forget(cookies::TRACK)],
        Keep::Filed(filed) => vec![cookie(web, cookies::FILED, filed)],
        // A look belongs to the session that gave the reason for it, and so to one person.
        Keep::Reveal(look) => session.map_or_else(Vec::new, |session| {
            let bound = Bound {
                session,
                value: look,
            };
            vec![cookie(web, cookies::REVEAL, &bound)]
        }),
        // Whoever of staff signs in is no citizen here any more.
        Keep::SignIn(signed_in) => cookies::of_session(signed_in, web.services.now())
            .into_iter()
            .chain([cookies::forget(cookies::CITIZEN)])
            .collect(),
        Keep::Citizen(signed_in) => vec![cookies::of_citizen(signed_in, web.services.now())],
        Keep::CitizenOut => [cookies::CITIZEN, cookies::TRACK, cookies::FILED]
            .map(cookies::forget)
            .into(),
        Keep::SignOut => {
            let [session, refresh] = cookies::no_session();
            let forgotten = [cookies::TRACK, cookies::FILED, cookies::REVEAL].map(cookies::forget);
            [session, refresh].into_iter().chain(forgotten).collect()
        }
    }
}

struct Writer(Web, Option<SessionId>);

impl CookieWriter for Writer {
    fn set_cookie(&self, keep: &Keep) -> Vec<String> {
        let lines = cookies_for(&self.0, self.1, keep);
        lines
            .iter()
            .filter_map(|line| line.to_str().ok())
            .map(str::to_owned)
            .collect()
    }
}

/// 32 random letters and digits.
fn form_key(web: &Web) -> String {
    let mut bytes = [0_u8; 16];
    web.services.ids().fill(&mut bytes);
    hex::encode(bytes)
}

/// A sealed value with the time of its making.
#[derive(Serialize, serde::Deserialize)]
struct Sealed<T> {
    at: i64,
    value: T,
}

/// A value that only one session may open.
#[derive(Serialize, serde::Deserialize)]
struct Bound<T> {
    session: SessionId,
    value: T,
}

fn cookie<T: Serialize>(web: &Web, name: &'static str, value: &T) -> HeaderValue {
    let at = web.services.now().0;
    let text = serde_json::to_vec(&Sealed { at, value }).unwrap_or_default();
    match sealed::seal(web.services.keys(), web.services.ids(), name, &text) {
        Some(sealed) => cookies::of_sealed(name, &sealed),
        None => cookies::forget(name),
    }
}

fn opened<T: DeserializeOwned>(web: &Web, headers: &HeaderMap, name: &'static str) -> Option<T> {
    let cookie = cookies::read(headers, name)?;
    let text = sealed::open(web.services.keys(), name, &cookie)?;
    let sealed: Sealed<T> = serde_json::from_slice(&text).ok()?;
    let ends = Instant(sealed.at + cookies::SEALED_SECONDS * 1000);
    (ends > web.services.now()).then_some(sealed.value)
}
