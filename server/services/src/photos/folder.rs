//! Where photos of earlier releases lie in the clear: `photos/<two digits>/<key>.jpg` below the data folder, with small ones beside them.
//! Nothing is written there any more; a job seals what is there (`older`), and what no row names is swept a day later.
//! Not here: rows and rights (`mod`). Blocking work.

use std::io;
use std::path::{Path, PathBuf};

/// The folder of the photos of earlier releases.
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

    /// Removes a file; one that is already gone is as good.
    pub fn drop_file(&self, key: &str) {
        let Some(path) = self.path(key) else { return };
        if let Err(error) = std::fs::remove_file(&path)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(photo.key = key, cause = %error, "a photo's file could not be removed");
        }
    }

    /// Makes a file as if it were written now, so that the sweep leaves it for another day to whoever still reads it.
    pub(super) fn touch(&self, key: &str) {
        let Some(path) = self.path(key) else { return };
        if let Err(error) = crate::files::touch(&path) {
            tracing::warn!(photo.key = key, cause = %error, "the time of a photo's file could not be set");
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

/// When a file was last written, in milliseconds since 1970.
pub(crate) fn modified(entry: &std::fs::DirEntry) -> i64 {
    let since = entry
        .metadata()
        .and_then(|meta| meta.modified())
        .ok()
        .and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    since.map_or(i64::MAX, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn what_lies_there_is_found_and_dropped() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::below(dir.path());
        for key in ["ab12cd.jpg", "ab12ce.jpg"] {
            let path = folder.path(key).expect("a path");
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, b"x").expect("written");
        }
        folder.touch("ab12cd.jpg");
        assert_eq!(folder.keys_before(i64::MAX).expect("lists").len(), 2);
        for key in ["ab12cd.jpg", "ab12ce.jpg", "ab12ce.jpg"] {
            folder.drop_file(key);
        }
        assert!(folder.keys_before(i64::MAX).expect("lists").is_empty());
    }
}
