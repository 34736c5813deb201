//! The form of the file with the installation's keys: JSON, in the clear or wrapped.
//! Not here: what the keys do (`seal`), reading, changing and writing the file (`ring`).
//! A ring of one international key of a kind has the form of the releases before providers; other rings are lists, the newest key first.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};

use super::crypto::Provider;

/// The id of the only lookup key of releases that had one.
const FIRST_LOOKUP: &str = "lookup";

/// A key with its id.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct NamedKey {
    pub(super) id: String,
    #[serde(default, skip_serializing_if = "Provider::is_default")]
    pub(super) provider: Provider,
    /// Base64.
    pub(super) key: String,
}

impl NamedKey {
    pub(super) fn bytes(&self) -> Option<Vec<u8>> {
        decode(&self.key)
    }
}

/// The keys that find.
#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Lookup {
    /// Base64 of the only one, HMAC-SHA-256.
    Only(String),
    /// Newest first.
    Ring(Vec<NamedKey>),
}

impl Lookup {
    pub(super) fn keys(&self) -> Vec<NamedKey> {
        match self {
            Self::Only(key) => vec![NamedKey {
                id: FIRST_LOOKUP.to_owned(),
                provider: Provider::International,
                key: key.clone(),
            }],
            Self::Ring(keys) => keys.clone(),
        }
    }
}

/// The keys that sign the audit's checkpoints.
#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Signing {
    /// The only one.
    Only(NamedKey),
    /// Newest first.
    Ring(Vec<NamedKey>),
}

impl Signing {
    pub(super) fn keys(&self) -> Vec<NamedKey> {
        match self {
            Self::Only(key) => vec![key.clone()],
            Self::Ring(keys) => keys.clone(),
        }
    }
}

/// The whole file in the clear.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyFile {
    /// Data keys, newest first.
    pub(super) data: Vec<NamedKey>,
    /// For the lookup columns; values of before a change are found with the older ones.
    pub(super) lookup: Lookup,
    /// For the audit's checkpoints.
    pub(super) audit: Signing,
    /// Ed25519 (PKCS#8) for session tokens, whatever the provider is.
    pub(super) session: NamedKey,
}

/// The whole file, sealed with a key that an outside service unwraps.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrappedFile {
    /// Whose algorithm seals it.
    pub(super) provider: Provider,
    /// The key that seals it, as the service keeps it; base64.
    pub(super) wrapped: String,
    /// Nonce and sealed keys; base64.
    pub(super) sealed: String,
}

pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

pub(super) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}
