//! The international provider: AES-256-GCM, HMAC-SHA-256 and Ed25519 of aws-lc.
//! Not here: the other one (`sm`).

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::hmac;
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

use super::{Cipher, Crypto, KeyedDigest, NONCE, Provider, Refused, Signer};

/// The provider.
pub(super) struct International;

impl Crypto for International {
    fn provider(&self) -> Provider {
        Provider::International
    }

    fn data_key_length(&self) -> usize {
        32
    }

    fn cipher(&self, key: &[u8]) -> Result<Box<dyn Cipher>, Refused> {
        let key = UnboundKey::new(&AES_256_GCM, key).map_err(|_| Refused)?;
        Ok(Box::new(Aes(LessSafeKey::new(key))))
    }

    fn digest(&self, key: &[u8]) -> Result<Box<dyn KeyedDigest>, Refused> {
        if key.len() != 32 {
            return Err(Refused);
        }
        Ok(Box::new(Sha(hmac::Key::new(hmac::HMAC_SHA256, key))))
    }

    fn signer(&self, key: &[u8]) -> Result<Box<dyn Signer>, Refused> {
        let pair = Ed25519KeyPair::from_pkcs8(key).map_err(|_| Refused)?;
        Ok(Box::new(Ed(pair)))
    }

    fn fresh_signer(&self) -> Result<Vec<u8>, Refused> {
        let key = Ed25519KeyPair::generate()
            .and_then(|pair| pair.to_pkcs8())
            .map_err(|_| Refused)?;
        Ok(key.as_ref().to_vec())
    }
}

struct Aes(LessSafeKey);

impl Cipher for Aes {
    fn seal(&self, nonce: [u8; NONCE], bound: &[u8], value: &mut Vec<u8>) -> Result<(), Refused> {
        let nonce = Nonce::assume_unique_for_key(nonce);
        self.0
            .seal_in_place_append_tag(nonce, Aad::from(bound), value)
            .map_err(|_| Refused)
    }

    fn open(&self, nonce: [u8; NONCE], bound: &[u8], value: &mut Vec<u8>) -> Result<(), Refused> {
        let nonce = Nonce::assume_unique_for_key(nonce);
        let length = self
            .0
            .open_in_place(nonce, Aad::from(bound), value)
            .map_err(|_| Refused)?
            .len();
        value.truncate(length);
        Ok(())
    }
}

struct Sha(hmac::Key);

impl KeyedDigest for Sha {
    fn of(&self, parts: &[&[u8]]) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.0);
        for part in parts {
            context.update(part);
        }
        context.sign().as_ref().to_vec()
    }
}

struct Ed(Ed25519KeyPair);

impl Signer for Ed {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Refused> {
        Ok(self.0.sign(message).as_ref().to_vec())
    }

    fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.0.public_key().as_ref())
            .verify(message, signature)
            .is_ok()
    }

    fn public(&self) -> Vec<u8> {
        self.0.public_key().as_ref().to_vec()
    }
}
