//! The key file of an installation: opened once, made when absent, and the session key as a ready signer.
//! It lies outside the checkout and outside the database, mode 0600; a file that others may read is refused.
//! Not here: what is in the file and how it seals (`store::Seal`), tokens (`sessions::token`).

use std::path::Path;

use anyhow::Context as _;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use rand::RngCore as _;
use store::Seal;

use crate::sessions::Signer;

/// All keys of an installation.
pub struct Keys {
    seal: Seal,
    signer: Signer,
}

impl Keys {
    /// Opens the key file.
    ///
    /// # Errors
    /// With words for the administrator: the file is absent, others may read it, or it is damaged.
    pub fn load(path: &Path) -> anyhow::Result<Self> {
        Self::of(Seal::load(path)?)
    }

    /// Opens the key file; makes it with new keys when it is absent.
    pub fn load_or_create(path: &Path) -> anyhow::Result<Self> {
        if !path.exists() {
            create(path)
                .with_context(|| format!("the key file {} cannot be made", path.display()))?;
        }
        Self::load(path)
    }

    /// The keys of an open seal.
    pub fn of(seal: Seal) -> anyhow::Result<Self> {
        let pair = Ed25519KeyPair::from_pkcs8(seal.session_key())
            .ok()
            .context("the key file has no valid session key")?;
        let public = pair.public_key().as_ref();
        let key_id = hex::encode(&digest(&SHA256, public).as_ref()[..6]);
        Ok(Self {
            signer: Signer::new(&key_id, seal.session_key(), public),
            seal,
        })
    }

    /// Seals, opens and finds citizens' data; signs the audit's checkpoints.
    pub fn seal(&self) -> Seal {
        self.seal.clone()
    }

    /// Signs and checks access tokens.
    pub fn signer(&self) -> &Signer {
        &self.signer
    }

    /// A keyed digest of 32 bytes; `purpose` keeps digests of one kind from standing for another kind.
    pub fn mac(&self, purpose: &str, message: &str) -> Vec<u8> {
        self.seal.hash(purpose, message)
    }
}

/// Writes a new file beside the place and links it there: no half file, and of two starters only one makes the keys.
fn create(path: &Path) -> anyhow::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let beside = folder.join(format!(".keys-{:016x}.new", rand::rng().next_u64()));
    Seal::generate_file(&beside)?;
    let linked = std::fs::hard_link(&beside, path);
    let removed = std::fs::remove_file(&beside);
    match linked {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
        other => other?,
    }
    removed?;
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn the_file_is_made_once_and_only_for_its_owner() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("below/keys.json");
        assert!(
            Keys::load(&path).is_err(),
            "an absent file is not made by reading"
        );
        let first = Keys::load_or_create(&path).expect("made");
        assert_eq!(
            std::fs::metadata(&path)
                .expect("exists")
                .permissions()
                .mode()
                & 0o777,
            0o600
        );
        let again = Keys::load_or_create(&path).expect("opened");
        assert_eq!(first.mac("a", "x"), again.mac("a", "x"));
        assert_ne!(first.mac("a", "x"), again.mac("b", "x"));
        create(&path).expect("somebody else was faster");
        assert_eq!(
            Keys::load(&path).expect("opened").mac("a", "x"),
            first.mac("a", "x"),
            "the first file stays"
        );
        assert_eq!(
            std::fs::read_dir(dir.path().join("below"))
                .expect("reads")
                .count(),
            1,
            "nothing is left beside it"
        );
    }

    #[test]
    fn a_file_that_others_may_read_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("keys.json");
        Keys::load_or_create(&path).expect("made");
        for mode in [0o644, 0o640, 0o604, 0o660] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).expect("set");
            assert!(
                Keys::load_or_create(&path).is_err(),
                "mode {mode:o} was taken"
            );
        }
    }

    #[test]
    fn a_damaged_file_does_not_tell_its_keys() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("keys.json");
        Keys::load_or_create(&path).expect("made");
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
