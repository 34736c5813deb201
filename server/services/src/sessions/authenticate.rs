//! From an access token to the person who acts now (P-25). Each request asks the store whether the session holds and in which version the
//! account is; only what belongs to that version is taken from memory. So a lost post, a changed role, a closed account, a new password or an
//! ended session holds at the next request, on every server. Which of the posts hold is reckoned each time, for some run out by the clock.
//! Not here: making tokens (`token`), renewing them (`refresh`).

use std::time::Duration;

use shared::access::{Actor, Place, StandsFor, Who};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::{SessionId, UserId};
use store::sessions::Standing;
use store::users::User;

use super::began_ahead;
use super::rules::Second;
use crate::context::Services;
use crate::fault::{Failure, Settle};
use crate::reference::Reference;

/// How long an account may be remembered under its version, in milliseconds; for what is changed past the version, by hand.
const FRESH: i64 = 5_000;
const HOUR: i64 = 3_600_000;
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
    user: User,
    stands_for: Vec<StandsFor>,
}

/// Accounts of sessions that were asked for in the last seconds.
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
    let claimed = services.check_token(access_token.trim(), now).await?;
    let standing = store::sessions::standing(&services.store().reader(), claimed.session)
        .await
        .settle(services)?
        .filter(|standing| standing.holds && standing.user == claimed.user)
        .ok_or_else(|| Fault::new(Code::SignedOut))?;
    if standing.expires_at <= now || began_ahead(standing.created_at, now) {
        return Err(Fault::new(Code::SessionExpired));
    }
    let (user, stands_for) = account(services, claimed.session, &standing).await?;
    let mut actor = actor_of(&*services.reference().await?, &user, now);
    actor.stands_for = stands_for;
    let rules = services.sign_in_rules().await?;
    actor.fresh = rules.is_fresh(standing.proved_at, now);
    let second = Second {
        half: standing.half,
        vouched: standing.vouched,
    };
    Ok(Authenticated {
        actor: services.hold(actor, &user, second).await?,
        session: claimed.session,
    })
}

/// The account in the version that holds now, from memory or from the store.
async fn account(
    services: &Services,
    session: SessionId,
    standing: &Standing,
) -> Result<(User, Vec<StandsFor>), Fault> {
    let now = services.now();
    if let Some(known) = services.rights().0.get(&session).await
        && (now.0 - known.read_at.0).abs() < FRESH
        && known.user.id == standing.user
        && known.user.version == standing.user_version
    {
        return Ok((known.user, known.stands_for));
    }
    let user = store::users::find(&services.store().reader(), standing.user)
        .await
        .settle(services)?
        .filter(|user| user.active)
        .ok_or_else(|| Fault::new(Code::SignedOut))?;
    let stands_for = stands_for(services, user.id).await?;
    let known = Known {
        read_at: now,
        user: user.clone(),
        stands_for: stands_for.clone(),
    };
    services.rights().0.insert(session, known).await;
    Ok((user, stands_for))
}

/// Those whose named tasks somebody does now.
async fn stands_for(services: &Services, user: UserId) -> Result<Vec<StandsFor>, Fault> {
    let db = services.store().reader();
    let found = store::life::stands_for(&db, user, services.now())
        .await
        .settle(services)?;
    let other = |it: store::life::StandIn| StandsFor {
        user: it.user_id,
        name: it.user_name,
    };
    Ok(found.into_iter().map(other).collect())
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
    let mut actor = actor_of(&*services.reference().await?, &user, services.now());
    actor.stands_for = stands_for(services, user.id).await?;
    Ok(actor)
}

/// The account of a partner's program, which never signs in: that it works is noted once an hour, so that it does not freeze as one that nobody
/// uses.
///
/// # Errors
/// `not_found` when there is no such account or it is closed.
pub async fn program_by_name(services: &Services, username: &str) -> Result<Actor, Fault> {
    let actor = actor_by_name(services, username).await?;
    let (now, Some(user)) = (services.now(), actor.user()) else {
        return Ok(actor);
    };
    let account = store::life::find(&services.store().reader(), user)
        .await
        .settle(services)?;
    let seen = account.and_then(|account| account.seen_at);
    if seen.is_none_or(|seen| now.0 - seen.0 > HOUR) {
        services
            .store()
            .write::<_, Failure, _>(move |tx| {
                Box::pin(async move { Ok(store::life::seen(tx, user, now).await?) })
            })
            .await
            .settle(services)?;
    }
    Ok(actor)
}

/// A unit as a place of somebody's posts.
pub(crate) fn place_of(reference: &Reference, (user, now): (&User, Instant), code: &str) -> Place {
    let unit = reference.units.get(code);
    Place {
        unit: code.to_owned(),
        path: unit.map_or_else(String::new, |unit| unit.path.clone()),
        region: unit.map_or_else(String::new, |unit| unit.region.clone()),
        team: user
            .mates
            .iter()
            .filter(|mate| mate.unit == code && mate.is_at(now))
            .map(|mate| mate.user)
            .collect(),
    }
}

/// The actor for a person's record, in the posts that hold now: paths and regions come from the units.
pub(crate) fn actor_of(reference: &Reference, user: &User, now: Instant) -> Actor {
    let unit = reference.units.get(&user.unit);
    let posts = user.in_force(now);
    let posts = posts.filter_map(|post| post.at(place_of(reference, (user, now), &post.row.unit)));
    Actor {
        who: Who::Person(user.id),
        username: user.username.clone(),
        name: user.name.clone(),
        unit: Some(user.unit.clone()),
        unit_path: unit.map(|unit| unit.path.clone()),
        region: unit.map(|unit| unit.region.clone()),
        posts: posts.collect(),
        fresh: false,
        held: None,
        stands_for: Vec::new(),
        citizen: None,
    }
}
