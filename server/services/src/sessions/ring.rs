//! The ring of keys that sign access tokens. It stands in the database, sealed, so that every process of an installation has the same one, and
//! is read again every few seconds and whenever a token names a key that is not known here: a rotation needs no restart.
//! Not here: one key and its tokens (`token`), making a new key (`rotate`). A ring begins with the key of the key file.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use store::Seal;
use store::session_keys::SessionKey;
use tokio::sync::RwLock;
use uuid::Uuid;

use super::token::{Claimed, Signer, key_named};
use crate::context::Services;
use crate::fault::{Failure, Settle};

/// How old a ring may be.
const FRESH: Duration = Duration::from_secs(5);
/// How often at most a ring is read again because of a key that is not known.
const UNKNOWN: Duration = Duration::from_secs(1);

/// The keys that hold.
pub(crate) struct Ring(Vec<Member>);

struct Member {
    signer: Signer,
    ends_at: Option<Instant>,
}

impl Ring {
    /// From the rows, the newest first; without any, the key of the key file alone, for who only looks.
    fn of(rows: Vec<SessionKey>, seal: &Seal) -> anyhow::Result<Self> {
        let rows = if rows.is_empty() {
            vec![of_file(seal, Uuid::nil(), Instant(0))?]
        } else {
            rows
        };
        let member = |row: SessionKey| Member {
            signer: match &row.private {
                Some(private) => Signer::new(&row.kid, private, &row.public),
                None => Signer::checking(&row.kid, &row.public),
            },
            ends_at: row.ends_at,
        };
        Ok(Self(rows.into_iter().map(member).collect()))
    }

    fn knows(&self, kid: &str) -> bool {
        self.0.iter().any(|member| member.signer.is_called(kid))
    }

    fn sign(&self, claimed: Claimed, now: Instant) -> anyhow::Result<(String, Instant)> {
        let signs = |member: &&Member| member.ends_at.is_none() && member.signer.signs();
        let member = self.0.iter().find(signs);
        member
            .context("no key of the ring signs")?
            .signer
            .sign(claimed, now)
    }

    /// `session.expired` for a token whose key has ended, as for one that is too old itself.
    fn check(&self, token: &str, now: Instant) -> Result<Claimed, Fault> {
        let kid = key_named(token).ok_or_else(|| Fault::new(Code::SignedOut))?;
        let member = self.0.iter().find(|one| one.signer.is_called(&kid));
        let member = member.ok_or_else(|| Fault::new(Code::SignedOut))?;
        let claimed = member.signer.check(token, now)?;
        if member.ends_at.is_some_and(|ends_at| ends_at <= now) {
            return Err(Fault::new(Code::SessionExpired));
        }
        Ok(claimed)
    }
}

/// The key of the key file, as a row of the ring.
///
/// # Errors
/// When the file's key is none.
pub(crate) fn of_file(seal: &Seal, id: Uuid, made_at: Instant) -> anyhow::Result<SessionKey> {
    of_pair(seal.session_key().to_vec(), id, made_at)
        .context("the key file has no valid session key")
}

/// A row from a private key in PKCS #8; its name is a digest of the public key.
pub(super) fn of_pair(private: Vec<u8>, id: Uuid, made_at: Instant) -> anyhow::Result<SessionKey> {
    let pair = Ed25519KeyPair::from_pkcs8(&private)
        .ok()
        .context("no Ed25519 key")?;
    let public = pair.public_key().as_ref().to_vec();
    Ok(SessionKey {
        id,
        kid: hex::encode(&digest(&SHA256, &public).as_ref()[..6]),
        public,
        private: Some(private),
        made_at,
        ends_at: None,
    })
}

/// The ring as it was read last.
#[derive(Default)]
pub(crate) struct RingCache(RwLock<Option<(Duration, Arc<Ring>)>>);

impl Services {
    /// A token for a session, signed by the newest key, and when it ends.
    pub(crate) async fn sign_token(
        &self,
        claimed: Claimed,
        now: Instant,
    ) -> Result<(String, Instant), Fault> {
        let ring = self.ring(FRESH).await?;
        ring.sign(claimed, now).settle(self)
    }

    /// What a token says, when a key of the ring signed it and everything about it is right.
    pub(crate) async fn check_token(&self, token: &str, now: Instant) -> Result<Claimed, Fault> {
        let mut ring = self.ring(FRESH).await?;
        if key_named(token).is_some_and(|kid| !ring.knows(&kid)) {
            ring = self.ring(UNKNOWN).await?;
        }
        ring.check(token, now)
    }

    /// The ring, no older than this.
    async fn ring(&self, age: Duration) -> Result<Arc<Ring>, Fault> {
        let now = self.steady();
        let is_good = |read_at: Duration| now.saturating_sub(read_at) < age;
        if let Some((read_at, ring)) = &*self.ring_cache().0.read().await
            && is_good(*read_at)
        {
            return Ok(ring.clone());
        }
        let mut slot = self.ring_cache().0.write().await;
        if let Some((read_at, ring)) = &*slot
            && is_good(*read_at)
        {
            return Ok(ring.clone());
        }
        let ring = Arc::new(self.read_ring().await.settle(self)?);
        *slot = Some((now, ring.clone()));
        Ok(ring)
    }

    async fn read_ring(&self) -> Result<Ring, Failure> {
        let rows = store::session_keys::all(&self.store().reader()).await?;
        Ok(Ring::of(rows, self.store().seal())?)
    }

    /// Forgets the ring after a rotation in this process.
    pub(super) async fn bust_ring(&self) {
        *self.ring_cache().0.write().await = None;
    }
}

#[cfg(test)]
mod tests {
    use shared::ids::{SessionId, UserId};

    use super::*;

    const NOW: Instant = Instant(1_767_225_600_000);

    fn key(number: u128) -> SessionKey {
        let pair = Ed25519KeyPair::generate().expect("generates");
        let private = pair.to_pkcs8().expect("encodes").as_ref().to_vec();
        of_pair(private, Uuid::from_u128(number), NOW).expect("a key")
    }

    fn claimed() -> Claimed {
        Claimed {
            user: UserId(Uuid::from_u128(1)),
            session: SessionId(Uuid::from_u128(2)),
        }
    }

    #[test]
    fn the_newest_signs_and_those_before_it_check_until_they_end() {
        let seal = Seal::in_memory().expect("keys");
        let old = key(1);
        let ring = |rows: Vec<SessionKey>| Ring::of(rows, &seal).expect("a ring");
        let before = ring(vec![old.clone()]);
        let (token, _) = before.sign(claimed(), NOW).expect("signs");
        let retiring = SessionKey {
            private: None,
            ends_at: Some(Instant(NOW.0 + 60_000)),
            ..old.clone()
        };
        let after = ring(vec![key(2), retiring]);
        assert_eq!(after.check(&token, NOW), Ok(claimed()));
        let ended = after.check(&token, Instant(NOW.0 + 60_000));
        assert_eq!(ended.map_err(|fault| fault.code), Err(Code::SessionExpired));
        let (new, _) = after.sign(claimed(), NOW).expect("signs");
        assert_eq!(after.check(&new, NOW), Ok(claimed()));
        let unknown = before.check(&new, NOW);
        assert_eq!(unknown.map_err(|fault| fault.code), Err(Code::SignedOut));
        assert!(
            ring(vec![SessionKey {
                private: None,
                ..old
            }])
            .sign(claimed(), NOW)
            .is_err()
        );
        let file = ring(Vec::new());
        let (token, _) = file.sign(claimed(), NOW).expect("the file's key signs");
        assert_eq!(file.check(&token, NOW), Ok(claimed()));
    }
}
