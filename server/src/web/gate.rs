//! Encrypted or on the machine itself: on any other address the session cookies cannot work, and tokens would travel in clear.
//! Deliberately absent: TLS, which the proxy in front speaks.
//! Read next: `client`, which decides what a proxy may claim.

use axum::{
    extract::{MatchedPath, Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use shared::{
    fault::Fault,
    text::{Locale, edge},
};

use super::{PROBES, Web, client, dress, edge::Facts};

/// What the refusing page itself needs.
const OPEN: &str = "/pkg/";

/// Lets https and loopback pass; anything else gets words.
pub async fn keep(State(web): State<Web>, request: Request, next: Next) -> Response {
    let facts = request.extensions().get::<Facts>();
    let https = facts.is_some_and(|facts| facts.client.https);
    let locale = facts.map_or(Locale::Zh, |facts| facts.locale);
    let path = request.uri().path();
    let host = client::host(request.headers(), request.uri());
    let route = request.extensions().get::<MatchedPath>();
    let is_probe = route.is_some_and(|route| {
        let route = route.as_str();
        PROBES
            .iter()
            .any(|(name, _)| name.strip_prefix("GET ") == Some(route))
    });
    if https || client::is_loopback(host) || is_probe || path.starts_with(OPEN) {
        return next.run(request).await;
    }
    if dress::Channel::of(path) == dress::Channel::Program {
        return dress::json(&Fault::denied().fact("reason", "https_required"), locale);
    }
    let name = host.split(':').next().unwrap_or_default();
    let name = if name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
    {
        name
    } else {
        ""
    };
    let mut body = format!("<p>{}</p>", edge::INSECURE.get(locale));
    if !name.is_empty() {
        body += &format!(
            "<p><a href=\"https://{name}/\">{}</a></p>",
            edge::TO_HTTPS.get(locale)
        );
    }
    body += &format!("<p>{}</p>", edge::INSECURE_OPERATOR.get(locale));
    let title = edge::INSECURE_TITLE.get(locale);
    (
        StatusCode::FORBIDDEN,
        dress::document(&web, title, &body, locale),
    )
        .into_response()
}
