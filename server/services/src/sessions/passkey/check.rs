//! When a browser's answer is good: WebAuthn's list of what to compare (7.1 and 7.2), for passkeys without attestation as a second factor.
//! Written here over the cryptography that is linked already, since every library for it is unfit (decision 11).
//! Pure. Not here: whether the challenge was asked, and of whom the passkey is (`mod`).

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use shared::account::passkey::{Answer, Made, Signed};
use shared::fault::Code;

use super::site::Site;

/// COSE algorithms that are taken, the preferred one first: ECDSA with P-256, which every authenticator knows, and RSA for older Windows.
pub(super) const ALGORITHMS: [i64; 2] = [ES256, RS256];
const ES256: i64 = -7;
const RS256: i64 = -257;
/// Longest answer, in bytes.
const LONGEST: usize = 8_192;
/// Longest name that a browser may give a passkey, in bytes (WebAuthn's own bound).
const LONGEST_CREDENTIAL: usize = 1_023;

/// Bytes of the digest of the site, with which an authenticator's data begins.
const SITE: usize = 32;
/// Bytes up to the end of the count.
const HEAD: usize = 37;
/// Bytes up to the passkey's own name: kind of authenticator and length.
const NAMED: usize = HEAD + 16 + 2;
/// Somebody was there and touched it.
const PRESENT: u8 = 0x01;
/// Data of a new passkey follows.
const NEW: u8 = 0x40;

/// An answer as it was read, before anything of it is believed.
#[derive(Debug)]
pub(super) struct Read<T> {
    /// What browsers call the passkey.
    pub(super) credential: Vec<u8>,
    /// What was signed beside the authenticator's data.
    client: Vec<u8>,
    said: Client,
    /// What it answers.
    pub(super) challenge: Vec<u8>,
    response: T,
}

/// What a browser says of where and why it was asked.
#[derive(Debug, Deserialize)]
struct Client {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default, rename = "crossOrigin")]
    cross_origin: bool,
    #[serde(default, rename = "topOrigin")]
    top_origin: Option<String>,
}

/// A new passkey.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct New {
    pub(super) public_key: Vec<u8>,
    pub(super) algorithm: i64,
    pub(super) count: i64,
}

/// Where the client's data stands in an answer.
pub(super) trait Says: DeserializeOwned {
    fn client_data(&self) -> &str;
}

impl Says for Made {
    fn client_data(&self) -> &str {
        &self.client_data
    }
}

impl Says for Signed {
    fn client_data(&self) -> &str {
        &self.client_data
    }
}

/// Reads an answer; nothing of what cannot be read.
pub(super) fn read<T: Says>(text: &str) -> Option<Read<T>> {
    if text.len() > LONGEST {
        return None;
    }
    let answer: Answer<T> = serde_json::from_str(text).ok()?;
    let credential = bytes(&answer.id)?;
    if credential.is_empty() || credential.len() > LONGEST_CREDENTIAL {
        return None;
    }
    let client = bytes(answer.response.client_data())?;
    let said: Client = serde_json::from_slice(&client).ok()?;
    let challenge = bytes(&said.challenge)?;
    Some(Read {
        credential,
        client,
        said,
        challenge,
        response: answer.response,
    })
}

/// As they stand in JSON: base64url, with padding or without.
fn bytes(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()
}

/// Checks a new passkey, whose challenge was taken.
pub(super) fn made(read: &Read<Made>, site: &Site) -> Result<New, Code> {
    here(&read.said, "webauthn.create", site)?;
    let data = bytes(&read.response.authenticator_data).ok_or(Code::PasskeyWrong)?;
    let count = head(&data, site, NEW)?;
    let length = data.get(NAMED - 2..NAMED).ok_or(Code::PasskeyWrong)?;
    let length = length
        .iter()
        .fold(0_usize, |sum, byte| (sum << 8) | usize::from(*byte));
    if data.get(NAMED..NAMED + length) != Some(read.credential.as_slice()) {
        return Err(Code::PasskeyWrong);
    }
    let public_key = bytes(&read.response.public_key).ok_or(Code::PasskeyWrong)?;
    let algorithm = read.response.public_key_algorithm;
    let by = by(algorithm).ok_or(Code::PasskeyWrong)?;
    // A key that its algorithm cannot read would never sign anything good.
    UnparsedPublicKey::new(by, &public_key)
        .parse()
        .map_err(|_| Code::PasskeyWrong)?;
    Ok(New {
        public_key,
        algorithm,
        count,
    })
}

/// Checks a signature by a passkey's key, whose challenge was taken; gives the authenticator's count.
pub(super) fn signed(
    read: &Read<Signed>,
    site: &Site,
    public_key: &[u8],
    algorithm: i64,
) -> Result<i64, Code> {
    here(&read.said, "webauthn.get", site)?;
    let mut data = bytes(&read.response.authenticator_data).ok_or(Code::PasskeyWrong)?;
    let count = head(&data, site, 0)?;
    let signature = bytes(&read.response.signature).ok_or(Code::PasskeyWrong)?;
    let by = by(algorithm).ok_or(Code::PasskeyWrong)?;
    data.extend_from_slice(digest(&SHA256, &read.client).as_ref());
    UnparsedPublicKey::new(by, public_key)
        .verify(&data, &signature)
        .map_err(|_| Code::PasskeyWrong)?;
    Ok(count)
}

fn by(algorithm: i64) -> Option<&'static dyn VerificationAlgorithm> {
    match algorithm {
        ES256 => Some(&ECDSA_P256_SHA256_ASN1),
        RS256 => Some(&RSA_PKCS1_2048_8192_SHA256),
        _ => None,
    }
}

/// Whether it was asked for this, on a page of ours that no other site frames.
fn here(said: &Client, kind: &str, site: &Site) -> Result<(), Code> {
    if said.kind != kind {
        return Err(Code::PasskeyWrong);
    }
    if said.origin != site.origin || said.cross_origin || said.top_origin.is_some() {
        return Err(Code::PasskeyOrigin);
    }
    Ok(())
}

/// The count of an authenticator's data, which is bound to the site, says that somebody was there, and has these flags. Whether finger or
/// PIN was asked is not looked at: the password was given before, and a plain security key asks for neither.
fn head(data: &[u8], site: &Site, flags: u8) -> Result<i64, Code> {
    let head: &[u8; HEAD] = data.first_chunk().ok_or(Code::PasskeyWrong)?;
    let (of, rest) = head.split_at(SITE);
    let ours = digest(&SHA256, site.id.as_bytes());
    if of != AsRef::<[u8]>::as_ref(&ours) {
        return Err(Code::PasskeyOrigin);
    }
    let (has, count) = rest.split_first().ok_or(Code::PasskeyWrong)?;
    let wanted = PRESENT | flags;
    if has & wanted != wanted {
        return Err(Code::PasskeyWrong);
    }
    Ok(count
        .iter()
        .fold(0_i64, |sum, byte| (sum << 8) | i64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        Site::of("https://12345.example").expect("a site")
    }

    fn data(id: &str, flags: u8, count: u32) -> Vec<u8> {
        let mut data = digest(&SHA256, id.as_bytes()).as_ref().to_vec();
        data.push(flags);
        data.extend(count.to_be_bytes());
        data
    }

    #[test]
    fn data_is_of_this_site_with_somebody_there() {
        assert_eq!(head(&data("12345.example", 1, 7), &site(), 0), Ok(7));
        assert_eq!(
            head(&data("12345.example", 5, u32::MAX), &site(), 0),
            Ok(4_294_967_295)
        );
        assert_eq!(
            head(&data("evil.example", 1, 7), &site(), 0),
            Err(Code::PasskeyOrigin)
        );
        assert_eq!(
            head(&data("12345.example", 4, 7), &site(), 0),
            Err(Code::PasskeyWrong),
            "nobody was there"
        );
        assert_eq!(
            head(&data("12345.example", 1, 7), &site(), NEW),
            Err(Code::PasskeyWrong),
            "nothing new in it"
        );
        for short in 0..HEAD {
            let cut = &data("12345.example", 1, 7)[..short];
            assert_eq!(head(cut, &site(), 0), Err(Code::PasskeyWrong), "{short}");
        }
    }

    #[test]
    fn it_was_asked_here_and_for_this() {
        let said = |change: fn(&mut Client)| {
            let mut said = Client {
                kind: "webauthn.get".to_owned(),
                challenge: String::new(),
                origin: "https://12345.example".to_owned(),
                cross_origin: false,
                top_origin: None,
            };
            change(&mut said);
            here(&said, "webauthn.get", &site())
        };
        assert_eq!(said(|_| ()), Ok(()));
        assert_eq!(
            said(|it| it.kind = "webauthn.create".to_owned()),
            Err(Code::PasskeyWrong)
        );
        let elsewhere: [fn(&mut Client); 4] = [
            |it| it.origin = "https://12345.example.evil.cn".to_owned(),
            |it| it.origin = "http://12345.example".to_owned(),
            |it| it.cross_origin = true,
            |it| it.top_origin = Some("https://evil.cn".to_owned()),
        ];
        for change in elsewhere {
            assert_eq!(said(change), Err(Code::PasskeyOrigin));
        }
    }

    #[test]
    fn what_cannot_be_read_is_nothing() {
        let client = URL_SAFE_NO_PAD
            .encode(r#"{"type":"webauthn.get","challenge":"AQI","origin":"x","new":1}"#);
        let text = |id: &str, client: &str| {
            format!(
                r#"{{"id":"{id}","type":"public-key","response":{{"clientDataJSON":"{client}","authenticatorData":"","signature":"","userHandle":null}}}}"#
            )
        };
        let good = read::<Signed>(&text("AQID", &client)).expect("read");
        assert_eq!(
            (good.credential, good.challenge),
            (vec![1, 2, 3], vec![1, 2])
        );
        let long = "A".repeat(4 * LONGEST);
        for (id, client) in [
            ("", client.as_str()),
            ("!", &client),
            ("AQID", "AQID"),
            (&long, &client),
        ] {
            assert!(read::<Signed>(&text(id, client)).is_none());
        }
        for text in ["", "null", "{}", "[]", r#"{"id":"AQID"}"#] {
            assert!(
                read::<Signed>(text).is_none() && read::<Made>(text).is_none(),
                "{text}"
            );
        }
    }
}
