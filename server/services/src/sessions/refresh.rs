//! Refresh tokens: each use gives the next one; an old one that comes back ends the whole session (P-26).
//! Two tabs, or an answer that was lost, look like theft too: for ten seconds the same successor is given again.
//! A token is session, generation and a keyed digest of both, so that the successor can be made again and is kept nowhere.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use shared::access::Actor;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::SessionId;
use uuid::Uuid;

use super::began_ahead;
use super::rules::Second;
use super::{IDLE_MINUTES, MAX_HOURS, SignedIn, actor_of};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::keys::Keys;
use crate::sessions::token::Claimed;

/// How long the same successor is given again, in milliseconds.
pub const GRACE: i64 = 10_000;
const DIGEST: usize = 32;

/// A refresh token before it is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refresh {
    pub(super) session: SessionId,
    /// 0 at sign-in, one more with each use.
    pub(super) generation: u32,
}

impl Refresh {
    pub(super) fn successor(self) -> Self {
        Self {
            generation: self.generation.wrapping_add(1),
            ..self
        }
    }

    /// The token as the browser keeps it.
    pub(super) fn write(self, keys: &Keys) -> String {
        let mut bytes = self.session.0.as_bytes().to_vec();
        bytes.extend(self.generation.to_be_bytes());
        bytes.extend(self.digest(keys));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a token; only those that these keys made pass.
    pub(super) fn read(text: &str, keys: &Keys) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD
            .decode(text)
            .ok()
            .filter(|bytes| bytes.len() == 20 + DIGEST)?;
        let session = SessionId(Uuid::from_slice(&bytes[..16]).ok()?);
        let generation = u32::from_be_bytes(bytes[16..20].try_into().ok()?);
        let read = Self {
            session,
            generation,
        };
        aws_lc_rs::constant_time::verify_slices_are_equal(&bytes[20..], &read.digest(keys)).ok()?;
        Some(read)
    }

    /// What the database keeps instead of the token.
    pub(super) fn hash(self, keys: &Keys) -> Vec<u8> {
        keys.mac("refresh-hash", &self.write(keys))
    }

    fn digest(self, keys: &Keys) -> Vec<u8> {
        keys.mac("refresh", &format!("{}:{}", self.session, self.generation))
    }
}

/// When a session ends that is used now: after the idle time, and at the latest after its longest life.
pub(super) fn ends(created_at: Instant, now: Instant) -> Instant {
    Instant((now.0 + IDLE_MINUTES * 60_000).min(created_at.0 + MAX_HOURS * 3_600_000))
}

/// What a refresh came to inside the transaction; a detected reuse must be committed, so it is no error there.
enum Outcome {
    Good {
        user: Box<store::users::User>,
        expires_at: Instant,
        second: Second,
    },
    Ended,
    Reused,
}

/// A new access token and the next refresh token.
///
/// # Errors
/// `session.signed_out` when the token is not ours or its session has ended; `session.expired` when it was idle too long.
pub async fn refresh(services: &Services, token: &str) -> Result<SignedIn, Fault> {
    let presented =
        Refresh::read(token.trim(), services.keys()).ok_or_else(|| Fault::new(Code::SignedOut))?;
    let next = presented.successor();
    let (presented_hash, next_hash) = (presented.hash(services.keys()), next.hash(services.keys()));
    let (now, inner) = (services.now(), services.clone());
    let outcome = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                rotate(
                    &inner,
                    tx,
                    Rotation {
                        presented,
                        presented_hash,
                        next_hash,
                        now,
                    },
                )
                .await
            })
        })
        .await
        .settle(services)?;
    match outcome {
        Outcome::Good {
            user,
            expires_at,
            second,
        } => {
            let claimed = Claimed {
                user: user.id,
                session: presented.session,
            };
            let (access_token, access_expires_at) = services.sign_token(claimed, now).await?;
            let actor: Actor = actor_of(&*services.reference().await?, &user, now);
            let actor = services.hold(actor, &user, second).await?;
            Ok(SignedIn {
                access_token,
                access_expires_at,
                refresh_token: next.write(services.keys()),
                refresh_expires_at: expires_at,
                session: presented.session,
                actor,
            })
        }
        Outcome::Ended => Err(Fault::new(Code::SessionExpired)),
        Outcome::Reused => {
            services.rights().forget(presented.session).await;
            tracing::warn!(session.id = %presented.session, "an old refresh token came back; the session was ended");
            Err(Fault::new(Code::SignedOut))
        }
    }
}

#[derive(Clone)]
struct Rotation {
    presented: Refresh,
    presented_hash: Vec<u8>,
    next_hash: Vec<u8>,
    now: Instant,
}

async fn rotate(
    services: &Services,
    tx: &store::Tx,
    rotation: Rotation,
) -> Result<Outcome, Failure> {
    let Rotation {
        presented,
        presented_hash,
        next_hash,
        now,
    } = rotation;
    let Some(session) = store::sessions::find(tx, presented.session).await? else {
        return Ok(Outcome::Ended);
    };
    if session.revoked_at.is_some()
        || session.expires_at <= now
        || began_ahead(session.created_at, now)
    {
        return Ok(Outcome::Ended);
    }
    let Some(user) = store::users::find(tx, session.user)
        .await?
        .filter(|user| user.active)
    else {
        return Ok(Outcome::Ended);
    };
    let user = Box::new(user);
    let second = Second {
        half: session.half,
        vouched: session.vouched,
    };
    if session.refresh_hash == presented_hash {
        let expires_at = ends(session.created_at, now);
        // Of two that rotate at once only one succeeds; the other finds the successor in place.
        if store::sessions::rotate(
            tx,
            presented.session,
            store::sessions::Rotate {
                from: presented_hash,
                to: next_hash,
                at: now,
                expires_at,
            },
        )
        .await?
        {
            store::life::seen(tx, user.id, now).await?;
            return Ok(Outcome::Good {
                user,
                expires_at,
                second,
            });
        }
        return Err(
            store::StoreError::Busy("a session was renewed twice at once".to_owned()).into(),
        );
    }
    let just_now = session.previous_hash.as_ref() == Some(&presented_hash)
        && (now.0 - session.rotated_at.0).abs() <= GRACE;
    if just_now {
        return Ok(Outcome::Good {
            user,
            expires_at: session.expires_at,
            second,
        });
    }
    store::sessions::revoke(tx, presented.session, now).await?;
    let mut entry = Ctx::system(services).audit(
        "session.reuse",
        format!("session:{}", presented.session),
        Code::SignedOut.as_str(),
    );
    entry.actor = Some(user.id);
    entry.actor_name.clone_from(&user.username);
    store::audit::append(tx, &entry).await?;
    Ok(Outcome::Reused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_tokens_are_read() {
        let keys = Keys::of(store::Seal::in_memory().expect("keys")).expect("keys");
        let other = Keys::of(store::Seal::in_memory().expect("keys")).expect("keys");
        let token = Refresh {
            session: SessionId(Uuid::from_u128(5)),
            generation: 3,
        };
        let text = token.write(&keys);
        assert_eq!(Refresh::read(&text, &keys), Some(token));
        assert_eq!(Refresh::read(&text, &other), None);
        let mut changed = URL_SAFE_NO_PAD.decode(&text).expect("base64");
        changed[19] += 1;
        assert_eq!(
            Refresh::read(&URL_SAFE_NO_PAD.encode(changed), &keys),
            None,
            "another generation"
        );
        for bad in ["", "x", &text[1..], &format!("{text}A")] {
            assert_eq!(Refresh::read(bad, &keys), None);
        }
        assert_ne!(token.hash(&keys), token.successor().hash(&keys));
    }

    #[test]
    fn a_session_ends_after_idleness_and_after_a_working_day() {
        let start = Instant(1_767_225_600_000);
        assert_eq!(ends(start, start), Instant(start.0 + IDLE_MINUTES * 60_000));
        let late = Instant(start.0 + MAX_HOURS * 3_600_000 - 60_000);
        assert_eq!(ends(start, late), Instant(late.0 + 60_000));
    }
}
