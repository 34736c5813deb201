//! Signed requests between the product and a gateway, both ways: HMAC-SHA-256 over time, path and the body's digest, with a key of its own.
//! Not here: HTTP. The secret itself never travels; what is older than five minutes, or not yet, is refused.

use aws_lc_rs::{digest, hmac};
use serde::de::DeserializeOwned;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};

/// The key's name.
pub const KEY: &str = "x-minsheng-key";
/// When it was signed, in milliseconds since 1970.
pub const TIME: &str = "x-minsheng-time";
/// The signature, 64 hexadecimal digits.
pub const SIGNATURE: &str = "x-minsheng-signature";

/// Clocks may differ by this much, in milliseconds.
const LEEWAY: i64 = 5 * 60_000;

/// What both sides know.
#[derive(Clone)]
pub struct Secret {
    name: String,
    key: hmac::Key,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secret")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Secret {
    /// A key with its name.
    pub fn new(name: &str, secret: &str) -> Self {
        Self {
            name: name.to_owned(),
            key: hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()),
        }
    }

    /// The key's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Signs a request.
    pub fn sign(&self, at: Instant, path: &str, body: &[u8]) -> String {
        hex::encode(hmac::sign(&self.key, said(at, path, body).as_bytes()).as_ref())
    }

    /// Whether a request was signed with this key, and lately.
    pub fn is_signed(&self, head: &Head<'_>, (path, body): (&str, &[u8]), now: Instant) -> bool {
        let Ok(at) = head.time.parse::<i64>() else {
            return false;
        };
        let Ok(signature) = hex::decode(head.signature) else {
            return false;
        };
        let words = said(Instant(at), path, body);
        head.key == self.name
            && at.abs_diff(now.0) <= LEEWAY.unsigned_abs()
            && hmac::verify(&self.key, words.as_bytes(), &signature).is_ok()
    }
}

/// What a request says of its signature.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// The key's name.
    pub key: &'a str,
    /// When it was signed.
    pub time: &'a str,
    /// The signature.
    pub signature: &'a str,
}

fn said(at: Instant, path: &str, body: &[u8]) -> String {
    let digest = hex::encode(digest::digest(&digest::SHA256, body).as_ref());
    format!("{}\n{path}\n{digest}", at.0)
}

/// The list that one of the configured gateways sends, signed with its secret.
///
/// # Errors
/// `session.signed_out` for what none of them has signed, or long ago; `input.body` for what is no list, or one of more than `most`.
pub(super) fn list<'s, T: DeserializeOwned>(
    secrets: impl IntoIterator<Item = &'s Secret>,
    now: Instant,
    head: &Head<'_>,
    (path, body): (&str, &[u8]),
    most: usize,
) -> Result<Vec<T>, Fault> {
    let mut secrets = secrets.into_iter();
    if !secrets.any(|it| it.is_signed(head, (path, body), now)) {
        return Err(Fault::new(Code::SignedOut));
    }
    let all: Vec<T> = serde_json::from_slice(body)
        .map_err(|_| Fault::new(Code::InputBody).fact("detail", "json"))?;
    if all.len() > most {
        return Err(Fault::new(Code::InputBody).fact("detail", "length"));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_or_is_old_is_not_signed() {
        let secret = Secret::new("office", "a secret of the office");
        let now = Instant(1_772_337_600_000);
        let (path, body) = ("/receipts", b"[]".as_slice());
        let signature = secret.sign(now, path, body);
        let time = now.0.to_string();
        let head = Head {
            key: "office",
            time: &time,
            signature: &signature,
        };
        let later = |ms: i64| Instant(now.0 + ms);
        assert!(secret.is_signed(&head, (path, body), later(LEEWAY)));
        assert!(
            !secret.is_signed(&head, (path, body), later(LEEWAY + 1)),
            "too old"
        );
        assert!(
            !secret.is_signed(&head, (path, body), later(-LEEWAY - 1)),
            "not yet"
        );
        assert!(
            !secret.is_signed(&head, (path, b"[1]"), now),
            "another body"
        );
        assert!(
            !secret.is_signed(&head, ("/other", body), now),
            "another path"
        );
        let other = Secret::new("office", "another secret");
        assert!(!other.is_signed(&head, (path, body), now), "another key");
        for signature in ["", "zz", "00"] {
            assert!(!secret.is_signed(&Head { signature, ..head }, (path, body), now));
        }
        assert!(!secret.is_signed(&Head { time: "", ..head }, (path, body), now));
        assert!(!secret.is_signed(&Head { key: "x", ..head }, (path, body), now));
        let extreme = i64::MIN.to_string();
        assert!(!secret.is_signed(
            &Head {
                time: &extreme,
                ..head
            },
            (path, body),
            now
        ));
    }
}
