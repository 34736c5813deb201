//! What people and programs see of tickets: lists, one ticket, history, tasks, likely duplicates, previews.
//! Every query runs inside the actor's scope in SQL (I7); names come from the snapshot in memory, never a query per row.
//! Not here: changing anything (`tickets`), the citizen's page (`public`), export and report (`exports`, `reports`).

pub mod actions;
mod caller;
mod dispatching;
mod facets;
mod flow;
pub mod followed;
mod ledger;
mod links;
mod list_columns;
mod parts;
mod people;
pub mod persons;
mod read;
pub(crate) mod related;
pub mod saved;
pub(crate) mod search;
pub mod show;
pub(crate) mod sight;
mod tasks;
mod unseen;

pub use caller::caller;
pub use dispatching::{dispatch_sheet, suggested};
pub use facets::facets;
pub use flow::flow;
pub use list_columns::{keep_list_columns, list_columns};
pub use read::{Count, count, find_by_no, get, history, known_columns, list, sheet};
pub(crate) use read::{answerable, in_reach};
pub use related::{Asked, RelatedQuery, related};
pub(crate) use related::{area as related_area, desk_prefix, row as related_row};
pub use search::search;
pub use tasks::{TaskQuery, task_count, tasks};
pub use unseen::unseen;
