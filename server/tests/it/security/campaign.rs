//! What all attacks share: requests that are counted, chance that is drawn from a seed, and the line that says how it went.
//! Deliberately absent: what an attack sends and what must come of it (the file of its id).
//! `cargo xtask attack` adds up the lines; their words are known there.

use axum::{body::Body, http::Request};

use crate::support::{Answer, World};

/// The seed of everything that is drawn.
pub const SEED: u64 = 12_345;

/// One attack on a world.
pub struct Campaign<'w> {
    id: &'static str,
    world: &'w World,
    requests: usize,
    /// Answers that are a defect of ours.
    defects: Vec<String>,
    /// What an attacker got, or changed.
    successes: Vec<String>,
}

impl<'w> Campaign<'w> {
    /// Begins the attack of an id.
    pub fn begin(id: &'static str, world: &'w World) -> Self {
        Self {
            id,
            world,
            requests: 0,
            defects: Vec::new(),
            successes: Vec::new(),
        }
    }

    /// Sends a request; an answer of 5xx is a defect.
    pub async fn sends(&mut self, what: &str, request: Request<Body>) -> Answer {
        let answer = self.world.send(request).await;
        self.requests += 1;
        if answer.status.is_server_error() {
            self.defects
                .push(format!("{what}: {} {}", answer.status, start(&answer.text)));
        }
        answer
    }

    /// As `sends`, where a defect is what the attack asks for.
    pub async fn sends_at_a_broken(&mut self, request: Request<Body>) -> Answer {
        self.requests += 1;
        self.world.send(request).await
    }

    /// Notes a success of the attacker unless this holds.
    pub fn holds(&mut self, is_so: bool, otherwise: impl FnOnce() -> String) {
        if !is_so {
            self.successes.push(otherwise());
        }
    }

    /// The database that is under attack, as the sum has it.
    fn database(&self) -> &'static str {
        if self.world.settings.database_url.starts_with("postgres") {
            "postgres"
        } else {
            "sqlite"
        }
    }

    /// Says how it went; it has sent so many requests at least.
    pub fn ends(self, at_least: usize) {
        println!(
            "attack {} on {}: {} requests, {} successes, {} answers of 5xx",
            self.id,
            self.database(),
            self.requests,
            self.successes.len(),
            self.defects.len()
        );
        assert!(self.defects.is_empty(), "{}", told(&self.defects));
        assert!(self.successes.is_empty(), "{}", told(&self.successes));
        assert!(self.requests >= at_least, "{} requests", self.requests);
    }
}

/// Whether the whole is asked for, by `cargo xtask attack --full`.
pub fn is_full() -> bool {
    std::env::var("MINSHENG_ATTACK").is_ok_and(|word| word == "full")
}

/// The first words of a text.
pub fn start(text: &str) -> String {
    text.chars().take(240).collect()
}

/// How many there are, and the first of them.
fn told(all: &[String]) -> String {
    let first: Vec<&str> = all.iter().take(30).map(String::as_str).collect();
    format!("{}:\n{}", all.len(), first.join("\n"))
}

/// What differs between two answers that say the same: ids, nonces, keys and marks, every long word of letters and digits.
pub fn plain(text: &str) -> String {
    let is_part = |sign: char| sign.is_ascii_alphanumeric() || "-_+/=".contains(sign);
    let mut plain = String::new();
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let length = rest.find(|sign: char| !is_part(sign)).unwrap_or(rest.len());
        if length == 0 {
            plain.push(sign);
            rest = &rest[sign.len_utf8()..];
            continue;
        }
        let (word, behind) = rest.split_at(length);
        plain += if length < 16 { word } else { "…" };
        rest = behind;
    }
    plain
}

/// Chance that comes out the same each time (SplitMix64).
pub struct Chance(u64);

impl Chance {
    /// Begins with a seed.
    pub const fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// A number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Whether one of so many is chosen.
    pub fn is_one_in(&mut self, many: u64) -> bool {
        self.draw().is_multiple_of(many)
    }
}

#[test]
fn what_says_the_same_is_the_same() {
    let one =
        "no 019a0000-0000-7000-8000-000000000001 <p nonce=\"q1w2e3r4t5y6u7i8o9p0aa\">here</p>";
    let two =
        "no 019a0000-0000-7000-8000-000000000002 <p nonce=\"aaw2e3r4t5y6u7i8o9p0bb\">here</p>";
    assert_eq!(plain(one), plain(two));
    assert_ne!(plain("here"), plain("there"));
}

#[test]
fn chance_comes_out_the_same() {
    let drawn = |seed| {
        let mut chance = Chance::seeded(seed);
        [chance.draw(), chance.draw(), chance.draw()]
    };
    assert_eq!(drawn(SEED), drawn(SEED));
    assert_ne!(drawn(SEED), drawn(SEED + 1));
}
