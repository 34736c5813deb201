//! The options of `cargo xtask bench`.
//! What they mean stands in the help text of `main.rs`.
//! Read next: `mod.rs`.

use crate::args::Options;
use anyhow::{Result, bail};
use std::path::PathBuf;

/// The size that every run has, and against which a larger one is held.
pub const USUAL: u32 = 100_000;

/// What `cargo xtask bench` was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Bench {
    /// The questions of lists, cubes and exports on kept databases, instead of the usual run.
    pub query: bool,
    /// Tickets of the demo; the usual sizes when absent.
    pub tickets: Option<u32>,
    /// Where `query` keeps its databases.
    pub kept: Option<PathBuf>,
    /// `sqlite` and `postgres`, or one of them.
    pub databases: Vec<&'static str>,
    /// Where the figures go.
    pub json: Option<PathBuf>,
    /// Build and weigh the browser's files.
    pub site: bool,
    /// Write down the databases' query plans.
    pub plans: bool,
    /// Build first; else what lies in the target folder is measured.
    pub build: bool,
}

impl Bench {
    /// Reads the words after `bench`.
    pub fn parse(words: &[String]) -> Result<Self> {
        let mut bench = Self {
            query: false,
            tickets: None,
            kept: None,
            databases: vec!["sqlite", "postgres"],
            json: None,
            site: true,
            plans: false,
            build: true,
        };
        let words = match words.split_first() {
            Some((first, rest)) if first == "query" => {
                bench.query = true;
                rest
            }
            _ => words,
        };
        let mut options = Options::new(words);
        while let Some(name) = options.next() {
            match name {
                "--tickets" => bench.tickets = Some(tickets(options.value()?)?),
                "--database" => bench.databases = vec![database(options.value()?)?],
                "--json" => bench.json = Some(PathBuf::from(options.value()?)),
                "--kept" if bench.query => bench.kept = Some(PathBuf::from(options.value()?)),
                "--no-site" => bench.site = false,
                "--plans" => bench.plans = true,
                "--no-build" => bench.build = false,
                _ => bail!(
                    "`{name}` is no option of bench; allowed are --tickets N, --database sqlite|postgres, --json FILE, --no-site, --no-build, --plans, and of `bench query` --kept FOLDER"
                ),
            }
        }
        Ok(bench)
    }

    /// The sizes that are measured: a large one only beside the usual one.
    pub fn sizes(&self) -> Vec<u32> {
        match self.tickets {
            Some(more) if more > USUAL => vec![USUAL, more],
            Some(few) => vec![few],
            None => vec![USUAL],
        }
    }
}

fn tickets(text: &str) -> Result<u32> {
    match text.replace('_', "").parse() {
        Ok(count @ 1_000..=20_000_000) => Ok(count),
        _ => bail!("--tickets {text}: a number from 1000 to 20000000 is wanted"),
    }
}

fn database(text: &str) -> Result<&'static str> {
    match text {
        "sqlite" => Ok("sqlite"),
        "postgres" => Ok("postgres"),
        _ => bail!("--database {text}: sqlite or postgres is wanted"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Bench> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Bench::parse(&words)
    }

    #[test]
    fn a_large_run_measures_the_usual_size_too() {
        assert_eq!(parse("").expect("no words").sizes(), [USUAL]);
        assert_eq!(
            parse("--tickets=1_000_000").expect("joined").sizes(),
            [USUAL, 1_000_000]
        );
        assert_eq!(parse("--tickets 5000").expect("small").sizes(), [5_000]);
    }

    #[test]
    fn questions_are_a_run_of_their_own() {
        let bench = parse("query --tickets 5000 --kept /data").expect("query");
        assert!(bench.query && bench.kept.is_some());
        assert_eq!(bench.tickets, Some(5_000));
        assert!(parse("--kept /data").is_err());
    }

    #[test]
    fn refusals_name_the_word() {
        for (line, part) in [
            ("--ticket 1", "--ticket"),
            ("--tickets 0", "1000 to"),
            ("--database mysql", "sqlite or postgres"),
            ("--json", "needs a value"),
        ] {
            let error = parse(line).expect_err(line).to_string();
            assert!(error.contains(part), "{line}: {error}");
        }
    }
}
