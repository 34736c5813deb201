//! What hangs on a case of any kind: open tasks, history, clock, timers, calls, listeners, events under way, incidents, people, places.
//! Not here: the heads (`ticket`, `approval`), what the rows mean (`host`).

pub(crate) mod call;
pub(crate) mod case_person;
pub(crate) mod clock_entry;
pub(crate) mod delivery;
pub(crate) mod event;
pub(crate) mod incident;
pub(crate) mod listener;
pub(crate) mod place;
pub(crate) mod task;
pub(crate) mod task_candidate;
pub(crate) mod timer;
