//! Files on their way into a backup and back: copied and digested in one go, on the disk before anybody says so.
//! Not here: which files (`make`, `restore`). Blocking work.
//! Files are made for their owner alone and never replace one that is there.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use anyhow::Context as _;
use aws_lc_rs::digest::{Context, SHA256};

use super::Piece;

const CHUNK: usize = 1 << 18;

/// Makes the folder of a file, for its owner alone.
pub(super) fn folder_of(file: &Path) -> anyhow::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    Ok(())
}

/// A new file of mode 0600.
pub(super) fn create(path: &Path) -> anyhow::Result<File> {
    folder_of(path)?;
    File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("{} cannot be written", path.display()))
}

/// Writes a new file.
pub(super) fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<Piece> {
    let mut file = create(path)?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .with_context(|| format!("{} cannot be written", path.display()))?;
    let mut digest = Context::new(&SHA256);
    digest.update(bytes);
    Ok(piece(digest, bytes.len() as u64))
}

/// Copies a file and says what was copied.
pub(super) fn copy(from: &Path, to: &Path) -> anyhow::Result<Piece> {
    let mut target = create(to)?;
    let read = read(from, |bytes| target.write_all(bytes))?;
    target
        .sync_all()
        .with_context(|| format!("{} cannot be written", to.display()))?;
    Ok(read)
}

/// Digests a file.
pub(super) fn look(path: &Path) -> anyhow::Result<Piece> {
    read(path, |_| Ok(()))
}

/// Waits until a file and its folder are on the disk.
pub(super) fn settle(path: &Path) -> anyhow::Result<()> {
    File::open(path)
        .and_then(|file| file.sync_all())
        .with_context(|| format!("{} cannot be written", path.display()))
}

fn read(path: &Path, mut each: impl FnMut(&[u8]) -> std::io::Result<()>) -> anyhow::Result<Piece> {
    let words = || format!("{} cannot be read", path.display());
    let mut file = File::open(path).with_context(words)?;
    let mut digest = Context::new(&SHA256);
    let mut buffer = vec![0; CHUNK];
    let mut bytes = 0;
    loop {
        let count = file.read(&mut buffer).with_context(words)?;
        if count == 0 {
            return Ok(piece(digest, bytes));
        }
        digest.update(&buffer[..count]);
        each(&buffer[..count]).context("the copy cannot be written")?;
        bytes += count as u64;
    }
}

fn piece(digest: Context, bytes: u64) -> Piece {
    Piece {
        bytes,
        sha256: hex::encode(digest.finish().as_ref()),
    }
}
