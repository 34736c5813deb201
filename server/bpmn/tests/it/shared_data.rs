//! Finds the shared data; without it a test prints that it is skipped, in CI it fails.

use std::path::PathBuf;

/// A folder of the shared data, or `None` if it is not there.
pub fn folder(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("MINSHENG_SHARED_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let folder = root.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "shared data are missing: {}",
        folder.display()
    );
    println!("skipped: no shared data at {}", folder.display());
    None
}
