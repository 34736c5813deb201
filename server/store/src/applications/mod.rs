//! Applications (申请单): loaded with their ticket or inside a scope, saved with a change of the ticket or alone.
//! Not here: what a verb does (services), what hangs on every kind of case (`host`), the check (`consistency`).
//! An application is in reach of whoever its ticket is in reach of.

mod directives;
mod load;
mod save;
mod verdicts;

pub use directives::{Directives, directives};
pub(crate) use load::of_ticket;
pub use load::{history, load, load_unscoped, standing};
pub(crate) use save::{INSERT, write};
pub use save::{note_incident, save};
pub use verdicts::{Matter, Verdict, verdicts};
