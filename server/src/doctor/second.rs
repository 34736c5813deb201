//! Whether the second place of the audit is one: another disk, or another host.
//! Deliberately absent: whether what lies there fits (`minsheng audit verify`).
//! Nobody has to have one; without it whoever has the machine can rewrite the audit unseen, which is said.

use std::{
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
};

use super::{Finding, bad, good};
use crate::config::Settings;

const SUBJECT: &str = "audit copies";

/// The device on which something lies, or would lie.
fn device(path: &Path) -> Option<u64> {
    let there = path.ancestors().find(|part| part.exists())?;
    Some(std::fs::metadata(there).ok()?.dev())
}

/// Looks at the folder, compared with the data folder and the file of the database.
pub(super) fn place(settings: &Settings) -> Finding {
    let set = &settings.audit;
    let Some(folder) = &set.folder else {
        if !set.url.is_empty() {
            return good(SUBJECT, "signed positions go to another host each minute");
        }
        return good(
            SUBJECT,
            "WARNING: signed positions lie beside the database only, so whoever has this machine can rewrite both; set audit.second-folder (another disk) or audit.second-url (another host)",
        );
    };
    let shown = folder.display();
    if !folder.is_dir() {
        return bad(
            SUBJECT,
            format!("{shown} is not there; mount the disk, or make the folder"),
        );
    }
    let database: Option<PathBuf> = store::installation::sqlite_file(&settings.database_url)
        .ok()
        .flatten();
    let here = [Some(settings.data_dir.clone()), database];
    let there = device(folder);
    let shares = here
        .iter()
        .flatten()
        .any(|place| there.is_none() || device(place) == there);
    if shares && set.url.is_empty() {
        return bad(
            SUBJECT,
            format!(
                "{shown} is on the same disk as the database or the data folder: that is no second place; mount another one there, or set audit.second-url"
            ),
        );
    }
    let beside = if set.url.is_empty() {
        ""
    } else {
        ", and to another host"
    };
    let warned = if shares {
        " (WARNING: the folder is on the same disk)"
    } else {
        ""
    };
    good(
        SUBJECT,
        format!("signed positions go to {shown} each minute{beside}{warned}"),
    )
}
