//! Where a file lies while it is on its way: `uploads/<id>` below the data folder, under a key that is destroyed with the upload's row.
//! Bytes are written at their own offset, so that an upload goes on wherever it stands; one request at a time holds a file.
//! Not here: how far an upload has come (`store::files`); bytes beyond that count for nothing.

use std::fs::File;
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, FileExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use aws_lc_rs::cipher::{AES_256, EncryptingKey, EncryptionContext, UnboundCipherKey};
use aws_lc_rs::iv::FixedLength;
use rustix::fs::{FlockOperation, flock};
use shared::fault::{Code, Fault};
use shared::ids::UploadId;
use uuid::Uuid;

use crate::fault::{Failure, disk};

const BLOCK: u64 = 16;
/// The folder of files without a row.
const APART: &str = "apart";

/// The folder of uploads.
#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// The folder below the data folder.
    pub(crate) fn below(data_dir: &Path) -> Self {
        Self(data_dir.join("uploads"))
    }

    fn path(&self, id: UploadId) -> PathBuf {
        self.0.join(id.0.simple().to_string())
    }

    /// Takes the file of an upload for one request; made where it is not there yet. Blocking.
    ///
    /// # Errors
    /// `file.held` while another request has it.
    pub(super) fn take(&self, id: UploadId, key: &[u8]) -> Result<Staged, Failure> {
        let failed = |error| disk(error, "staging a file");
        let make = || -> io::Result<File> {
            std::fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(&self.0)?;
            let file = File::options()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .mode(0o600)
                .open(self.path(id))?;
            // The folders as well, each time: another upload may have made them a moment ago and not come so far.
            for above in [self.0.as_path(), self.0.parent().unwrap_or(&self.0)] {
                File::open(above)?.sync_all()?;
            }
            Ok(file)
        };
        let file = make().map_err(failed)?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(rustix::io::Errno::WOULDBLOCK) => return Err(Fault::new(Code::FileHeld).into()),
            Err(error) => return Err(failed(error.into())),
        }
        let cipher = Cipher::new(key)?;
        Ok(Staged { file, cipher })
    }

    /// A file without a row, for what comes and is looked at within one request; it goes when it is dropped. Blocking.
    pub(crate) fn apart(&self, name: &str, key: &[u8]) -> Result<Apart, Failure> {
        let failed = |error| disk(error, "staging a file");
        let folder = self.0.join(APART);
        let path = folder.join(name);
        let make = || -> io::Result<File> {
            std::fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(&folder)?;
            File::options()
                .read(true)
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&path)
        };
        let file = make().map_err(failed)?;
        let cipher = Cipher::new(key)?;
        Ok(Apart {
            staged: Staged { file, cipher },
            path,
        })
    }

    /// Removes files apart that a server left behind when it was killed, last written before `older_than` (milliseconds since 1970).
    pub(super) fn sweep_apart(&self, older_than: i64) -> io::Result<usize> {
        let entries = match std::fs::read_dir(self.0.join(APART)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            entries => entries?,
        };
        let mut removed = 0;
        for entry in entries {
            let entry = entry?;
            if crate::photos::modified(&entry) < older_than
                && std::fs::remove_file(entry.path()).is_ok()
            {
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// Removes what was staged; what is already gone is as good.
    pub(super) fn drop_file(&self, id: UploadId) {
        if let Err(error) = std::fs::remove_file(self.path(id))
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(upload.id = %id, cause = %error, "a staged file could not be removed");
        }
    }

    /// Uploads that have a file.
    pub(super) fn all(&self) -> io::Result<Vec<Uuid>> {
        let entries = match std::fs::read_dir(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut found = Vec::new();
        for entry in entries {
            let name = entry?.file_name();
            found.extend(name.to_str().and_then(|name| Uuid::parse_str(name).ok()));
        }
        Ok(found)
    }
}

/// A staged file that goes when it is dropped.
pub(crate) struct Apart {
    pub(crate) staged: Staged,
    path: PathBuf,
}

impl Drop for Apart {
    fn drop(&mut self) {
        // A file that stays is swept an hour later; its key is gone already.
        drop(std::fs::remove_file(&self.path));
    }
}

/// A staged file, held by one request. Blocking.
pub(crate) struct Staged {
    file: File,
    cipher: Cipher,
}

impl Staged {
    /// Writes clear bytes at an offset.
    pub(crate) fn write(&self, at: u64, mut bytes: Vec<u8>) -> io::Result<()> {
        self.cipher.apply(at, &mut bytes)?;
        self.file.write_all_at(&bytes, at)
    }

    /// Waits until what was written is on the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    /// Clear bytes from an offset on; fewer at the end of the file.
    pub(crate) fn read(&self, at: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        let mut filled = 0;
        while filled < length {
            match self.file.read_at(&mut bytes[filled..], at + filled as u64) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        bytes.truncate(filled);
        self.cipher.apply(at, &mut bytes)?;
        Ok(bytes)
    }
}

/// Bytes of the key of an upload, which is on its way for hours.
pub(super) const KEY: usize = 32;

/// AES-256 in counter mode: each place of the file has its own key stream, so that bytes can be written and read anywhere.
struct Cipher(EncryptingKey);

impl Cipher {
    fn new(key: &[u8]) -> Result<Self, Failure> {
        let unfit = |_| anyhow::anyhow!("the key of an upload is none");
        let key = UnboundCipherKey::new(&AES_256, key).map_err(unfit)?;
        Ok(Self(EncryptingKey::ctr(key).map_err(unfit)?))
    }

    fn apply(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        let (block, inside) = (at / BLOCK, (at % BLOCK) as usize);
        let mut counter = [0_u8; 16];
        counter[8..].copy_from_slice(&block.to_be_bytes());
        let mut padded = vec![0; inside];
        padded.extend_from_slice(bytes);
        let context = EncryptionContext::Iv128(FixedLength::from(counter));
        self.0
            .less_safe_encrypt(&mut padded, context)
            .map_err(|_| io::Error::other("staging failed"))?;
        bytes.copy_from_slice(&padded[inside..]);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_from_any_offset_and_lie_sealed() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::below(dir.path());
        let id = UploadId(Uuid::from_u128(9));
        let clear: Vec<u8> = (0..100_000_u32).map(|n| (n % 253) as u8).collect();
        let staged = folder.take(id, &[3; 32]).expect("takes");
        for (at, end) in [(0, 7), (7, 40_001), (40_001, 40_002), (40_002, 100_000)] {
            let part = clear[at..end].to_vec();
            staged.write(at as u64, part).expect("writes");
        }
        staged.sync().expect("syncs");
        for (at, length) in [(0, 100_000), (5, 11), (16, 16), (99_990, 100)] {
            let end = (at + length).min(clear.len());
            assert_eq!(
                staged.read(at as u64, length).expect("reads"),
                clear[at..end]
            );
        }
        let held = folder.take(id, &[3; 32]);
        assert!(
            matches!(held, Err(Failure::Fault(fault)) if fault.code == Code::FileHeld),
            "one request at a time"
        );
        drop(staged);
        let raw = std::fs::read(folder.path(id)).expect("reads");
        assert!(!raw.windows(32).any(|part| part == &clear[64..96]));
        assert_eq!(folder.all().expect("lists"), [id.0]);
        folder.drop_file(id);
        folder.drop_file(id);
        assert!(folder.all().expect("lists").is_empty());
    }
}
