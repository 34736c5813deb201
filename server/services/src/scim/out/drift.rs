//! Each night the users of each platform are read and compared with our accounts: what is missing there, what nobody knows here, what works on
//! one side alone. What was found stands on the page until the next look.
//! Not here: mending it, which people do (`desk`).
//! A closed account that a platform still has is unknown here; a frozen one is to be stopped there.

use std::collections::BTreeMap;

use shared::account::life::AccountState;
use shared::account::platform::DriftKind;
use shared::calendar::Instant;
use store::scim::{Drift, Look};

use super::line::{Platform, Trouble};
use crate::context::Services;
use crate::fault::Failure;
use crate::jobs::Done;

/// Users of one platform that are read at most.
const MOST: usize = 200_000;
/// Differences of one platform that are kept.
const KEPT: usize = 5_000;

/// Looks at each platform that nobody has looked at today.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    if services.platforms().is_empty() {
        return Ok(Done::default());
    }
    let looks = store::scim::looks(&services.store().reader()).await?;
    let now = services.now();
    let mut count = 0;
    for platform in services.platforms() {
        let last = looks.iter().find(|look| look.platform == platform.code);
        if last.is_some_and(|last| last.at.date() >= now.date()) {
            continue;
        }
        let (look, found) = compared(services, platform, now).await?;
        services
            .store()
            .write::<_, Failure, _>(move |tx| {
                let (look, found) = (look.clone(), found.clone());
                Box::pin(async move { Ok(store::scim::keep_look(tx, &look, &found).await?) })
            })
            .await?;
        count += 1;
    }
    Ok(Done { count, more: false })
}

async fn compared(
    services: &Services,
    platform: &Platform,
    now: Instant,
) -> Result<(Look, Vec<Drift>), Failure> {
    let look = |users: usize, said: String| Look {
        platform: platform.code.clone(),
        at: now,
        users: i64::try_from(users).unwrap_or(i64::MAX),
        said,
    };
    let there = match all(platform).await {
        Ok(there) => there,
        Err(trouble) => return Ok((look(0, trouble.receipt()), Vec::new())),
    };
    let ours = store::users::list(&services.store().reader()).await?;
    let ours: BTreeMap<&str, AccountState> = ours
        .iter()
        .map(|user| (user.username.as_str(), user.state))
        .collect();
    let found = differences(&ours, &there).into_iter().take(KEPT);
    let found = found.map(|(username, kind)| Drift {
        platform: platform.code.clone(),
        username,
        kind,
        found_at: now,
    });
    Ok((look(there.len(), String::new()), found.collect()))
}

/// Every user of a platform: whether it works, by name.
async fn all(platform: &Platform) -> Result<BTreeMap<String, bool>, Trouble> {
    let mut there = BTreeMap::new();
    let mut read = 0;
    while read < MOST {
        let (users, total) = platform.users(read + 1).await?;
        let count = users.len();
        there.extend(users);
        read += count;
        if count == 0 || read >= total {
            break;
        }
    }
    Ok(there)
}

/// What differs, by name.
fn differences(
    ours: &BTreeMap<&str, AccountState>,
    there: &BTreeMap<String, bool>,
) -> Vec<(String, DriftKind)> {
    let mut found = Vec::new();
    for (name, state) in ours {
        let kind = match (there.get(*name), state) {
            (None, AccountState::Open) => DriftKind::Missing,
            (Some(false), AccountState::Open) => DriftKind::Inactive,
            (Some(true), AccountState::Frozen) => DriftKind::Active,
            (Some(_), AccountState::Closed) => DriftKind::TooMany,
            _ => continue,
        };
        found.push(((*name).to_owned(), kind));
    }
    let unknown = there
        .keys()
        .filter(|name| !ours.contains_key(name.as_str()));
    found.extend(unknown.map(|name| (name.clone(), DriftKind::TooMany)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_side_is_compared_with_the_other() {
        let ours = BTreeMap::from([
            ("closed", AccountState::Closed),
            ("frozen", AccountState::Frozen),
            ("gone", AccountState::Closed),
            ("missing", AccountState::Open),
            ("same", AccountState::Open),
            ("stopped", AccountState::Open),
        ]);
        let there = [
            ("closed", false),
            ("frozen", true),
            ("same", true),
            ("stopped", false),
            ("stranger", true),
        ];
        let there = there.map(|(name, works)| (name.to_owned(), works)).into();
        let found = differences(&ours, &there);
        let found: Vec<_> = found
            .iter()
            .map(|(name, kind)| (name.as_str(), *kind))
            .collect();
        assert_eq!(
            found,
            [
                ("closed", DriftKind::TooMany),
                ("frozen", DriftKind::Active),
                ("missing", DriftKind::Missing),
                ("stopped", DriftKind::Inactive),
                ("stranger", DriftKind::TooMany),
            ]
        );
    }
}
