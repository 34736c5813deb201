//! Room for the tests on the disk of compiled files: what only makes a compile after a small change faster goes when room is short.
//! Not here: what the tests put there themselves; each removes its own.
//! Read next: `paths.rs`, which says where compiled files lie.

use crate::{
    paths::Paths,
    shell::{ask, step},
};
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Kilobytes that compiling everything and a whole run take beside what an earlier one left, rounded up: 15 GB.
const ENOUGH: u64 = 15 << 20;

/// Makes room if there is too little of it.
pub fn make(paths: &Paths) -> Result<()> {
    fs::create_dir_all(&paths.target)?;
    if free(&paths.target).is_none_or(|kilobytes| kilobytes >= ENOUGH) {
        return Ok(());
    }
    let old = incremental(&paths.target)?;
    if old.is_empty() {
        return Ok(());
    }
    step(
        "little room on the disk: removing what makes the next compile faster",
        || {
            for folder in old {
                fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
            }
            Ok(())
        },
    )
}

/// Kilobytes that are free for us; `None` where `df` does not say.
fn free(folder: &Path) -> Option<u64> {
    let said = ask(Command::new("df").args(["-Pk"]).arg(folder))?;
    kilobytes(&said)
}

/// The fourth word of the second line of `df -P`.
fn kilobytes(said: &str) -> Option<u64> {
    said.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

/// The folders `incremental` of all profiles, of this machine and of other targets.
fn incremental(target: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for profile in folders(target)? {
        found.push(profile.join("incremental"));
        found.extend(
            folders(&profile)?
                .into_iter()
                .map(|inner| inner.join("incremental")),
        );
    }
    found.retain(|folder| folder.is_dir());
    Ok(found)
}

fn folders(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            found.push(entry.path());
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_df_says_is_read() {
        let said = "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 263040000 55000000 41000123 58% /";
        assert_eq!(kilobytes(said), Some(41_000_123));
        assert_eq!(kilobytes("df: no such file"), None);
    }

    #[test]
    fn only_what_is_incremental_is_found() {
        let dir = std::env::temp_dir().join(format!("minsheng-room-{}", std::process::id()));
        for made in [
            "debug/incremental/a",
            "debug/deps",
            "wasm32/dev/incremental",
            "tmp",
        ] {
            fs::create_dir_all(dir.join(made)).expect("made");
        }
        let mut found = incremental(&dir).expect("read");
        found.sort();
        let wanted = ["debug/incremental", "wasm32/dev/incremental"];
        assert_eq!(found, wanted.map(|name| dir.join(name)));
        fs::remove_dir_all(&dir).expect("removed");
    }
}
