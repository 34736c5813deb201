//! Access tokens: JSON Web Tokens signed with Ed25519, ten minutes long, checked against the service's clock.
//! They name a person and a session, never rights: those are read from the store for each request (P-25).
//! Refresh tokens are random and live in the store (`refresh`); which keys there are, says the `ring`.

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::{SessionId, UserId};

/// How long an access token is good for.
pub const ACCESS_MINUTES: i64 = 10;
const ISSUER: &str = "minsheng";
const AUDIENCE: &str = "minsheng";
/// RFC 9068; keeps any other kind of signed token from being taken for an access token.
const TYPE: &str = "at+jwt";
/// Clocks of two machines may differ by this much.
const LEEWAY_SECONDS: i64 = 5;
/// A longer text is no token of ours.
const MAX_BYTES: usize = 2048;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    aud: String,
    sub: UserId,
    sid: SessionId,
    /// Seconds since 1970.
    iat: i64,
    nbf: i64,
    exp: i64,
}

/// The header of our tokens, and nothing else: `crit`, `b64`, `jku` or a name that stands twice ask for something that is not done here.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    alg: String,
    typ: String,
    kid: String,
}

impl Head {
    fn read(token: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(token.split('.').next()?).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    fn is_ours(&self, key_id: &str) -> bool {
        self.alg == "EdDSA" && self.typ == TYPE && self.kid == key_id
    }
}

/// The name of the key that a token says it is signed with, when its head is one of ours.
pub(super) fn key_named(token: &str) -> Option<String> {
    if token.len() > MAX_BYTES {
        return None;
    }
    Head::read(token).map(|head| head.kid)
}

/// Signs and checks access tokens with one key and one algorithm.
#[derive(Clone)]
pub(super) struct Signer {
    key_id: String,
    /// Absent of a key that only checks.
    encoding: Option<EncodingKey>,
    decoding: DecodingKey,
    validation: Validation,
}

/// What a good token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Claimed {
    /// The person.
    pub user: UserId,
    /// The session.
    pub session: SessionId,
}

impl Signer {
    /// From an Ed25519 key in PKCS #8 and its raw public key of 32 bytes. `key_id` stands in the header of each token.
    pub(super) fn new(key_id: &str, pkcs8: &[u8], public: &[u8]) -> Self {
        Self {
            encoding: Some(EncodingKey::from_ed_der(pkcs8)),
            ..Self::checking(key_id, public)
        }
    }

    /// From a raw public key alone: it checks, and signs nothing.
    pub(super) fn checking(key_id: &str, public: &[u8]) -> Self {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        // The library reads the machine's clock; ours is asked below (I8).
        validation.validate_exp = false;
        validation.validate_nbf = false;
        Self {
            key_id: key_id.to_owned(),
            encoding: None,
            decoding: DecodingKey::from_ed_der(public),
            validation,
        }
    }

    /// Whether it is the key of this name.
    pub(super) fn is_called(&self, kid: &str) -> bool {
        self.key_id == kid
    }

    /// Whether it signs, and does not only check.
    pub(super) fn signs(&self) -> bool {
        self.encoding.is_some()
    }

    /// A token for a session, and when it ends.
    pub(super) fn sign(&self, claimed: Claimed, now: Instant) -> anyhow::Result<(String, Instant)> {
        let iat = now.0.div_euclid(1000);
        let exp = iat + ACCESS_MINUTES * 60;
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: claimed.user,
            sid: claimed.session,
            iat,
            nbf: iat,
            exp,
        };
        let header = Header {
            typ: Some(TYPE.to_owned()),
            kid: Some(self.key_id.clone()),
            ..Header::new(Algorithm::EdDSA)
        };
        let encoding = self.encoding.as_ref().context("a key that only checks")?;
        let token =
            jsonwebtoken::encode(&header, &claims, encoding).context("signing an access token")?;
        Ok((token, Instant(exp * 1000)))
    }

    /// What the token says, when its signature, its kind and its times are right.
    /// `session.expired` for an old one of ours, `session.signed_out` for anything else.
    pub(super) fn check(&self, token: &str, now: Instant) -> Result<Claimed, Fault> {
        let refused = || Fault::new(Code::SignedOut);
        let is_ours = |head: Head| head.is_ours(&self.key_id);
        if token.len() > MAX_BYTES || !Head::read(token).is_some_and(is_ours) {
            return Err(refused());
        }
        let data = jsonwebtoken::decode::<Claims>(token, &self.decoding, &self.validation)
            .map_err(|_| refused())?;
        let (claims, now) = (data.claims, now.0.div_euclid(1000));
        if claims.nbf > now + LEEWAY_SECONDS || claims.exp - claims.nbf > ACCESS_MINUTES * 60 {
            return Err(refused());
        }
        if claims.exp + LEEWAY_SECONDS <= now {
            return Err(Fault::new(Code::SessionExpired));
        }
        Ok(Claimed {
            user: claims.sub,
            session: claims.sid,
        })
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    const NOW: Instant = Instant(1_767_225_600_000);

    fn pair() -> (Vec<u8>, Vec<u8>) {
        let pair = Ed25519KeyPair::generate().expect("generates");
        (
            pair.to_pkcs8().expect("encodes").as_ref().to_vec(),
            pair.public_key().as_ref().to_vec(),
        )
    }

    fn claimed() -> Claimed {
        Claimed {
            user: UserId(Uuid::from_u128(1)),
            session: SessionId(Uuid::from_u128(2)),
        }
    }

    fn forged(signer: &Signer, header: serde_json::Value, claims: &str) -> String {
        let input = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header.to_string()),
            URL_SAFE_NO_PAD.encode(claims)
        );
        let signature = jsonwebtoken::crypto::sign(
            input.as_bytes(),
            signer.encoding.as_ref().expect("a key that signs"),
            Algorithm::EdDSA,
        )
        .expect("signs");
        format!("{input}.{signature}")
    }

    #[test]
    fn a_token_is_good_for_ten_minutes() {
        let (private, public) = pair();
        let signer = Signer::new("k1", &private, &public);
        let (token, ends) = signer.sign(claimed(), NOW).expect("signs");
        assert_eq!(ends, Instant(NOW.0 + 600_000));
        assert_eq!(signer.check(&token, NOW), Ok(claimed()));
        assert_eq!(
            signer.check(&token, Instant(ends.0 + 4_000)),
            Ok(claimed()),
            "within the leeway"
        );
        assert_eq!(
            signer
                .check(&token, Instant(ends.0 + 5_000))
                .expect_err("too old")
                .code,
            Code::SessionExpired
        );
        assert_eq!(
            signer
                .check(&token, Instant(NOW.0 - 6_000))
                .expect_err("too early")
                .code,
            Code::SignedOut
        );
    }

    #[test]
    fn a_header_that_asks_for_more_is_refused() {
        let (private, public) = pair();
        let signer = Signer::new("k1", &private, &public);
        let now = NOW.0 / 1000;
        let claims = json!({"iss": ISSUER, "aud": AUDIENCE, "sub": claimed().user, "sid": claimed().session, "iat": now, "nbf": now, "exp": now + 600});
        let with = |header: &str| {
            let input = format!(
                "{}.{}",
                URL_SAFE_NO_PAD.encode(header),
                URL_SAFE_NO_PAD.encode(claims.to_string())
            );
            let signature = jsonwebtoken::crypto::sign(
                input.as_bytes(),
                signer.encoding.as_ref().expect("a key that signs"),
                Algorithm::EdDSA,
            )
            .expect("signs");
            signer.check(&format!("{input}.{signature}"), NOW)
        };
        let plain = r#"{"typ":"at+jwt","alg":"EdDSA","kid":"k1"}"#;
        assert_eq!(with(plain), Ok(claimed()), "the test's own maker is right");
        for (name, more) in [
            ("an unknown crit", r#""crit":["x"],"x":1"#),
            ("an empty crit", r#""crit":[]"#),
            ("b64", r#""crit":["b64"],"b64":false"#),
            ("b64 without crit", r#""b64":false"#),
            ("a key of its own", r#""jwk":{"kty":"OKP"}"#),
            ("a content type", r#""cty":"JWT""#),
            ("a name twice", r#""kid":"k2""#),
            ("a kind twice", r#""typ":"JWT""#),
        ] {
            let header = format!("{},{more}}}", plain.trim_end_matches('}'));
            assert_eq!(
                with(&header).expect_err(name).code,
                Code::SignedOut,
                "{name}"
            );
        }
        for header in [
            r#"{"alg":"EdDSA","kid":"k1"}"#,
            r#"{"typ":"AT+JWT","alg":"EdDSA","kid":"k1"}"#,
            "[]",
            "7",
            "",
        ] {
            assert!(with(header).is_err(), "{header}");
        }
    }

    #[test]
    #[allow(clippy::too_many_lines, reason = "one story, told in order")]
    fn forged_and_foreign_tokens_are_refused() {
        let (private, public) = pair();
        let signer = Signer::new("k1", &private, &public);
        let (other_private, other_public) = pair();
        let other = Signer::new("k1", &other_private, &other_public);
        let now = NOW.0 / 1000;
        let good = json!({"typ": TYPE, "alg": "EdDSA", "kid": "k1"});
        let claims = json!({"iss": ISSUER, "aud": AUDIENCE, "sub": claimed().user, "sid": claimed().session, "iat": now, "nbf": now, "exp": now + 600});
        let with = |name: &str, value: serde_json::Value| {
            let mut changed = claims.clone();
            changed[name] = value;
            changed.to_string()
        };
        assert_eq!(
            signer.check(&forged(&signer, good.clone(), &claims.to_string()), NOW),
            Ok(claimed()),
            "the test's own maker is right"
        );

        let (token, _) = signer.sign(claimed(), NOW).expect("signs");
        let parts: Vec<&str> = token.split('.').collect();
        let none =
            URL_SAFE_NO_PAD.encode(json!({"typ": TYPE, "alg": "none", "kid": "k1"}).to_string());
        let hs = json!({"typ": TYPE, "alg": "HS256", "kid": "k1"});
        let doubled = format!(
            "{},\"sub\":\"{}\"}}",
            claims.to_string().trim_end_matches('}'),
            Uuid::from_u128(9)
        );
        let cases = [
            ("another key", other.sign(claimed(), NOW).expect("signs").0),
            ("alg none", format!("{none}.{}.", parts[1])),
            (
                "alg none with signature",
                format!("{none}.{}.{}", parts[1], parts[2]),
            ),
            ("empty signature", format!("{}.{}.", parts[0], parts[1])),
            ("HS256 with the public key", {
                let key = EncodingKey::from_secret(&public);
                jsonwebtoken::encode(
                    &Header::new(Algorithm::HS256),
                    &serde_json::from_str::<serde_json::Value>(&claims.to_string()).expect("json"),
                    &key,
                )
                .expect("signs")
            }),
            (
                "header says HS256",
                forged(&signer, hs, &claims.to_string()),
            ),
            (
                "another kind",
                forged(
                    &signer,
                    json!({"typ": "JWT", "alg": "EdDSA", "kid": "k1"}),
                    &claims.to_string(),
                ),
            ),
            (
                "another key id",
                forged(
                    &signer,
                    json!({"typ": TYPE, "alg": "EdDSA", "kid": "../k1"}),
                    &claims.to_string(),
                ),
            ),
            (
                "issuer",
                forged(&signer, good.clone(), &with("iss", json!("else"))),
            ),
            (
                "audience",
                forged(&signer, good.clone(), &with("aud", json!("else"))),
            ),
            (
                "text exp",
                forged(&signer, good.clone(), &with("exp", json!("9999999999"))),
            ),
            (
                "text nbf",
                forged(&signer, good.clone(), &with("nbf", json!("0"))),
            ),
            (
                "no nbf",
                forged(&signer, good.clone(), &with("nbf", serde_json::Value::Null)),
            ),
            (
                "too long a life",
                forged(&signer, good.clone(), &with("exp", json!(now + 86_400))),
            ),
            (
                "unknown claim",
                forged(
                    &signer,
                    good.clone(),
                    &with("roles", json!(["system_admin"])),
                ),
            ),
            ("a claim twice", forged(&signer, good.clone(), &doubled)),
            ("huge", "a".repeat(100_000)),
            ("empty", String::new()),
        ];
        for (name, token) in cases {
            assert_eq!(
                signer.check(&token, NOW).expect_err(name).code,
                Code::SignedOut,
                "{name}"
            );
        }
    }
}
