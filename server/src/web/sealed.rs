//! Values that only this installation can read, for cookies: AES-256-GCM under a key derived for this purpose.
//! Deliberately absent: which cookies there are and how long they last (`visit`, `cookies`).
//! The cookie's name is authenticated with the value, so that one cookie never stands for another.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use services::{Ids, keys::Keys};

/// Seals a value for a cookie: hexadecimal nonce and ciphertext.
pub fn seal(keys: &Keys, ids: &dyn Ids, name: &str, text: &[u8]) -> Option<String> {
    let mut nonce = [0_u8; NONCE_LEN];
    ids.fill(&mut nonce);
    let mut buffer = text.to_vec();
    let sealed = Nonce::assume_unique_for_key(nonce);
    key(keys)?
        .seal_in_place_append_tag(sealed, Aad::from(name), &mut buffer)
        .ok()?;
    Some(format!("{}{}", hex::encode(nonce), hex::encode(buffer)))
}

/// Opens a cookie's value; `None` for anything that was not sealed here under this name.
pub fn open(keys: &Keys, name: &str, cookie: &str) -> Option<Vec<u8>> {
    let bytes = hex::decode(cookie).ok()?;
    let (nonce, rest) = bytes.split_at_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut buffer = rest.to_vec();
    let text = key(keys)?
        .open_in_place(nonce, Aad::from(name), &mut buffer)
        .ok()?;
    Some(text.to_vec())
}

fn key(keys: &Keys) -> Option<LessSafeKey> {
    let bytes = keys.mac("cookie", "key");
    UnboundKey::new(&AES_256_GCM, bytes.get(..32)?)
        .ok()
        .map(LessSafeKey::new)
}

#[cfg(test)]
mod tests {
    use services::SeededIds;

    use super::*;

    #[test]
    fn only_the_same_name_and_key_open_a_value() {
        let fresh = || Keys::of(store::Seal::in_memory().expect("keys")).expect("keys");
        let (keys, other) = (fresh(), fresh());
        let cookie = seal(&keys, &SeededIds::new(1), "a", b"words").expect("seals");
        assert_eq!(open(&keys, "a", &cookie).as_deref(), Some(&b"words"[..]));
        assert_eq!(open(&keys, "b", &cookie), None);
        assert_eq!(open(&other, "a", &cookie), None);
        for bad in ["", "00", "zz", &cookie[2..], &format!("{cookie}00")] {
            assert_eq!(open(&keys, "a", bad), None, "{bad}");
        }
    }
}
