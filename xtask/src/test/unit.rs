//! The Rust tests: built once, then those beside the code (`unit`) and those of the `tests` folders (`db`).
//! Every database test runs on SQLite and, by `MINSHENG_TEST_POSTGRES`, on the private PostgreSQL.
//! Read next: `postgres.rs`.

use super::Work;
use crate::{report::Tally, shell::logged, site};
use anyhow::{Context, Result};
use std::{fs, path::Path, process::Command};

/// Compiles tests and programs in one call, so that the browser journeys use the same server as the tests.
pub fn build(work: &mut Work, log: &Path) -> Result<Tally> {
    let mut build = site::cargo(&work.paths)?;
    build.args(["build", "--locked", "--bins", "--tests"]);
    Ok(Tally::one(logged(&mut build, log)?))
}

/// Tests beside the code, and the examples in doc comments.
pub fn unit(work: &mut Work, log: &Path) -> Result<Tally> {
    let mut tally = cargo_test(work, &["--lib", "--bins"], log)?;
    tally += cargo_test(work, &["--doc"], log)?;
    Ok(tally)
}

/// Tests of the `tests` folders: services, store and server, on both databases.
pub fn db(work: &mut Work, log: &Path) -> Result<Tally> {
    if !has_test_folders(&work.paths.root) {
        return Ok(Tally::default());
    }
    cargo_test(work, &["--test", "*"], log)
}

fn cargo_test(work: &mut Work, words: &[&str], log: &Path) -> Result<Tally> {
    let postgres = work.postgres()?;
    let mut test = site::cargo(&work.paths)?;
    test.args(["test", "--locked", "--no-fail-fast"])
        .args(words);
    test.env("MINSHENG_TEST_POSTGRES", postgres);
    share_data(work, &mut test);
    let before = fs::metadata(log).map_or(0, |meta| meta.len());
    let succeeded = logged(&mut test, log)?;
    let text = fs::read(log).context("the log of the tests")?;
    let mut tally = count(&String::from_utf8_lossy(&text[usize::try_from(before)?..]));
    if !succeeded && tally.failed == 0 {
        // A test program that does not compile, or dies, prints no count.
        tally.failed = 1;
    }
    Ok(tally)
}

/// Real data for tests; without it those tests say that they are skipped, and fail in CI.
fn share_data(work: &Work, command: &mut Command) {
    if let Some(folder) = work.paths.shared_data() {
        command.env("MINSHENG_SHARED_DATA", folder);
    }
}

/// Sums the lines `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
fn count(text: &str) -> Tally {
    let mut tally = Tally::default();
    for line in text
        .lines()
        .filter_map(|line| line.strip_prefix("test result: "))
    {
        let number = |what: &str| {
            let before = line.split(what).next().unwrap_or_default();
            before
                .rsplit(' ')
                .next()
                .and_then(|word| word.parse().ok())
                .unwrap_or(0)
        };
        tally += Tally {
            passed: number(" passed"),
            failed: number(" failed"),
            skipped: number(" ignored"),
        };
    }
    tally
}

fn has_test_folders(root: &Path) -> bool {
    let packages = [
        "shared",
        "app",
        "server",
        "server/bpmn",
        "server/store",
        "server/services",
    ];
    packages
        .iter()
        .any(|package| root.join(package).join("tests").is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_every_test_program() {
        let text = "running 4 tests\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
            test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.01s\n";
        assert_eq!(
            count(text),
            Tally {
                passed: 13,
                failed: 2,
                skipped: 1
            }
        );
        assert_eq!(count("error: could not compile"), Tally::default());
    }
}
