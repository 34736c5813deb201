//! Every other entrance by every role of two cities: files, exports, jobs, reports, accounts, roles, lists of the register, server functions.
//! Who has no right is refused at each of them; who has it is refused by none that reads.
//! Deliberately absent: tickets and approvals, which are tried one by one (`matrix`, `matrix_approvals`), what is right about one thing and wrong
//! about another (`x01_foreign_ids`). A seeded sample here; all of it on each database with `MINSHENG_MATRIX=full`.

use axum::http::StatusCode;
use server::access::{Entry, Kind};
use shared::access::scope_for;

use super::{
    campaign::{Campaign, Chance, SEED, start},
    deep,
    entrances::{self, address},
    matrix::one_in,
    province::Province,
    quiet,
};
use crate::rights::{
    calls::{Objects, request_for},
    is_refused,
};
use crate::support::World;

/// One of so many cells is tried in the small round.
const SAMPLE: u64 = 24;
/// And of so many on PostgreSQL.
const ON_POSTGRES: u64 = 120;

/// Rows that ask a right and are about no single ticket or approval.
fn rows() -> Vec<Entry> {
    let mut rows = entrances::all();
    rows.retain(|entry| {
        let name = entry.name.as_str();
        let is_of_case = ["/tickets/{id}", "/assignments/{id}", "/approvals/{id}"]
            .iter()
            .any(|part| name.contains(part));
        entry.need.permission().is_some() && !is_of_case
    });
    rows
}

/// Whether a row only reads.
fn is_read(entry: &Entry) -> bool {
    entry.kind == Kind::Function && !entry.name.contains("keep-typed") || address(entry).0 == "GET"
}

/// Whether it hangs on the area: an editor of a city's lists is refused where the list is the province's.
fn is_of_area(entry: &Entry) -> bool {
    let parts = ["{list}", "{area}", "/fn/staff/list", "/staff/lists"];
    parts.iter().any(|part| entry.name.contains(part))
}

#[test]
fn each_other_entrance_gives_each_role_what_the_policy_says() {
    deep(|| async { cells(World::with(quiet).await, one_in(SAMPLE)).await });
}

#[test]
fn each_other_entrance_gives_each_role_the_same_on_postgres() {
    deep(|| async {
        if let Some(world) = World::on_postgres(quiet).await {
            cells(world, one_in(ON_POSTGRES)).await;
        }
    });
}

async fn cells(world: World, one_in: u64) {
    let province = Province::make(&world).await;
    let there = Objects::make(&world).await;
    let mut chance = Chance::seeded(SEED);
    let mut campaign = Campaign::begin("R-02 wide", &world);
    let (mut refused, mut reached) = (0, 0);
    for entry in rows() {
        let permission = entry.need.permission().expect("rows with a right");
        for who in &province.people {
            let may = scope_for(who.role, permission).is_some();
            if !chance.is_one_in(one_in) || (may && (!is_read(&entry) || is_of_area(&entry))) {
                continue;
            }
            let what = format!("{:?} {} as {}", entry.kind, entry.name, who.username);
            let request = request_for(&entry, &there, &who.caller);
            let answer = campaign.sends(&what, request).await;
            let is_right = if may {
                reached += 1;
                let no = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
                !no.contains(&answer.status)
            } else {
                refused += 1;
                is_refused(&entry, &answer, StatusCode::FORBIDDEN)
            };
            campaign.holds(is_right, || {
                let text = start(&answer.text);
                format!("{what}: may is {may}, but {} {text}", answer.status)
            });
        }
    }
    println!(
        "matrix: {} cells of other entrances, {refused} refused, {reached} reached",
        refused + reached
    );
    assert!(refused > 0 && reached > 0);
    campaign.ends(30);
}
