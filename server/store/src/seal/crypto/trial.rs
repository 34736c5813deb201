//! One suite for both providers, and the vectors of the standards for each.
//! Not here: the ring of keys (`seal`).
//! Vectors lie with the shared data; absent they are skipped, and fail in CI.

use aes_gcm_010::aead::generic_array::GenericArray;
use hmac_012::Mac as _;
use sm2::dsa::signature::Verifier as _;
use sm2::dsa::{Signature, SigningKey, VerifyingKey};
use sm3::Digest as _;
use sm4::cipher::{BlockDecrypt as _, BlockEncrypt as _, KeyInit as _};

use super::{Cipher, NONCE, Provider, Refused, TAG};

fn vectors(name: &str) -> Option<serde_json::Value> {
    let root = std::env::var("MINSHENG_SHARED_DATA").unwrap_or_else(|_| {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").to_owned()
    });
    match std::fs::read(format!("{root}/oracles/{name}.json")) {
        Ok(bytes) => Some(serde_json::from_slice(&bytes).expect("json")),
        Err(error) => {
            assert!(
                std::env::var("CI").as_deref() != Ok("true"),
                "{name} is needed in CI: {error}"
            );
            println!("skipped: {name} is not here ({error})");
            None
        }
    }
}

fn rows(name: &str) -> Vec<serde_json::Value> {
    let found = vectors(name);
    found.map_or_else(Vec::new, |all| all.as_array().expect("a list").clone())
}

fn bytes(row: &serde_json::Value, name: &str) -> Vec<u8> {
    hex::decode(row[name].as_str().expect("a text")).expect("hex")
}

fn sealed(cipher: &dyn Cipher, bound: &[u8], plain: &[u8]) -> Vec<u8> {
    let mut value = plain.to_vec();
    cipher.seal([7; NONCE], bound, &mut value).expect("seals");
    value
}

fn opened(cipher: &dyn Cipher, bound: &[u8], value: &[u8]) -> Result<Vec<u8>, Refused> {
    let mut value = value.to_vec();
    cipher.open([7; NONCE], bound, &mut value)?;
    Ok(value)
}

#[test]
fn what_is_sealed_opens_with_its_key_in_its_place_alone() {
    for provider in Provider::ALL {
        let crypto = provider.crypto();
        assert_eq!(crypto.provider(), provider);
        let key = crypto.fresh_data_key().expect("a key");
        assert_eq!(key.len(), crypto.data_key_length());
        let cipher = crypto.cipher(&key).expect("a cipher");
        let other = crypto.fresh_data_key().expect("a key");
        let other = crypto.cipher(&other).expect("a cipher");
        for length in [0, 1, 15, 16, 17, 1_000, 70_000] {
            let plain = vec![0xa5; length];
            let value = sealed(&*cipher, b"tickets.citizen\0row", &plain);
            assert_eq!(value.len(), length + TAG);
            let back = opened(&*cipher, b"tickets.citizen\0row", &value);
            assert_eq!(back, Ok(plain), "{provider:?} {length}");
            let elsewhere = opened(&*cipher, b"tickets.citizen\0other", &value);
            assert_eq!(elsewhere, Err(Refused));
            let stranger = opened(&*other, b"tickets.citizen\0row", &value);
            assert_eq!(stranger, Err(Refused));
            for at in [0, value.len() / 2, value.len() - 1] {
                let mut flipped = value.clone();
                flipped[at] ^= 1;
                let changed = opened(&*cipher, b"tickets.citizen\0row", &flipped);
                assert_eq!(changed, Err(Refused));
            }
            let cut = opened(&*cipher, b"tickets.citizen\0row", &value[..value.len() - 1]);
            assert_eq!(cut, Err(Refused));
        }
        assert_eq!(opened(&*cipher, b"", b"short"), Err(Refused));
        assert!(crypto.cipher(&[1; 15]).is_err(), "no key of this length");
    }
}

#[test]
fn neither_opens_what_the_other_sealed() {
    let ciphers = Provider::ALL.map(|provider| {
        let crypto = provider.crypto();
        let key = crypto.fresh_data_key().expect("a key");
        crypto.cipher(&key).expect("a cipher")
    });
    for (one, other) in [(0, 1), (1, 0)] {
        let value = sealed(&*ciphers[one], b"place", b"words");
        assert_eq!(opened(&*ciphers[other], b"place", &value), Err(Refused));
    }
}

#[test]
fn a_digest_follows_from_key_and_text() {
    for provider in Provider::ALL {
        let crypto = provider.crypto();
        let key = crypto.fresh_digest_key().expect("a key");
        let digest = crypto.digest(&key).expect("a digest");
        let other = crypto.fresh_digest_key().expect("a key");
        let other = crypto.digest(&other).expect("a digest");
        let whole = digest.of(&[b"phone\x0013800138000"]);
        assert_eq!(whole.len(), 32);
        assert_eq!(digest.of(&[b"phone", &[0], b"13800138000"]), whole);
        assert_ne!(digest.of(&[b"phone\x0013800138001"]), whole);
        assert_ne!(other.of(&[b"phone\x0013800138000"]), whole);
        assert!(crypto.digest(&key[1..]).is_err());
    }
}

#[test]
fn a_signature_holds_for_its_message_and_its_key() {
    for provider in Provider::ALL {
        let crypto = provider.crypto();
        let key = crypto.fresh_signer().expect("a key");
        let pair = crypto.signer(&key).expect("a pair");
        let other = crypto.fresh_signer().expect("a key");
        let other = crypto.signer(&other).expect("a pair");
        let signature = pair.sign(b"head of the chain").expect("signs");
        assert_eq!(signature.len(), 64);
        assert!(pair.verifies(b"head of the chain", &signature));
        assert!(!pair.verifies(b"head of a chain", &signature));
        assert!(!other.verifies(b"head of the chain", &signature));
        for at in 0..signature.len() {
            let mut flipped = signature.clone();
            flipped[at] ^= 1;
            assert!(!pair.verifies(b"head of the chain", &flipped));
        }
        assert!(!pair.verifies(b"head of the chain", &signature[1..]));
        let again = crypto.signer(&key).expect("a pair");
        assert_eq!(again.public(), pair.public());
        assert_ne!(other.public(), pair.public());
        assert!(crypto.signer(&[0; 32]).is_err(), "zero is no key");
    }
}

#[test]
fn sm4_gcm_is_the_one_of_the_standard() {
    for row in rows("sm4_gcm_vectors") {
        let nonce = bytes(&row, "nonce");
        let (aad, expected) = (bytes(&row, "aad"), bytes(&row, "ct_tag"));
        let Ok(nonce) = <[u8; NONCE]>::try_from(nonce) else {
            continue;
        };
        let plain = bytes(&row, "pt");
        if expected.len() != plain.len() + TAG {
            continue;
        }
        let crypto = Provider::Sm.crypto();
        let cipher = crypto.cipher(&bytes(&row, "key")).expect("a key");
        let mut value = plain.clone();
        cipher.seal(nonce, &aad, &mut value).expect("seals");
        assert_eq!(value, expected, "{}", row["origin"]);
        cipher.open(nonce, &aad, &mut value).expect("opens");
        assert_eq!(value, plain);
    }
}

#[test]
fn sm4_is_the_one_of_the_standard() {
    let Some(all) = vectors("sm4_million") else {
        return;
    };
    let cipher = sm4::Sm4::new_from_slice(&bytes(&all, "key")).expect("a key");
    let mut block = *GenericArray::from_slice(&bytes(&all, "block"));
    let start = block;
    for _ in 0..1_000 {
        cipher.encrypt_block(&mut block);
    }
    assert_eq!(block.to_vec(), bytes(&all, "after_1000"));
    for _ in 0..1_000 {
        cipher.decrypt_block(&mut block);
    }
    assert_eq!(block, start);
}

#[test]
fn sm3_and_its_hmac_are_those_of_the_standard() {
    for row in rows("sm3_vectors") {
        let digest = sm3::Sm3::digest(bytes(&row, "msg_hex"));
        assert_eq!(digest.to_vec(), bytes(&row, "digest"));
    }
    for row in rows("hmac_sm3_vectors") {
        let key = bytes(&row, "key_hex");
        let mut mac = <hmac_012::Hmac<sm3::Sm3> as hmac_012::Mac>::new_from_slice(&key)
            .expect("any length is a key");
        mac.update(&bytes(&row, "msg_hex"));
        let mac = mac.finalize().into_bytes().to_vec();
        assert_eq!(mac, bytes(&row, "mac"));
        if let Ok(digest) = Provider::Sm.crypto().digest(&key) {
            assert_eq!(digest.of(&[&bytes(&row, "msg_hex")]), mac);
        }
    }
}

#[test]
fn sm2_signatures_are_judged_as_others_judge_them() {
    for row in rows("sm2_sign_vectors") {
        let uid = row["uid"].as_str().expect("a text");
        let point = [vec![4], bytes(&row, "pub")].concat();
        let message = bytes(&row, "msg");
        let key = VerifyingKey::from_sec1_bytes(uid, &point).expect("a public key");
        let signature = [bytes(&row, "r"), bytes(&row, "s")].concat();
        let holds = Signature::from_slice(&signature)
            .is_ok_and(|signature| key.verify(&message, &signature).is_ok());
        assert_eq!(holds, row["valid"] == true, "{row}");
        if uid != super::sm::IDENTIFIER {
            continue;
        }
        let Some(private) = row["priv"].as_str().filter(|key| !key.is_empty()) else {
            continue;
        };
        let private = hex::decode(private).expect("hex");
        let pair = Provider::Sm.crypto().signer(&private).expect("a pair");
        assert_eq!(pair.public(), point);
        assert_eq!(pair.verifies(&message, &signature), row["valid"] == true);
        let own = pair.sign(&message).expect("signs");
        let own = Signature::from_slice(&own).expect("a signature");
        assert!(key.verify(&message, &own).is_ok(), "what we sign holds");
        assert!(SigningKey::from_slice(uid, &private).is_ok());
    }
}
