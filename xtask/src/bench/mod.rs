//! `cargo xtask bench`: what the services, pages and files cost on a loaded database, each beside a baseline of the same run.
//! The services are measured by the program `minsheng-bench` (`bench/`), pages and files on a real server in the release profile.
//! Read next: `budget.rs` (what may cost how much), `page.rs`, `table.rs`.

pub mod args;
mod budget;
mod page;
mod persons;
mod query;
mod table;

use crate::{
    paths::Paths,
    postgres::Cluster,
    server::{Make, Server},
    setup,
    shell::{self, step},
    site::{self, Grade},
};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::{
    fs,
    process::{Command, ExitCode, Stdio},
    time::Instant,
};

/// One measure.
#[derive(Debug, Default)]
struct Row {
    name: String,
    what: String,
    unit: String,
    /// Absent when there was nothing to measure; the note says why.
    value: Option<f64>,
    baseline: Option<f64>,
    against: String,
    rows: u64,
    runs: u64,
    cpu_ms: Option<f64>,
    note: Option<String>,
}

impl Row {
    /// How many times dearer than the baseline; a rate is dearer when it is lower.
    fn ratio(&self) -> Option<f64> {
        let (value, baseline) = self.value.zip(self.baseline)?;
        let ratio = if self.unit == "1/s" {
            baseline / value
        } else {
            value / baseline
        };
        ratio.is_finite().then_some(ratio)
    }
}

/// Everything about one database and size.
struct Run {
    database: &'static str,
    tickets: u32,
    /// The machine's load of the last minute, before and after.
    load: (String, String),
    rows: Vec<Row>,
}

/// Builds, measures, prints; exit code 1 when something is over its budget.
pub fn run(wish: &args::Bench) -> Result<ExitCode> {
    if wish.query {
        return query::run(wish);
    }
    let paths = Paths::find()?;
    if wish.build {
        build(&paths, wish.site)?;
    }
    let json = wish
        .json
        .clone()
        .unwrap_or_else(|| paths.root.join("target/bench.json"));
    let (mut runs, mut over): (Vec<Run>, usize) = (Vec::new(), 0);
    for database in &wish.databases {
        let cluster = if *database == "postgres" {
            Some(Cluster::start_durable(&paths)?)
        } else {
            None
        };
        for tickets in wish.sizes() {
            let url = cluster
                .as_ref()
                .map(|cluster| cluster.database(&paths, &format!("bench_{tickets}")))
                .transpose()?;
            let mut run = Run {
                database,
                tickets,
                load: (load(), String::new()),
                rows: Vec::new(),
            };
            let ended = measure(&paths, wish, &mut run, url);
            run.load.1 = load();
            over += table::print(&run);
            if let Some(small) = runs.iter().find(|small| small.database == *database)
                && ended.is_ok()
            {
                over += table::print_growth(small, &run);
            }
            runs.push(run);
            // After each part, and of a part that is broken off too what it has found.
            fs::write(
                &json,
                serde_json::to_string_pretty(&table::json(&runs, machine()))?,
            )
            .with_context(|| format!("cannot write {}", json.display()))?;
            ended?;
        }
    }
    println!("\n{over} over budget; all figures in {}", json.display());
    Ok(if over == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn build(paths: &Paths, with_site: bool) -> Result<()> {
    let mut build = site::cargo(paths)?;
    // Both at once and of the whole workspace, as `package` builds, so that what they share is built once for all three.
    build.args(["build", "--release", "--locked", "--bin", "minsheng"]);
    build.args(["--bin", "minsheng-bench"]);
    if with_site {
        setup::for_build(paths)?;
        site::browser(paths, Grade::Release)?;
    }
    step("building the server and the bench program", || {
        shell::must(&mut build, &paths.log("bench"))
    })
}

/// Measures one database and size; what is found stands in `run` as soon as it is found.
fn measure(
    paths: &Paths,
    wish: &args::Bench,
    run: &mut Run,
    postgres: Option<String>,
) -> Result<()> {
    let (database, tickets) = (run.database, run.tickets);
    let name = format!("bench-{database}");
    let (count, start) = (tickets.to_string(), Instant::now());
    let mut server = step(&format!("{database}: loading {tickets} tickets"), || {
        Server::make(
            paths,
            Make {
                name: &name,
                profile: "release",
                postgres,
                site: Grade::Release.site(),
                demo: &["--tickets", &count, "--months", "12", "--seed", "12345"],
                disk: None,
            },
        )
    })?;
    let seconds = start.elapsed().as_secs_f64();
    run.rows.extend(demo(&server, tickets, seconds)?);
    let plans: Vec<&str> = wish.plans.then_some("--plans").into_iter().collect();
    run.rows.extend(step(
        &format!("{database}: measuring the services"),
        || services(paths, &server, tickets, &plans),
    )?);
    let of_server = step(&format!("{database}: measuring the server"), || {
        page::measure(&mut server, wish.site, &run.rows)
    })?;
    run.rows.extend(of_server);
    server.end()?;
    run.rows
        .extend(step(&format!("{database}: verifying the audit"), || {
            services(paths, &server, tickets, &["--only", "audit"])
        })?);
    // Last, since what it leaves in the database no page can show.
    run.rows.extend(step(
        &format!("{database}: a decree moves {tickets} clocks"),
        || services(paths, &server, tickets, &["--only", "clocks"]),
    )?);
    Ok(())
}

/// How fast the demo was loaded, the check at its end included, and what the check found.
fn demo(server: &Server, tickets: u32, seconds: f64) -> Result<Vec<Row>> {
    let text = fs::read_to_string(server.log())?;
    let line = text.lines().rfind(|line| line.starts_with("tickets="));
    let inconsistent = line
        .and_then(|line| {
            line.rsplit_once("inconsistent=")?
                .1
                .trim()
                .parse::<f64>()
                .ok()
        })
        .context("`minsheng demo` did not say how many tickets are inconsistent")?;
    Ok(vec![
        Row {
            name: "demo".to_owned(),
            what: format!("loaded and checked in {seconds:.0} s"),
            unit: "1/s".to_owned(),
            value: Some(f64::from(tickets) / seconds),
            rows: u64::from(tickets),
            runs: 1,
            ..Row::default()
        },
        Row {
            name: "demo.inconsistent".to_owned(),
            what: "found by the consistency check".to_owned(),
            value: Some(inconsistent),
            runs: 1,
            ..Row::default()
        },
    ])
}

/// Runs the bench program on the server's database, while the server is not running; what it says of its progress goes into the log.
fn services(paths: &Paths, server: &Server, cases: u32, words: &[&str]) -> Result<Vec<Row>> {
    let mut program = Command::new(paths.program("release", "minsheng-bench"));
    program
        .args(["--database-url", server.database()])
        .arg("--data")
        .arg(server.data())
        .args(["--cases", &cases.to_string()])
        .args(words)
        .current_dir(&paths.root)
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    let log = paths.log("bench-plans");
    program.stderr(shell::append(&log)?);
    let output = program.output().context("cannot start minsheng-bench")?;
    ensure!(
        output.status.success(),
        "minsheng-bench ended with {}; see {}",
        output.status,
        log.display()
    );
    let all: Value = serde_json::from_slice(&output.stdout)?;
    let measures = all["measures"].as_array().context("measures")?;
    Ok(measures.iter().map(row).collect())
}

fn row(measure: &Value) -> Row {
    let text = |name: &str| measure[name].as_str().unwrap_or_default().to_owned();
    Row {
        name: text("name"),
        what: text("what"),
        unit: text("unit"),
        value: measure["value"].as_f64(),
        baseline: measure["baseline"].as_f64(),
        against: text("against"),
        rows: measure["rows"].as_u64().unwrap_or(0),
        runs: measure["runs"].as_u64().unwrap_or(0),
        cpu_ms: measure["cpu_ms"].as_f64(),
        note: None,
    }
}

/// The machine's load of the last minute.
fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or("?").to_owned()
}

/// On what the figures were found.
fn machine() -> Value {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map(|rest| rest.trim_start_matches(['\t', ' ', ':']).to_owned());
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let total = memory
        .lines()
        .next()
        .map(|line| line.replace("MemTotal:", ""));
    json!({
        "cores": std::thread::available_parallelism().map_or(0, std::num::NonZero::get),
        "processor": model,
        "memory": total.map(|text| text.trim().to_owned()),
    })
}
