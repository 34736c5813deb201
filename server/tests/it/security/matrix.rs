//! Entrances by roles by tickets: what each role of two cities gets at each entrance of a ticket or a part, over pages, forms and the interface.
//! What is expected comes from one function, which reads the access table, the policy and the scopes, and nothing that answers requests.
//! Deliberately absent: approvals (`matrix_approvals`), everything else (`matrix_wide`), verbs by states (`services`, `access::matrix`).
//! A seeded sample here; all of it on each database with `MINSHENG_MATRIX=full`.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use server::access::{Entry, Kind};
use shared::{
    access::{Permission, Place, Role, Seen, scope_for},
    ids::UserId,
};
use uuid::Uuid;

use super::{
    campaign::{Campaign, Chance, SEED, plain, start},
    deep, entrances,
    province::{Lying, Province, Somebody, path_of, region_of},
    quiet,
};
use crate::rights::calls::{Objects, request_for};
use crate::support::{Answer, World};

/// One of so many cells is tried in the small round.
const SAMPLE: u64 = 55;
/// And of so many on PostgreSQL.
const ON_POSTGRES: u64 = 250;

/// Entrances that show the ticket to whoever sees it, whatever its state.
const SHOWN: [&str; 5] = [
    "/tickets/{id}",
    "/tickets/{id}/flow",
    "GET /api/v1/tickets/{id}",
    "GET /api/v1/tickets/{id}/history",
    "GET /api/v1/tickets/{id}/files",
];

/// What must come of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expected {
    /// The right is missing.
    Refused,
    /// The ticket is out of reach: it does not exist, byte for byte.
    Missing,
    /// The right and the sight of the ticket reach differently far: one or the other.
    Either,
    /// The service is reached, and says what it has to say; that is not that somebody may not, or that there is nothing.
    Reached,
    /// The service is reached, and may refuse for what this ticket is.
    Judged,
    /// The ticket is shown.
    Shown,
}

/// The one answer to what may come of a cell.
fn expected(entry: &Entry, who: &Somebody, lying: &Lying) -> Expected {
    let permission = entry.need.permission().expect("rows with a right");
    let place = Place {
        unit: who.unit.to_owned(),
        path: path_of(who.unit),
        region: region_of(who.unit).to_owned(),
        team: Vec::new(),
    };
    let path = lying.unit.map(path_of).unwrap_or_default();
    let units: Vec<(&str, &str)> = lying.unit.iter().map(|unit| (*unit, &*path)).collect();
    let seen = Seen {
        by: Some(user_of(&lying.by)),
        region: lying.region,
        units: &units,
        accused: None,
    };
    let reaches = |permission: Permission| {
        let kind = scope_for(who.role, permission);
        kind.is_some_and(|kind| kind.bind(user_of(&who.username), &place).covers(seen))
    };
    if scope_for(who.role, permission).is_none() {
        return Expected::Refused;
    }
    match (reaches(permission), reaches(Permission::TicketView)) {
        (true, true) if is_judged(entry, who, lying) => Expected::Judged,
        (true, true) if SHOWN.contains(&entry.name.as_str()) => Expected::Shown,
        (true, true) => Expected::Reached,
        (false, false) => Expected::Missing,
        _ => Expected::Either,
    }
}

/// Entrances whose service looks at more than right and reach: what is shown in the clear hangs on the ticket and on the role's field rights, the page
/// of a verb on the right to that verb, and who only had a part of a ticket that was taken back sees no files of it and writes no notes on it.
fn is_judged(entry: &Entry, who: &Somebody, lying: &Lying) -> bool {
    let name = entry.name.as_str();
    let is_past = lying.name == "over" && lying.unit == Some(who.unit);
    let of_papers = name.ends_with("/note") || name.ends_with("/files");
    name.ends_with("/reveal") || name.ends_with("{verb}") || (of_papers && is_past)
}

/// One of so many cells, or each where the whole is asked for.
pub fn one_in(many: u64) -> u64 {
    let is_whole = std::env::var("MINSHENG_MATRIX").is_ok_and(|word| word == "full");
    if is_whole { 1 } else { many }
}

/// An id that stands for a name in this trial alone.
pub fn user_of(username: &str) -> UserId {
    let mixed = username.bytes().fold(7_u128, |sum, byte| {
        sum.wrapping_mul(1_099_511_628_211)
            .wrapping_add(u128::from(byte))
    });
    UserId(Uuid::from_u128(mixed))
}

/// Rows about one ticket or one part of it that ask a right.
fn rows() -> Vec<Entry> {
    let mut rows = entrances::all();
    rows.retain(|entry| {
        let is_of_ticket = entry.name.contains("/tickets/{id}")
            || entry.name.contains("/assignments/{id}")
            || entry.name.contains("{assignment}");
        let is_called = matches!(entry.kind, Kind::Page | Kind::Form | Kind::Rest);
        is_of_ticket && is_called && entry.need.permission().is_some()
    });
    rows
}

/// Where a call goes.
fn objects(id: &str, assignment: Option<&str>) -> Objects {
    Objects {
        waiting: id.to_owned(),
        handled: id.to_owned(),
        assignment: assignment.unwrap_or(entrances::MISSING).to_owned(),
        approval: entrances::MISSING.to_owned(),
        photo: entrances::MISSING.to_owned(),
    }
}

/// Whether an answer is what is expected; a missing one is compared with what is said of an id that was never given.
pub fn fits(expected: Expected, answer: &Answer, of_none: Option<&Answer>) -> bool {
    let status = answer.status;
    match expected {
        Expected::Refused => status == StatusCode::FORBIDDEN,
        Expected::Missing => of_none.is_some_and(|none| {
            status == StatusCode::NOT_FOUND
                && status == none.status
                && plain(&answer.text) == plain(&none.text)
        }),
        Expected::Either => matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND),
        Expected::Reached => !matches!(
            status,
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND
        ),
        Expected::Judged => status != StatusCode::UNAUTHORIZED,
        Expected::Shown => status == StatusCode::OK,
    }
}

#[test]
fn each_entrance_gives_each_role_what_the_policy_says_of_each_ticket() {
    deep(|| async { cells(World::with(quiet).await, one_in(SAMPLE)).await });
}

#[test]
fn each_entrance_gives_each_role_the_same_on_postgres() {
    deep(|| async {
        if let Some(world) = World::on_postgres(quiet).await {
            cells(world, one_in(ON_POSTGRES)).await;
        }
    });
}

/// Tries one of so many cells.
async fn cells(world: World, one_in: u64) {
    let province = Province::make(&world).await;
    let mut chance = Chance::seeded(SEED);
    let mut campaign = Campaign::begin("R-02", &world);
    let mut counts: BTreeMap<Expected, usize> = BTreeMap::new();
    for entry in rows() {
        let wants_part = entry.name.contains("assignment");
        for who in &province.people {
            for lying in &province.tickets {
                if !chance.is_one_in(one_in) || (wants_part && lying.assignment.is_none()) {
                    continue;
                }
                let expected = expected(&entry, who, lying);
                *counts.entry(expected).or_default() += 1;
                cell(&mut campaign, &entry, (who, lying), expected).await;
            }
        }
    }
    let cells: usize = counts.values().sum();
    println!("matrix: {cells} cells, {counts:?}");
    for expected in [Expected::Refused, Expected::Missing, Expected::Reached] {
        assert!(counts.contains_key(&expected), "no cell is {expected:?}");
    }
    campaign.ends(if one_in == 1 { 20_000 } else { 100 });
}

async fn cell(
    campaign: &mut Campaign<'_>,
    entry: &Entry,
    (who, lying): (&Somebody, &Lying),
    expected: Expected,
) {
    let what = format!("{} as {} on {}", entry.name, who.username, lying.name);
    let there = objects(&lying.id, lying.assignment.as_deref());
    let answer = campaign
        .sends(&what, request_for(entry, &there, &who.caller))
        .await;
    let of_none = if expected == Expected::Missing {
        let none = objects(entrances::MISSING, None);
        let request = request_for(entry, &none, &who.caller);
        Some(campaign.sends(&what, request).await)
    } else {
        None
    };
    campaign.holds(fits(expected, &answer, of_none.as_ref()), || {
        let text = start(&answer.text);
        format!("{what}: {expected:?}, but {} {text}", answer.status)
    });
}

#[test]
fn what_is_expected_follows_the_policy() {
    let of = |role, unit| Somebody {
        role,
        unit,
        username: "somebody".to_owned(),
        caller: crate::rights::calls::Caller::default(),
    };
    let lying = Lying {
        name: "handled",
        id: String::new(),
        assignment: None,
        by: "another".to_owned(),
        region: "320102",
        unit: Some(crate::support::LEAD),
    };
    let rows = entrances::all();
    let row = |name: &str| {
        let mut rows = rows.iter();
        rows.find(|row| row.name == name).expect("a row").clone()
    };
    let ticket = row("GET /api/v1/tickets/{id}");
    let handler = of(Role::Handler, crate::support::LEAD);
    assert_eq!(expected(&ticket, &handler, &lying), Expected::Shown);
    let other = of(Role::Handler, crate::support::OTHER);
    assert_eq!(expected(&ticket, &other, &lying), Expected::Missing);
    let auditor = of(Role::Auditor, crate::support::CENTRE);
    assert_eq!(expected(&ticket, &auditor, &lying), Expected::Refused);
    let reveal = row("POST /api/v1/tickets/{id}/reveal");
    let shift_lead = of(Role::ShiftLead, crate::support::CENTRE);
    assert_eq!(expected(&reveal, &shift_lead, &lying), Expected::Either);
}
