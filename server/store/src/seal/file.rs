//! The file with the installation's keys: JSON, mode 0600, outside the checkout.
//! Not here: what the keys do (`seal`).
//! To change the data key, put a new entry in front of `data`; older entries stay, since they still open old rows.

use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use aws_lc_rs::rand;
use aws_lc_rs::signature::Ed25519KeyPair;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};

use crate::StoreError;

/// A key with its id.
#[derive(Serialize, Deserialize)]
pub(super) struct NamedKey {
    pub(super) id: String,
    /// Base64.
    pub(super) key: String,
}

/// The whole file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyFile {
    /// AES-256-GCM, newest first.
    pub(super) data: Vec<NamedKey>,
    /// HMAC-SHA-256 for the lookup columns; changing it makes old rows unfindable.
    pub(super) lookup: String,
    /// Ed25519 (PKCS#8) for the audit's checkpoints.
    pub(super) audit: NamedKey,
    /// Ed25519 (PKCS#8) for session tokens.
    pub(super) session: NamedKey,
}

pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// Fresh random keys.
pub(super) fn fresh() -> Result<KeyFile, StoreError> {
    Ok(KeyFile {
        data: vec![NamedKey {
            id: id("d")?,
            key: random()?,
        }],
        lookup: random()?,
        audit: NamedKey {
            id: id("a")?,
            key: signing()?,
        },
        session: NamedKey {
            id: id("s")?,
            key: signing()?,
        },
    })
}

/// Writes fresh keys to a new file of mode 0600.
pub(super) fn generate(path: &Path) -> Result<(), StoreError> {
    let words =
        serde_json::to_string_pretty(&fresh()?).map_err(|e| StoreError::Broken(e.into()))?;
    let written = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .and_then(|mut file| {
            file.write_all(words.as_bytes())?;
            file.sync_all()
        });
    written.map_err(|e| {
        StoreError::Unfit(format!("cannot write the key file {}: {e}", path.display()))
    })
}

/// Reads a key file.
pub(super) fn read(path: &Path) -> Result<KeyFile, StoreError> {
    let unfit = |e: &dyn std::fmt::Display| {
        StoreError::Unfit(format!("cannot use the key file {}: {e}", path.display()))
    };
    let mode = std::fs::metadata(path)
        .map_err(|e| unfit(&e))?
        .permissions()
        .mode();
    if mode & 0o077 != 0 {
        return Err(unfit(&format!(
            "its mode is {:o}, it must be 600",
            mode & 0o777
        )));
    }
    let words = std::fs::read(path).map_err(|e| unfit(&e))?;
    serde_json::from_slice(&words)
        .map_err(|e| unfit(&format!("line {}: not the expected keys", e.line())))
}

fn random() -> Result<String, StoreError> {
    let mut bytes = [0_u8; 32];
    rand::fill(&mut bytes).map_err(|_| StoreError::broken("no random bytes"))?;
    Ok(STANDARD.encode(bytes))
}

fn signing() -> Result<String, StoreError> {
    let key = Ed25519KeyPair::generate()
        .and_then(|k| k.to_pkcs8())
        .map_err(|_| StoreError::broken("no signing key"))?;
    Ok(STANDARD.encode(key.as_ref()))
}

fn id(prefix: &str) -> Result<String, StoreError> {
    let mut bytes = [0_u8; 4];
    rand::fill(&mut bytes).map_err(|_| StoreError::broken("no random bytes"))?;
    Ok(format!("{prefix}-{}", hex::encode(bytes)))
}
