//! `cargo xtask bench query`: what lists, searches, conditions, cubes and exports cost over HTTP, asked by each kind of scope, beside
//! the same question in plain SQL of the same run and the aim. Databases are loaded once and kept in a folder for the next run.
//! Read next: `questions.rs` (what is asked), `ask.rs` (how it is timed), `aims.rs`.

pub mod aims;
mod ask;
mod questions;

use super::{Row, Run, args, build, load, machine, services, table};
use crate::{
    paths::Paths,
    postgres::Cluster,
    server::{Make, Server},
    shell::step,
    site::Grade,
};
use anyhow::{Context, Result};
use chrono::NaiveDate;
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

/// Sizes without `--tickets`; the largest takes hours to load, once.
const SIZES: [u32; 3] = [100_000, 1_000_000, 10_000_000];
/// Questions of `minsheng-bench` whose plain SQL stands beside the pages.
const BASELINES: [&str; 6] = ["--only", "person", "--only", "ticket", "--only", "export"];

/// Measures every size on every database; exit code 1 when something misses its aim.
pub fn run(wish: &args::Bench) -> Result<ExitCode> {
    let paths = Paths::find()?;
    if wish.build {
        build(&paths, false)?;
    }
    let json = wish
        .json
        .clone()
        .unwrap_or_else(|| paths.root.join("target/bench-query.json"));
    let kept = wish
        .kept
        .clone()
        .unwrap_or_else(|| std::env::temp_dir().join("minsheng-bench"));
    let sizes = wish.tickets.map_or(SIZES.to_vec(), |one| vec![one]);
    let (mut runs, mut over): (Vec<Run>, usize) = (Vec::new(), 0);
    for database in &wish.databases {
        let cluster = (*database == "postgres")
            .then(|| Cluster::kept(&paths, &kept.join("postgres")))
            .transpose()?;
        for tickets in &sizes {
            let mut run = Run {
                database,
                tickets: *tickets,
                load: (load(), String::new()),
                rows: Vec::new(),
            };
            let ended = measure(&paths, &kept, cluster.as_ref(), &mut run);
            run.load.1 = load();
            over += table::print(&run);
            runs.push(run);
            let text = serde_json::to_string_pretty(&table::json(&runs, machine()))?;
            fs::write(&json, text).with_context(|| format!("cannot write {}", json.display()))?;
            ended?;
        }
    }
    println!(
        "\n{over} miss their aim; all figures in {}, databases in {}",
        json.display(),
        kept.display()
    );
    Ok(if over == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn measure(paths: &Paths, kept: &Path, cluster: Option<&Cluster>, run: &mut Run) -> Result<()> {
    let name = format!("query-{}-{}", run.database, run.tickets);
    let folder: PathBuf = kept.join(&name);
    let fresh = !Server::is_made(&folder);
    let postgres = cluster
        .map(|it| it.kept_database(paths, &name.replace('-', "_"), fresh))
        .transpose()?;
    let (count, today) = (run.tickets.to_string(), today()?);
    let make = Make {
        name: &name,
        profile: "release",
        postgres,
        site: Grade::Release.site(),
        demo: &[
            "--tickets",
            &count,
            "--months",
            "12",
            "--until",
            &today,
            "--seed",
            "12345",
        ],
        disk: None,
    };
    let said = format!("{}: {} tickets", run.database, run.tickets);
    let (mut server, last) = step(&said, || Server::kept(paths, &make, &folder))?;
    let last = last
        .trim()
        .parse::<NaiveDate>()
        .context("last day of the demo")?;
    let baselines: Vec<Row> = step(&format!("{}: plain SQL", run.database), || {
        services(paths, &server, run.tickets, &BASELINES)
    })?;
    server.start()?;
    let asked = questions::of(run.tickets, last);
    let rows = step(&format!("{}: asking", run.database), || {
        ask::all(&server, &asked, &baselines)
    });
    server.end()?;
    run.rows.extend(rows?);
    run.rows.extend(baselines);
    Ok(())
}

/// Of the machine; the demo ends there when it is loaded.
fn today() -> Result<String> {
    let said = Command::new("date").arg("+%F").output()?;
    Ok(String::from_utf8(said.stdout)?.trim().to_owned())
}
