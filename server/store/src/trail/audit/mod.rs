//! The audit: rows with their own digest in the verb's transaction, linked into a hash chain afterwards (I5, P-31).
//! Not here: who may read it (services).
//! `row` makes rows and digests, `chain` links and signs, `look` and `verify` compute everything again, `list` reads.

pub mod alarms;
mod chain;
mod list;
mod look;
pub mod questions;
pub mod reads;
pub mod reports;
mod row;
mod verify;

pub use chain::{
    Checkpoint, checkpoint, checkpoint_due, checkpoints_after, copied, copied_to, head, is_pending,
    link, links, mark_copied, mark_copied_to, seal,
};
pub(crate) use chain::{newest_checkpoint, newest_signature_holds};
pub use list::{
    AuditPage, AuditQuery, AuditRow, JOB, REQUEST, SESSION, erase, first_row, list, of_objects,
};
pub(crate) use row::row_of;
pub use row::{Entries, append};
pub use verify::{Bad, Report, verify};
