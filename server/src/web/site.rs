//! Static files of the site root: browser code, style, icons. Looked for before anything else, without a session.
//! Deliberately absent: uploads and exports, which are never files of the site root.
//! Names with a hash never change their content and may be kept for ever; the others for an hour.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use leptos::config::LeptosOptions;
use tower::ServiceExt;

use super::Web;
use crate::config::hash_file;

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const FOR_AN_HOUR: &str = "public, max-age=3600";

/// Serves the file when there is one, else goes on.
pub async fn files(State(web): State<Web>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let pkg = web.leptos.site_pkg_dir_route_base();
    let of_staff = path
        .strip_prefix('/')
        .and_then(|path| path.strip_prefix(app::STAFF_DIR))
        .is_some_and(|rest| rest.starts_with('/'));
    let in_pkg = of_staff || path.starts_with(&pkg);
    if !reads || !(in_pkg || looks_like_file(path)) {
        return next.run(request).await;
    }
    let hashed = in_pkg && web.leptos.hash_files;
    let mut ask = Request::builder()
        .method(request.method())
        .uri(request.uri());
    for name in [
        header::ACCEPT_ENCODING,
        header::IF_MODIFIED_SINCE,
        header::IF_UNMODIFIED_SINCE,
        header::RANGE,
    ] {
        if let Some(value) = request.headers().get(&name) {
            ask = ask.header(name, value);
        }
    }
    let Ok(ask) = ask.body(axum::body::Body::empty()) else {
        return next.run(request).await;
    };
    let Ok(found) = leptos_axum::site_pkg_dir_service(&web.leptos)
        .oneshot(ask)
        .await;
    match found.status() {
        StatusCode::NOT_FOUND if in_pkg => StatusCode::NOT_FOUND.into_response(),
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => next.run(request).await,
        status if status.is_redirection() && status != StatusCode::NOT_MODIFIED => {
            next.run(request).await
        }
        _ => {
            let mut response = found.into_response();
            let keep = HeaderValue::from_static(if hashed { FOR_EVER } else { FOR_AN_HOUR });
            response.headers_mut().insert(header::CACHE_CONTROL, keep);
            let vary = HeaderValue::from_static("accept-encoding");
            response.headers_mut().insert(header::VARY, vary);
            response
        }
    }
}

/// Only last segments with a dot can be files; ids and words have none.
fn looks_like_file(path: &str) -> bool {
    path.rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.') && !name.starts_with('.'))
}

/// The address of the stylesheet, with the hash that the build gave it.
pub fn stylesheet(options: &LeptosOptions) -> String {
    let base = options.site_pkg_dir_route_base();
    let name = &options.output_name;
    let hash = if options.hash_files { css_hash() } else { None };
    match hash {
        Some(hash) => format!("{base}{name}.{hash}.css"),
        None => format!("{base}{name}.css"),
    }
}

fn css_hash() -> Option<String> {
    let text = std::fs::read_to_string(hash_file()?).ok()?;
    let line = text
        .lines()
        .find_map(|line| line.trim().strip_prefix("css:"));
    line.map(|hash| hash.trim().to_owned())
}
