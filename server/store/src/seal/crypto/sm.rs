//! The 国密 provider: SM4-GCM, HMAC-SM3 and SM2 signatures (GB/T 32907, 32905, 32918) of the libraries of `RustCrypto`.
//! Not here: the other one (`international`).
//! A signature is `r` and `s` of 32 bytes each under the usual identifier; `k` follows from key and message (RFC 6979 with SM3).

use aes_gcm_010::aead::AeadInPlace as _;
use aes_gcm_010::aead::generic_array::GenericArray;
use aes_gcm_010::aead::generic_array::typenum::U12;
use aes_gcm_010::{AesGcm, KeyInit as _};
use hmac_012::{Hmac, Mac as _};
use sm2::dsa::signature::{Signer as _, Verifier as _};
use sm2::dsa::{Signature, SigningKey};
use sm2::elliptic_curve::sec1::ToEncodedPoint as _;
use sm2::{PublicKey, SecretKey};
use sm3::Sm3;
use sm4::Sm4;

use super::{Cipher, Crypto, KeyedDigest, NONCE, Provider, Refused, Signer, TAG, random};

/// The identifier of a signer where nobody agreed on another one (GM/T 0009).
pub(super) const IDENTIFIER: &str = "1234567812345678";

/// The provider.
pub(super) struct Sm;

impl Crypto for Sm {
    fn provider(&self) -> Provider {
        Provider::Sm
    }

    fn data_key_length(&self) -> usize {
        16
    }

    fn cipher(&self, key: &[u8]) -> Result<Box<dyn Cipher>, Refused> {
        let cipher = AesGcm::<Sm4, U12>::new_from_slice(key).map_err(|_| Refused)?;
        Ok(Box::new(Gcm(cipher)))
    }

    fn digest(&self, key: &[u8]) -> Result<Box<dyn KeyedDigest>, Refused> {
        if key.len() != 32 {
            return Err(Refused);
        }
        let digest = <Hmac<Sm3> as hmac_012::Mac>::new_from_slice(key).map_err(|_| Refused)?;
        Ok(Box::new(Digest(digest)))
    }

    fn signer(&self, key: &[u8]) -> Result<Box<dyn Signer>, Refused> {
        let key = SecretKey::from_slice(key).map_err(|_| Refused)?;
        let key = SigningKey::new(IDENTIFIER, &key).map_err(|_| Refused)?;
        Ok(Box::new(Pair(key)))
    }

    fn fresh_signer(&self) -> Result<Vec<u8>, Refused> {
        // Nearly every number of 32 bytes is a key.
        for _ in 0..64 {
            let bytes = random(32)?;
            if self.signer(&bytes).is_ok() {
                return Ok(bytes);
            }
        }
        Err(Refused)
    }
}

struct Gcm(AesGcm<Sm4, U12>);

impl Cipher for Gcm {
    fn seal(&self, nonce: [u8; NONCE], bound: &[u8], value: &mut Vec<u8>) -> Result<(), Refused> {
        let tag = self
            .0
            .encrypt_in_place_detached(GenericArray::from_slice(&nonce), bound, value)
            .map_err(|_| Refused)?;
        value.extend_from_slice(&tag);
        Ok(())
    }

    fn open(&self, nonce: [u8; NONCE], bound: &[u8], value: &mut Vec<u8>) -> Result<(), Refused> {
        let length = value.len().checked_sub(TAG).ok_or(Refused)?;
        let tag = value.split_off(length);
        self.0
            .decrypt_in_place_detached(
                GenericArray::from_slice(&nonce),
                bound,
                value,
                GenericArray::from_slice(&tag),
            )
            .map_err(|_| Refused)
    }
}

struct Digest(Hmac<Sm3>);

impl KeyedDigest for Digest {
    fn of(&self, parts: &[&[u8]]) -> Vec<u8> {
        let mut digest = self.0.clone();
        for part in parts {
            digest.update(part);
        }
        digest.finalize().into_bytes().to_vec()
    }
}

struct Pair(SigningKey);

impl Signer for Pair {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Refused> {
        let signature = self.0.try_sign(message).map_err(|_| Refused)?;
        Ok(signature.to_bytes().to_vec())
    }

    fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.0.verifying_key().verify(message, &signature).is_ok())
    }

    fn public(&self) -> Vec<u8> {
        let point = PublicKey::from(self.0.verifying_key());
        point.to_encoded_point(false).as_bytes().to_vec()
    }
}
