//! The programs' entrance, `/api/v1`: bearer tokens only, JSON in snake_case, described by OpenAPI.
//! Deliberately absent: rules; each handler decodes, calls one service function and gives its view.
//! A new verb is one line in `tickets` or `assignments`; then renew `docs/openapi.json` with `minsheng openapi`.

mod approvals;
mod assignments;
mod caller;
mod directory;
mod document;
mod jobs;
mod page;
mod processes;
mod public;
mod read;
mod reports;
mod sessions;
mod tickets;

use axum::{
    Json, Router,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{any, get},
};
use shared::{fault::Fault, text::Locale};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Web, dress};
pub use document::document;

/// Where the interface begins.
pub const PREFIX: &str = "/api/v1";

/// What a handler gives: the view as JSON, or the fault in the caller's language.
pub type Answer<T> = Result<Json<T>, Refused>;

/// A fault on its way out.
pub struct Refused(Fault, Locale);

impl Refused {
    /// A fault for a caller of this language.
    pub fn new(fault: Fault, locale: Locale) -> Self {
        Self(fault, locale)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        dress::json(&self.0, self.1)
    }
}

/// Every described path.
fn described() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(sessions::create))
        .routes(routes!(tickets::list, tickets::register))
        .routes(routes!(tickets::get))
        .routes(routes!(tickets::history))
        .routes(routes!(tickets::answer))
        .routes(routes!(tickets::decline))
        .routes(routes!(tickets::confirm_decline))
        .routes(routes!(tickets::dispatch))
        .routes(routes!(tickets::recall))
        .routes(routes!(tickets::review))
        .routes(routes!(tickets::follow_up))
        .routes(routes!(tickets::redo))
        .routes(routes!(tickets::close))
        .routes(routes!(tickets::withdraw))
        .routes(routes!(tickets::urge))
        .routes(routes!(tickets::reveal))
        .routes(routes!(tickets::tasks))
        .routes(routes!(assignments::sign))
        .routes(routes!(assignments::send_back))
        .routes(routes!(assignments::rule))
        .routes(routes!(assignments::reply))
        .routes(routes!(assignments::review))
        .routes(routes!(approvals::startable))
        .routes(routes!(approvals::list, approvals::start))
        .routes(routes!(approvals::get))
        .routes(routes!(approvals::reveal))
        .routes(routes!(approvals::decide))
        .routes(routes!(approvals::reject))
        .routes(routes!(approvals::take_back))
        .routes(routes!(approvals::add_signer))
        .routes(routes!(approvals::remove_signer))
        .routes(routes!(approvals::transfer))
        .routes(routes!(approvals::delegate))
        .routes(routes!(approvals::copy))
        .routes(routes!(approvals::claim))
        .routes(routes!(approvals::release))
        .routes(routes!(approvals::ask_correction))
        .routes(routes!(approvals::correct))
        .routes(routes!(approvals::accept_lacking))
        .routes(routes!(approvals::supply))
        .routes(routes!(approvals::suspend))
        .routes(routes!(approvals::resume))
        .routes(routes!(approvals::cancel))
        .routes(routes!(approvals::change_due))
        .routes(routes!(approvals::jump))
        .routes(routes!(approvals::set_variables))
        .routes(routes!(approvals::message))
        .routes(routes!(approvals::retry))
        .routes(routes!(approvals::skip))
        .routes(routes!(processes::list, processes::deploy))
        .routes(routes!(processes::check))
        .routes(routes!(processes::get))
        .routes(routes!(processes::activate))
        .routes(routes!(processes::withdraw))
        .routes(routes!(processes::throw))
        .routes(routes!(processes::migrate))
        .routes(routes!(processes::undo))
        .routes(routes!(jobs::list, jobs::export))
        .routes(routes!(jobs::get))
        .routes(routes!(jobs::cancel))
        .routes(routes!(jobs::result))
        .routes(routes!(public::lookup))
        .routes(routes!(reports::overview))
        .routes(routes!(directory::units))
        .routes(routes!(directory::categories))
        .routes(routes!(directory::divisions))
}

/// The router of the interface with its description; unknown paths below `/api/` are plain 404.
pub fn router(_web: &Web) -> Router<Web> {
    let (routes, _) = OpenApiRouter::new()
        .nest(PREFIX, described())
        .split_for_parts();
    routes
        .route("/api/v1/openapi.json", get(|| async { Json(document()) }))
        .route("/api/v1/docs", get(page::show))
        .route("/api/{*rest}", any(|| async { StatusCode::NOT_FOUND }))
}
