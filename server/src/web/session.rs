//! Who asks: from the session cookies to the context that every service call takes.
//! Deliberately absent: what a token means (`services::sessions`); bearer tokens of programs (`rest::caller`).
//! An expired access token is renewed inside the request that brings it, GET and POST alike.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use services::{Ctx, citizens, sessions};
use shared::fault::{Class, Fault};

use super::{Web, cookies, dress, edge::Facts};

/// Puts the context into the request, and renewed cookies into the answer.
pub async fn bind(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let Some(facts) = request.extensions().get::<Facts>().cloned() else {
        return next.run(request).await;
    };
    let found = match recognise(&web, request.headers()).await {
        Ok(found) => found,
        Err(fault) => {
            let channel = dress::Channel::of(request.uri().path());
            return dress::fault(&web, &fault, &facts, channel);
        }
    };
    let mut ctx = Ctx::visitor(&web.services);
    let citizen = match enter(&web, &mut ctx, found.who, request.headers()).await {
        Ok(citizen) => citizen,
        Err(fault) => {
            let channel = dress::Channel::of(request.uri().path());
            return dress::fault(&web, &fault, &facts, channel);
        }
    };
    ctx.locale = facts.locale;
    ctx.request = Some(facts.id.clone());
    ctx.ip = Some(facts.client.ip.to_string());
    ctx.agent = agent(request.headers());
    let known = cookies::device(request.headers());
    let begun = known
        .is_none()
        .then(|| begins_something(&request).then(|| new_device(&web)))
        .flatten();
    ctx.device = known.or_else(|| begun.clone());
    ctx.new_device = begun.is_some();
    let device = ctx.device.clone();
    // Pages are rendered by tasks of their own, which do not end with the request; their reads do.
    let _over = ctx.wanted.guard();
    request.extensions_mut().insert(ctx);
    let mut response = next.run(request).await;
    // A device that signs in stays known for its whole time again.
    let signs = cookies::opens_session(response.headers());
    if let Some(device) = device.filter(|_| begun.is_some() || signs) {
        response
            .headers_mut()
            .append(header::SET_COOKIE, cookies::of_device(&device));
    }
    if let Some(citizen) = citizen.filter(|_| !cookies::sets(response.headers(), cookies::CITIZEN))
    {
        response.headers_mut().append(header::SET_COOKIE, citizen);
    }
    // Signing in or out sets its own cookies; ours would undo it.
    if !cookies::sets(response.headers(), cookies::SESSION) {
        for cookie in found.cookies.into_iter().flatten() {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// Who calls: somebody of staff, else the citizen of the cookie. Gives that cookie anew when its session has become longer, emptied when it has ended.
async fn enter(
    web: &Web,
    ctx: &mut Ctx,
    staff: Option<sessions::Authenticated>,
    headers: &HeaderMap,
) -> Result<Option<HeaderValue>, Fault> {
    if let Some(staff) = staff {
        ctx.actor = staff.actor;
        ctx.session = Some(staff.session);
        return Ok(None);
    }
    let Some(token) = cookies::read(headers, cookies::CITIZEN) else {
        return Ok(None);
    };
    let Some(known) = citizens::authenticate(&web.services, &token).await? else {
        return Ok(Some(cookies::forget(cookies::CITIZEN)));
    };
    let longer = known.longer.map(|ends_at| {
        let signed_in = citizens::SignedIn { token, ends_at };
        cookies::of_citizen(&signed_in, web.services.now())
    });
    ctx.of_citizen(known);
    Ok(longer)
}

/// What the browser or program says of itself.
pub fn agent(headers: &HeaderMap) -> Option<String> {
    let agent = headers.get(header::USER_AGENT)?;
    shared::account::device::kept(&String::from_utf8_lossy(agent.as_bytes()))
}

/// Pages and calls whose forms are somebody's: the photos of a form, the answer to a repeated call, the one who signs in.
const BEGINNINGS: [&str; 6] = [
    "/file",
    "/track",
    "/sign-in",
    "/sign-in/provider",
    "/fn/form",
    "/fn/photos/draft",
];

fn begins_something(request: &Request) -> bool {
    BEGINNINGS.contains(&request.uri().path().trim_end_matches('/'))
}

/// 32 random characters.
fn new_device(web: &Web) -> String {
    let mut bytes = [0_u8; 16];
    web.services.ids().fill(&mut bytes);
    hex::encode(bytes)
}

/// Who was recognised, and the cookies to set.
struct Found {
    who: Option<sessions::Authenticated>,
    cookies: Option<[HeaderValue; 2]>,
}

/// # Errors
/// Only what is no matter of the session: the store does not answer.
async fn recognise(web: &Web, headers: &HeaderMap) -> Result<Found, Fault> {
    let access = cookies::read(headers, cookies::SESSION);
    let refresh = cookies::read(headers, cookies::REFRESH);
    if let Some(token) = &access {
        match sessions::authenticate(&web.services, token).await {
            Ok(who) => {
                return Ok(Found {
                    who: Some(who),
                    cookies: None,
                });
            }
            Err(fault) if fault.code.class() != Class::SignedOut => return Err(fault),
            Err(_) => {}
        }
    }
    let Some(token) = refresh else {
        return Ok(Found {
            who: None,
            cookies: access.map(|_| cookies::no_session()),
        });
    };
    match sessions::refresh(&web.services, &token).await {
        Ok(signed_in) => {
            let who = sessions::authenticate(&web.services, &signed_in.access_token).await?;
            let cookies = cookies::of_session(&signed_in, web.services.now());
            Ok(Found {
                who: Some(who),
                cookies: Some(cookies),
            })
        }
        Err(fault) if fault.code.class() == Class::SignedOut => Ok(Found {
            who: None,
            cookies: Some(cookies::no_session()),
        }),
        Err(fault) => Err(fault),
    }
}
