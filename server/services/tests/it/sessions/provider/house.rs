//! A small identity provider on this machine: a description, keys, and a token for whoever brings a code. What the token says is said before.
//! It signs with Ed25519 keys that it makes itself, and keeps what was sent to it.

use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use services::sessions::provider::{Provider, Told};

use crate::support::http;

/// What the provider calls us.
pub const CLIENT: &str = "minsheng";
/// What it gave out.
pub const SECRET: &str = "a secret: of the house";

/// A key with the name that it has.
#[derive(Clone)]
pub struct Key {
    pub kid: String,
    private: Vec<u8>,
    public: Vec<u8>,
}

impl Key {
    pub fn new(kid: &str) -> Self {
        let pair = Ed25519KeyPair::generate().expect("generates");
        Self {
            kid: kid.to_owned(),
            private: pair.to_pkcs8().expect("encodes").as_ref().to_vec(),
            public: pair.public_key().as_ref().to_vec(),
        }
    }

    fn shown(&self) -> Value {
        json!({
            "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": self.kid,
            "x": URL_SAFE_NO_PAD.encode(&self.public),
        })
    }

    /// A token of these claims.
    pub fn signs(&self, claims: &Value) -> String {
        let header = Header {
            kid: Some(self.kid.clone()),
            ..Header::new(Algorithm::EdDSA)
        };
        let key = EncodingKey::from_ed_der(&self.private);
        jsonwebtoken::encode(&header, claims, &key).expect("signs")
    }

    /// The public key, taken for a shared secret.
    pub fn shared(&self) -> EncodingKey {
        EncodingKey::from_secret(&self.public)
    }
}

/// What the provider has and was sent.
pub struct State {
    /// Its keys, as it shows them.
    pub keys: Vec<Key>,
    /// The token that the next code is exchanged for.
    pub token: String,
    /// Heads and bodies that were sent with codes.
    pub asked: Vec<(String, String)>,
}

/// The provider.
#[derive(Clone)]
pub struct House {
    pub issuer: String,
    state: Arc<Mutex<State>>,
}

impl House {
    /// Opens one with a key.
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let state = State {
            keys: vec![Key::new("first")],
            token: String::new(),
            asked: Vec::new(),
        };
        let house = Self {
            issuer,
            state: Arc::new(Mutex::new(state)),
        };
        let serving = house.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serving.answer(stream);
            }
        });
        house
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("whole")
    }

    /// The key that it shows first.
    pub fn key(&self) -> Key {
        self.state().keys[0].clone()
    }

    /// What the product is told of it; `mfa` counts as second factor.
    pub fn provider(&self) -> Provider {
        provider(&self.issuer)
    }

    /// Claims of a token for us that is good at this second.
    pub fn claims(&self, subject: &str, nonce: &str, now: i64) -> Value {
        json!({
            "iss": self.issuer, "aud": CLIENT, "sub": subject, "iat": now, "exp": now + 300,
            "nonce": nonce, "sid": "there", "amr": ["pwd"],
        })
    }

    fn answer(&self, stream: TcpStream) {
        let Some((head, body)) = http::asked(&stream) else {
            return;
        };
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        let body = String::from_utf8(body).expect("text");
        let answer = self.page(&path, head, body).to_string();
        http::answers(stream, ("200 OK", "application/json"), &answer);
    }

    fn page(&self, path: &str, head: String, body: String) -> Value {
        let issuer = &self.issuer;
        match path {
            "/.well-known/openid-configuration" => json!({
                "issuer": issuer,
                "authorization_endpoint": format!("{issuer}/authorize"),
                "token_endpoint": format!("{issuer}/token"),
                "jwks_uri": format!("{issuer}/keys"),
                "end_session_endpoint": format!("{issuer}/leave"),
                "id_token_signing_alg_values_supported": ["EdDSA", "HS256", "none"],
            }),
            "/keys" => {
                let keys: Vec<Value> = self.state().keys.iter().map(Key::shown).collect();
                json!({ "keys": keys })
            }
            _ => {
                let mut state = self.state();
                state.asked.push((head, body));
                json!({ "access_token": "of no use", "id_token": state.token })
            }
        }
    }
}

/// What the product is told of a provider at an address.
pub fn provider(issuer: &str) -> Provider {
    Provider::new(Told {
        issuer: issuer.to_owned(),
        client: CLIENT.to_owned(),
        secret: Some(SECRET.to_owned()),
        factors: vec!["mfa".to_owned()],
    })
    .expect("a provider")
}
