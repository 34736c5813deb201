//! Every entrance has its act of the audit, or a reason to write nothing; what can be done at once is done, and writes one row with actor,
//! object, outcome, address, request and session.
//! Deliberately absent: who may (`rights`), what a closed table does (`unaudited` in the tests of `services`), refusals (`proofs`).
//! Read next: `acts`, the table.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use server::access::{self, Entry, Kind};
use services::audit::AuditQuery;
use shared::{approval, ticket, verb::CaseVerb};
use store::record::AuditEntry;

use super::{
    acts::ACTS,
    calls::{self, Caller, Objects},
    people_for,
    plain::PLAIN,
};
use crate::support::World;

/// Entrances that are called, each of which changes, reveals, exports or looks at something with the body of `calls`.
const DONE: [&str; 11] = [
    "POST /api/v1/tickets",
    "POST /api/v1/tickets/{id}/reveal",
    "POST /api/v1/tickets/{id}/note",
    "POST /api/v1/views",
    "POST /api/v1/paper-forms",
    "POST /api/v1/kept-reports",
    "POST /api/v1/report-schedules",
    "POST /api/v1/data-requests",
    "POST /api/v1/audit-questions",
    "GET /api/v1/audit",
    "GET /tickets/export.csv",
];

/// Acts of the verbs on cases, by the last part of their paths.
fn verbs() -> BTreeMap<(bool, String), Vec<String>> {
    macro_rules! of_tickets {
        ($($command:ident),+) => { [$(acts_of::<ticket::verbs::$command>("")),+] };
    }
    macro_rules! of_approvals {
        ($($command:ident),+) => { [$(acts_of::<approval::verbs::$command>("approval.")),+] };
    }
    let tickets = shared::ticket_verbs!(of_tickets).into_iter();
    let approvals = shared::approval_verbs!(of_approvals).into_iter();
    let tickets = tickets.map(|(word, acts)| ((false, word), acts));
    let approvals = approvals.map(|(word, acts)| ((true, word), acts));
    tickets.chain(approvals).collect()
}

fn acts_of<V: CaseVerb>(before: &str) -> (String, Vec<String>) {
    let acts = V::all().into_iter();
    let acts = acts.map(|verb| format!("{before}{verb}")).collect();
    (V::word(), acts)
}

/// The path of a verb on a case, told by where it lies.
fn is_verb(entry: &Entry) -> bool {
    let path = entry.name.trim_start_matches("POST /api/v1");
    let houses = ["/tickets/{id}/", "/assignments/{id}/", "/approvals/{id}/"];
    matches!(entry.kind, Kind::Form | Kind::Rest)
        && houses.iter().any(|house| path.starts_with(house))
}

fn names(line: &'static str) -> impl Iterator<Item = &'static str> {
    line.split('|').map(str::trim)
}

/// Entrances with what is said of them: whether they write, and what or why not.
fn table() -> BTreeMap<&'static str, (bool, &'static str)> {
    let mut known = BTreeMap::new();
    for (lines, writes) in [(ACTS, true), (PLAIN, false)] {
        for (said, line) in lines {
            for name in names(line) {
                let before = known.insert(name, (writes, *said));
                assert!(before.is_none(), "{name} stands in the tables twice");
            }
        }
    }
    known
}

/// What is looked at: pages only read by functions, and probes and jobs are nobody's entrance.
fn is_told(entry: &Entry) -> bool {
    matches!(
        entry.kind,
        Kind::Form | Kind::Function | Kind::File | Kind::Rest | Kind::Scim | Kind::Command
    )
}

#[test]
fn every_entrance_has_its_act_or_a_reason_to_write_none() {
    let (known, verbs) = (table(), verbs());
    let mut wrong = Vec::new();
    let mut there = BTreeSet::new();
    for entry in access::table().iter().filter(|entry| is_told(entry)) {
        there.insert(entry.name.clone());
        if known.contains_key(entry.name.as_str()) {
            continue;
        }
        let word = entry.name.rsplit('/').next().unwrap_or_default();
        let of_approval = entry.name.contains("/approvals/");
        let acts = verbs.get(&(of_approval, word.to_owned()));
        if !is_verb(entry) || acts.is_none_or(Vec::is_empty) {
            wrong.push(format!("{:?} {} has no act", entry.kind, entry.name));
        }
    }
    let gone = known.keys().filter(|name| !there.contains(**name));
    wrong.extend(gone.map(|name| format!("{name} is no entrance")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Rows of an act behind another one, the oldest first.
async fn rows(world: &World, act: &str, known: usize) -> Vec<AuditEntry> {
    let owner = services::Ctx::system(&world.state.services);
    let query = AuditQuery {
        action: Some(act.to_owned()),
        limit: 500,
        ..AuditQuery::default()
    };
    let page = services::audit::list(&owner, query);
    let page = page.await.expect("the audit is read");
    let rows = page.items.into_iter().rev().map(|row| row.entry);
    rows.skip(known).collect()
}

#[tokio::test]
async fn what_is_done_writes_one_row_that_says_who_what_and_from_where() {
    let world = World::new().await;
    let objects = Objects::make(&world).await;
    let (known, table) = (table(), access::table());
    let (mut wrong, mut callers) = (Vec::new(), BTreeMap::new());
    for name in DONE {
        let entry = table.iter().find(|entry| entry.name == name);
        let entry = entry.unwrap_or_else(|| panic!("{name} is an entrance"));
        let (_, act) = known[name];
        let (with, _) = people_for(entry.need);
        let who = with.expect("somebody may");
        let caller = match callers.get(who).cloned() {
            Some(caller) => caller,
            None => Caller::of(&world, who).await,
        };
        callers.insert(who, caller.clone());
        let before = rows(&world, act, 0).await.len();
        let answer = world
            .send(calls::request_for(entry, &objects, &caller))
            .await;
        if !answer.status.is_success() && answer.status != StatusCode::SEE_OTHER {
            wrong.push(format!("{name}: {} {}", answer.status, answer.text));
            continue;
        }
        let written = rows(&world, act, before).await;
        let [row] = &written[..] else {
            wrong.push(format!("{name}: {} rows of {act}", written.len()));
            continue;
        };
        let is_whole = row.actor.is_some()
            && row.actor_name == who
            && !row.object.is_empty()
            && row.outcome == "ok"
            && row.ip.is_some()
            && row.facts.contains_key(store::audit::SESSION);
        let request = row.facts.get(store::audit::REQUEST).map(String::as_str);
        if !is_whole || request != Some(answer.header("x-request-id")) {
            wrong.push(format!("{name}: {row:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
