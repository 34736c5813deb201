//! What keys do, behind one trait with two providers: international (AES-256-GCM, HMAC-SHA-256, Ed25519) and 国密 (SM4-GCM, HMAC-SM3, SM2).
//! Not here: which keys there are and which of them is the newest (`seal`), the file that keeps them (`file`).
//! Nonces have 12 bytes and tags 16 with both, so that a sealed value has one form; whose key it needs says the key's id beside it.

mod international;
mod sm;
#[cfg(test)]
mod trial;

use aws_lc_rs::rand;
use serde::{Deserialize, Serialize};

/// Bytes of a nonce.
pub const NONCE: usize = 12;
/// Bytes of a tag.
pub const TAG: usize = 16;

/// Whose algorithms a key belongs to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    /// AES-256-GCM, HMAC-SHA-256, Ed25519.
    #[default]
    International,
    /// SM4-GCM, HMAC-SM3, SM2 with SM3.
    Sm,
}

impl Provider {
    /// All there are.
    pub const ALL: [Self; 2] = [Self::International, Self::Sm];

    /// The word in configuration and key file.
    pub fn code(self) -> &'static str {
        match self {
            Self::International => "international",
            Self::Sm => "sm",
        }
    }

    /// The provider of a word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The provider whose data keys have so many bytes.
    pub fn of_length(bytes: usize) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|one| one.crypto().data_key_length() == bytes)
    }

    /// What it seals, finds and signs with, in words for the administrator.
    pub fn algorithms(self) -> &'static str {
        match self {
            Self::International => "AES-256-GCM, HMAC-SHA-256, Ed25519",
            Self::Sm => "SM4-GCM, HMAC-SM3, SM2",
        }
    }

    /// Its algorithms.
    pub fn crypto(self) -> &'static dyn Crypto {
        match self {
            Self::International => &international::International,
            Self::Sm => &sm::Sm,
        }
    }

    /// What the ids of its keys begin with; nothing with the international ones, which were there first.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::International => "",
            Self::Sm => "sm-",
        }
    }

    /// Whether it is the one of key files that name none.
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde asks for a reference"
    )]
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// A key that is none, or a value that does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused;

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not the right key, or the value was changed")
    }
}

impl std::error::Error for Refused {}

/// The algorithms of one provider.
pub trait Crypto: Send + Sync {
    /// Whose they are.
    fn provider(&self) -> Provider;

    /// Bytes of a data key.
    fn data_key_length(&self) -> usize;

    /// A data key made ready.
    ///
    /// # Errors
    /// When the bytes are no key.
    fn cipher(&self, key: &[u8]) -> Result<Box<dyn Cipher>, Refused>;

    /// A key for digests made ready; it has 32 bytes.
    ///
    /// # Errors
    /// When the bytes are no key.
    fn digest(&self, key: &[u8]) -> Result<Box<dyn KeyedDigest>, Refused>;

    /// A private key that signs, made ready.
    ///
    /// # Errors
    /// When the bytes are no key.
    fn signer(&self, key: &[u8]) -> Result<Box<dyn Signer>, Refused>;

    /// A fresh private key that signs.
    ///
    /// # Errors
    /// When there is no randomness.
    fn fresh_signer(&self) -> Result<Vec<u8>, Refused>;

    /// A fresh data key.
    ///
    /// # Errors
    /// When there is no randomness.
    fn fresh_data_key(&self) -> Result<Vec<u8>, Refused> {
        random(self.data_key_length())
    }

    /// A fresh key for digests.
    ///
    /// # Errors
    /// When there is no randomness.
    fn fresh_digest_key(&self) -> Result<Vec<u8>, Refused> {
        random(32)
    }
}

/// Seals and opens with one data key.
pub trait Cipher: Send + Sync {
    /// Seals in place and puts the tag behind. A nonce must not come twice under one key.
    ///
    /// # Errors
    /// When the value is too long.
    fn seal(&self, nonce: [u8; NONCE], bound: &[u8], value: &mut Vec<u8>) -> Result<(), Refused>;

    /// Opens in place and takes the tag away.
    ///
    /// # Errors
    /// When key, nonce, place or value are others than those of the sealing.
    fn open(&self, nonce: [u8; NONCE], bound: &[u8], value: &mut Vec<u8>) -> Result<(), Refused>;
}

/// Keyed digests of 32 bytes.
pub trait KeyedDigest: Send + Sync {
    /// The digest of parts as of one text.
    fn of(&self, parts: &[&[u8]]) -> Vec<u8>;
}

/// Signs and verifies with one pair of keys.
pub trait Signer: Send + Sync {
    /// The signature, 64 bytes.
    ///
    /// # Errors
    /// When none comes about.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Refused>;

    /// Whether the pair signed a message.
    fn verifies(&self, message: &[u8], signature: &[u8]) -> bool;

    /// The public half.
    fn public(&self) -> Vec<u8>;
}

/// Random bytes.
pub(super) fn random(length: usize) -> Result<Vec<u8>, Refused> {
    let mut bytes = vec![0_u8; length];
    rand::fill(&mut bytes).map_err(|_| Refused)?;
    Ok(bytes)
}
