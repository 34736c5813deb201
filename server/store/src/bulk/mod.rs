//! The doors for many rows at once: the demo and imports (invariant I3).
//! Not here: what they write (`services::demo`, `services::import`).
//! Everything goes through `Store::write` in short transactions, so that a running server keeps its turn; both doors end with `consistency`.

mod batch;
mod prepare;
pub(crate) mod rows;
mod settle;
mod tuning;
mod writer;

pub use batch::{Known, Recycle, any_kept, known, recycle};
pub use prepare::{BulkApplication, BulkTicket, Prepared, prepare};
pub use settle::{count_months, settle};
pub use tuning::{begin, end as usual};
pub use writer::{text_hash, write, write_counted, write_counted_in, write_prepared};
