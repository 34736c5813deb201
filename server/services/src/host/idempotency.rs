//! Repeated calls get the first answer again (security.md 0, item 4): the key, the body's hash and the answer are kept in
//! the verb's own transaction. Another body under the same key is refused.
//! Not here: making keys (the client does).

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use shared::access::Who;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use store::{StoreError, Tx};

use crate::context::Ctx;
use crate::fault::Failure;

/// Longest accepted key.
const LONGEST: usize = 200;

/// Runs a write; when the same key was written by another connection meanwhile, runs it once more, which finds that answer.
pub(crate) async fn twice<T, E: KeyTaken, F: Future<Output = Result<T, E>>>(
    write: impl Fn() -> F,
) -> Result<T, E> {
    match write().await {
        Err(error) if error.key_taken() => write().await,
        other => other,
    }
}

/// Why a write did not happen, as far as `twice` looks at it.
pub(crate) trait KeyTaken {
    /// Another connection has just written under the same key.
    fn key_taken(&self) -> bool;
}

impl KeyTaken for Failure {
    fn key_taken(&self) -> bool {
        matches!(self, Self::Store(StoreError::Exists("idempotency_key")))
    }
}

/// A call as it is recognised again; without a key nothing is kept.
pub(crate) struct Call {
    key: Option<String>,
    /// Whose keys these are: one person's key never meets another's, nor one visitor's device another's, nor one partner's message another's.
    owner: String,
    body_hash: Vec<u8>,
    at: Instant,
}

impl Call {
    /// The call of this actor with its key, verb, target and body.
    pub(crate) fn new<B: Serialize>(
        ctx: &Ctx,
        verb: &str,
        target: &str,
        body: &B,
    ) -> Result<Self, Failure> {
        let key = match ctx.idempotency_key.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(key) if key.len() <= LONGEST && key.bytes().all(|b| b.is_ascii_graphic()) => {
                Some(key.to_owned())
            }
            Some(_) => return Err(Fault::new(Code::InputIdempotencyKey).into()),
        };
        let mut hash = Sha256::new();
        hash.update(verb);
        hash.update([0]);
        hash.update(target);
        hash.update([0]);
        hash.update(serde_json::to_vec(body).map_err(anyhow::Error::new)?);
        if let Some(done_at) = ctx.done_at {
            hash.update([0]);
            hash.update(done_at.0.to_be_bytes());
        }
        // A browser without cookies sends the same form twice as two devices; its key alone must do.
        let device = ctx.device_mac().filter(|_| !ctx.new_device);
        let owner = match (&ctx.actor.who, device) {
            (Who::Person(user), _) => user.to_string(),
            (Who::Citizen, _) if ctx.actor.citizen.is_some() => ctx
                .actor
                .citizen
                .map(|account| format!("citizen:{account}"))
                .unwrap_or_default(),
            // A partner numbers its messages itself; what account it works under is not its partner's business.
            (Who::Partner { .. }, _) => ctx.actor_name().into_owned(),
            (_, Some(device)) => format!("{}:{}", ctx.actor_name(), hex::encode(&device[..16])),
            (_, None) => ctx.actor_name().into_owned(),
        };
        Ok(Self {
            key,
            owner,
            body_hash: hash.finalize().to_vec(),
            at: ctx.now(),
        })
    }

    /// The answer that was given to the same call before.
    pub(crate) async fn stored<T: DeserializeOwned>(&self, tx: &Tx) -> Result<Option<T>, Failure> {
        let Some(key) = &self.key else {
            return Ok(None);
        };
        match store::idempotency::find(tx, &self.owner, key).await? {
            None => Ok(None),
            Some(stored) if stored.body_hash != self.body_hash => {
                Err(Fault::new(Code::IdempotencyReused).into())
            }
            Some(stored) => Ok(Some(
                serde_json::from_str(&stored.response).map_err(anyhow::Error::new)?,
            )),
        }
    }

    /// Keeps the answer with the change itself.
    pub(crate) async fn keep<T: Serialize>(&self, tx: &Tx, answer: &T) -> Result<(), Failure> {
        let Some(key) = &self.key else { return Ok(()) };
        let response = serde_json::to_string(answer).map_err(anyhow::Error::new)?;
        let stored = store::idempotency::Stored {
            body_hash: self.body_hash.clone(),
            status: 200,
            response,
            at: self.at,
        };
        Ok(store::idempotency::put(tx, &self.owner, key, &stored).await?)
    }
}
