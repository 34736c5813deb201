//! Where photos lie: `photos/<two digits>/<key>.jpg` below the data folder, outside the site root, with random keys.
//! A file is complete and on the disk before its row is committed, so that a row without a file cannot exist.
//! Not here: what a good photo is (`image`), rows and rights (`mod`). Blocking work, except `receive`.

use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use futures::{Stream, StreamExt as _};
use shared::fault::{Code, Fault};
use tokio::io::AsyncWriteExt as _;

use crate::fault::{Failure, disk};

/// Largest file that is taken, in bytes.
pub const MAX_BYTES: u64 = 10 * 1024 * 1024;
/// What the person reads when it is larger.
pub const MAX_MB: u64 = 10;

/// The folder of the photos.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder below the data folder.
    pub fn below(data_dir: &Path) -> Self {
        Self(data_dir.join("photos"))
    }

    fn incoming(&self) -> PathBuf {
        self.0.join("incoming")
    }

    /// The file of a key. Keys are ours: hexadecimal and a suffix; anything else has no file.
    pub fn path(&self, key: &str) -> Option<PathBuf> {
        let ours = key.len() > 4
            && key.len() < 64
            && key
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.')
            && !key.contains("..");
        ours.then(|| self.0.join(&key[..2]).join(key))
    }

    /// Writes an upload to the disk part by part; stops as soon as it is too large.
    /// Returns the temporary file, which removes itself when it is dropped.
    pub async fn receive<S, B>(&self, key: &str, body: S) -> Result<Incoming, Failure>
    where
        S: Stream<Item = io::Result<B>> + Send,
        B: AsRef<[u8]>,
    {
        let folder = self.incoming();
        let disk = |error| disk(error, "receiving a photo");
        tokio::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&folder)
            .await
            .map_err(disk)?;
        let mut incoming = Incoming {
            path: folder.join(key),
            bytes: 0,
        };
        let mut file = tokio::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&incoming.path)
            .await
            .map_err(disk)?;
        let mut size = 0_u64;
        let mut body = std::pin::pin!(body);
        while let Some(part) = body.next().await {
            let part = part.map_err(|_| Fault::new(Code::InputBody).fact("detail", "photo"))?;
            let part = part.as_ref();
            size += part.len() as u64;
            if size > MAX_BYTES {
                return Err(Fault::new(Code::PhotoTooLarge)
                    .fact("max_mb", MAX_MB)
                    .into());
            }
            file.write_all(part).await.map_err(disk)?;
        }
        file.flush().await.map_err(disk)?;
        incoming.bytes = size;
        Ok(incoming)
    }

    /// Writes a file under its key and waits until file and folder are on the disk.
    pub fn keep(&self, key: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self
            .path(key)
            .ok_or_else(|| anyhow::anyhow!("a photo's key has an impossible form"))?;
        let folder = path.parent().unwrap_or(&self.0);
        let write = || -> io::Result<()> {
            std::fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)?;
            let mut file = std::fs::File::options()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&path)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            // The folders as well, each time: another upload may have made them a moment ago and not come so far.
            for above in [folder, &self.0, self.0.parent().unwrap_or(&self.0)] {
                std::fs::File::open(above)?.sync_all()?;
            }
            Ok(())
        };
        write().map_err(|error| {
            if error.kind() != io::ErrorKind::AlreadyExists {
                self.drop_file(key);
            }
            disk(error, "writing a photo")
        })
    }

    /// Removes a file; one that is already gone is as good.
    pub fn drop_file(&self, key: &str) {
        let Some(path) = self.path(key) else { return };
        if let Err(error) = std::fs::remove_file(&path)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(photo.key = key, cause = %error, "a photo's file could not be removed");
        }
    }

    /// Removes uploads that broke off before `older_than` (milliseconds since 1970).
    pub fn sweep_incoming(&self, older_than: i64) -> io::Result<usize> {
        let mut removed = 0;
        for entry in entries(&self.incoming())? {
            if modified(&entry) < older_than && std::fs::remove_file(entry.path()).is_ok() {
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// The keys of files written before `older_than`, folder by folder; for finding files without a row.
    pub fn keys_before(&self, older_than: i64) -> io::Result<Vec<String>> {
        let mut keys = Vec::new();
        for folder in entries(&self.0)? {
            if folder.file_name().len() != 2 {
                continue;
            }
            let old = entries(&folder.path())?
                .into_iter()
                .filter(|entry| modified(entry) < older_than);
            keys.extend(old.filter_map(|entry| entry.file_name().into_string().ok()));
        }
        Ok(keys)
    }
}

fn entries(folder: &Path) -> io::Result<Vec<std::fs::DirEntry>> {
    match std::fs::read_dir(folder) {
        Ok(read) => read.collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn modified(entry: &std::fs::DirEntry) -> i64 {
    let since = entry
        .metadata()
        .and_then(|meta| meta.modified())
        .ok()
        .and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    since.map_or(i64::MAX, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

/// Photos leave room on the disk for the database: below the floor none is taken.
///
/// # Errors
/// `storage.full`.
pub fn leaves_room(data_dir: &Path, free_mb: u32) -> Result<(), Failure> {
    let Ok(disk) = rustix::fs::statvfs(data_dir) else {
        // What the disk does not say, the write will.
        return Ok(());
    };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    if free < u64::from(free_mb) << 20 {
        tracing::warn!(
            free_mb = free >> 20,
            "a photo was refused: the disk is nearly full"
        );
        return Err(Fault::new(Code::StorageFull).into());
    }
    Ok(())
}

/// An upload on the disk, not yet looked at; removed when dropped.
#[derive(Debug)]
pub struct Incoming {
    path: PathBuf,
    bytes: u64,
}

impl Incoming {
    /// How many bytes came in.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The bytes; at most `MAX_BYTES`.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        std::fs::read(&self.path)
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // A file that stays is swept an hour later.
        drop(std::fs::remove_file(&self.path));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(count: usize, size: usize) -> impl Stream<Item = io::Result<Vec<u8>>> + Send {
        futures::stream::iter((0..count).map(move |_| Ok(vec![7; size])))
    }

    #[tokio::test]
    async fn an_upload_that_is_too_large_leaves_nothing() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::below(dir.path());
        let fault = folder
            .receive("aa11", parts(30, 1024 * 1024))
            .await
            .expect_err("30 MB");
        assert!(matches!(fault, Failure::Fault(fault) if fault.code == Code::PhotoTooLarge));
        assert_eq!(entries(&folder.incoming()).expect("reads").len(), 0);
        let incoming = folder
            .receive("aa12", parts(10, 1024 * 1024))
            .await
            .expect("10 MB are allowed");
        assert_eq!(incoming.read().expect("reads").len() as u64, MAX_BYTES);
        drop(incoming);
        assert_eq!(entries(&folder.incoming()).expect("reads").len(), 0);
    }

    #[tokio::test]
    async fn an_upload_that_breaks_off_leaves_nothing() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::below(dir.path());
        let body = parts(1, 10).chain(futures::stream::iter([Err(io::Error::other("gone"))]));
        assert!(matches!(
            folder.receive("aa11", body).await,
            Err(Failure::Fault(_))
        ));
        assert_eq!(entries(&folder.incoming()).expect("reads").len(), 0);
    }

    #[test]
    fn keys_cannot_leave_the_folder() {
        let folder = Folder::below(Path::new("/data"));
        for bad in [
            "",
            "../../etc/passwd",
            "a/b.jpg",
            "..jpg.",
            "ab\\..\\x.jpg",
            "AB12.jpg",
            "ab\0cd.jpg",
        ] {
            assert_eq!(folder.path(bad), None, "{bad:?}");
        }
        assert_eq!(
            folder.path("ab12cd.jpg"),
            Some(PathBuf::from("/data/photos/ab/ab12cd.jpg"))
        );
    }

    #[test]
    fn what_is_kept_is_found_and_dropped() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::below(dir.path());
        folder.keep("ab12cd.jpg", b"x").expect("keeps");
        assert!(folder.keep("ab12cd.jpg", b"y").is_err(), "never overwrites");
        folder.keep("ab12ce.jpg", b"x").expect("keeps");
        assert_eq!(folder.keys_before(i64::MAX).expect("lists").len(), 2);
        for key in ["ab12cd.jpg", "ab12ce.jpg", "ab12ce.jpg"] {
            folder.drop_file(key);
        }
        assert!(folder.keys_before(i64::MAX).expect("lists").is_empty());
    }
}
