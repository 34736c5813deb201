//! What platforms are told of accounts: marks become pushes, and pushes are sent, each at least once. What fails is tried again, each time later;
//! after ten times it is given up: who answers for the platform gets a notice, and it waits on the page.
//! Not here: requests (`line`), pushing again by hand (`desk`).
//! No password, no number of a person and nothing of his rights but the codes of his roles goes out.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use shared::access::PostState;
use shared::account::life::AccountState;
use shared::account::platform::PushState;
use shared::calendar::Instant;
use shared::notice::{Audience, NoticeKind, Told};
use store::record::OutboxMessage;
use store::scim::Push;
use store::users::User;

use super::line::{Platform, Trouble};
use crate::context::Services;
use crate::fault::Failure;
use crate::gateway::inside::{Subject, notice};
use crate::jobs::Done;

/// Marks, and pushes, of one run.
const BATCH: u64 = 50;
/// Tries before one is given up: the last after about 17 hours.
const MAX_TRIES: i32 = 10;
/// Pause after the first failed try, in milliseconds; doubles each time.
const FIRST_PAUSE: i64 = 60_000;
/// How long one server keeps a push to itself, in milliseconds.
const LEASE: i64 = 5 * 60_000;
/// Days that what was sent stays.
const KEPT: i64 = 90;
const DAY: i64 = 24 * 3_600_000;

/// A push that is due now.
pub(super) fn fresh(services: &Services, platform: &str, user: shared::ids::UserId) -> Push {
    let now = services.now();
    Push {
        id: services.ids().new_id(now),
        platform: platform.to_owned(),
        user,
        state: PushState::Waiting,
        made_at: now,
        tries: 0,
        next_at: Some(now),
        done_at: None,
        said: String::new(),
    }
}

/// One batch.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let expanded = expand(services).await?;
    let now = services.now();
    if !store::scim::is_due(&services.store().reader(), now).await? {
        return Ok(Done {
            count: 0,
            more: expanded >= BATCH,
        });
    }
    let until = Instant(now.0 + LEASE);
    let waiting = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                store::scim::purge(tx, Instant(now.0 - KEPT * DAY)).await?;
                Ok(store::scim::claim(tx, (now, until), BATCH).await?)
            })
        })
        .await?;
    let more = waiting.len() as u64 >= BATCH;
    let mut count = 0;
    let mut away = Vec::new();
    for push in waiting {
        let told = one(services, &push, &mut away).await?;
        count += u64::from(told.state == PushState::Sent);
        let letter = letter(services, &told).await?;
        services
            .store()
            .write::<_, Failure, _>(move |tx| {
                let (told, letter) = (told.clone(), letter.clone());
                Box::pin(async move {
                    store::scim::settle(tx, &told).await?;
                    if let Some(letter) = letter {
                        store::outbox::put(tx, &letter).await?;
                    }
                    Ok(())
                })
            })
            .await?;
    }
    Ok(Done { count, more })
}

/// Who answers for a platform is told that it was given up; nobody where that account is not open. It names the platform and nobody's account.
async fn letter(services: &Services, push: &Push) -> Result<Option<OutboxMessage>, Failure> {
    if push.state != PushState::GivenUp {
        return Ok(None);
    }
    let mut platforms = services.platforms().iter();
    let Some(platform) = platforms.find(|it| it.code == push.platform) else {
        return Ok(None);
    };
    let db = services.store().reader();
    let owner = store::users::find_by_name(&db, &platform.owner).await?;
    let Some(owner) = owner.filter(|owner| owner.active) else {
        return Ok(None);
    };
    let told = Told {
        kind: NoticeKind::PlatformBehind,
        no: platform.name.clone(),
        approval: None,
        by: None,
    };
    let home = services.reference().await?.home();
    let subject = Subject {
        ticket: None,
        region: &home,
    };
    let stamp = (services.new_id(), services.now());
    let audience = Audience::Person(owner.id);
    Ok(Some(notice(&audience, &told, subject, stamp)))
}

/// Makes pushes of what was marked; how many marks there were.
async fn expand(services: &Services) -> Result<u64, Failure> {
    let marks = store::scim::marks(&services.store().reader(), BATCH).await?;
    let count = marks.len() as u64;
    if marks.is_empty() {
        return Ok(0);
    }
    let pushes: Vec<Push> = marks
        .iter()
        .flat_map(|(user, _)| {
            let platforms = services.platforms().iter();
            platforms.map(move |platform| fresh(services, &platform.code, *user))
        })
        .collect();
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (marks, pushes) = (marks.clone(), pushes.clone());
            Box::pin(async move { Ok(store::scim::expand(tx, &marks, &pushes).await?) })
        })
        .await?;
    Ok(count)
}

/// Sends one, and says what became of it. A platform that does not answer is asked once in a run.
async fn one(services: &Services, push: &Push, away: &mut Vec<String>) -> Result<Push, Failure> {
    let now = services.now();
    let platforms = services.platforms();
    let platform = platforms.iter().find(|it| it.code == push.platform);
    let Some(platform) = platform else {
        return Ok(ended(push, PushState::GivenUp, "unlinked", now));
    };
    if away.contains(&platform.code) {
        return Ok(Push {
            next_at: Some(pause(now, push.tries)),
            tries: (push.tries - 1).max(0),
            ..push.clone()
        });
    }
    let user = store::users::find(&services.store().reader(), push.user).await?;
    let Some(user) = user else {
        return Ok(ended(push, PushState::GivenUp, "unknown", now));
    };
    match tell(platform, &user, now).await {
        Ok(said) => Ok(ended(push, PushState::Sent, &said, now)),
        Err(trouble) => {
            if trouble == Trouble::Away {
                away.push(platform.code.clone());
            }
            let said = trouble.receipt();
            if push.tries >= MAX_TRIES {
                tracing::warn!(push.id = %push.id, platform = %platform.code, owner = %platform.owner, said = %said, "a platform was not told of an account; who answers for it has to see to it");
                return Ok(ended(push, PushState::GivenUp, &said, now));
            }
            Ok(Push {
                next_at: Some(pause(now, push.tries)),
                said,
                ..push.clone()
            })
        }
    }
}

fn ended(push: &Push, state: PushState, said: &str, now: Instant) -> Push {
    Push {
        state,
        next_at: None,
        done_at: Some(now),
        said: said.to_owned(),
        ..push.clone()
    }
}

fn pause(now: Instant, tries: i32) -> Instant {
    Instant(now.0 + (FIRST_PAUSE << tries.clamp(1, 12).wrapping_sub(1)))
}

/// Tells a platform how an account is now; the receipt.
async fn tell(platform: &Platform, user: &User, now: Instant) -> Result<String, Trouble> {
    let there = platform.find(&user.username).await?;
    let status = match (there, user.state) {
        (None, AccountState::Closed | AccountState::Frozen) => return Ok("none".to_owned()),
        (Some(id), AccountState::Closed) => platform.remove(&id).await?,
        (Some(id), AccountState::Frozen) => platform.stop(&id).await?,
        (Some(id), AccountState::Open) => platform.put(&id, &body(user, now)).await?,
        (None, AccountState::Open) => platform.make(&body(user, now)).await?,
    };
    Ok(status.as_u16().to_string())
}

/// Codes of the roles that an account has then: of posts that wait, that are over or that stand still nothing is told. One that waits for its
/// holder's second factor is told, since setting that up changes no post.
pub(super) fn roles_of(user: &User, at: Instant) -> BTreeSet<String> {
    let posts = user.posts.iter().zip(user.states(at));
    let had = posts.filter(|(_, state)| matches!(state, PostState::Holds | PostState::NoFactor));
    had.map(|(post, _)| post.row.role.as_str().to_owned())
        .collect()
}

/// An account as platforms see it.
fn body(user: &User, now: Instant) -> Value {
    let roles: Vec<Value> = roles_of(user, now)
        .iter()
        .map(|role| json!({"value": role}))
        .collect();
    json!({
        "schemas": [super::super::USER, super::super::ENTERPRISE],
        "externalId": user.id.to_string(),
        "userName": user.username,
        "displayName": user.name,
        "name": {"formatted": user.name},
        "active": user.active,
        "roles": roles,
        (super::super::ENTERPRISE): {"department": user.unit},
    })
}
