//! Bounds on every request: how large and how slow its body, how much memory, how long until its answer begins.
//! Deliberately absent: how often (`services::tries`), how many connections (`addresses`, `listen`).
//! The bounds are those of the route that was chosen, never of a second reading of the path.

pub mod addresses;
pub mod budget;
mod metered;
pub mod pace;
mod patience;
pub mod steady;

use std::{path::Path, sync::Arc, time::Duration};

use app::forms::Files;
use axum::{
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};

use self::{
    budget::{Held, Trouble},
    metered::Metered,
};
use super::{Web, dress, edge::Facts};
pub use patience::{Running, patience};

/// Where programs send definitions.
const DEFINITIONS: [&str; 2] = ["/api/v1/processes", "/api/v1/processes/check"];
/// Where a page's script sends one photo.
const UPLOAD: &str = "/photos/draft/{draft}";
/// Where files of cases come in: a form's, and the parts of an upload.
const CASE_FILES: [&str; 5] = [
    "/files/uploads/{id}",
    "/approvals/{id}/files",
    "/tickets/{id}/files",
    "/tickets/{id}/assignments/{assignment}/files",
    "/api/v1/files/uploads/{id}",
];
/// Bytes of a definition inside JSON or a form: the engine reads 4 MB, and quotes and line breaks are written as two characters.
const DEFINITION: usize = 6 << 20;

/// Bytes of a table inside a form or JSON: 100,000 lines of some 150 bytes.
const TABLE: usize = 16 << 20;
/// Where programs send tables.
const TABLES: [&str; 2] = [
    "/api/v1/registers/{list}/{area}/table",
    "/api/v1/accounts/import",
];

/// What the route allows.
struct Allowed {
    /// Bytes of the body on its way.
    length: usize,
    /// Bytes of it in memory at the same time.
    memory: usize,
    /// Until the answer begins.
    time: Duration,
    /// The form comes back with words of its own when the body is too long.
    is_form: bool,
}

impl Allowed {
    fn of(web: &Web, request: &Request) -> Self {
        let settings = &web.settings.web;
        let route = request.extensions().get::<MatchedPath>();
        let route = route.map_or("", MatchedPath::as_str);
        let posts = request.method() == Method::POST;
        let form = app::forms::forms().find(|form| posts && form.pattern == route);
        let narrow = Self {
            length: settings.body_limit,
            memory: settings.body_limit,
            time: settings.request_timeout,
            is_form: form.is_some(),
        };
        let files = match form.map(|form| form.files) {
            Some(files) => files,
            None if route == UPLOAD || CASE_FILES.contains(&route) => Files::Photos,
            None if TABLES.contains(&route) => Files::Tables,
            None if DEFINITIONS.contains(&route) => Files::Texts,
            None => Files::None,
        };
        match files {
            Files::Photos => Self {
                length: settings.upload_limit,
                time: settings.long_timeout,
                ..narrow
            },
            Files::Tables => Self {
                length: TABLE,
                memory: TABLE,
                time: settings.long_timeout,
                ..narrow
            },
            Files::Texts => Self {
                length: DEFINITION,
                memory: DEFINITION,
                time: settings.long_timeout,
                ..narrow
            },
            Files::None if Path::new(route).extension().is_some_and(|end| end == "csv") => Self {
                time: settings.long_timeout,
                ..narrow
            },
            Files::None => narrow,
        }
    }
}

/// Keeps body, memory and time within bounds.
pub async fn keep(State(web): State<Web>, request: Request, next: Next) -> Response {
    let allowed = Allowed::of(&web, &request);
    let facts = request.extensions().get::<Facts>().cloned();
    let channel = dress::Channel::of(request.uri().path());
    let held = web.bodies.part(allowed.memory);
    let refuse = |trouble: Trouble| {
        let facts = facts.as_ref()?;
        Some(dress::fault(&web, &trouble.fault(), facts, channel))
    };
    let too_long =
        content_length(request.headers()).is_some_and(|length| length > allowed.length as u64);
    let request = with_meter(&web, request, &held, allowed.length);
    if too_long
        && !allowed.is_form
        && let Some(refused) = refuse(Trouble::TooLarge)
    {
        return refused;
    }
    let Ok(response) = tokio::time::timeout(allowed.time, next.run(request)).await else {
        tracing::warn!("a request took too long and was given up");
        let mut bare = Response::default();
        *bare.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        return bare;
    };
    let trouble = held.trouble();
    let mut response = match trouble {
        // The form's page comes back with words of its own.
        Some(trouble) if !allowed.is_form && !response.status().is_success() => {
            refuse(trouble).unwrap_or(response)
        }
        _ => response,
    };
    if trouble == Some(Trouble::TooSlow) {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}

fn with_meter(web: &Web, mut request: Request, held: &Arc<Held>, most: usize) -> Request {
    request.extensions_mut().insert(Arc::clone(held));
    let lingers = !request.headers().contains_key(header::EXPECT);
    let least = web.settings.web.least();
    request.map(|body| Body::new(Metered::new(body, Arc::clone(held), most, least, lingers)))
}

fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

/// The fault behind a body that could not be read: ours to end, or broken on its way.
pub fn unreadable(held: Option<&Arc<Held>>) -> shared::fault::Fault {
    held.and_then(|held| held.trouble()).map_or_else(
        || shared::fault::Fault::new(shared::fault::Code::InputBody).fact("detail", "unreadable"),
        Trouble::fault,
    )
}
