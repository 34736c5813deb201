//! From an access token to the person who acts now: session and roles are read from the store, at most five seconds old (P-25).
//! A change of roles, password or activity busts this process's copy at once; other processes see it within five seconds.
//! Not here: making tokens (`token`), renewing them (`refresh`).

use std::time::Duration;

use shared::access::Actor;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::SessionId;
use store::users::User;

use super::began_ahead;
use crate::context::Services;
use crate::fault::{Failure, Settle};
use crate::reference::Reference;

/// How old rights may be, in milliseconds.
const FRESH: i64 = 5_000;
/// Sessions that are remembered; a centre has a few hundred people at work.
const REMEMBERED: u64 = 10_000;

/// Who acts, through which session.
#[derive(Debug, Clone, PartialEq)]
pub struct Authenticated {
    /// The person with the rights of now.
    pub actor: Actor,
    /// The session.
    pub session: SessionId,
}

#[derive(Clone)]
struct Known {
    read_at: Instant,
    expires_at: Instant,
    actor: Actor,
}

/// Rights of sessions that were asked for in the last seconds.
#[derive(Clone)]
pub struct RightsCache(moka::future::Cache<SessionId, Known>);

impl Default for RightsCache {
    fn default() -> Self {
        Self(
            moka::future::Cache::builder()
                .max_capacity(REMEMBERED)
                .time_to_live(Duration::from_millis(FRESH as u64))
                .build(),
        )
    }
}

impl RightsCache {
    /// After sign-out or revocation.
    pub async fn forget(&self, session: SessionId) {
        self.0.invalidate(&session).await;
    }

    /// After a change of somebody's roles, unit, password or activity; rare, so all are read again.
    pub fn forget_all(&self) {
        self.0.invalidate_all();
    }
}

/// The person behind an access token.
///
/// # Errors
/// `session.expired` when the token or the session is too old, `session.signed_out` for anything else that is not good.
pub async fn authenticate(services: &Services, access_token: &str) -> Result<Authenticated, Fault> {
    let now = services.now();
    let claimed = services.keys().signer().check(access_token.trim(), now)?;
    if let Some(known) = services.rights().0.get(&claimed.session).await
        && (now.0 - known.read_at.0).abs() < FRESH
        && known.expires_at > now
        && known.actor.user == Some(claimed.user)
    {
        return Ok(Authenticated {
            actor: known.actor,
            session: claimed.session,
        });
    }
    let (session, user) = read(services, claimed.session)
        .await
        .settle(services)?
        .ok_or_else(|| Fault::new(Code::SignedOut))?;
    if session.revoked_at.is_some() || session.user != claimed.user || !user.active {
        return Err(Fault::new(Code::SignedOut));
    }
    if session.expires_at <= now || began_ahead(&session, now) {
        return Err(Fault::new(Code::SessionExpired));
    }
    let actor = actor_of(&*services.reference().await?, &user);
    services
        .rights()
        .0
        .insert(
            claimed.session,
            Known {
                read_at: now,
                expires_at: session.expires_at,
                actor: actor.clone(),
            },
        )
        .await;
    Ok(Authenticated {
        actor,
        session: claimed.session,
    })
}

async fn read(
    services: &Services,
    session: SessionId,
) -> Result<Option<(store::sessions::Session, User)>, Failure> {
    let db = services.store().reader();
    let Some(session) = store::sessions::find(&db, session).await? else {
        return Ok(None);
    };
    Ok(store::users::find(&db, session.user)
        .await?
        .map(|user| (session, user)))
}

/// The active person with this sign-in name, with the rights of now; for commands that the machine's owner runs in a person's name.
///
/// # Errors
/// `not_found` when there is no such account or it is closed.
pub async fn actor_by_name(services: &Services, username: &str) -> Result<Actor, Fault> {
    let found =
        store::users::find_by_name(&services.store().reader(), &super::normal_name(username))
            .await
            .settle(services)?;
    let user = found
        .filter(|user| user.active)
        .ok_or_else(Fault::missing)?;
    Ok(actor_of(&*services.reference().await?, &user))
}

/// The actor for a person's record: unit path and region come from the unit.
pub(crate) fn actor_of(reference: &Reference, user: &User) -> Actor {
    let unit = reference.units.get(&user.unit);
    Actor {
        user: Some(user.id),
        username: user.username.clone(),
        name: user.name.clone(),
        unit: Some(user.unit.clone()),
        unit_path: unit.map(|unit| unit.path.clone()),
        region: unit.map(|unit| unit.region.clone()),
        roles: user.roles.clone(),
        system: false,
    }
}
