//! Approvals (办件): cases of any deployed definition, with the verbs that offices approve with, their timers, services and incidents.
//! Not here: the engine (`bpmn`), tables (`store::approvals`), the ticket's own verbs (`tickets`).
//! Start with `perform` (the runner), then `working_copy` (a case under a verb), `verbs`; `views` is what people see, `owner` the process owner's part.

mod asked;
mod discreet;
pub(crate) mod erase;
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

use shared::calendar::WorkCalendar;
use store::record::{Approval, Task};

use crate::host::{denied, people};
use crate::reference::Reference;

pub use crate::host::{Act, act, read};
pub use outside::throw;
pub use reveal::reveal;
pub use start::{read_start, start, startable};

/// The hours in which a task's deadline runs: those of the unit that has to do it, or of the case's where the task names none.
fn hours_of<'r>(reference: &'r Reference, approval: &Approval, task: &Task) -> &'r WorkCalendar {
    reference
        .hours
        .of_unit(task.unit.as_ref().unwrap_or(&approval.unit))
}

/// Key of the shipped sample.
pub const SAMPLE: &str = "permit-sample";
/// A sample approval on which every verb can be tried; the seed of an empty database.
pub const SHIPPED_SAMPLE: &str = include_str!("../../../bpmn/definitions/permit-sample.bpmn");
