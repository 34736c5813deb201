//! The key file of an installation, opened once.
//! It lies outside the checkout and outside the database, mode 0600; a file that others may read is refused.
//! `crypto` says what is configured of it, `renewal` makes its keys new.
//! Not here: who may make it (`installation`), what is in the file and how it seals (`store::Seal`), the keys that
//! sign tokens (`sessions::ring`), which only begin with one of this file.

pub mod crypto;
pub mod renewal;

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use rand::RngCore as _;
use shared::calendar::Instant;
use store::Seal;

use crate::sessions::ring;

/// All keys of an installation.
pub struct Keys {
    seal: Seal,
}

impl Keys {
    /// Opens the key file.
    ///
    /// # Errors
    /// With words for the administrator: the file is absent, others may read it, or it is damaged.
    pub fn load(path: &Path) -> anyhow::Result<Self> {
        Self::of(Seal::load(path)?)
    }

    /// The keys of an open seal.
    ///
    /// # Errors
    /// When the key with which the ring of session keys begins is none.
    pub fn of(seal: Seal) -> anyhow::Result<Self> {
        ring::of_file(&seal, uuid::Uuid::nil(), Instant(0))?;
        Ok(Self { seal })
    }

    /// Seals, opens and finds citizens' data; signs the audit's checkpoints.
    pub fn seal(&self) -> Seal {
        self.seal.clone()
    }

    /// A keyed digest of 32 bytes; `purpose` keeps digests of one kind from standing for another kind.
    pub fn mac(&self, purpose: &str, message: &str) -> Vec<u8> {
        self.seal.hash(purpose, message)
    }

    /// The same by every key of the ring, the newest first: for digests that are kept for long and cannot be made anew.
    pub fn macs(&self, purpose: &str, message: &str) -> Vec<Vec<u8>> {
        self.seal.hashes(purpose, message)
    }
}

/// Writes a file of mode 0600 that was not there before: complete under its name, or not there.
///
/// # Errors
/// `AlreadyExists`, or what the disk says.
pub(crate) fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let beside = folder.join(format!(".new-{:016x}", rand::rng().next_u64()));
    let written = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&beside)
        .and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        });
    let linked = written.and_then(|()| std::fs::hard_link(&beside, path));
    std::fs::remove_file(&beside).ok();
    linked?;
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn made(path: &Path) -> Keys {
        let (_, text) = Seal::fresh().expect("keys");
        write_new(path, &text).expect("written");
        Keys::load(path).expect("opened")
    }

    #[test]
    fn the_file_is_made_once_and_only_for_its_owner() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("keys.json");
        assert!(
            Keys::load(&path).is_err(),
            "an absent file is not made by reading"
        );
        let first = made(&path);
        assert_eq!(
            std::fs::metadata(&path)
                .expect("exists")
                .permissions()
                .mode()
                & 0o777,
            0o600
        );
        assert_ne!(first.mac("a", "x"), first.mac("b", "x"));
        let error = write_new(&path, "{}").expect_err("somebody was faster");
        assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists);
        assert_eq!(
            Keys::load(&path).expect("opened").mac("a", "x"),
            first.mac("a", "x"),
            "the first file stays"
        );
        assert_eq!(
            std::fs::read_dir(dir.path()).expect("reads").count(),
            1,
            "nothing is left beside it"
        );
    }

    #[test]
    fn a_file_that_others_may_read_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("keys.json");
        made(&path);
        for mode in [0o644, 0o640, 0o604, 0o660] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).expect("set");
            assert!(Keys::load(&path).is_err(), "mode {mode:o} was taken");
        }
    }

    #[test]
    fn a_damaged_file_does_not_tell_its_keys() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("keys.json");
        made(&path);
        let text = std::fs::read_to_string(&path).expect("reads");
        std::fs::write(&path, text.replace("\"lookup\"", "\"lokup\"")).expect("writes");
        let Err(error) = Keys::load(&path) else {
            panic!("a damaged file was taken")
        };
        let secret: serde_json::Value = serde_json::from_str(&text).expect("json");
        let key = secret["lookup"].as_str().expect("has a lookup key");
        assert!(
            !format!("{error:#} {error:?}").contains(&key[..12]),
            "{error:#}"
        );
    }
}
