//! What is another's is answered as what never was, in the same bytes and in the same time: pairs of both, in an order that is drawn, and a rank test.
//! Deliberately absent: which entrances there are (`x01_foreign_ids`), names, passwords and numbers that are guessed (`timing_guesses`).
//! Here a few pairs, of which only the bytes are compared; the times by `cargo xtask attack --timing` alone, since a busy machine tells lies.

use std::time::{Duration, Instant};

use server::access::Entry;
use shared::access::Role;
use uuid::Uuid;

use super::{
    campaign::{Campaign, Chance, SEED, plain, start},
    deep, entrances,
    province::{Province, SUZHOU, Somebody},
    quiet, timing_guesses,
};
use crate::rights::calls::{Objects, request_for};
use crate::support::World;

/// Entrances of a ticket, each in its own kind: pages, what programs read, and what somebody does.
const ASKED: [&str; 6] = [
    "/tickets/{id}",
    "/tickets/{id}/flow",
    "GET /api/v1/tickets/{id}",
    "GET /api/v1/tickets/{id}/history",
    "GET /api/v1/tickets/{id}/files",
    "POST /api/v1/tickets/{id}/link",
];
/// Pairs in the small round.
pub const FEW: usize = 6;
/// Pairs of which a rank test is told something.
const LEAST: usize = 200;
/// Pairs before the first that counts.
pub const WARM: usize = 20;
/// Below this probability the two are told apart, all entrances together on two databases.
const CHANCE: f64 = 0.01 / (2.0 * (ASKED.len() + timing_guesses::ASKED) as f64);
/// A difference that nobody can use: a share of the answer's time, in hundredths.
const SHARE: u128 = 5;
/// And a time, which no network leaves to be seen.
const NOTHING: Duration = Duration::from_micros(100);

/// How many pairs are timed; none where only the bytes are asked.
pub fn timed() -> Option<usize> {
    let said = std::env::var("MINSHENG_TIMING").ok()?;
    let pairs: usize = said.parse().expect("a number of pairs");
    assert!(pairs >= LEAST, "{LEAST} pairs at least");
    Some(pairs)
}

#[test]
fn what_is_anothers_takes_as_long_as_what_never_was() {
    deep(|| async { story("sqlite", &World::with(quiet).await).await });
}

#[test]
fn what_is_anothers_takes_as_long_on_postgres() {
    deep(|| async {
        if let Some(world) = World::on_postgres(quiet).await {
            story("postgres", &world).await;
        }
    });
}

async fn story(database: &str, world: &World) {
    let province = Province::make(world).await;
    let outsider = province.of(Role::Dispatcher, SUZHOU);
    let mut foreign: Vec<Uuid> = Vec::new();
    for lying in &province.tickets {
        if lying.region == "320102" {
            foreign.push(lying.id.parse().expect("an id"));
        }
    }
    let mut campaign = Campaign::begin("R-03", world);
    let mut chance = Chance::seeded(SEED);
    let pairs = timed();
    for entry in entrances::all() {
        if !ASKED.contains(&entry.name.as_str()) {
            continue;
        }
        let mut tried = Tried {
            campaign: &mut campaign,
            entry: &entry,
            outsider,
            differences: Vec::new(),
            times: Vec::new(),
        };
        let many = pairs.map_or(FEW, |pairs| pairs + WARM);
        for n in 0..many {
            let id = foreign[n % foreign.len()];
            let is_first = chance.is_one_in(2);
            tried.pair(id, chance.draw(), is_first).await;
        }
        if pairs.is_some() {
            tried.is_even(database);
        }
    }
    campaign.ends(ASKED.len() * FEW * 2);
}

/// One entrance.
struct Tried<'c, 'w> {
    campaign: &'c mut Campaign<'w>,
    entry: &'c Entry,
    outsider: &'c Somebody,
    /// Of each pair, in nanoseconds: how much longer what is another's took.
    differences: Vec<i64>,
    times: Vec<Duration>,
}

impl Tried<'_, '_> {
    /// A ticket of another city, and one beside it that never was.
    async fn pair(&mut self, id: Uuid, drawn: u64, is_foreign_first: bool) {
        // Of the same month, so that both lie in one partition.
        let none = Uuid::from_u128(id.as_u128() ^ u128::from(drawn | 1));
        let (one, two) = if is_foreign_first {
            (id, none)
        } else {
            (none, id)
        };
        let (text_of_one, of_one) = self.asks(one).await;
        let (text_of_two, of_two) = self.asks(two).await;
        let name = &self.entry.name;
        self.campaign.holds(text_of_one == text_of_two, || {
            format!("{name}: {text_of_one}\n  and {text_of_two}")
        });
        let (foreign, none) = if is_foreign_first {
            (of_one, of_two)
        } else {
            (of_two, of_one)
        };
        self.differences.push(nanos(foreign) - nanos(none));
        self.times.push(none);
    }

    /// What is said of an id, and how long it took.
    async fn asks(&mut self, id: Uuid) -> (String, Duration) {
        let objects = objects(id);
        let request = request_for(self.entry, &objects, &self.outsider.caller);
        let began = Instant::now();
        let answer = self.campaign.sends(&self.entry.name, request).await;
        let took = began.elapsed();
        let text = format!("{} {}", answer.status, plain(&answer.text));
        self.campaign.holds(answer.status.as_u16() == 404, || {
            format!("{}: {}", self.entry.name, start(&text))
        });
        (text, took)
    }

    /// Holds the two against each other.
    fn is_even(&mut self, database: &str) {
        let name = (self.entry.name.as_str(), database);
        is_even(self.campaign, name, (&self.differences, &self.times));
    }
}

/// Says what the rank test says; a difference that is no chance and that somebody could use is a success of the attacker.
pub fn is_even(
    campaign: &mut Campaign<'_>,
    (name, database): (&str, &str),
    (differences, times): (&[i64], &[Duration]),
) {
    let differences = &differences[WARM..];
    let p = by_rank(differences);
    let mut sorted = differences.to_vec();
    sorted.sort_unstable();
    let middle = sorted[sorted.len() / 2];
    let mut times = times[WARM..].to_vec();
    times.sort_unstable();
    let usual = times[times.len() / 2];
    println!(
        "timing: {name} on {database}: {} pairs, p = {p:.4}, what is there takes {} µs longer of {} µs",
        differences.len(),
        middle / 1_000,
        usual.as_micros()
    );
    let middle = Duration::from_nanos(middle.unsigned_abs());
    let is_small = middle <= NOTHING || middle.as_nanos() * 100 <= usual.as_nanos() * SHARE;
    campaign.holds(p >= CHANCE || is_small, || {
        format!("{name} on {database}: told apart, p = {p:e}, by {middle:?} of {usual:?}")
    });
}

/// A time as the rank test has it.
pub fn nanos(time: Duration) -> i64 {
    i64::try_from(time.as_nanos()).unwrap_or(i64::MAX)
}

fn objects(id: Uuid) -> Objects {
    Objects {
        waiting: id.to_string(),
        handled: id.to_string(),
        assignment: entrances::MISSING.to_owned(),
        approval: entrances::MISSING.to_owned(),
        photo: entrances::MISSING.to_owned(),
    }
}

/// The signed-rank test of Wilcoxon: how likely such differences are where both are alike. Two-sided, by the normal distribution, with the
/// correction for ties; zeros are left out.
fn by_rank(differences: &[i64]) -> f64 {
    let mut sorted: Vec<i64> = differences.iter().copied().filter(|it| *it != 0).collect();
    sorted.sort_unstable_by_key(|it| it.unsigned_abs());
    let count = sorted.len() as f64;
    if sorted.len() < 2 {
        return 1.0;
    }
    let (mut above, mut ties, mut begin) = (0.0, 0.0, 0);
    while begin < sorted.len() {
        let size = sorted[begin].unsigned_abs();
        let alike = sorted[begin..]
            .iter()
            .take_while(|it| it.unsigned_abs() == size)
            .count();
        // Ranks begin at one; those of a tie share their mean.
        let rank = begin as f64 + f64::midpoint(alike as f64, 1.0);
        let positive = sorted[begin..begin + alike].iter().filter(|it| **it > 0);
        above += rank * positive.count() as f64;
        ties += (alike as f64).powi(3) - alike as f64;
        begin += alike;
    }
    let mean = count * (count + 1.0) / 4.0;
    let spread = count * (count + 1.0) * (2.0 * count + 1.0) / 24.0 - ties / 48.0;
    let far = (above - mean).abs() / spread.sqrt();
    tails(far)
}

/// Both tails of the normal distribution beyond so many deviations (Abramowitz and Stegun 7.1.26, to seven places).
fn tails(far: f64) -> f64 {
    let x = far / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let factors = [
        1.061_405_429,
        -1.453_152_027,
        1.421_413_741,
        -0.284_496_736,
        0.254_829_592,
    ];
    let sum = factors.iter().fold(0.0, |sum, factor| (sum + factor) * t);
    sum * (-x * x).exp()
}

#[test]
fn the_rank_test_says_what_tables_say() {
    let near = |value: f64, known: f64| (value - known).abs() < 1e-4;
    assert!(near(tails(0.0), 1.0));
    assert!(near(tails(1.959_964), 0.05));
    assert!(near(tails(2.575_829), 0.01));
    // As many above as below, and as far.
    let even: Vec<i64> = (1..=200).flat_map(|it| [it, -it]).collect();
    assert!(near(by_rank(&even), 1.0));
    // Thirteen of fifteen above: W+ = 105 of 120, z = 2.5558.
    let known: Vec<i64> = vec![1, 2, 3, 4, 5, 6, -7, -8, 9, 10, 11, 12, 13, 14, 15];
    assert!(near(by_rank(&known), 0.010_595));
    let all: Vec<i64> = (1..=300).collect();
    assert!(by_rank(&all) < 1e-9);
    assert!(near(by_rank(&[0, 0, 0]), 1.0));
}
