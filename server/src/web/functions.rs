//! Before a server function: what the library would decide by itself is decided here.
//! Deliberately absent: the functions (`app::api`), reading their bodies (the library, within `bounds`).
//! A caller that accepts HTML would be sent back to whatever its `Referer` names (trap P-09); our forms have paths of their own for that.

use app::{api::FUNCTIONS, error::AppError};
use axum::{
    Json,
    extract::{MatchedPath, Request},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use services::{Ctx, asked::at_the_door};

use super::dress;

/// Asks what the function asks, lets JSON in, and JSON only out.
pub async fn guard(mut request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    let Some(route) = route.filter(|route| route.as_str().starts_with("/fn/")) else {
        return next.run(request).await;
    };
    let function = FUNCTIONS.iter().find(|(path, _)| *path == route.as_str());
    if let Some((path, need)) = function {
        let Some(ctx) = request.extensions().get::<Ctx>() else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        if let Err(fault) = at_the_door(ctx, *need, path).await {
            return (dress::status(&fault), Json(AppError(fault))).into_response();
        }
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
