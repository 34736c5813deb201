//! Before a server function: what the library would decide by itself is decided here.
//! Deliberately absent: the functions (`app::api`), reading their bodies (the library, within `bounds`).
//! A caller that accepts HTML would be sent back to whatever its `Referer` names (trap P-09); our forms have paths of their own for that.

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Lets JSON in, and JSON only out.
pub async fn guard(mut request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    if !route.is_some_and(|route| route.as_str().starts_with("/fn/")) {
        return next.run(request).await;
    }
    if !is_json(request.headers()) {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    let headers = request.headers_mut();
    headers.remove(header::REFERER);
    let json = HeaderValue::from_static("application/json");
    headers.insert(header::ACCEPT, json);
    next.run(request).await
}

/// Nothing said is taken for JSON; anything else than JSON is refused before the body is read.
fn is_json(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_none_or(|kind| {
        let kind = String::from_utf8_lossy(kind.as_bytes());
        let bare = kind.split(';').next().unwrap_or_default().trim();
        bare.is_empty() || bare.eq_ignore_ascii_case("application/json")
    })
}
