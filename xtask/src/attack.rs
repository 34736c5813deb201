//! `cargo xtask attack`: the attacks of `server/tests/it/security` with what they sent and what came of it; a small round of each is in `test db`.
//! What an attack is stands in the file of its id; here the lines that they print are added up.
//! Read next: `docs/security-trials.md`, `test/unit.rs`.

use crate::{args::Options, paths::Paths, postgres::Cluster, setup, shell, site};
use anyhow::{Context, Result, bail};
use std::{fs, process::ExitCode};

/// What stands in the log of a server whose request panicked.
const PANIC: &str = "a request panicked";

/// Pairs of each entrance whose times are compared.
const PAIRS: &str = "400";

/// What the attacks came to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sum {
    requests: u64,
    successes: u64,
    defects: u64,
    panics: u64,
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
    let mut test = site::cargo(&paths)?;
    test.args(["test", "--locked", "--no-fail-fast", "--test", "it"]);
    // Times are compared with nothing else at work, and on both databases.
    let cluster = is_timing.then(|| Cluster::start(&paths)).transpose()?;
    if let Some(cluster) = &cluster {
        test.args(["security::timing", "--", "--nocapture", "--test-threads=1"])
            .env("MINSHENG_TEST_POSTGRES", cluster.url())
            .env("MINSHENG_TIMING", PAIRS);
    } else {
        test.args(["security::", "--", "--nocapture"]);
    }
    if is_full {
        test.env("MINSHENG_ATTACK", "full")
            .env("MINSHENG_MATRIX", "full");
    }
    if let Some(folder) = paths.shared_data() {
        test.env("MINSHENG_SHARED_DATA", folder);
    }
    let succeeded = shell::step("attacking", || shell::logged(&mut test, &log))?;
    let text = fs::read(&log).context("the log of the attacks")?;
    let text = String::from_utf8_lossy(&text);
    for line in text.lines().filter_map(said) {
        println!("  {line}");
    }
    let sum = sum(&text);
    println!(
        "{} requests, {} successes, {} answers of 5xx, {} panics",
        sum.requests, sum.successes, sum.defects, sum.panics
    );
    if !succeeded {
        println!("what failed stands in {}", log.display());
    }
    let is_safe = succeeded && sum.requests > 0 && sum.successes + sum.defects + sum.panics == 0;
    Ok(if is_safe {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
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

fn sum(text: &str) -> Sum {
    let mut sum = Sum::default();
    for line in text.lines() {
        sum.panics += u64::from(line.contains(PANIC));
        let Some(said) = said(line) else {
            continue;
        };
        let number = |what: &str| -> u64 {
            let before = said.split(what).next().unwrap_or_default();
            let word = before.rsplit(' ').next().unwrap_or_default();
            word.parse().unwrap_or(0)
        };
        if said.starts_with("attack ") {
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
            attack X-01: 120 requests, 0 successes, 0 answers of 5xx\n\
            test security::a ... attack X-04: 30 requests, 1 successes, 2 answers of 5xx\n\
            matrix: 20500 cells, {Refused: 1}\n\
            timing: GET /x on sqlite: 400 pairs, p = 0.5000, another's takes 1 µs longer of 900 µs\n\
            2026-03-03 ERROR request: a request panicked cause=\"x\"\n\
            test result: ok. 2 passed; 0 failed\n";
        let found = Sum {
            requests: 150,
            successes: 1,
            defects: 2,
            panics: 1,
        };
        assert_eq!(sum(text), found);
        assert_eq!(sum("error: could not compile"), Sum::default());
    }
}
