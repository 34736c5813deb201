//! Each night the users of each platform are read and compared with our accounts: what is missing there, what nobody knows here, what works on
//! one side alone, who has other roles. What was found stands on the page until the next look. Whose roles have changed by a post's own day since the
//! look before is pushed.
//! Not here: mending it, which people do (`desk`).
//! A closed account that a platform still has is unknown here; a frozen one is to be stopped there.

use std::collections::{BTreeMap, BTreeSet};

use shared::account::life::AccountState;
use shared::account::platform::DriftKind;
use shared::calendar::Instant;
use store::scim::{Drift, Look, Push};
use store::users::User;

use super::line::{Platform, There, Trouble};
use super::push::{fresh, roles_of};
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
        let people = store::users::list(&services.store().reader()).await?;
        let turned = last.map_or_else(Vec::new, |last| turned(&people, last.at, now));
        let (look, found) = compared(platform, (&people, &turned), now).await;
        let pushes: Vec<Push> = turned
            .iter()
            .map(|user| fresh(services, &platform.code, user.id))
            .collect();
        services
            .store()
            .write::<_, Failure, _>(move |tx| {
                let (look, found, pushes) = (look.clone(), found.clone(), pushes.clone());
                Box::pin(async move {
                    store::scim::add(tx, &pushes).await?;
                    Ok(store::scim::keep_look(tx, &look, &found).await?)
                })
            })
            .await?;
        count += 1;
    }
    Ok(Done { count, more: false })
}

/// Open accounts whose roles changed between two moments with nobody's doing: a post began or ended by its own day, or a certificate ran out.
fn turned(people: &[User], then: Instant, now: Instant) -> Vec<&User> {
    let is_turned = |user: &&User| {
        user.state == AccountState::Open && roles_of(user, then) != roles_of(user, now)
    };
    people.iter().filter(is_turned).collect()
}

/// What a look finds. Of those who are pushed now roles are not compared.
async fn compared(
    platform: &Platform,
    (people, turned): (&[User], &[&User]),
    now: Instant,
) -> (Look, Vec<Drift>) {
    let look = |users: usize, said: String| Look {
        platform: platform.code.clone(),
        at: now,
        users: i64::try_from(users).unwrap_or(i64::MAX),
        said,
    };
    let there = match all(platform).await {
        Ok(there) => there,
        Err(trouble) => return (look(0, trouble.receipt()), Vec::new()),
    };
    let account = |user: &User| {
        let is_pushed = turned.iter().any(|it| it.id == user.id);
        Account {
            state: user.state,
            roles: (!is_pushed).then(|| roles_of(user, now)),
        }
    };
    let ours: BTreeMap<&str, Account> = people
        .iter()
        .map(|user| (user.username.as_str(), account(user)))
        .collect();
    let found = differences(&ours, &there).into_iter().take(KEPT);
    let found = found.map(|(username, kind)| Drift {
        platform: platform.code.clone(),
        username,
        kind,
        found_at: now,
    });
    (look(there.len(), String::new()), found.collect())
}

/// An account here.
struct Account {
    state: AccountState,
    /// Codes of its roles; absent where they are not compared.
    roles: Option<BTreeSet<String>>,
}

/// Every user of a platform, by name.
async fn all(platform: &Platform) -> Result<BTreeMap<String, There>, Trouble> {
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
    ours: &BTreeMap<&str, Account>,
    there: &BTreeMap<String, There>,
) -> Vec<(String, DriftKind)> {
    let mut found = Vec::new();
    for (name, account) in ours {
        let user = there.get(*name);
        let kind = match (user.map(|user| user.works), account.state) {
            (None, AccountState::Open) => DriftKind::Missing,
            (Some(false), AccountState::Open) => DriftKind::Inactive,
            (Some(true), AccountState::Frozen) => DriftKind::Active,
            (Some(_), AccountState::Closed) => DriftKind::TooMany,
            (Some(true), AccountState::Open) if has_others(account, user) => DriftKind::Roles,
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

/// Whether both sides say which roles somebody has, and say it otherwise.
fn has_others(account: &Account, user: Option<&There>) -> bool {
    let theirs = user.and_then(|user| user.roles.as_ref());
    let pair = account.roles.as_ref().zip(theirs);
    pair.is_some_and(|(ours, theirs)| ours != theirs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(roles: &[&str]) -> Option<BTreeSet<String>> {
        Some(roles.iter().map(|role| (*role).to_owned()).collect())
    }

    #[test]
    fn each_side_is_compared_with_the_other() {
        let account = |state| Account {
            state,
            roles: codes(&["handler"]),
        };
        let ours = BTreeMap::from([
            ("closed", account(AccountState::Closed)),
            ("frozen", account(AccountState::Frozen)),
            ("gone", account(AccountState::Closed)),
            ("missing", account(AccountState::Open)),
            ("other", account(AccountState::Open)),
            ("same", account(AccountState::Open)),
            ("silent", account(AccountState::Open)),
            ("stopped", account(AccountState::Open)),
        ]);
        let there = [
            ("closed", false, None),
            ("frozen", true, None),
            ("other", true, codes(&["handler", "reviewer"])),
            ("same", true, codes(&["handler"])),
            ("silent", true, None),
            ("stopped", false, None),
            ("stranger", true, None),
        ];
        let there = there
            .map(|(name, works, roles)| (name.to_owned(), There { works, roles }))
            .into();
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
                ("other", DriftKind::Roles),
                ("stopped", DriftKind::Inactive),
                ("stranger", DriftKind::TooMany),
            ]
        );
    }
}
