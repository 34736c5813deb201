//! The outermost layer: request id, language, client, log line, figures, panics, headers. Every answer passes here.
//! Deliberately absent: anything that depends on the route or on who is signed in.
//! The request id is the incident id of a panic or time-out, and stands in every log line of the request (I11).

use std::{panic::AssertUnwindSafe, time::Instant};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, Method},
    middleware::Next,
    response::Response,
};
use futures::FutureExt;
use shared::{
    fault::{Code, Fault},
    text::Locale,
};
use tracing::Instrument;

use super::{Web, bounds::addresses::Placed, client, client::Client, dress, headers, locale};

/// What is known of every request before it is looked at.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Links page, log and audit.
    pub id: String,
    /// Who is at the other end.
    pub client: Client,
    /// Language of errors.
    pub locale: Locale,
}

impl Facts {
    /// A defect: the fault that shows this request's id.
    pub fn broken(&self) -> Fault {
        Fault {
            incident: Some(self.id.clone()),
            ..Fault::new(Code::Broken)
        }
    }
}

/// Wraps the whole router.
pub async fn wrap(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let facts = facts(&web, &request);
    request.extensions_mut().insert(facts.clone());
    let method = known(request.method());
    let route = route(&request);
    let channel = dress::Channel::of(request.uri().path());
    let quiet = request.uri().path().starts_with("/pkg/")
        || matches!(
            route.as_str(),
            "/health/live" | "/health/ready" | "/metrics"
        );
    let span = tracing::info_span!("request", request.id = %facts.id, http.method = method, http.route = %route);
    let place = web.addresses.enter(facts.client.ip);
    let answer = if let Some(place) = place {
        AssertUnwindSafe(next.run(request))
            .catch_unwind()
            .instrument(span.clone())
            .await
            .map(|response| response.map(|body| Placed::body(body, place)))
    } else {
        metrics::counter!("minsheng_address_refused_total", "at" => "request").increment(1);
        Ok(dress::fault(
            &web,
            &Fault::new(Code::RateLimited),
            &facts,
            channel,
        ))
    };
    let mut response = answer.unwrap_or_else(|panic| {
        span.in_scope(|| tracing::error!(cause = said(&*panic), "a request panicked"));
        metrics::counter!("minsheng_panics_total").increment(1);
        dress::fault(&web, &facts.broken(), &facts, channel)
    });
    headers::secure(response.headers_mut(), facts.client.https);
    if let Ok(id) = HeaderValue::from_str(&facts.id) {
        response.headers_mut().insert("x-request-id", id);
    }
    let seconds = started.elapsed().as_secs_f64();
    let status = response.status().as_u16();
    count(method, &route, status, seconds);
    span.in_scope(|| {
        let milliseconds = (seconds * 1000.0) as u64;
        if quiet {
            tracing::debug!(http.status = status, milliseconds, "answered");
        } else {
            tracing::info!(http.status = status, milliseconds, "answered");
        }
    });
    response
}

fn facts(web: &Web, request: &Request) -> Facts {
    let peer = request.extensions().get::<client::Peer>().copied();
    Facts {
        id: hex::encode(web.services.new_id().as_bytes()),
        client: client::of(peer, request.headers(), &web.settings.web.trusted_proxies),
        locale: locale::of(request.headers()),
    }
}

fn count(method: &'static str, route: &str, status: u16, seconds: f64) {
    let labels = [
        ("method", method.to_owned()),
        ("route", route.to_owned()),
        ("status", status.to_string()),
    ];
    metrics::counter!("minsheng_requests_total", &labels).increment(1);
    metrics::histogram!("minsheng_request_seconds", "route" => route.to_owned()).record(seconds);
}

/// The route's pattern; never the path itself, which may name a ticket or carry typed words.
fn route(request: &Request) -> String {
    let matched = request.extensions().get::<MatchedPath>();
    matched.map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned())
}

/// A method of our own list, so that nobody can fill the figures with invented ones.
fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

fn said(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}
