//! Whoever guesses is answered in the same time, whether the name or the number is there or not: signing in, and looking a ticket up by its query code.
//! Deliberately absent: the rank test and its bounds (`timing`), further words and headers of such answers (`x16_enumeration`).
//! An hour passes between two pairs, so that no lock and no quota tells them apart.

use std::time::{Duration, Instant};

use axum::body::Body;
use serde_json::{Value, json};

use super::{
    campaign::{Campaign, Chance, SEED, plain},
    deep, quiet,
    timing::{FEW, WARM, is_even, nanos, timed},
};
use crate::rest::complaint;
use crate::support::{World, request};

/// How many entrances are asked.
pub const ASKED: usize = 2;
/// Minutes between two pairs.
const APART: i64 = 61;

/// What is guessed at one entrance: words that are there, and as many that are not.
struct Guess {
    path: &'static str,
    there: Vec<String>,
    none: Vec<String>,
    body: fn(&str) -> Value,
}

#[test]
fn a_wrong_guess_takes_as_long_for_what_is_there() {
    deep(|| async { story("sqlite", &World::with(quiet).await).await });
}

#[test]
fn a_wrong_guess_takes_as_long_on_postgres() {
    deep(|| async {
        if let Some(world) = World::on_postgres(quiet).await {
            story("postgres", &world).await;
        }
    });
}

async fn story(database: &str, world: &World) {
    let guesses = guesses(world).await;
    let mut campaign = Campaign::begin("X-16", world);
    let mut chance = Chance::seeded(SEED);
    let pairs = timed();
    for guess in &guesses {
        let (mut differences, mut times) = (Vec::new(), Vec::new());
        for n in 0..pairs.map_or(FEW, |pairs| pairs + WARM) {
            world.clock.advance_minutes(APART);
            let there = &guess.there[n % guess.there.len()];
            let none = &guess.none[n % guess.none.len()];
            let is_there_first = chance.is_one_in(2);
            let (one, two) = if is_there_first {
                (there, none)
            } else {
                (none, there)
            };
            let (text_of_one, of_one) = asks(&mut campaign, guess, one).await;
            let (text_of_two, of_two) = asks(&mut campaign, guess, two).await;
            campaign.holds(text_of_one == text_of_two, || {
                format!("{}: {text_of_one}\n  and {text_of_two}", guess.path)
            });
            let (of_there, of_none) = if is_there_first {
                (of_one, of_two)
            } else {
                (of_two, of_one)
            };
            differences.push(nanos(of_there) - nanos(of_none));
            times.push(of_none);
        }
        if pairs.is_some() {
            let name = format!("POST {}", guess.path);
            is_even(&mut campaign, (&name, database), (&differences, &times));
        }
    }
    campaign.ends(ASKED * FEW * 2);
}

/// Accounts and numbers that are there, and their like that are not.
async fn guesses(world: &World) -> [Guess; ASKED] {
    let token = world.token("agent").await;
    let mut numbers: Vec<String> = Vec::new();
    for _ in 0..3 {
        let made = world.post("/api/v1/tickets", &token, &complaint()).await;
        let made = made.json();
        let number = made["ticket_no"].as_str().expect("a number");
        numbers.push(number.to_owned());
    }
    // Of the same day, so that both are looked for at one place.
    let none = numbers.iter().enumerate();
    let none = none.map(|(at, number)| format!("{}99{at}", &number[..number.len() - 3]));
    let owned = |names: [&str; 3]| names.map(str::to_owned).to_vec();
    [
        Guess {
            path: "/api/v1/sessions",
            there: owned(["handler", "auditor", "dispatcher"]),
            none: owned(["nobodys", "strange", "unheard.of"]),
            body: |name| json!({"username": name, "password": "Wrong-Word-42"}),
        },
        Guess {
            path: "/api/v1/public/lookup",
            none: none.collect(),
            there: numbers,
            body: |number| json!({"ticket_no": number, "code": "AAAA2222"}),
        },
    ]
}

/// What is said of a guess, but for what was typed, and how long it took.
async fn asks(campaign: &mut Campaign<'_>, guess: &Guess, word: &str) -> (String, Duration) {
    let headers = [("content-type", "application/json")];
    let body = Body::from((guess.body)(word).to_string());
    let post = request("POST", guess.path, &headers, body);
    let began = Instant::now();
    let answer = campaign.sends(guess.path, post).await;
    let took = began.elapsed();
    campaign.holds(answer.status.is_client_error(), || {
        format!("{} takes {word}: {}", guess.path, answer.status)
    });
    let text = plain(&answer.text.replace(word, "…"));
    (format!("{} {text}", answer.status), took)
}
