//! What happens: one verb, one file, one transaction. The only way in for pages, programs and the command line.
//! Deliberately absent: HTTP, HTML, SQL text.
//! Start with `context` (who calls, with what), then `tickets` (the verbs) and `public` (the citizen's side).

pub mod applications;
pub mod approvals;
pub mod asked;
pub mod audit;
pub mod backup;
pub mod calendar;
pub mod citizens;
pub mod clock;
pub mod consistency;
pub mod context;
pub mod demo;
pub mod directives;
pub mod directory;
pub mod exports;
pub mod fault;
pub mod files;
pub mod follow_ups;
mod gates;
pub mod gateway;
pub mod host;
pub mod import;
pub mod installation;
pub mod jobs;
pub mod keys;
mod outages;
mod paging;
pub mod personal;
pub mod photos;
pub mod planning;
pub mod process;
pub mod public;
pub mod quality;
pub mod reference;
pub mod register;
pub mod reports;
pub mod scim;
pub mod sessions;
pub mod setup;
pub mod sheet;
pub mod spans;
mod stopped;
pub mod tickets;
pub mod todo;
pub mod tries;
pub mod users;
pub mod views;
pub mod vitals;
mod wanted;
pub mod watch;

pub use context::{
    Clock, Ctx, FixedClock, Ids, SeededIds, Services, ServicesConfig, SystemClock, SystemIds,
};
pub use installation::{Misfit, Opening};
pub use keys::crypto::CryptoConfig;
pub use todo::typed;
pub use wanted::Wanted;
