//! The programs' entrance, `/api/v1`: bearer tokens only, JSON in snake_case, described by OpenAPI.
//! Deliberately absent: rules; each handler decodes, calls one service function and gives its view.
//! A new path is one line here with what it asks; then renew `docs/openapi.json` with `minsheng openapi`.

mod approvals;
mod caller;
mod citizens;
mod directives;
mod document;
mod doors;
mod exports;
mod files;
mod jobs;
mod office;
mod page;
mod partner;
mod plan;
mod processes;
mod provider;
mod public;
mod read;
mod reports;
mod sessions;
mod ticket;
mod tickets;
mod verb;

use axum::{
    Json, Router,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{any, get},
};
use shared::{
    access::{Need, needs},
    approval::ApprovalVerb as A,
    fault::{Code, Fault},
    text::Locale,
    ticket::Verb as V,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Web, dress};
pub use caller::unnumbered;
pub use document::document;
use doors::Doors;
pub use doors::rows;
use reports::requests;
use ticket::{bulk, follow_ups, paper, persons, phrases, search, todo, together, unseen, views};

/// Where the interface begins.
pub const PREFIX: &str = "/api/v1";

/// What a handler gives: the view as JSON, or the fault in the caller's language.
pub type Answer<T> = Result<Json<T>, Refused>;

/// A fault on its way out.
pub struct Refused(Fault, Locale);

impl Refused {
    /// A fault for a caller of this language.
    pub fn new(fault: Fault, locale: Locale) -> Self {
        // What a program does about it stands beside the code.
        let path = match fault.code {
            Code::ProofNeeded => Some("POST /api/v1/sessions/proof"),
            Code::FactorNeeded => Some("POST /api/v1/sessions/code"),
            Code::PasswordChange => Some("POST /api/v1/account/password"),
            _ => None,
        };
        match path {
            Some(path) => Self(fault.fact("path", path), locale),
            None => Self(fault, locale),
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        dress::json(&self.0, self.1)
    }
}

/// Every described path with what it asks.
fn described() -> Doors {
    let doors = office::doors(verb::doors(Doors::default()));
    let doors = doors
        .open(Need::Nothing, routes!(sessions::create))
        .open(needs::OWN, routes!(sessions::prove))
        .open(needs::SECOND, routes!(sessions::second))
        .open(Need::Nothing, routes!(provider::log_out))
        .open(needs::OWN, routes!(provider::own))
        .open(needs::OWN, routes!(provider::unlink))
        .open(needs::ACCOUNTS, routes!(provider::list))
        .open(needs::RESETS, routes!(provider::link_of))
        .open(needs::RESETS, routes!(provider::unlink_of))
        .open(needs::TICKETS, routes!(tickets::list))
        .open(V::Register.need(), routes!(tickets::register))
        .open(needs::TICKETS, routes!(bulk::run))
        .open(needs::TICKETS, routes!(bulk::get))
        .open(needs::TICKETS, routes!(tickets::get))
        .open(needs::TICKETS, routes!(tickets::history))
        .open(V::Reveal.need(), routes!(tickets::reveal))
        .open(needs::REVEAL, routes!(persons::ask))
        .open(needs::DISPATCHING, routes!(together::likely))
        .open(needs::DISPATCHING, routes!(together::gather))
        .open(needs::TO_DO, routes!(tickets::tasks))
        .open(needs::TO_DO, routes!(todo::list))
        .open(needs::TICKETS, routes!(todo::note))
        .open(needs::TICKETS, routes!(todo::follow_ticket))
        .open(needs::TICKETS, routes!(todo::unfollow_ticket))
        .open(needs::APPROVALS, routes!(todo::follow_approval))
        .open(needs::APPROVALS, routes!(todo::unfollow_approval))
        .open(needs::TICKETS, routes!(directives::list))
        .open(needs::TICKETS, routes!(directives::get))
        .open(needs::PLANS, routes!(plan::read))
        .open(needs::ALARMS, routes!(plan::alarms))
        .open(needs::FOLLOW_UPS, routes!(follow_ups::list))
        .open(needs::FOLLOW_UPS, routes!(follow_ups::next))
        .open(needs::FOLLOW_UPS, routes!(follow_ups::take))
        .open(needs::FOLLOW_UPS, routes!(follow_ups::give_back));
    beside(doors)
}

/// The second half of them: paper forms, approvals with their processes, files, jobs, citizens.
fn beside(doors: Doors) -> Doors {
    let doors = doors
        .open(needs::DIRECTORY, routes!(search::search))
        .open(needs::TICKETS, routes!(views::facets))
        .open(needs::TICKETS, routes!(unseen::unseen))
        .open(needs::TICKETS, routes!(views::list))
        .open(needs::TICKETS, routes!(views::keep))
        .open(needs::TICKETS, routes!(views::change))
        .open(needs::TICKETS, routes!(views::remove))
        .open(needs::TICKETS, routes!(views::follow))
        .open(needs::TICKETS, routes!(phrases::list))
        .open(needs::TICKETS, routes!(phrases::keep))
        .open(needs::TICKETS, routes!(phrases::change))
        .open(needs::TICKETS, routes!(phrases::remove))
        .open(needs::DESK, routes!(paper::list))
        .open(needs::DESK, routes!(paper::reserve))
        .open(needs::DESK, routes!(paper::void))
        .open(needs::FILING, routes!(approvals::startable))
        .open(needs::APPROVALS, routes!(approvals::list))
        .open(A::Start.need(), routes!(approvals::start))
        .open(needs::APPROVALS, routes!(approvals::get))
        .open(needs::REVEAL, routes!(approvals::reveal))
        .open(needs::PROCESSES, routes!(processes::list))
        .open(needs::DEPLOYING, routes!(processes::deploy))
        .open(needs::PROCESSES, routes!(processes::check))
        .open(needs::PROCESSES, routes!(processes::get))
        .open(needs::PROCESSES, routes!(processes::definition))
        .open(needs::PROCESSES, routes!(processes::table))
        .open(needs::DEPLOYING, routes!(processes::activate))
        .open(needs::DEPLOYING, routes!(processes::withdraw))
        .open(needs::DEPLOYING, routes!(processes::withdraw_part))
        .open(needs::DEPLOYING, routes!(processes::retrace))
        .open(needs::OPERATING, routes!(processes::throw))
        .open(A::Migrate.need(), routes!(processes::migrate))
        .open(A::UndoMigration.need(), routes!(processes::undo))
        .open(needs::FILES, routes!(files::begin))
        .open(needs::FILES, routes!(files::state))
        .open(needs::FILES, routes!(files::append))
        .open(needs::FILES, routes!(files::give_up))
        .open(needs::TICKETS, routes!(files::of_ticket))
        .open(needs::APPROVALS, routes!(files::of_approval))
        .open(needs::FILES, routes!(files::get))
        .open(needs::FILES, routes!(files::remove))
        .open(needs::FILES, routes!(files::content))
        .open(needs::FILES, routes!(files::pass_on))
        .open(needs::JOBS, routes!(jobs::list))
        .open(needs::EXPORT, routes!(jobs::export))
        .open(needs::JOBS, routes!(jobs::get))
        .open(needs::JOBS, routes!(jobs::cancel))
        .open(needs::STATEMENTS, routes!(office::statements::list))
        .open(needs::EXPORT, routes!(jobs::result))
        .open(needs::EXPORT, routes!(exports::list))
        .open(needs::EXPORT, routes!(exports::keep))
        .open(needs::EXPORT, routes!(exports::remove))
        .open(Need::Code, routes!(public::lookup))
        .open(Need::Nothing, routes!(citizens::code))
        .open(Need::Nothing, routes!(citizens::sign_in))
        .open(needs::CITIZEN, routes!(citizens::sign_out))
        .open(needs::CITIZEN, routes!(citizens::account))
        .open(needs::CITIZEN, routes!(citizens::list))
        .open(needs::CITIZEN, routes!(citizens::data))
        .open(needs::CITIZEN, routes!(citizens::file))
        .open(needs::CITIZEN, routes!(citizens::mandates))
        .open(needs::CITIZEN, routes!(citizens::ask_mandate))
        .open(needs::CITIZEN, routes!(citizens::end_mandate))
        .open(needs::CITIZEN, routes!(citizens::ask_correction))
        .open(needs::CITIZEN, routes!(citizens::ask_erasure))
        .open(needs::CITIZEN, routes!(citizens::take_back_wish))
        .open(needs::CITIZEN, routes!(citizens::get))
        .open(needs::CITIZEN, routes!(citizens::urge))
        .open(needs::CITIZEN, routes!(citizens::reopen))
        .open(needs::CITIZEN, routes!(citizens::rate))
        .open(needs::CITIZEN, routes!(citizens::withdraw));
    figures(doors)
}

/// The last of them: what is counted, and requests for figures.
fn figures(doors: Doors) -> Doors {
    doors
        .open(needs::REPORT, routes!(reports::overview))
        .open(needs::REPORT, routes!(reports::measures))
        .open(needs::REPORT, routes!(reports::cube))
        .open(needs::REPORT, routes!(reports::frozen))
        .open(needs::REPORT, routes!(reports::standard::show))
        .open(needs::REPORT, routes!(reports::standard::file))
        .open(needs::REPORT, routes!(reports::standard::list))
        .open(needs::REPORT, routes!(reports::standard::keep))
        .open(needs::REPORT, routes!(reports::standard::kept))
        .open(needs::REPORT, routes!(reports::standard::kept_file))
        .open(needs::SIGNING, routes!(reports::standard::sign))
        .open(needs::REPORT, routes!(reports::standard::comment))
        .open(needs::REPORT, routes!(reports::schedules::all))
        .open(needs::REPORT, routes!(reports::schedules::add))
        .open(needs::REPORT, routes!(reports::schedules::go_on))
        .open(needs::REPORT, routes!(reports::schedules::end))
        .open(needs::REPORT, routes!(reports::warnings::pivots))
        .open(needs::REPORT, routes!(reports::warnings::keep))
        .open(needs::REPORT, routes!(reports::warnings::delete))
        .open(needs::REPORT, routes!(reports::warnings::warnings))
        .open(needs::REPORT, routes!(reports::warnings::answer))
        .open(needs::TICKETS, routes!(reports::board::list))
        .open(needs::TICKETS, routes!(reports::board::show))
        .open(needs::TICKETS, routes!(reports::board::pin))
        .open(needs::TICKETS, routes!(reports::board::front))
        .open(needs::TICKETS, routes!(reports::board::unpin))
        .open(needs::REPORT, routes!(reports::touched))
        .open(needs::REPORT, routes!(reports::three))
        .open(needs::REPORT, routes!(reports::checks))
        .open(needs::REPORT, routes!(reports::check))
        .open(needs::TICKETS, routes!(requests::list))
        .open(needs::TICKETS, routes!(requests::ask))
        .open(needs::REPORT, routes!(requests::decide))
        .open(needs::TICKETS, routes!(requests::withdraw))
        .open(needs::TICKETS, routes!(requests::take))
}

/// The router of the interface with its description; unknown paths below `/api/` are plain 404.
pub fn router(_web: &Web) -> Router<Web> {
    let (routes, _) = OpenApiRouter::new()
        .nest(PREFIX, described().routes)
        .split_for_parts();
    routes
        .route("/api/v1/openapi.json", get(|| async { Json(document()) }))
        .route("/api/v1/docs", get(page::show))
        .route("/api/{*rest}", any(|| async { StatusCode::NOT_FOUND }))
}
