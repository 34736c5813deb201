//! Approvals (办件): loaded inside a scope, saved as a difference in one transaction, and listed.
//! Not here: what a verb does (services), definitions (`definitions`), what hangs on every kind of case (`host`).
//! Next: `reach` (whose they are), `load`, `save`, `list` (with `filter` and `walk`), `owner` (what a process owner looks at), `starts` (definitions that start by themselves).

mod caused;
mod durations;
mod erased;
mod filter;
mod list;
mod load;
mod number;
mod owner;
pub(crate) mod reach;
pub(crate) mod row;
mod save;
pub mod starts;
mod walk;
mod warned;

pub(crate) use row::PLACE as SEALED;

pub use caused::{Caused, caused_by};
pub use durations::{Duration, durations};
pub use erased::to_erase;
pub(crate) use list::statements as list_statements;
pub use list::{Listed, Page, Shelf, Wanted, count, list};
pub use load::{history, id_of, load, load_unscoped};
pub use number::draw;
pub use owner::{
    Standing, incident_counts, incidents, open_of_version, running_by_version, standing,
    states_of_version, tickets_standing,
};
pub use reach::Reach;
pub use save::{note_file, note_incident, save};
pub use warned::{Warned, warned};
