//! Bounds on every request: how large its body, how long until its answer begins.
//! Deliberately absent: how often (`rate`) and how many connections (`listen`).
//! Forms with photos, uploads and exports have wider bounds; everything else has the narrow ones.

mod patience;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::Limited;

use super::Web;
pub use patience::patience;

/// Where programs send definitions.
const DEFINITIONS: &str = "/api/v1/processes";
/// Bytes of a definition inside JSON: the engine reads 4 MB, and quotes and line breaks are written as two characters.
const DEFINITION: usize = 6 << 20;

/// Keeps body and time within bounds; bare answers are dressed further out.
pub async fn keep(State(web): State<Web>, request: Request, next: Next) -> Response {
    let settings = &web.settings.web;
    let upload = is_upload(&request);
    let limit = if upload {
        settings.upload_limit
    } else if request.uri().path().starts_with(DEFINITIONS) {
        DEFINITION
    } else {
        settings.body_limit
    };
    let long = upload || request.uri().path().ends_with(".csv");
    let time = if long {
        settings.long_timeout
    } else {
        settings.request_timeout
    };
    if content_length(request.headers()).is_some_and(|length| length > limit as u64) {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    let request = request.map(|body| Body::new(Limited::new(body, limit)));
    if let Ok(response) = tokio::time::timeout(time, next.run(request)).await {
        response
    } else {
        tracing::warn!("a request took too long and was given up");
        StatusCode::SERVICE_UNAVAILABLE.into_response()
    }
}

fn is_upload(request: &Request) -> bool {
    let path = request.uri().path();
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|it| it.to_str().ok());
    let multipart = kind.is_some_and(|kind| kind.starts_with("multipart/form-data"));
    let program = path.starts_with("/api/") || path.starts_with("/fn/");
    path.starts_with("/photos/") || (multipart && !program)
}

fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

/// Whether reading a body failed because it was longer than allowed.
pub fn is_too_large(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut error = Some(error);
    while let Some(inner) = error {
        if inner.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        error = inner.source();
    }
    false
}
