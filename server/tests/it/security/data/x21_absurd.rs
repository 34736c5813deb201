//! addresses of absurd size and sense at every GET: texts of ten thousand signs, ten thousand tags, ten thousand years, the page a thousand
//! million. Deliberately absent: bodies (`bodies`), heads (`sweep`), what many requests at once do (`cargo xtask bench`).

use std::time::{Duration, Instant};

use server::access::Kind;

use crate::rights::calls::{Caller, Objects, request_for};
use crate::security::{
    campaign::{Campaign, Chance, SEED, is_full, start},
    entrances::{self, asked},
    on_each, quiet,
};
use crate::support::World;

/// How long one answer may take in a test build on the slowest machine.
const LONGEST: Duration = Duration::from_secs(20);

/// What is absurd, as values of one parameter.
fn absurd() -> Vec<(&'static str, Vec<String>)> {
    let one = |value: &str| vec![value.to_owned()];
    vec![
        ("a text of ten thousand signs", one(&"a".repeat(10_000))),
        ("ten thousand wide signs", one(&"%E8%B7%AF".repeat(3_000))),
        (
            "ten thousand tags",
            (0..10_000).map(|n| format!("t{n}")).collect(),
        ),
        ("ten thousand words", one(&"a+".repeat(10_000))),
        ("nested brackets", one(&"(".repeat(10_000))),
        ("a chain of not", one(&"not+".repeat(5_000))),
        ("a year far ahead", one("12026-01-01")),
        ("a year far behind", one("-9999-01-01")),
        ("no day", one("2026-02-30")),
        ("a thousand million", one("1000000000")),
        ("more than a number holds", one("99999999999999999999")),
        ("less than nothing", one("-1")),
        ("nothing", one("")),
        ("half a sign", one("%E8%B7")),
    ]
}

#[test]
fn no_absurd_address_costs_more_than_its_refusal() {
    on_each(quiet, story);
}

async fn story(world: World) {
    let objects = Objects::make(&world).await;
    let manager = Caller::of(&world, "manager").await;
    let description = entrances::description();
    let mut chance = Chance::seeded(SEED);
    let mut campaign = Campaign::begin("X-21", &world);
    for entry in entrances::read_only() {
        let base = request_for(&entry, &objects, &manager).uri().to_string();
        let one_in = if entry.kind == Kind::Rest { 4 } else { 60 };
        for name in entrances::parameters(&description, &entry) {
            for (what, values) in absurd() {
                if !is_full() && !chance.is_one_in(one_in) {
                    continue;
                }
                let pairs: Vec<String> = values.iter().map(|it| format!("{name}={it}")).collect();
                let mut path = format!("{base}?{}", pairs.join("&"));
                // What is longer, no address holds.
                path.truncate(65_000);
                let began = Instant::now();
                let what = format!("{} {name}, {what}", entry.name);
                let answer = campaign.sends(&what, asked(&entry, &path, &manager)).await;
                let took = began.elapsed();
                campaign.holds(took < LONGEST, || {
                    format!("{what} takes {took:?}: {}", start(&answer.text))
                });
            }
        }
    }
    campaign.ends(500);
}
