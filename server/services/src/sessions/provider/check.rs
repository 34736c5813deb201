//! When a token of the provider is believed: signed by one of its keys in an algorithm that it names and that is allowed here, made by it, for
//! us, now. Times are those of our clock (I8). `none` and shared secrets are no algorithms here.
//! Not here: fetching keys (`line`), what follows from a token (`way`, `log_out`).
//! A header that asks for more (`crit`, a key or an address of its own) is refused; nothing that a token names is fetched.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use serde_json::{Map, Value};
use shared::calendar::Instant;

use super::{FRESH, LEEWAY};

/// A longer text is no token.
const MAX_BYTES: usize = 16 * 1024;
/// Longest subject (OpenID Connect Core 2) and other word that is kept.
const MAX_WORD: usize = 255;
/// The event that a word of signing out is about.
const LOG_OUT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// A key of the provider (RFC 7517), as far as it is of use here.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Key {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    used_for: Option<String>,
    alg: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

impl Key {
    /// What checks signatures of an algorithm; nothing of a key that is for something else.
    fn checks(&self, algorithm: Algorithm) -> Option<DecodingKey> {
        let (name, kty, crv) = match algorithm {
            Algorithm::RS256 => ("RS256", "RSA", None),
            Algorithm::ES256 => ("ES256", "EC", Some("P-256")),
            Algorithm::EdDSA => ("EdDSA", "OKP", Some("Ed25519")),
            _ => return None,
        };
        let fits = self.kty == kty
            && (crv.is_none() || self.crv.as_deref() == crv)
            && self.used_for.as_deref().is_none_or(|it| it == "sig")
            && self.alg.as_deref().is_none_or(|it| it == name);
        if !fits {
            return None;
        }
        let key = match algorithm {
            Algorithm::RS256 => {
                DecodingKey::from_rsa_components(self.n.as_deref()?, self.e.as_deref()?)
            }
            Algorithm::ES256 => {
                DecodingKey::from_ec_components(self.x.as_deref()?, self.y.as_deref()?)
            }
            _ => DecodingKey::from_ed_components(self.x.as_deref()?),
        };
        key.ok()
    }
}

/// For whom a token is: one, or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Audience {
    fn is_for(&self, client: &str) -> bool {
        match self {
            Self::One(one) => one == client,
            Self::Many(many) => many.iter().any(|one| one == client),
        }
    }

    fn is_of_others(&self) -> bool {
        matches!(self, Self::Many(many) if many.len() > 1)
    }
}

/// What tokens of a provider say. Those of signing in and of signing out have most of it in common.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Claims {
    iss: String,
    aud: Audience,
    azp: Option<String>,
    sub: Option<String>,
    exp: Option<i64>,
    iat: i64,
    nbf: Option<i64>,
    nonce: Option<String>,
    sid: Option<String>,
    jti: Option<String>,
    events: Option<Map<String, Value>>,
    #[serde(default)]
    amr: Vec<String>,
    acr: Option<String>,
}

/// Why a token is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// No key that is known fits it: the provider may have a new one.
    Key,
    /// In one word.
    Token(&'static str),
}

/// The claims of a token whose signature holds.
pub(super) fn signed(token: &str, keys: &[Key], allowed: &[Algorithm]) -> Result<Claims, Doubt> {
    let doubt = Doubt::Token("head");
    if token.len() > MAX_BYTES {
        return Err(doubt);
    }
    let head = head(token).ok_or(doubt)?;
    let algorithm = head.alg.parse::<Algorithm>().ok();
    let algorithm = algorithm.filter(|it| allowed.contains(it));
    let algorithm = algorithm.ok_or(Doubt::Token("alg"))?;
    let mut validation = Validation::new(algorithm);
    validation.required_spec_claims.clear();
    // The library reads the machine's clock, and knows nothing of `azp`: all of it is looked at below.
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    let named = |key: &&Key| head.kid.is_none() || key.kid == head.kid;
    for key in keys.iter().filter(named) {
        let Some(key) = key.checks(algorithm) else {
            continue;
        };
        match jsonwebtoken::decode::<Claims>(token, &key, &validation) {
            Ok(read) => return Ok(read.claims),
            Err(error) if is_signature(&error) => {}
            Err(_) => return Err(Doubt::Token("claims")),
        }
    }
    Err(Doubt::Key)
}

fn is_signature(error: &jsonwebtoken::errors::Error) -> bool {
    use jsonwebtoken::errors::ErrorKind;

    matches!(
        error.kind(),
        ErrorKind::InvalidSignature
            | ErrorKind::InvalidKeyFormat
            | ErrorKind::InvalidEcdsaKey
            | ErrorKind::InvalidEddsaKey
            | ErrorKind::InvalidRsaKey(_)
    )
}

struct Head {
    alg: String,
    kid: Option<String>,
}

fn head(token: &str) -> Option<Head> {
    let bytes = URL_SAFE_NO_PAD.decode(token.split('.').next()?).ok()?;
    let map: Map<String, Value> = serde_json::from_slice(&bytes).ok()?;
    if ["crit", "b64", "jwk", "jku", "x5u"]
        .iter()
        .any(|name| map.contains_key(*name))
    {
        return None;
    }
    let word = |name: &str| map.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(Head {
        alg: word("alg")?,
        kid: word("kid"),
    })
}

impl Claims {
    /// What holds of every token: made by the issuer, for this client, not too old and not of a time to come.
    fn common(&self, (issuer, client): (&str, &str), now: Instant) -> Result<(), &'static str> {
        let now = now.0.div_euclid(1000);
        if self.iss != issuer {
            return Err("iss");
        }
        if !self.aud.is_for(client) {
            return Err("aud");
        }
        let azp = self.azp.as_deref();
        if azp.is_some_and(|azp| azp != client) || (azp.is_none() && self.aud.is_of_others()) {
            return Err("azp");
        }
        if self.exp.is_some_and(|exp| exp <= now - LEEWAY) {
            return Err("exp");
        }
        let is_old = self.iat < now - FRESH - LEEWAY;
        if is_old || self.iat > now + LEEWAY {
            return Err("iat");
        }
        if self.nbf.is_some_and(|nbf| nbf > now + LEEWAY) {
            return Err("nbf");
        }
        Ok(())
    }

    /// What a token of signing in says of the person; `nonce` is the one that was asked for.
    pub(super) fn person(
        self,
        (issuer, client): (&str, &str),
        nonce: &str,
        now: Instant,
    ) -> Result<Person, &'static str> {
        self.common((issuer, client), now)?;
        if self.exp.is_none() {
            return Err("exp");
        }
        if self.nonce.as_deref() != Some(nonce) || nonce.is_empty() {
            return Err("nonce");
        }
        let subject = self.sub.filter(|sub| is_word(sub)).ok_or("sub")?;
        if self.sid.as_deref().is_some_and(|sid| !is_word(sid)) {
            return Err("sid");
        }
        let mut ways = self.amr;
        ways.extend(self.acr);
        Ok(Person {
            subject,
            sid: self.sid,
            ways,
        })
    }

    /// Whose sessions a word of signing out ends.
    pub(super) fn leaving(self, whom: (&str, &str), now: Instant) -> Result<Leaving, &'static str> {
        self.common(whom, now)?;
        // A token of signing in is no word of signing out.
        if self.nonce.is_some() {
            return Err("nonce");
        }
        let event = self.events.as_ref().and_then(|all| all.get(LOG_OUT));
        if !event.is_some_and(Value::is_object) {
            return Err("events");
        }
        let jti = self.jti.filter(|jti| is_word(jti)).ok_or("jti")?;
        let (subject, sid) = (self.sub, self.sid);
        let good = |word: &Option<String>| word.as_deref().is_none_or(is_word);
        if (subject.is_none() && sid.is_none()) || !good(&subject) || !good(&sid) {
            return Err("sub");
        }
        Ok(Leaving { jti, subject, sid })
    }
}

/// Who signed in there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Person {
    /// What the issuer calls the person.
    pub(super) subject: String,
    /// What it calls its session.
    pub(super) sid: Option<String>,
    /// How the person was recognised there (`amr`, `acr`).
    pub(super) ways: Vec<String>,
}

/// Who signed out there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leaving {
    /// The word's own name.
    pub(super) jti: String,
    /// The person.
    pub(super) subject: Option<String>,
    /// The one session there.
    pub(super) sid: Option<String>,
}

/// Whether something may be a subject: not empty, not too long, nothing that nobody sees.
pub(super) fn is_word(text: &str) -> bool {
    (1..=MAX_WORD).contains(&text.len()) && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: Instant = Instant(1_767_225_600_000);
    const WHOM: (&str, &str) = ("https://id.example", "minsheng");

    fn claims(changes: Value) -> Claims {
        let now = NOW.0 / 1000;
        let mut all = json!({"iss": WHOM.0, "aud": WHOM.1, "sub": "7", "iat": now, "exp": now + 300, "nonce": "n"});
        let (all_of, changes) = (all.as_object_mut().expect("a map"), changes);
        for (name, value) in changes.as_object().expect("a map") {
            if value.is_null() {
                all_of.remove(name);
            } else {
                all_of.insert(name.clone(), value.clone());
            }
        }
        serde_json::from_value(all).expect("claims")
    }

    #[test]
    fn a_token_of_signing_in_is_for_us_now_and_as_it_was_asked() {
        let now = NOW.0 / 1000;
        let said = |changes| claims(changes).person(WHOM, "n", NOW).map(|it| it.subject);
        assert_eq!(said(json!({})), Ok("7".to_owned()));
        let both = json!({"aud": ["minsheng", "other"], "azp": "minsheng"});
        assert_eq!(said(both), Ok("7".to_owned()));
        for (changes, why) in [
            (json!({"iss": "https://else.example"}), "iss"),
            (json!({"iss": "https://id.example/"}), "iss"),
            (json!({"aud": "other"}), "aud"),
            (json!({"aud": []}), "aud"),
            (json!({"aud": ["minsheng", "other"]}), "azp"),
            (json!({"azp": "other"}), "azp"),
            (json!({"exp": now - 60}), "exp"),
            (json!({"exp": null}), "exp"),
            (json!({"iat": now + 60}), "iat"),
            (json!({"iat": now - 700}), "iat"),
            (json!({"nbf": now + 60}), "nbf"),
            (json!({"nonce": "m"}), "nonce"),
            (json!({"nonce": null}), "nonce"),
            (json!({"sub": ""}), "sub"),
            (json!({"sub": null}), "sub"),
            (json!({"sub": "a\nb"}), "sub"),
            (json!({"sid": ""}), "sid"),
        ] {
            assert_eq!(said(changes.clone()), Err(why), "{changes}");
        }
        assert_eq!(
            claims(json!({"nonce": ""})).person(WHOM, "", NOW),
            Err("nonce"),
            "nothing was asked for"
        );
    }

    #[test]
    fn a_word_of_signing_out_says_so_and_whom() {
        let event = json!({LOG_OUT: {}});
        let word = |changes| claims(changes).leaving(WHOM, NOW);
        let good = json!({"nonce": null, "jti": "1", "events": event, "sid": "s"});
        let read = word(good).expect("it is one");
        assert_eq!(
            (read.subject.as_deref(), read.sid.as_deref()),
            (Some("7"), Some("s"))
        );
        for (changes, why) in [
            (json!({"jti": "1", "events": event}), "nonce"),
            (json!({"nonce": null, "jti": "1"}), "events"),
            (
                json!({"nonce": null, "jti": "1", "events": {"x": {}}}),
                "events",
            ),
            (json!({"nonce": null, "events": event}), "jti"),
            (
                json!({"nonce": null, "jti": "1", "events": event, "sub": null}),
                "sub",
            ),
            (
                json!({"nonce": null, "jti": "1", "events": event, "aud": "x"}),
                "aud",
            ),
        ] {
            assert_eq!(word(changes.clone()).err(), Some(why), "{changes}");
        }
    }

    #[test]
    fn a_head_that_asks_for_more_is_none() {
        let of = |text: &str| head(&format!("{}.x.y", URL_SAFE_NO_PAD.encode(text))).is_some();
        assert!(of(r#"{"alg":"ES256","kid":"1","typ":"JWT"}"#));
        for bad in [
            r#"{"alg":"ES256","crit":["x"]}"#,
            r#"{"alg":"ES256","jwk":{}}"#,
            r#"{"alg":"ES256","jku":"https://else.example"}"#,
            r#"{"kid":"1"}"#,
            "[]",
            "",
        ] {
            assert!(!of(bad), "{bad}");
        }
        let none = format!("{}.e30.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#));
        let all = [Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA];
        assert_eq!(signed(&none, &[], &all).err(), Some(Doubt::Token("alg")));
        let secret = format!("{}.e30.x", URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256"}"#));
        assert_eq!(signed(&secret, &[], &all).err(), Some(Doubt::Token("alg")));
    }
}
