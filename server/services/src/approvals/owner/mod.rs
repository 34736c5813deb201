//! The process owner's part: check, deploy, activate, withdraw and fetch versions, look at what runs, and move running cases to another version.
//! Not here: single running cases (`verbs::operate`, `verbs::settle`).
//! Next: `judge` (the check), `deploy`, `activate` (versions for an area or a kind), `show`, `retrace` (recent tickets under a version), `migrate`, `undo`.

pub mod activate;
mod deploy;
mod differ;
pub mod fetch;
mod judge;
pub(crate) mod migrate;
pub(crate) mod retrace;
mod show;
pub(crate) mod undo;

pub use deploy::{Activated, activate, check, deploy, withdraw};
pub use judge::{is_tables, judged, refused, tables};
pub use migrate::{MigrationPlan, migrate};
pub use retrace::retrace;
pub use show::{list, view};
pub use undo::undo_migration;
