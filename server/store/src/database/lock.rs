//! The lock that keeps a second server off an SQLite file: `<file>.lock`, held with flock while serving.
//! The system frees it when the process ends, however it ends. `demo` and `import` do not take it.
//! Not here: locks inside the database.

use std::fs::File;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use crate::StoreError;

/// Held for the life of the server.
pub(super) struct ServerLock {
    _file: File,
}

impl ServerLock {
    /// Takes the lock at once or refuses.
    pub(super) fn take(database: &Path) -> Result<Self, StoreError> {
        let mut name = database.as_os_str().to_owned();
        name.push(".lock");
        let unfit =
            |e: std::io::Error| StoreError::Unfit(format!("cannot lock {}: {e}", name.display()));
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&name)
            .map_err(unfit)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(std::fs::TryLockError::WouldBlock) => {
                Err(StoreError::InUse(database.display().to_string()))
            }
            Err(std::fs::TryLockError::Error(e)) => Err(unfit(e)),
        }
    }
}
