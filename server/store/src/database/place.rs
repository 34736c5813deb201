//! Where an SQLite database lies: whether its file and its log are still those that were opened. A file that was deleted or replaced
//! goes on taking writes until it is closed, and then they are gone.
//! Not here: opening (`open`).

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use crate::StoreError;

/// Device and number of a file.
type Identity = (u64, u64);

/// The file of a database.
#[derive(Debug)]
pub(super) struct Place {
    file: PathBuf,
    log: PathBuf,
    is: Identity,
    /// The log's, since the first look at it. It stays as long as any connection is open.
    log_is: Option<Identity>,
}

impl Place {
    /// Remembers which file it is.
    pub(super) fn of(file: &Path) -> Result<Self, StoreError> {
        let mut log = file.as_os_str().to_owned();
        log.push("-wal");
        Ok(Self {
            file: file.to_owned(),
            log: log.into(),
            is: identity(file)?,
            log_is: None,
        })
    }

    /// Whether file and log are still the same.
    pub(super) fn check(&mut self) -> Result<(), StoreError> {
        if identity(&self.file)? != self.is {
            return Err(gone(
                &self.file,
                "was replaced by another file; restart the server",
            ));
        }
        let log = identity(&self.log)?;
        if *self.log_is.get_or_insert(log) != log {
            return Err(gone(
                &self.log,
                "was replaced by another file; restart the server",
            ));
        }
        Ok(())
    }
}

fn identity(file: &Path) -> Result<Identity, StoreError> {
    let seen = std::fs::metadata(file).map_err(|e| gone(file, &e.to_string()))?;
    Ok((seen.dev(), seen.ino()))
}

fn gone(file: &Path, words: &str) -> StoreError {
    StoreError::Unavailable(format!("{}: {words}", file.display()))
}
