//! Entrances of an approval by roles of two cities: one filed by each city's unit, its first task open to the unit's people.
//! What is expected follows from access table, policy, scopes and who has to do with it. Here every cell, on both databases.
//! Deliberately absent: verbs by states (`services`, `access::approvals`), the page of a verb, which hangs on the verb.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use serde_json::json;
use server::access::{Entry, Kind};
use shared::access::{Permission, Place, Role, Seen, scope_for};

use super::{
    campaign::{Campaign, Chance, SEED, start},
    deep, entrances,
    matrix::{Expected, fits, one_in, user_of},
    province::{Province, SUZHOU, Somebody, path_of, region_of},
    quiet,
};
use crate::rights::calls::{Objects, request_for};
use crate::support::{CENTRE, World};

/// One of so many cells is tried in the small round.
const SAMPLE: u64 = 12;

/// Entrances that show the approval to whoever sees it.
const SHOWN: [&str; 4] = [
    "/approvals/{id}",
    "/approvals/{id}/flow",
    "GET /api/v1/approvals/{id}",
    "GET /api/v1/approvals/{id}/files",
];

/// An approval and whose it is.
struct Filed<'p> {
    id: String,
    by: &'p Somebody,
}

/// Rows about one approval that ask a right.
fn rows() -> Vec<Entry> {
    let mut rows = entrances::all();
    rows.retain(|entry| {
        let is_called = matches!(entry.kind, Kind::Page | Kind::Form | Kind::Rest);
        let is_of_approval =
            entry.name.contains("/approvals/{id}") && !entry.name.ends_with("{verb}");
        is_of_approval && is_called && entry.need.permission().is_some()
    });
    rows
}

fn expected(entry: &Entry, who: &Somebody, filed: &Filed<'_>) -> Expected {
    let permission = entry.need.permission().expect("rows with a right");
    if scope_for(who.role, permission).is_none() {
        return Expected::Refused;
    }
    let place = Place {
        unit: who.unit.to_owned(),
        path: path_of(who.unit),
        region: region_of(who.unit).to_owned(),
        team: Vec::new(),
    };
    let path = path_of(filed.by.unit);
    let seen = Seen {
        by: Some(user_of(&filed.by.username)),
        region: region_of(filed.by.unit),
        units: &[(filed.by.unit, &*path)],
        accused: None,
    };
    let kind = scope_for(who.role, Permission::ApprovalView);
    let covers = kind.is_some_and(|kind| kind.bind(user_of(&who.username), &place).covers(seen));
    // The first task waits for any handler of the unit.
    let waits = who.role == Role::Handler && who.unit == filed.by.unit;
    if !covers && !waits {
        Expected::Missing
    } else if SHOWN.contains(&entry.name.as_str()) {
        Expected::Shown
    } else if entry.name.ends_with("/reveal") {
        // Of a case that a unit handles about somebody else, field rights have their say.
        Expected::Judged
    } else {
        Expected::Reached
    }
}

async fn files<'p>(world: &World, by: &'p Somebody, city: &str) -> Filed<'p> {
    let reviewers = format!("supervisor.{city},centre_leader.{city}");
    let body = json!({"definition": "permit-sample", "title": "中山路天桥检修占道", "fields": {
        "applicant": "南京市城管局", "project": "天桥检修", "place": "中山路一号", "days": "5", "reviewers": reviewers, "vote": "all",
    }});
    let token = by.caller.token.as_deref().unwrap_or_default();
    let done = world.post("/api/v1/approvals", token, &body).await;
    assert_eq!(done.status, StatusCode::CREATED, "{}", done.text);
    let id = done.json()["id"].as_str().expect("an id").to_owned();
    Filed { id, by }
}

fn objects(id: &str) -> Objects {
    let missing = || entrances::MISSING.to_owned();
    Objects {
        waiting: missing(),
        handled: missing(),
        assignment: missing(),
        approval: id.to_owned(),
        photo: missing(),
    }
}

#[test]
fn each_entrance_of_an_approval_gives_each_role_what_the_policy_says() {
    deep(|| async { cells(World::with(quiet).await).await });
}

#[test]
fn each_entrance_of_an_approval_gives_each_role_the_same_on_postgres() {
    deep(|| async {
        if let Some(world) = World::on_postgres(quiet).await {
            cells(world).await;
        }
    });
}

async fn cells(world: World) {
    let province = Province::make(&world).await;
    let mut all = Vec::new();
    for (city, code) in [(CENTRE, "320100"), (SUZHOU, "320500")] {
        all.push(files(&world, province.of(Role::Handler, city), code).await);
    }
    let mut chance = Chance::seeded(SEED);
    let mut campaign = Campaign::begin("R-02 approvals", &world);
    let mut counts: BTreeMap<Expected, usize> = BTreeMap::new();
    for entry in rows() {
        for who in &province.people {
            for filed in &all {
                if !chance.is_one_in(one_in(SAMPLE)) {
                    continue;
                }
                let expected = expected(&entry, who, filed);
                *counts.entry(expected).or_default() += 1;
                cell(&mut campaign, &entry, (who, filed), expected).await;
            }
        }
    }
    let cells: usize = counts.values().sum();
    println!("matrix: {cells} cells of approvals, {counts:?}");
    for expected in [Expected::Refused, Expected::Missing, Expected::Reached] {
        assert!(counts.contains_key(&expected), "no cell is {expected:?}");
    }
    campaign.ends(100);
}

async fn cell(
    campaign: &mut Campaign<'_>,
    entry: &Entry,
    (who, filed): (&Somebody, &Filed<'_>),
    expected: Expected,
) {
    let (caller, initiator) = (&who.username, &filed.by.username);
    let what = format!("{} as {caller} on that of {initiator}", entry.name);
    let request = request_for(entry, &objects(&filed.id), &who.caller);
    let answer = campaign.sends(&what, request).await;
    let of_none = if expected == Expected::Missing {
        let request = request_for(entry, &objects(entrances::MISSING), &who.caller);
        Some(campaign.sends(&what, request).await)
    } else {
        None
    };
    campaign.holds(fits(expected, &answer, of_none.as_ref()), || {
        let text = start(&answer.text);
        format!("{what}: {expected:?}, but {} {text}", answer.status)
    });
}
