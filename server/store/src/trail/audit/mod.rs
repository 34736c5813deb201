//! The audit: rows with their own digest in the verb's transaction, linked into a hash chain afterwards (I5, P-31).
//! Not here: who may read it (services).
//! `row` makes rows and digests, `chain` links and signs, `verify` computes everything again, `list` reads.

mod chain;
mod list;
mod row;
mod verify;

pub use chain::{
    Checkpoint, checkpoint, checkpoint_due, checkpoints_after, copied, head, is_pending, link,
    mark_copied, seal,
};
pub(crate) use chain::{newest_checkpoint, newest_signature_holds};
pub use list::{AuditPage, AuditQuery, AuditRow, erase, list, of_objects};
pub use row::{Entries, append};
pub use verify::{Report, verify};
