//! Approvals (办件): loaded inside a scope, saved as a difference in one transaction, listed, and what jobs take from them.
//! Not here: what a verb does (services), definitions (`definitions`).
//! Next: `reach` (whose they are), `load`, `save`, `list`, `due` (timers and calls), `events` (messages and signals between cases), `owner` (what a process owner looks at), `migrations`.

mod due;
pub mod events;
mod list;
mod load;
pub mod migrations;
mod number;
mod owner;
mod reach;
mod row;
mod save;

pub(crate) use events::PLACE as DELIVERY_SEALED;
pub(crate) use row::PLACE as SEALED;

pub use due::{CallDue, TimerDue, calls_due, claim_call, timers_due};
pub(crate) use list::statement as list_statement;
pub use list::{Shelf, count_mine, list};
pub use load::{history, id_of, load, load_unscoped};
pub use number::draw;
pub use owner::{
    Standing, incident_counts, incidents, open_of_version, running_by_version, standing,
    states_of_version, tickets_standing,
};
pub use reach::Reach;
pub use save::{note_incident, save};
