//! What hangs on a case of any kind, one module a table: open tasks, history, clock, timers, calls, listeners, events under way, incidents, people,
//! and how it stood before it was moved to another version.
//! Not here: the heads (`tickets`, `approvals`), and saving a whole case (`tickets::case`, `approvals`).
//! Each table is an entity, read by name and written from its own list of columns (`table`); text stands where a plan matters, and says so.

pub(crate) mod calls;
pub(crate) mod candidates;
pub(crate) mod clock;
pub mod deliveries;
mod due;
pub(crate) mod events;
pub mod held;
pub(crate) mod hung;
pub(crate) mod incidents;
pub(crate) mod listeners;
pub mod migrations;
pub(crate) mod people;
pub(crate) mod places;
pub(crate) mod tasks;
pub(crate) mod timers;
pub mod to_do;

pub use clock::{add as add_clock, of_case as clock_entries};
pub use due::{CallDue, TimerDue, calls_due, claim_call, timers_due};
pub use incidents::{
    StoppedApplication, kind_of as kind_of_incident, of_applications as incidents_of_applications,
    of_tickets as incidents_of_tickets,
};
