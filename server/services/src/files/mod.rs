//! Files on cases: uploaded in parts, told by their bytes, sealed each with its own key, checked for viruses, opened by the rights of the case.
//! An upload is begun and sent (`desk`), becomes a file (`keep`), waits for the scanner (`quarantine`) and is read (`open`).
//! Not here: which photos a citizen's form takes (`photos`), rows (`store::files`), headers of answers (`server/web/files`).

pub(crate) mod anew;
mod check;
mod desk;
pub(crate) mod history;
mod keep;
pub(crate) mod letter;
mod limits;
mod look;
#[cfg(feature = "s3")]
pub mod objects;
mod open;
pub(crate) mod quarantine;
mod range;
mod remove;
mod rights;
mod scan;
mod sealing;
pub(crate) mod staging;
pub(crate) mod tidy;
mod vault;
pub(crate) mod write;

use shared::file::{FileView, Hook};
use shared::person::conceal;
use store::files::{Blob, Reference};

pub use anew::{Report as Resealed, waits as content_waits};
pub use check::{Checked, check};
pub use desk::{append, ask_to_add, begin, give_up, put, state};
pub use limits::Limits;
#[cfg(feature = "s3")]
pub use objects::Objects;
pub use open::{Bytes, Opened, get, list, open, pass_on};
pub(crate) use open::{is_ready, of_approval_seen, of_job, of_seen, whole};
pub use remove::remove;
pub use scan::Scanner;
pub use tidy::erase;
pub(crate) use vault::touch;
pub use vault::{Kept, Vault};

/// The case as the audit names it.
fn object(hook: &Hook) -> String {
    format!("{}:{}", hook.case, hook.id)
}

pub(crate) fn shown(file: &Reference, blob: &Blob) -> FileView {
    FileView {
        id: file.id,
        name: conceal(&file.name),
        kind: blob.kind,
        size: blob.size,
        sha256: blob.sha256.as_deref().map(hex::encode).unwrap_or_default(),
        state: blob.state,
        place: file.hook.place(),
        assignment: file.hook.assignment,
        slot: file.hook.slot.clone(),
        task: file.hook.task,
        event: file.hook.event,
        version: file.version,
        may_remove: false,
        by: file.by_name.clone(),
        at: file.at,
    }
}
