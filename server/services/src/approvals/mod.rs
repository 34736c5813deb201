//! Approvals (办件): cases of any deployed definition, with the verbs that offices approve with, their timers, services and incidents.
//! Not here: the engine (`bpmn`), tables (`store::approvals`), the ticket's own verbs (`tickets`).
//! Start with `perform` (the runner), then `draft` (a case under a verb), `verbs`; `views` is what people see, `owner` the process owner's part.

mod discreet;
mod draft;
mod forms;
mod initiator;
mod moves;
mod outside;
pub mod owner;
mod perform;
mod reveal;
pub(crate) mod rights;
mod start;
pub(crate) mod starts;
mod verbs;
pub mod views;

use crate::host::{denied, people};

pub use outside::throw;
pub use reveal::reveal;
pub use start::{start, startable};
pub use verbs::*;

/// Key of the shipped sample.
pub const SAMPLE: &str = "permit-sample";
/// A sample approval on which every verb can be tried; the seed of an empty database.
pub const SHIPPED_SAMPLE: &str = include_str!("../../../bpmn/definitions/permit-sample.bpmn");
