//! Files of a ticket that prove what a verb says: a try to reach the citizen, a visit on site, what is asked for. They hang on the ticket already, and the
//! verb names them.
//! Not here: taking files (`files`), who may see them (`files::rights`).

use shared::fault::{Code, Fault};
use shared::ids::FileId;
use store::record::Application;

use super::working_copy::WorkingCopy;

/// The field in which files are named.
const FIELD: &str = "files";

/// The named files as a record keeps them, each once.
///
/// # Errors
/// `input.code` on the field for one that does not hang on the ticket, or whose bytes are not there.
pub(crate) fn named(copy: &WorkingCopy<'_>, files: &[FileId]) -> Result<Vec<String>, Fault> {
    let mut out: Vec<String> = Vec::new();
    for file in files {
        if !copy.files.contains(file) {
            return Err(Fault::field(FIELD, Code::InputCode));
        }
        let id = file.to_string();
        if !out.contains(&id) {
            out.push(id);
        }
    }
    Ok(out)
}

/// Files as a record keeps them.
pub(crate) fn ids(kept: &[String]) -> Vec<FileId> {
    kept.iter().filter_map(|id| id.parse().ok()).collect()
}

/// The files that prove what was asked for.
pub(crate) fn of_application(application: &Application) -> Vec<FileId> {
    ids(&application.files)
}
