//! Approvals (办件): cases of any deployed definition, with the verbs that offices approve with, their timers, services and incidents.
//! Not here: the engine (`bpmn`), tables (`store::approvals`), the ticket's own verbs (`tickets`).
//! Start with `perform` (the runner), then `working_copy` (a case under a verb), `verbs`; `views` is what people see, `owner` the process owner's part.

mod asked;
mod discreet;
mod forms;
mod initiator;
mod moves;
pub(crate) mod notices;
mod outside;
pub mod owner;
pub(crate) mod perform;
mod reveal;
pub(crate) mod rights;
mod start;
pub(crate) mod starts;
mod verbs;
pub mod views;
mod working_copy;

use crate::host::{denied, people};

pub use crate::host::{Act, act, read};
pub use outside::throw;
pub use reveal::reveal;
pub use start::{read_start, start, startable};

/// Key of the shipped sample.
pub const SAMPLE: &str = "permit-sample";
/// A sample approval on which every verb can be tried; the seed of an empty database.
pub const SHIPPED_SAMPLE: &str = include_str!("../../../bpmn/definitions/permit-sample.bpmn");
