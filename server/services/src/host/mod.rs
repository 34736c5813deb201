//! One house for every kind of case: the working copy under a verb, the runner of all verbs, the jobs that move cases by themselves, and
//! events between cases of any kind. What differs between kinds is behind two traits, `Kind` (a case under a verb) and `Hosted` (the runner).
//! Not here: the kinds themselves (`tickets`, `approvals`, `applications`), tables (`store::host`), the engine (`bpmn`).

mod act;
pub(crate) mod deliver;
pub(crate) mod denied;
pub(crate) mod entered;
pub(crate) mod idempotency;
pub(crate) mod jobs;
mod kind;
pub(crate) mod library;
pub(crate) mod people;
pub(crate) mod perform;
mod run;
mod scene;
pub(crate) mod serve;
pub mod services;
pub(crate) mod settle;
mod throw;
pub(crate) mod time;
pub(crate) mod versions;
mod working_copy;

pub use act::{Act, act, read};
pub(crate) use act::{Decide, Host, offers};
pub use entered::Entered;
pub use jobs::drain;
pub(crate) use kind::{Deadline, Head, Kind, Lines};
pub use library::Machinery;
pub(crate) use library::{Library, any_approval};
pub(crate) use perform::{Hosted, Order, Trouble, perform};
pub(crate) use run::{Halt, engine_number, number};
pub(crate) use scene::{Scene, Told, vars};
pub(crate) use working_copy::{About, Other, Wanted, WorkingCopy, listened_to};
