//! The web edge: one router for pages, forms, server functions, REST, files and probes, with the layers around it.
//! Deliberately absent: what any of them does; each handler decodes, calls one service function, and dresses the answer.
//! Read next: `edge` (outermost), `session` (who), `pages` and `rest` (the two large parts).

mod bounds;
mod client;
mod cookies;
mod deployed;
mod dress;
mod edge;
mod export;
mod files;
mod functions;
mod gate;
mod headers;
mod identity;
pub mod listen;
mod locale;
mod packing;
pub mod pages;
mod posted;
mod probes;
pub mod rest;
mod results;
mod sealed;
mod session;
mod site;
mod visit;

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRef},
    http::{Extensions, HeaderMap, StatusCode, Version, header},
    middleware::{from_fn, from_fn_with_state},
    routing::{get, post},
};
use leptos::config::LeptosOptions;
use services::Services;
use shared::access::{Need, needs};
use tokio_util::sync::CancellationToken;
use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    csrf::CsrfLayer,
};

use crate::config::Settings;
pub use bounds::pace::Least;
pub use client::Peer;
pub use probes::recorder;

/// What every handler shares. Cheap to clone.
#[derive(Clone)]
pub struct Web {
    /// The services of the process.
    pub services: Services,
    /// The configuration.
    pub settings: Arc<Settings>,
    /// What Leptos needs to know.
    pub leptos: LeptosOptions,
    /// Memory for the bodies of all requests.
    pub bodies: bounds::budget::Budget,
    /// Requests of each address.
    pub addresses: Arc<bounds::addresses::Addresses>,
    /// Raised when the server is told to stop.
    pub stopping: CancellationToken,
    stylesheet: Arc<str>,
}

impl Web {
    /// The shared state for a configuration.
    pub fn new(services: Services, settings: Settings, stopping: CancellationToken) -> Self {
        let leptos = settings.leptos();
        let stylesheet = site::stylesheet(&leptos).into();
        let bodies = bounds::budget::Budget::new(settings.web.bodies);
        let addresses = bounds::addresses::Addresses::new(&settings.web);
        Self {
            services,
            settings: Arc::new(settings),
            leptos,
            bodies,
            addresses,
            stopping,
            stylesheet,
        }
    }

    /// The address of the product's style, for pages that are not rendered by Leptos.
    pub fn stylesheet(&self) -> &str {
        &self.stylesheet
    }
}

impl FromRef<Web> for LeptosOptions {
    fn from_ref(web: &Web) -> Self {
        web.leptos.clone()
    }
}

/// Routes of people's browsers that are no Leptos pages, by method and path, with what they ask. The services behind them ask it.
pub const FILES: &[(&str, Need)] = &[
    ("POST /photos/draft/{draft}", Need::Draft),
    ("GET /sign-in/provider/go", Need::Nothing),
    ("GET /sign-in/provider/back", Need::Nothing),
    ("GET /photos/{id}", needs::TICKETS),
    ("GET /files/{id}", needs::FILES),
    ("POST /tickets/{id}/files", needs::FILES),
    (
        "POST /tickets/{id}/assignments/{assignment}/files",
        needs::FILES,
    ),
    ("POST /approvals/{id}/files", needs::FILES),
    ("POST /files/{id}/remove", needs::FILES),
    ("POST /files/uploads", needs::FILES),
    ("GET /files/uploads/{id}", needs::FILES),
    ("PATCH /files/uploads/{id}", needs::FILES),
    ("DELETE /files/uploads/{id}", needs::FILES),
    ("GET /tickets/export.csv", needs::EXPORT),
    ("GET /approvals/export.csv", needs::EXPORT),
    ("GET /audit/export.csv", needs::AUDIT),
    ("GET /staff/jobs/{id}/result.csv", needs::EXPORT),
    ("GET /data-requests/{id}/cut.csv", needs::TICKETS),
    ("GET /office/lists/{list}/{area}/rows.csv", needs::REGISTER),
    ("GET /reports/files/{file}", needs::REPORT),
    (
        "GET /processes/{key}/{version}/definition.bpmn",
        needs::PROCESSES,
    ),
    (
        "GET /decisions/{key}/{version}/tables.dmn",
        needs::PROCESSES,
    ),
];

/// Routes of machines that watch the server, by method and path, with what they ask.
pub const PROBES: &[(&str, Need)] = &[
    ("GET /health/live", Need::Nothing),
    ("GET /health/ready", Need::Nothing),
    ("GET /metrics", Need::Watcher),
];

/// Paths of identity managements (SCIM), by method and path, with what they ask.
pub const SCIM: &[(&str, Need)] = &[
    ("GET /scim/v2/ServiceProviderConfig", needs::PROVISIONING),
    ("GET /scim/v2/ResourceTypes", needs::PROVISIONING),
    ("GET /scim/v2/Schemas", needs::PROVISIONING),
    ("GET /scim/v2/Users", needs::PROVISIONING),
    ("POST /scim/v2/Users", needs::PROVISIONING),
    ("GET /scim/v2/Groups", needs::PROVISIONING),
    ("GET /scim/v2/{kind}/{id}", needs::PROVISIONING),
    ("PUT /scim/v2/{kind}/{id}", needs::PROVISIONING),
    ("PATCH /scim/v2/{kind}/{id}", needs::PROVISIONING),
    ("DELETE /scim/v2/{kind}/{id}", needs::PROVISIONING),
];

/// What is sent in ranges is never packed: a range is one of the file itself.
fn comes_as_it_is(
    _status: StatusCode,
    _version: Version,
    headers: &HeaderMap,
    _more: &Extensions,
) -> bool {
    !headers.contains_key(header::ACCEPT_RANGES)
}

/// Files that people send and take, and the ways to an identity provider: no page stands behind them.
fn downloads() -> Router<Web> {
    Router::new()
        .route("/photos/draft/{draft}", post(files::photos::upload))
        .route("/sign-in/provider/go", get(identity::provider::go))
        .route("/sign-in/provider/back", get(identity::provider::back))
        .route("/photos/{id}", get(files::photos::show))
        .route("/files/{id}", get(files::save))
        .route("/tickets/{id}/files", post(files::put_to_ticket))
        .route(
            "/tickets/{id}/assignments/{assignment}/files",
            post(files::put_to_reply),
        )
        .route("/approvals/{id}/files", post(files::put_to_approval))
        .route("/files/{id}/remove", post(files::remove))
        .route("/files/uploads", post(files::uploads::begin))
        .route(
            "/files/uploads/{id}",
            get(files::uploads::state)
                .patch(files::uploads::append)
                .delete(files::uploads::give_up),
        )
        .route("/tickets/export.csv", get(export::tickets))
        .route("/approvals/export.csv", get(files::approvals::export))
        .route("/audit/export.csv", get(files::audit::export))
        .route("/staff/jobs/{id}/result.csv", get(results::take))
        .route("/data-requests/{id}/cut.csv", get(results::cut))
        .route(
            "/office/lists/{list}/{area}/rows.csv",
            get(files::lists::rows),
        )
        .route("/reports/files/{file}", get(files::reports::take))
        .route(
            "/processes/{key}/{version}/definition.bpmn",
            get(deployed::definition),
        )
        .route(
            "/decisions/{key}/{version}/tables.dmn",
            get(deployed::tables),
        )
}

/// Everything the server answers.
pub fn router(web: Web) -> Router {
    let with = |web: &Web| web.clone();
    let downloads = downloads();
    // Innermost first: who, then whether the post comes from our own pages. How often is asked where the call is decoded.
    let people = pages::router(&web)
        .layer(from_fn(bounds::patience))
        .merge(downloads)
        .layer(from_fn_with_state(with(&web), session::bind))
        .layer(CsrfLayer::new())
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(with(&web), site::files))
        .layer(
            // Pages are made anew for each request, so the time of packing is spent each time: the quick end of the scale.
            CompressionLayer::new()
                .quality(CompressionLevel::Precise(2))
                .compress_when(
                    DefaultPredicate::new()
                        .and(NotForContentType::new("text/csv"))
                        .and(NotForContentType::new("image/"))
                        .and(comes_as_it_is),
                ),
        )
        .layer(from_fn(packing::of_people));
    let programs = rest::router(&web)
        .merge(identity::scim::router())
        .layer(DefaultBodyLimit::disable())
        .layer(
            CompressionLayer::new()
                .quality(CompressionLevel::Precise(2))
                .compress_when(DefaultPredicate::new().and(comes_as_it_is)),
        )
        .layer(from_fn(packing::of_programs));
    let probes = Router::new()
        .route("/health/live", get(probes::live))
        .route("/health/ready", get(probes::ready))
        .route("/metrics", get(probes::figures));
    Router::new()
        .merge(probes)
        .merge(programs)
        .merge(people)
        .layer(from_fn_with_state(with(&web), bounds::keep))
        .layer(from_fn_with_state(with(&web), gate::keep))
        .layer(from_fn_with_state(with(&web), dress::bare))
        .layer(from_fn_with_state(with(&web), edge::wrap))
        .with_state(web)
}
