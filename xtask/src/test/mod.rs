//! `cargo xtask test`: the parts in their order, what each needs, and the count at the end.
//! A failing part does not stop later ones unless they need what it should have made.
//! Read next: `unit.rs`, `tidy/mod.rs`, `e2e.rs`; the printing is in `report.rs`.

mod crash;
mod deny;
mod e2e;
mod generated;
mod print;
mod room;
mod style;
mod tidy;
mod unit;

use crate::{
    paths::Paths,
    postgres::Cluster,
    report::{self, Tally},
    setup,
};
use anyhow::{Context, Result, bail};
use std::{fs, path::Path, process::ExitCode, time::Instant};

/// What the parts share.
pub struct Work {
    /// The folders.
    pub paths: Paths,
    /// The private PostgreSQL, once a part asked for it.
    cluster: Option<Cluster>,
    /// The one test that was asked for.
    only: Option<unit::Only>,
}

impl Work {
    /// The address of the private PostgreSQL, started at the first call.
    pub fn postgres(&mut self) -> Result<String> {
        if self.cluster.is_none() {
            self.cluster = Some(Cluster::start(&self.paths)?);
        }
        Ok(self.cluster.as_ref().map(Cluster::url).unwrap_or_default())
    }

    /// The private PostgreSQL itself, to stop and start it.
    pub fn cluster(&mut self) -> Result<(&Paths, &mut Cluster)> {
        self.postgres()?;
        Ok((&self.paths, self.cluster.as_mut().context("started above")?))
    }

    /// A new database in the private PostgreSQL.
    pub fn postgres_database(&mut self, name: &str) -> Result<String> {
        self.postgres()?;
        let cluster = self.cluster.as_ref().context("started above")?;
        cluster.database(&self.paths, name)
    }
}

struct Part {
    name: &'static str,
    needs: &'static [&'static str],
    run: fn(&mut Work, &Path) -> Result<Tally>,
}

/// The parts that run only when they are named: a small round of the first four is in the whole, in `e2e` and in `db`; the last two compile
/// libraries of their own.
const WHOLE_ROUNDS: [&str; 6] = [
    "journeys",
    "races",
    "matrix",
    "tamper",
    "print",
    "analytics",
];

const PARTS: [Part; 18] = [
    Part {
        name: "fmt",
        needs: &[],
        run: style::fmt,
    },
    Part {
        name: "tidy",
        needs: &[],
        run: tidy::run,
    },
    Part {
        name: "deny",
        needs: &[],
        run: deny::run,
    },
    Part {
        name: "clippy",
        needs: &[],
        run: style::clippy,
    },
    Part {
        name: "build",
        needs: &[],
        run: unit::build,
    },
    Part {
        name: "unit",
        needs: &["build"],
        run: unit::unit,
    },
    Part {
        name: "fuzz",
        needs: &["build"],
        run: crate::fuzz::part,
    },
    Part {
        name: "db",
        needs: &["build"],
        run: unit::db,
    },
    Part {
        name: "crash",
        needs: &["build"],
        run: crash::run,
    },
    Part {
        name: "generated",
        needs: &["build"],
        run: generated::run,
    },
    Part {
        name: "site",
        needs: &["build"],
        run: e2e::site,
    },
    Part {
        name: "e2e",
        needs: &["site"],
        run: e2e::small,
    },
    Part {
        name: "journeys",
        needs: &["site"],
        run: e2e::whole,
    },
    Part {
        name: "races",
        needs: &["build"],
        run: unit::races,
    },
    Part {
        name: "matrix",
        needs: &["build"],
        run: unit::matrix,
    },
    Part {
        name: "tamper",
        needs: &["build"],
        run: unit::tamper,
    },
    Part {
        name: "print",
        needs: &[],
        run: print::run,
    },
    Part {
        name: "analytics",
        needs: &[],
        run: unit::analytics,
    },
];

/// Runs all parts, or those named and what they need; or, behind `unit` or `db`, the tests of one name.
pub fn run(words: &[String]) -> Result<ExitCode> {
    let only = unit::Only::parse(words)?;
    let wanted = match only {
        // Cargo compiles what this one test needs; the part `build` would compile every program.
        Some(_) => words.iter().take(1).map(String::as_str).collect(),
        None => selection(words)?,
    };
    let mut work = Work {
        paths: Paths::find()?,
        cluster: None,
        only,
    };
    setup::system::make(&work.paths)?;
    room::make(&work.paths)?;
    let mut total = Tally::default();
    let mut broken: Vec<&str> = Vec::new();
    for part in PARTS.iter().filter(|part| wanted.contains(&part.name)) {
        let tally = run_part(part, &broken, &mut work);
        // With all that the part's tests left in it.
        work.cluster = None;
        if tally.failed > 0 {
            broken.push(part.name);
        }
        total += tally;
    }
    if work.only.is_some() {
        report::tests(&work.paths.log(wanted[0]));
    }
    println!("{}", total.line());
    Ok(if total.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Prints the page of requirements and their trials.
pub fn assurance() -> Result<ExitCode> {
    let data = Paths::find()?.root.join(tidy::trials::DATA);
    let text = fs::read_to_string(data).context(tidy::trials::DATA)?;
    print!("{}", tidy::trials::page(&text)?);
    Ok(ExitCode::SUCCESS)
}

/// Prints the list of verbs with what each costs.
pub fn verbs() -> Result<ExitCode> {
    print!("{}", tidy::verb_list(&Paths::find()?.root)?);
    Ok(ExitCode::SUCCESS)
}

fn run_part(part: &Part, broken: &[&str], work: &mut Work) -> Tally {
    let start = Instant::now();
    if let Some(needed) = part.needs.iter().find(|name| broken.contains(name)) {
        println!("{}: not run, it needs `{needed}`", part.name);
        report::part(part.name, Tally::one(false), start.elapsed());
        return Tally::one(false);
    }
    let log = work.paths.log(part.name);
    fs::remove_file(&log).ok();
    let outcome = (part.run)(work, &log);
    let tally = match outcome {
        Ok(tally) => tally,
        Err(error) => {
            println!("{}: {error:#}", part.name);
            Tally::one(false)
        }
    };
    if tally.failed > 0 {
        report::failure(part.name, &log);
    }
    report::part(part.name, tally, start.elapsed());
    tally
}

/// The parts to run in their order; a part brings those that it needs.
fn selection(names: &[String]) -> Result<Vec<&'static str>> {
    let mut wanted: Vec<&'static str> = Vec::new();
    for name in names {
        match PARTS.iter().find(|part| part.name == name) {
            Some(part) => add(part, &mut wanted),
            None => bail!(
                "`{name}` is no part of the tests; there are {}. One test: `test unit NAME` or `test db NAME`",
                PARTS.map(|part| part.name).join(", ")
            ),
        }
    }
    if names.is_empty() {
        let all = PARTS.iter().map(|part| part.name);
        wanted.extend(all.filter(|name| !WHOLE_ROUNDS.contains(name)));
    }
    Ok(wanted)
}

fn add(part: &Part, wanted: &mut Vec<&'static str>) {
    for needed in PARTS
        .iter()
        .filter(|other| part.needs.contains(&other.name))
    {
        add(needed, wanted);
    }
    wanted.push(part.name);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_brings_what_it_needs() {
        let names = |words: &[&str]| {
            words
                .iter()
                .map(|word| (*word).to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            selection(&names(&["e2e"])).expect("a part"),
            ["build", "site", "e2e"]
        );
        let all = selection(&[]).expect("all");
        assert_eq!(all.len(), PARTS.len() - WHOLE_ROUNDS.len());
        let named = WHOLE_ROUNDS.iter().any(|name| all.contains(name));
        assert!(!named, "only when they are named");
        let error = selection(&names(&["unti"]))
            .expect_err("a slip")
            .to_string();
        assert!(error.contains("unti") && error.contains("unit"), "{error}");
    }

    #[test]
    fn needs_come_earlier() {
        for (place, part) in PARTS.iter().enumerate() {
            for need in part.needs {
                assert!(
                    PARTS[..place].iter().any(|earlier| earlier.name == *need),
                    "{} needs {need}",
                    part.name
                );
            }
        }
    }
}
