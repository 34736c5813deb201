//! Approvals (办件): cases of any deployed definition, with the verbs that offices approve with, their timers, services and incidents.
//! Not here: the engine (`bpmn`), tables (`store::approvals`), the ticket's own verbs (`tickets`).
//! Start with `perform` (the runner), then `draft` (a case under a verb), `verbs`; `views` is what people see, `owner` the process owner's part.

mod definitions;
mod denied;
mod discreet;
mod draft;
pub(crate) mod events;
mod forms;
pub mod jobs;
pub mod owner;
mod people;
mod perform;
mod reveal;
mod rights;
pub mod serve;
mod start;
pub(crate) mod starts;
mod time;
mod verbs;
pub mod views;

pub use definitions::Machinery;
pub use events::throw;
pub use reveal::reveal;
pub use start::{start, startable};
pub use verbs::*;

/// Key of the shipped sample.
pub const SAMPLE: &str = "permit-sample";
/// A sample approval on which every verb can be tried; the seed of an empty database.
pub const SHIPPED_SAMPLE: &str = include_str!("../../../bpmn/definitions/permit-sample.bpmn");
