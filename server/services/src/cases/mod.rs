//! The machinery under every verb: the draft of a case, its flow, its rights, and the runner that makes one transaction of it.
//! Not here: the verbs themselves (`tickets`), what people see (`views`).
//! Start with `perform`, then `draft`.

pub(crate) mod draft;
pub mod flow;
mod moves;
pub mod opening;
pub(crate) mod perform;
pub mod rights;
pub(crate) mod timers;
