//! The Rust tests: built once, then those beside the code (`unit`) and those of the `tests` folders (`db`).
//! Every database test runs on SQLite and, by `MINSHENG_TEST_POSTGRES`, on the private PostgreSQL.
//! Read next: `postgres.rs`.

use super::Work;
use crate::{report::Tally, shell::logged, site};
use anyhow::{Context, Result, ensure};
use std::{fs, path::Path, process::Command};

/// The programs of the `tests` folders.
const PROGRAMS: [&str; 4] = ["bpmn", "store", "services", "it"];

/// Tests of one name: `unit NAME`, `db NAME`, or `db PROGRAM NAME` to compile no more than that program.
#[derive(Debug, PartialEq, Eq)]
pub struct Only {
    program: Option<String>,
    /// A part of the test's path, as for `cargo test`.
    name: String,
}

impl Only {
    /// Reads the words behind `cargo xtask test`; `None` when they are names of parts.
    pub fn parse(words: &[String]) -> Result<Option<Self>> {
        let name_of_part = |word: &String| super::PARTS.iter().any(|part| part.name == word);
        let [part @ ("unit" | "db"), rest @ ..] =
            &*words.iter().map(String::as_str).collect::<Vec<_>>()
        else {
            return Ok(None);
        };
        if rest.is_empty() || words[1..].iter().all(name_of_part) {
            return Ok(None);
        }
        let (program, name) = match rest {
            [name] => (None, *name),
            [program, name] if *part == "db" && PROGRAMS.contains(program) => {
                (Some((*program).to_owned()), *name)
            }
            _ => anyhow::bail!(
                "one name is wanted: `test unit NAME`, `test db NAME` or `test db PROGRAM NAME`; programs are {}",
                PROGRAMS.join(", ")
            ),
        };
        Ok(Some(Self {
            program,
            name: name.to_owned(),
        }))
    }
}

/// Compiles tests and programs in one call, so that the browser journeys use the same server as the tests.
pub fn build(work: &mut Work, log: &Path) -> Result<Tally> {
    let mut build = site::cargo(&work.paths)?;
    build.args(["build", "--locked", "--bins", "--tests"]);
    Ok(Tally::one(logged(&mut build, log)?))
}

/// Tests beside the code, and the examples in doc comments.
pub fn unit(work: &mut Work, log: &Path) -> Result<Tally> {
    if work.only.is_some() {
        return cargo_test(work, &["--lib", "--bins"], log);
    }
    let mut tally = cargo_test(work, &["--lib", "--bins"], log)?;
    tally += cargo_test(work, &["--doc"], log)?;
    Ok(tally)
}

/// Tests of the `tests` folders: services, store and server, on both databases.
pub fn db(work: &mut Work, log: &Path) -> Result<Tally> {
    if !has_test_folders(&work.paths.root) {
        return Ok(Tally::default());
    }
    let program = work.only.as_ref().and_then(|only| only.program.clone());
    cargo_test(work, &["--test", program.as_deref().unwrap_or("*")], log)
}

/// What says how many rounds of each race there are, when it is a number.
const RACES: &str = "MINSHENG_RACES";
/// Most rounds: beyond them a count of tickets stops at its cap.
const MOST_ROUNDS: u32 = 3_000;

/// The races of the services in full: 64 people at once, 20 rounds, or as many as `MINSHENG_RACES` says; `db` tries a few of each.
pub fn races(work: &mut Work, log: &Path) -> Result<Tally> {
    let rounds = rounds(std::env::var(RACES).ok().as_deref())?;
    whole(
        work,
        "services",
        ("races::", RACES, rounds.as_deref().unwrap_or("full")),
        log,
    )
}

/// How many rounds were asked for; none where nothing was said, or `full`.
fn rounds(said: Option<&str>) -> Result<Option<String>> {
    match said {
        None | Some("full") => Ok(None),
        Some(word) => {
            let number: Option<u32> = word.parse().ok();
            let number = number.filter(|it| (1..=MOST_ROUNDS).contains(it));
            let number =
                number.with_context(|| format!("{RACES} is 1 to {MOST_ROUNDS}, not `{word}`"))?;
            Ok(Some(number.to_string()))
        }
    }
}

/// Every verb by every role in every state, and every entrance by every role on every ticket; `db` tries a sample.
pub fn matrix(work: &mut Work, log: &Path) -> Result<Tally> {
    let variable = "MINSHENG_MATRIX";
    let mut tally = in_full(work, "services", ("access::matrix", variable), log)?;
    tally += in_full(work, "it", ("security::matrix", variable), log)?;
    Ok(tally)
}

/// 10,000 tamperings with the audit on each database; `db` tries 200.
pub fn tamper(work: &mut Work, log: &Path) -> Result<Tally> {
    let postgres = work.postgres()?;
    let mut test = site::cargo(&work.paths)?;
    test.args(["test", "--locked", "--no-fail-fast", "--test", "store"])
        .arg("tamper::")
        .env("MINSHENG_TEST_POSTGRES", postgres)
        .env("MINSHENG_TAMPERINGS", "10000");
    let tally = counted(&mut test, log)?;
    ensure!(tally != Tally::default(), "no test tampers with the audit");
    Ok(tally)
}

/// The analytic copy against plain Rust, and clippy for it; no other part compiles its engine.
pub fn analytics(work: &mut Work, log: &Path) -> Result<Tally> {
    let package = ["--locked", "--package", "minsheng-analytics"];
    let mut clippy = site::cargo(&work.paths)?;
    clippy
        .arg("clippy")
        .args(package)
        .args(["--all-targets", "--", "-D", "warnings"]);
    let mut tally = Tally::one(logged(&mut clippy, log)?);
    let mut test = site::cargo(&work.paths)?;
    test.arg("test").args(package).arg("--no-fail-fast");
    tally += counted(&mut test, log)?;
    tally += against_the_tables(work, log)?;
    Ok(tally)
}

/// The copy against both databases with some thousand tickets.
fn against_the_tables(work: &mut Work, log: &Path) -> Result<Tally> {
    let postgres = work.postgres()?;
    let mut test = site::cargo(&work.paths)?;
    test.args(["test", "--locked", "--no-fail-fast"])
        .args(["--package", "minsheng-server", "--features", "analytics"])
        .args(["--test", "it", "analytic::"])
        .env("MINSHENG_TEST_POSTGRES", postgres);
    share_data(work, &mut test);
    let tally = counted(&mut test, log)?;
    ensure!(
        tally != Tally::default(),
        "no test holds the copy against the tables"
    );
    Ok(tally)
}

/// Tests of a program whose small round is part of `db`, with the variable that makes it whole.
fn in_full(
    work: &mut Work,
    program: &str,
    (name, variable): (&str, &str),
    log: &Path,
) -> Result<Tally> {
    whole(work, program, (name, variable, "full"), log)
}

/// The same with a value of its own.
fn whole(
    work: &mut Work,
    program: &str,
    (name, variable, value): (&str, &str, &str),
    log: &Path,
) -> Result<Tally> {
    let postgres = work.postgres()?;
    let mut test = site::cargo(&work.paths)?;
    test.args(["test", "--locked", "--no-fail-fast", "--test", program])
        .arg(name)
        .env("MINSHENG_TEST_POSTGRES", postgres)
        .env(variable, value);
    share_data(work, &mut test);
    let tally = counted(&mut test, log)?;
    ensure!(
        tally != Tally::default(),
        "no test has `{name}` in its name"
    );
    Ok(tally)
}

fn cargo_test(work: &mut Work, words: &[&str], log: &Path) -> Result<Tally> {
    let postgres = work.postgres()?;
    let mut test = site::cargo(&work.paths)?;
    test.args(["test", "--locked", "--no-fail-fast"])
        .args(words);
    if let Some(only) = &work.only {
        test.arg(&only.name);
    }
    test.env("MINSHENG_TEST_POSTGRES", postgres);
    share_data(work, &mut test);
    let tally = counted(&mut test, log)?;
    if let Some(only) = &work.only {
        ensure!(
            tally != Tally::default(),
            "no test has `{}` in its name",
            only.name
        );
    }
    Ok(tally)
}

/// Runs a test command and counts what its programs say.
pub(super) fn counted(test: &mut Command, log: &Path) -> Result<Tally> {
    let before = fs::metadata(log).map_or(0, |meta| meta.len());
    let succeeded = logged(test, log)?;
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
    fn one_test_is_told_from_parts() {
        let parse =
            |line: &str| Only::parse(&line.split(' ').map(str::to_owned).collect::<Vec<_>>());
        let only = |program: Option<&str>, name: &str| {
            Some(Only {
                program: program.map(str::to_owned),
                name: name.to_owned(),
            })
        };
        assert_eq!(parse("unit db").expect("parts"), None);
        assert_eq!(parse("fmt").expect("a part"), None);
        assert_eq!(
            parse("db lists::page").expect("a name"),
            only(None, "lists::page")
        );
        assert_eq!(
            parse("db store page").expect("both"),
            only(Some("store"), "page")
        );
        assert_eq!(parse("unit store").expect("a name"), only(None, "store"));
        assert!(parse("db stor page").is_err());
    }

    #[test]
    fn races_have_as_many_rounds_as_is_said() {
        assert_eq!(rounds(None).expect("the usual"), None);
        assert_eq!(rounds(Some("full")).expect("the usual"), None);
        assert_eq!(
            rounds(Some("1000")).expect("a number"),
            Some("1000".to_owned())
        );
        for word in ["", "0", "many", "3001"] {
            assert!(rounds(Some(word)).is_err(), "{word}");
        }
    }

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
