//! What happens: one verb, one file, one transaction. The only way in for pages, programs and the command line.
//! Deliberately absent: HTTP, HTML, SQL text.
//! Start with `context` (who calls, with what), then `tickets` (the verbs) and `public` (the citizen's side).

pub mod cases;
pub mod context;
pub mod fault;
pub mod keys;
pub mod notices;
pub mod process;
pub mod public;
pub mod reference;
pub mod tickets;
pub mod views;

pub use context::{Clock, Ctx, FixedClock, Ids, SeededIds, Services, ServicesConfig, SystemClock, SystemIds};
