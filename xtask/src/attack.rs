//! `cargo xtask attack`: the attacks of `server/tests/it/security` on both databases with what they sent and what came of it; a small round of each is
//! in `test db`. What an attack is stands in the file of its id; here the lines that they print are added up. `--full` sends everything, fails where
//! that was too little, and lets the races of the services run as well. Read next: `docs/security-trials.md`, `test/unit.rs`.

use crate::{args::Options, paths::Paths, postgres::Cluster, setup, shell, site};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    process::{Command, ExitCode},
};

/// What stands in the log of a server whose request panicked.
const PANIC: &str = "a request panicked";

/// Pairs of each entrance whose times are compared.
const PAIRS: &str = "400";

/// So many requests are the whole, both databases together.
const WHOLE: u64 = 200_000;

/// What says how many rounds of each race there are.
const RACES: &str = "MINSHENG_RACES";

/// The databases, as the lines of the attacks name them.
const DATABASES: [&str; 2] = ["sqlite", "postgres"];

/// What the attacks on one database came to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sum {
    requests: u64,
    successes: u64,
    defects: u64,
}

/// The command.
pub fn run(words: &[String]) -> Result<ExitCode> {
    let (mut is_full, mut is_timing) = (false, false);
    let mut options = Options::new(words);
    while let Some(name) = options.next() {
        match name {
            "--full" => is_full = true,
            "--timing" => is_timing = true,
            _ => bail!("`{name}` is no option of attack; allowed are --full and --timing"),
        }
    }
    let paths = Paths::find()?;
    setup::system::make(&paths)?;
    let log = paths.log("attack");
    fs::remove_file(&log).ok();
    let cluster = Cluster::start(&paths)?;
    let mut test = tests(&paths, &cluster, "it")?;
    if is_timing {
        // Times are compared with nothing else at work.
        test.args(["security::timing", "--", "--nocapture", "--test-threads=1"])
            .env("MINSHENG_TIMING", PAIRS);
    } else {
        test.args(["security::", "--", "--nocapture"]);
    }
    if is_full {
        test.env("MINSHENG_ATTACK", "full")
            .env("MINSHENG_MATRIX", "full");
    }
    let mut succeeded = shell::step("attacking", || shell::logged(&mut test, &log))?;
    let text = fs::read(&log).context("the log of the attacks")?;
    let is_safe = told(&String::from_utf8_lossy(&text), is_full && !is_timing);
    if is_full && !is_timing {
        let mut races = tests(&paths, &cluster, "services")?;
        let rounds = std::env::var(RACES).unwrap_or_else(|_| "full".to_owned());
        races.arg("races::").env(RACES, &rounds);
        let ran = shell::step("racing", || shell::logged(&mut races, &log))?;
        println!(
            "races: {rounds} rounds of 64 clients on each database, {}",
            if ran { "none lost" } else { "failed" }
        );
        succeeded &= ran;
    }
    if !succeeded {
        println!("what failed stands in {}", log.display());
    }
    Ok(if succeeded && is_safe {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Tests of one program, on both databases and with the data that is shared.
fn tests(paths: &Paths, cluster: &Cluster, program: &str) -> Result<Command> {
    let mut test = site::cargo(paths)?;
    test.args(["test", "--locked", "--no-fail-fast", "--test", program])
        .env("MINSHENG_TEST_POSTGRES", cluster.url());
    if let Some(folder) = paths.shared_data() {
        test.env("MINSHENG_SHARED_DATA", folder);
    }
    Ok(test)
}

/// Prints what was sent to each database and what came of it; whether nothing came of it, and enough was sent.
fn told(text: &str, is_whole: bool) -> bool {
    for line in text.lines().filter_map(said) {
        println!("  {line}");
    }
    let panics = text.lines().filter(|line| line.contains(PANIC)).count();
    let (mut requests, mut is_safe) = (0, panics == 0);
    for database in DATABASES {
        let sum = sum(text, database);
        println!(
            "{database}: {} requests, {} successes, {} answers of 5xx",
            sum.requests, sum.successes, sum.defects
        );
        is_safe &= sum.requests > 0 && sum.successes + sum.defects == 0;
        requests += sum.requests;
    }
    println!("{requests} requests, {panics} panics");
    if is_whole && requests < WHOLE {
        println!("the whole has {WHOLE} requests at least");
        return false;
    }
    is_safe
}

/// A line in which an attack, the matrix or the rank test says how it went; the name of the test may stand before it.
fn said(line: &str) -> Option<&str> {
    let begins = ["attack ", "matrix: ", "timing: "];
    let at = begins.iter().find_map(|word| line.find(word))?;
    let said = &line[at..];
    let counts = [" requests, ", " cells, ", " pairs, p = "];
    let is_count = counts.iter().any(|word| said.contains(word));
    is_count.then_some(said)
}

fn sum(text: &str, database: &str) -> Sum {
    let mut sum = Sum::default();
    let place = format!(" on {database}: ");
    for said in text.lines().filter_map(said) {
        let number = |what: &str| -> u64 {
            let before = said.split(what).next().unwrap_or_default();
            let word = before.rsplit(' ').next().unwrap_or_default();
            word.parse().unwrap_or(0)
        };
        if said.starts_with("attack ") && said.contains(&place) {
            sum.requests += number(" requests");
            sum.successes += number(" successes");
            sum.defects += number(" answers of 5xx");
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_attacks_are_added_up() {
        let text = "running 2 tests\n\
            attack X-01 on sqlite: 120 requests, 0 successes, 0 answers of 5xx\n\
            test security::a ... attack X-04 on sqlite: 30 requests, 1 successes, 2 answers of 5xx\n\
            attack X-04 on postgres: 40 requests, 0 successes, 0 answers of 5xx\n\
            matrix: 20500 cells, {Refused: 1}\n\
            timing: GET /x on sqlite: 400 pairs, p = 0.5000, another's takes 1 µs longer of 900 µs\n\
            test result: ok. 2 passed; 0 failed\n";
        let found = Sum {
            requests: 150,
            successes: 1,
            defects: 2,
        };
        assert_eq!(sum(text, "sqlite"), found);
        assert_eq!(sum(text, "postgres").requests, 40);
        assert_eq!(sum("error: could not compile", "sqlite"), Sum::default());
        assert!(!told(text, false), "somebody succeeded");
    }

    #[test]
    fn the_whole_is_enough_and_a_panic_is_told() {
        let of = |requests: u64| {
            let line = |database: &str| {
                format!(
                    "attack X-01 on {database}: {requests} requests, 0 successes, 0 answers of 5xx\n"
                )
            };
            DATABASES.map(line).concat()
        };
        assert!(told(&of(100_000), true) && told(&of(10), false));
        assert!(!told(&of(99_999), true), "too few");
        let panicked = format!("{}2026-03-03 ERROR request: {PANIC} cause=\"x\"\n", of(10));
        assert!(!told(&panicked, false));
    }
}
