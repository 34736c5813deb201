//! The product's pages: rendered by Leptos, their forms posted to the same addresses, their server functions under `/fn`.
//! Deliberately absent: what a page shows or a form does (`app`).
//! Read next: `visit`, which tells pages about their request, and `posted`, which reads forms.

use std::{collections::BTreeSet, sync::LazyLock};

use app::forms::{FormFault, FormState};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::from_fn,
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use leptos::{nonce::use_nonce, prelude::use_context};
use leptos_axum::{AxumRouteListing, LeptosRoutes, ResponseOptions};
use services::{Ctx, asked::at_the_door};
use shared::fault::{Code, Fault};

use super::{
    Web, dress,
    edge::Facts,
    functions, headers, posted,
    visit::{self, Refused},
};

/// Every page of the product, as Leptos lists them.
///
/// Listed once a process: while Leptos lists, a flag of the whole process keeps every page that begins to read its data in that moment waiting
/// for ever (leptos issue 4773). No page is answered before the first router stands, and no later router lists again.
pub fn listing() -> Vec<AxumRouteListing> {
    static LISTING: LazyLock<Vec<AxumRouteListing>> =
        LazyLock::new(|| leptos_axum::generate_route_list(app::App));
    LISTING.clone()
}

/// Pages, forms and server functions.
pub fn router(web: &Web) -> Router<Web> {
    let options = web.leptos.clone();
    let shell = move || app::shell(options.clone());
    let mut router = Router::new().leptos_routes_with_context(web, listing(), context(web), shell);
    let pages = listing();
    let patterns: BTreeSet<&str> = app::forms::forms().map(|form| &*form.pattern).collect();
    for pattern in patterns {
        router = if pages.iter().any(|page| page.path() == pattern) {
            router.route(pattern, post(form))
        } else {
            // The page may have this address by a pattern of its own (`/tickets/{id}/{verb}`), which the form's would hide.
            router.route(pattern, get(page).post(form))
        };
    }
    router
        // Leptos would answer an unknown function with a help text that repeats the path (trap P-03).
        .route("/fn/{*rest}", any(|| async { StatusCode::NOT_FOUND }))
        .layer(from_fn(functions::guard))
        .fallback(missing)
}

/// What Leptos calls for each request: the visit, and the policy with the page's nonce.
fn context(web: &Web) -> impl Fn() + Clone + Send + Sync + 'static {
    let web = web.clone();
    move || {
        let Some(parts) = use_context::<axum::http::request::Parts>() else {
            return;
        };
        let Some(ctx) = parts.extensions.get::<Ctx>() else {
            return;
        };
        app::context::provide_visit(visit::of(&web, ctx, &parts));
        // Both are absent inside server functions, which answer with data.
        if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
            && let Ok(policy) = HeaderValue::from_str(&headers::policy(&nonce))
        {
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
}

/// A posted form: 303 when it was accepted, else its page again with what was typed.
async fn form(State(web): State<Web>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let (Some(ctx), Some(facts)) = (
        parts.extensions.get::<Ctx>().cloned(),
        parts.extensions.get::<Facts>().cloned(),
    ) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let path = parts.uri.path().to_owned();
    let Some((route, _)) = app::forms::find(&path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let unread = async |fields: Vec<(String, String)>, fault: Fault| {
        let refusal = FormFault {
            fault: Some(fault.clone()),
            fields: app::forms::shown(fields),
        };
        let response = again(web.clone(), parts.clone(), path.clone(), refusal).await;
        if response.status() != StatusCode::NOT_FOUND {
            return response;
        }
        // The form has no page of its own (the language), or one that cannot be shown.
        dress::fault(&web, &fault, &facts, dress::Channel::Page)
    };
    // The need before the body: nothing is read, held or stored for somebody who may not send it.
    // Who may, and has only to prove it, sends the proof inside the form.
    if let Err(fault) = at_the_door(&ctx, route.need, &route.pattern).await
        && fault.code != Code::ProofNeeded
    {
        // A session that ended while somebody wrote: a plain form is read, within the bound of any visitor's form, and shown with the way on.
        let fields = if fault.code == Code::SignedOut && is_plain(&parts.headers) {
            let request = Request::from_parts(parts.clone(), body);
            let read = posted::read(&ctx, app::forms::Files::None, request).await;
            read.map(|form| form.fields).unwrap_or_default()
        } else {
            drop(body);
            Vec::new()
        };
        return unread(fields, fault).await;
    }
    let rebuilt = Request::from_parts(parts.clone(), body);
    let form = match posted::read(&ctx, route.files, rebuilt).await {
        Ok(form) => form,
        Err(posted::Unread { fault, fields }) => return unread(fields, fault).await,
    };
    let track = visit::followed(&web, &parts.headers);
    match app::forms::handle(&ctx, &form, track).await {
        Ok(redirect) => {
            let to = app::forms::local_path(&redirect.to);
            let location = HeaderValue::from_str(&encode(to));
            let location = location.unwrap_or_else(|_| HeaderValue::from_static("/"));
            let mut response =
                (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response();
            for keep in &redirect.keep {
                for cookie in visit::cookies_for(&web, ctx.session, keep) {
                    response.headers_mut().append(header::SET_COOKIE, cookie);
                }
            }
            if redirect.clears_site() {
                let (name, value) = app::forms::CLEAR_SITE;
                let value = HeaderValue::from_static(value);
                response.headers_mut().insert(name, value);
            }
            response
        }
        Err(refusal) => again(web, parts, form.path, refusal).await,
    }
}

/// Whether a posted form is fields alone, without files.
fn is_plain(headers: &axum::http::HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    kind.and_then(|it| it.to_str().ok())
        .is_some_and(|it| it.starts_with("application/x-www-form-urlencoded"))
}

/// The form's page with what was typed and why it was refused.
async fn again(
    web: Web,
    mut parts: axum::http::request::Parts,
    path: String,
    refusal: FormFault,
) -> Response {
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    parts.extensions.insert(FormState {
        path,
        fields: refusal.fields,
        fault: refusal.fault,
    });
    parts.method = Method::GET;
    let mut response = render(web, Request::from_parts(parts, Body::empty())).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    if status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::SERVICE_UNAVAILABLE {
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(30));
    }
    response
}

/// A page outside of the router, for answers that belong to no route of their own.
pub async fn render(web: Web, request: Request) -> Response {
    let options = web.leptos.clone();
    let handler = leptos_axum::render_app_async_with_context(context(&web), move || {
        app::shell(options.clone())
    });
    handler(request).await
}

/// A page under the address of a form; where there is none, the product's own words say so.
async fn page(State(web): State<Web>, request: Request) -> Response {
    render(web, request).await
}

/// There is no such page: in the product's clothes, with 404.
async fn missing(State(web): State<Web>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let mut response = render(web, request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// A refusal in the product's clothes, for signed-in people and visitors of a page that is no Leptos route.
pub async fn refuse(web: Web, mut parts: axum::http::request::Parts, fault: Fault) -> Response {
    let status = dress::status(&fault);
    parts.extensions.insert(Refused(fault));
    parts.method = Method::GET;
    let mut response = render(web, Request::from_parts(parts, Body::empty())).await;
    *response.status_mut() = status;
    response
}

/// Letters outside ASCII are percent-encoded for the `Location`; everything else stays as the form made it.
pub fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>') {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn locations_are_ascii() {
        assert_eq!(
            encode("/tickets?q=路灯&x=1"),
            "/tickets?q=%E8%B7%AF%E7%81%AF&x=1"
        );
    }
}
