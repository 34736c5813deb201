//! The way to the provider: its description (discovery), its keys, and the exchange of a code for a token. Five seconds for each answer,
//! nothing is followed elsewhere, no proxy of other programs is used. Description and keys are remembered; keys are asked for anew when a
//! token names one that nobody knows, at most once in a while, so that nobody can make us ask without end.
//! Not here: what tokens must say (`check`). Never called inside a transaction.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use jsonwebtoken::Algorithm;
use reqwest::{StatusCode, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use shared::calendar::Instant;
use shared::fault::Fault;
use tokio::sync::Mutex;

use super::check::{Claims, Doubt, Key, signed};
use super::{away, unbelieved};
use crate::gateway::line::answer;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// Bytes of an answer at most.
const ANSWER: usize = 256 * 1024;
/// How long description and keys are remembered, in milliseconds.
const REMEMBERED: i64 = 60 * 60_000;
/// Keys are asked for anew for the sake of a token once in so long, in milliseconds.
const RENEWED: i64 = 10_000;
/// After an answer that did not come, the next one is not waited for within so long, in milliseconds.
const QUIET: i64 = 5_000;
/// Keys of a provider at most.
const MOST_KEYS: usize = 100;

/// What the configuration says of the provider.
#[derive(Clone, Default)]
pub struct Told {
    /// Its name, an address (`iss`).
    pub issuer: String,
    /// What it calls this installation.
    pub client: String,
    /// What it gave out for that; nothing where the proof key alone has to do.
    pub secret: Option<String>,
    /// Words of `amr` and `acr` that stand for a second factor here; none by default.
    pub factors: Vec<String>,
}

/// The provider.
pub struct Provider {
    told: Told,
    client: reqwest::Client,
    /// Plain HTTP is for this machine only.
    is_near: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    known: Option<Known>,
    failed_at: Option<Instant>,
}

/// Description and keys as they were read last.
#[derive(Clone)]
pub(super) struct Known {
    /// The description.
    pub(super) document: Arc<Document>,
    keys: Arc<Vec<Key>>,
    read_at: Instant,
    keys_at: Instant,
}

/// What a provider says of itself (OpenID Connect Discovery 1.0), as far as it is of use here.
#[derive(Debug, Deserialize)]
pub(super) struct Document {
    issuer: String,
    /// Where people sign in.
    pub(super) authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    /// Where people sign out.
    pub(super) end_session_endpoint: Option<String>,
    #[serde(default)]
    id_token_signing_alg_values_supported: Vec<String>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
}

impl Document {
    /// The algorithms that it names and that are allowed here. One that names none signs with RS256 (Core 2, `id_token_signed_response_alg`).
    fn algorithms(&self) -> Vec<Algorithm> {
        let named = &self.id_token_signing_alg_values_supported;
        let all = [
            ("RS256", Algorithm::RS256),
            ("ES256", Algorithm::ES256),
            ("EdDSA", Algorithm::EdDSA),
        ];
        let is_named = |name: &str| {
            let by_default = named.is_empty() && name == "RS256";
            by_default || named.iter().any(|one| one == name)
        };
        let all = all.into_iter().filter(|(name, _)| is_named(name));
        all.map(|(_, algorithm)| algorithm).collect()
    }

    /// Whether the secret goes into the body, because the head is not taken.
    fn takes_body_only(&self) -> bool {
        let ways = &self.token_endpoint_auth_methods_supported;
        let has = |way: &str| ways.iter().any(|one| one == way);
        has("client_secret_post") && !has("client_secret_basic")
    }
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Exchanged {
    id_token: String,
}

impl Provider {
    /// The provider of the configuration. Nothing is asked of it before somebody wants to sign in.
    ///
    /// # Errors
    /// Words for the administrator, without the secret.
    pub fn new(told: Told) -> anyhow::Result<Self> {
        anyhow::ensure!(!told.client.is_empty(), "client-id is missing");
        let is_near = told.issuer.starts_with("http://");
        let issuer = sealed(&told.issuer, is_near).context("issuer")?;
        anyhow::ensure!(issuer.query().is_none(), "issuer: it must have no query");
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .context("the client cannot be made")?;
        Ok(Self {
            told,
            client,
            is_near,
            state: Mutex::default(),
        })
    }

    /// Its name.
    pub fn issuer(&self) -> &str {
        &self.told.issuer
    }

    /// What it calls this installation.
    pub(super) fn client(&self) -> &str {
        &self.told.client
    }

    /// The issuer with the client: for whom tokens are.
    pub(super) fn whom(&self) -> (&str, &str) {
        (&self.told.issuer, &self.told.client)
    }

    /// Whether one of these words stands for a second factor.
    pub(super) fn vouches(&self, ways: &[String]) -> bool {
        ways.iter().any(|way| self.told.factors.contains(way))
    }

    /// An address of the description, to which people are sent.
    pub(super) fn address(&self, text: &str) -> Result<Url, Fault> {
        sealed(text, self.is_near).map_err(|error| told(&error))
    }

    /// Description and keys.
    ///
    /// # Errors
    /// `session.provider_away`.
    pub(super) async fn known(&self, now: Instant) -> Result<Known, Fault> {
        let mut state = self.state.lock().await;
        let lately = |at: Instant, span: i64| (now.0 - at.0).abs() < span;
        if let Some(known) = &state.known
            && lately(known.read_at, REMEMBERED)
        {
            return Ok(known.clone());
        }
        if state.failed_at.is_some_and(|at| lately(at, QUIET)) {
            return Err(away());
        }
        match self.read(now).await {
            Ok(known) => {
                state.known = Some(known.clone());
                state.failed_at = None;
                Ok(known)
            }
            Err(error) => {
                state.failed_at = Some(now);
                Err(told(&error))
            }
        }
    }

    /// The keys once more, unless they were just asked for.
    async fn renewed(&self, now: Instant) -> Option<Known> {
        let mut state = self.state.lock().await;
        let known = state.known.as_mut()?;
        if (now.0 - known.keys_at.0).abs() < RENEWED {
            return Some(known.clone());
        }
        known.keys_at = now;
        match self.keys(&known.document).await {
            Ok(keys) => known.keys = Arc::new(keys),
            Err(error) => drop(told(&error)),
        }
        Some(known.clone())
    }

    async fn read(&self, now: Instant) -> anyhow::Result<Known> {
        let address = format!(
            "{}/.well-known/openid-configuration",
            self.told.issuer.trim_end_matches('/')
        );
        let document: Document = self.json(&address).await.context("its description")?;
        anyhow::ensure!(
            document.issuer == self.told.issuer,
            "its description is that of another issuer"
        );
        let keys = self.keys(&document).await?;
        Ok(Known {
            document: Arc::new(document),
            keys: Arc::new(keys),
            read_at: now,
            keys_at: now,
        })
    }

    /// Its keys; what is no key that could be read is left out.
    async fn keys(&self, document: &Document) -> anyhow::Result<Vec<Key>> {
        let set: KeySet = self.json(&document.jwks_uri).await.context("its keys")?;
        let keys = set.keys.into_iter().take(MOST_KEYS);
        Ok(keys
            .filter_map(|key| serde_json::from_value(key).ok())
            .collect())
    }

    async fn json<T: DeserializeOwned>(&self, address: &str) -> anyhow::Result<T> {
        let url = sealed(address, self.is_near)?;
        let (status, bytes) = answer(self.client.get(url), ANSWER).await?;
        anyhow::ensure!(status == StatusCode::OK, "it answers {status}");
        serde_json::from_slice(&bytes).context("its answer cannot be read")
    }

    /// What a token says, whose signature holds.
    ///
    /// # Errors
    /// `session.provider_token`, `session.provider_away`.
    pub(super) async fn verified(&self, token: &str, now: Instant) -> Result<Claims, Fault> {
        let known = self.known(now).await?;
        let allowed = known.document.algorithms();
        let mut read = signed(token, &known.keys, &allowed);
        if read.as_ref().is_err_and(|doubt| *doubt == Doubt::Key)
            && let Some(known) = self.renewed(now).await
        {
            read = signed(token, &known.keys, &allowed);
        }
        read.map_err(|doubt| match doubt {
            Doubt::Key => unbelieved("key"),
            Doubt::Token(why) => unbelieved(why),
        })
    }

    /// The token for a code, with the proof that whoever brings the code has asked for it.
    ///
    /// # Errors
    /// `session.provider_token` when the code is not taken, `session.provider_away`.
    pub(super) async fn exchange(
        &self,
        known: &Known,
        (code, verifier): (&str, &str),
        back: &str,
    ) -> Result<String, Fault> {
        let url = self.address(&known.document.token_endpoint)?;
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", back),
            ("code_verifier", verifier),
        ];
        let mut request = self.client.post(url);
        match &self.told.secret {
            Some(secret) if !known.document.takes_body_only() => {
                let (name, secret) = (encoded(&self.told.client), encoded(secret));
                request = request.basic_auth(name, Some(secret));
            }
            Some(secret) => {
                fields.extend([
                    ("client_id", self.client()),
                    ("client_secret", secret.as_str()),
                ]);
            }
            None => fields.push(("client_id", self.client())),
        }
        let request = request
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "application/json")
            .body(form(&fields));
        let (status, bytes) = answer(request, ANSWER)
            .await
            .map_err(|error| told(&error))?;
        if status.is_server_error() {
            return Err(told(&anyhow::anyhow!("it answers {status}")));
        }
        if status != StatusCode::OK {
            return Err(unbelieved("code"));
        }
        let read: Option<Exchanged> = serde_json::from_slice(&bytes).ok();
        read.map(|it| it.id_token)
            .ok_or_else(|| unbelieved("answer"))
    }
}

/// What went wrong, for whoever keeps the machine; the caller hears only that the provider is away.
fn told(error: &anyhow::Error) -> Fault {
    tracing::warn!(
        cause = format!("{error:#}"),
        "the identity provider does not answer as it should"
    );
    away()
}

/// An address of the provider: encrypted, or of this machine where the issuer is.
fn sealed(address: &str, is_near: bool) -> anyhow::Result<Url> {
    let url = Url::parse(address).context("it is no address")?;
    let is_here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    anyhow::ensure!(
        url.scheme() == "https" || (is_near && url.scheme() == "http" && is_here),
        "it must begin with https://"
    );
    anyhow::ensure!(
        url.username().is_empty() && url.password().is_none() && url.fragment().is_none(),
        "it must be a plain address"
    );
    Ok(url)
}

/// Names and values as a form's body.
fn form(fields: &[(&str, &str)]) -> String {
    let Ok(mut url) = Url::parse("https://form.invalid/") else {
        return String::new();
    };
    url.query_pairs_mut().extend_pairs(fields);
    url.query().unwrap_or_default().to_owned()
}

/// One word as it stands in such a body (RFC 6749 2.3.1).
fn encoded(word: &str) -> String {
    form(&[("x", word)])
        .strip_prefix("x=")
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_travel_sealed_or_on_this_machine() {
        let told = |issuer: &str| Told {
            issuer: issuer.to_owned(),
            client: "minsheng".to_owned(),
            ..Told::default()
        };
        for good in [
            "https://id.example",
            "https://id.example/realms/office",
            "http://127.0.0.1:4700",
        ] {
            assert!(Provider::new(told(good)).is_ok(), "{good}");
        }
        for bad in [
            "",
            "id.example",
            "http://id.example",
            "https://user@id.example",
            "https://id.example/?a=b",
            "https://id.example/#x",
        ] {
            assert!(Provider::new(told(bad)).is_err(), "{bad}");
        }
        assert!(sealed("http://127.0.0.1/", false).is_err());
        let nobody = Told {
            client: String::new(),
            ..told("https://id.example")
        };
        assert!(Provider::new(nobody).is_err());
    }

    #[test]
    fn a_form_is_written_as_forms_are() {
        assert_eq!(form(&[("a", "1 2"), ("b", "x&y=")]), "a=1+2&b=x%26y%3D");
        assert_eq!(encoded("a:b"), "a%3Ab");
    }

    #[test]
    fn only_what_is_named_and_allowed_signs() {
        let of = |named: &[&str]| {
            let document = serde_json::json!({
                "issuer": "x", "authorization_endpoint": "x", "token_endpoint": "x", "jwks_uri": "x",
                "id_token_signing_alg_values_supported": named,
            });
            serde_json::from_value::<Document>(document)
                .expect("a description")
                .algorithms()
        };
        assert_eq!(of(&[]), [Algorithm::RS256]);
        assert!(of(&["none", "HS256", "PS256"]).is_empty());
        assert_eq!(
            of(&["EdDSA", "ES256"]),
            [Algorithm::ES256, Algorithm::EdDSA]
        );
    }
}
