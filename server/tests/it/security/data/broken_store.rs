//! P-07: with its database gone, no entrance says a word of it: no statement, no table, no driver, no file of ours.
//! Deliberately absent: which faults are tried again, and what a lost connection costs (`services`, `outages`).

use crate::rights::calls::{Caller, Objects, request_for};
use crate::security::{
    campaign::{Campaign, start},
    deep, entrances, quiet,
};
use crate::support::World;

/// What would be a word of the inside.
const INSIDE: [&str; 10] = [
    "SELECT ",
    "select \"",
    "UNIQUE",
    "relation \"",
    "sqlx",
    "sea_orm",
    "SqlxError",
    ".rs:",
    "minsheng.sqlite",
    "pool timed out",
];

#[test]
fn a_database_that_is_gone_is_not_told() {
    deep(story);
}

async fn story() {
    let world = World::with(quiet).await;
    let objects = Objects::make(&world).await;
    let manager = Caller::of(&world, "manager").await;
    let mut campaign = Campaign::begin("P-07", &world);
    let store = world.state.services.store();
    store.close().await.expect("closes");
    let mut broken = 0;
    for entry in entrances::all() {
        for caller in [&manager, &Caller::default()] {
            let request = request_for(&entry, &objects, caller);
            let answer = campaign.sends_at_a_broken(request).await;
            broken += usize::from(answer.status.is_server_error());
            let said = INSIDE.into_iter().find(|word| answer.text.contains(word));
            campaign.holds(said.is_none(), || {
                format!("{} says {said:?}: {}", entry.name, start(&answer.text))
            });
        }
    }
    assert!(broken > 200, "only {broken} answers were broken");
    campaign.ends(600);
}
