//! Two checkouts of one user share the compiled files. Cargo tells them apart by the times of the sources only, and would take the files of
//! the other checkout for its own; so whoever comes after another one makes the sources look new.
//! Not here: where the folders lie (`paths`).
//! Costs one compilation of the workspace's own crates at each change of checkout, and nothing otherwise.

use crate::paths::Paths;
use anyhow::{Context, Result};
use std::{fs, path::Path, time::SystemTime};

/// Folders with sources of crates.
const SOURCES: [&str; 6] = ["app", "bench", "server", "shared", "xtask", "style"];
/// Beside the compiled files: the checkout that they come from.
const MARK: &str = "checkout";

/// Makes the compiled files this checkout's.
pub fn claim(paths: &Paths) -> Result<()> {
    let mark = paths.target.join(MARK);
    let root = paths.root.display().to_string();
    if fs::read_to_string(&mark).is_ok_and(|last| last == root) {
        return Ok(());
    }
    fs::create_dir_all(&paths.target)
        .with_context(|| format!("cannot create {}", paths.target.display()))?;
    // Written only when all is touched, so that a broken run begins again.
    let now = paths.target.join("checkout.new");
    fs::write(&now, &root).with_context(|| format!("cannot write {}", now.display()))?;
    let time = fs::metadata(&now)?.modified()?;
    for folder in SOURCES {
        touch(&paths.root.join(folder), time)?;
    }
    fs::rename(&now, &mark).with_context(|| format!("cannot write {}", mark.display()))
}

fn touch(folder: &Path, time: SystemTime) -> Result<()> {
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            touch(&path, time)?;
        } else {
            let file = fs::File::options().append(true).open(&path);
            file.and_then(|file| file.set_modified(time))
                .with_context(|| format!("cannot touch {}", path.display()))?;
        }
    }
    Ok(())
}
