//! The doors for many rows at once: the demo and imports (invariant I3).
//! Not here: what they write (`services::demo`, `services::import`), verbs on single tickets (`cases`).
//! Everything goes through `Store::write` in short transactions, so that a running server keeps its turn.

mod batches;
mod check;
mod columns;
mod external;
mod numbers;
mod prepared;
pub(crate) mod rows;
mod search;

pub use batches::{Batch, BatchKind, Tally, batch, finish, start, undo};
pub use check::{CheckedAssignment, CheckedTicket, assignments, checked, task_elements};
pub use external::known;
pub use numbers::{Reservation, reserve};
pub use prepared::{NewCase, Prepared, write};
