//! The database is lost under load while the servers live: on SQLite the disk fills, on PostgreSQL (two servers) connections are cut and the
//! server is stopped. Writes are refused with words, reads go on where they can, and without a restart all is well again: every acknowledged
//! ticket and approval is there once, refused ones are not, and every refused key can be sent again.
//! Not here: killing our own servers (`crash`).

use super::{
    CLIENTS, Tokens, What, account, agent, append, approvals, ask_to_register, compare, listed,
    name, send, sign_in,
};
use crate::{disk, http, report::Tally, server::Server, test::Work};
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    path::Path,
    sync::atomic::{AtomicBool, AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

/// Room for the data, and for the 200 MB below which a server is not ready.
const DISK_MB: u32 = 360;
/// How often the disk fills, and how often connections are cut.
const TIMES: u32 = 3;
/// How long clients go on in each state.
const SPELL: Duration = Duration::from_secs(3);
/// All must be well again within this time.
const PATIENCE: Duration = Duration::from_secs(30);
/// After PostgreSQL is back, a write must come through within this time.
const BACK_WITHIN: Duration = Duration::from_secs(2);

/// Both rounds.
pub fn run(work: &mut Work, log: &Path) -> Result<Tally> {
    let mut tally = Tally::default();
    let mut out = append(log)?;
    if let Some(why) = disk::refused() {
        writeln!(
            out,
            "crash-disk: skipped, nothing can be mounted here: {why}"
        )?;
        println!("crash-disk: skipped, nothing can be mounted here: {why}");
        ensure!(std::env::var("CI").is_err(), "mounting is needed in CI");
    } else {
        tally += told(&mut out, "crash-disk", full_disk(work))?;
    }
    tally += told(&mut out, "crash-away", lost_connections(work))?;
    Ok(tally)
}

fn told(out: &mut impl Write, name: &str, outcome: Result<Counts>) -> Result<Tally> {
    match &outcome {
        Ok(counts) => writeln!(out, "{name}: {counts}")?,
        Err(error) => writeln!(out, "{name}: {error:#}")?,
    }
    Ok(Tally::one(outcome.is_ok()))
}

/// What the clients met.
#[derive(Debug, Default)]
struct Counts {
    tickets: BTreeMap<String, String>,
    approvals: BTreeMap<String, String>,
    /// Keys that were refused: nothing may be there.
    refused: Vec<(What, String)>,
    /// Keys whose outcome is unknown, or whose connection was cut.
    unknown: Vec<(What, String)>,
    /// Codes of the refusals.
    codes: BTreeMap<String, u32>,
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} tickets, {} approvals, none lost, none doubled; {} writes refused, {} unknown, all done when sent again; answers {:?}",
            self.tickets.len(),
            self.approvals.len(),
            self.refused.len(),
            self.unknown.len(),
            self.codes
        )
    }
}

impl Counts {
    fn keep(&mut self, what: What, key: String, made: String) {
        match what {
            What::Ticket => self.tickets.insert(key, made),
            What::Approval => self.approvals.insert(key, made),
        };
    }

    fn add(&mut self, other: Self) {
        self.tickets.extend(other.tickets);
        self.approvals.extend(other.approvals);
        self.refused.extend(other.refused);
        self.unknown.extend(other.unknown);
        for (code, count) in other.codes {
            *self.codes.entry(code).or_default() += count;
        }
    }

    /// One answer; only the refusals of a database that is away are right.
    fn note(&mut self, what: What, key: String, answer: Result<http::Answer>) -> Result<()> {
        let Ok(answer) = answer else {
            self.unknown.push((what, key));
            return Ok(());
        };
        if matches!(answer.status, 200 | 201) {
            self.keep(what, key, name(what, &answer.body)?);
            return Ok(());
        }
        ensure!(
            answer.status == 503,
            "{key} is answered with {}: {}",
            answer.status,
            answer.body
        );
        let body: Value = serde_json::from_str(&answer.body)?;
        let code = body["code"]
            .as_str()
            .context("a refusal has a code")?
            .to_owned();
        ensure!(
            body["message"]
                .as_str()
                .is_some_and(|words| words.len() > 20),
            "a refusal without words: {}",
            answer.body
        );
        match code.as_str() {
            "outcome.unknown" => self.unknown.push((what, key)),
            "busy" | "storage.full" | "database.away" => self.refused.push((what, key)),
            other => bail!("{key} is refused as {other}"),
        }
        *self.codes.entry(code).or_default() += 1;
        Ok(())
    }
}

/// Clients send until they are told to stop, in turn to each server; meanwhile `trouble` is made, which sees how many were refused.
fn under_load(
    ports: &[u16],
    tokens: &Tokens,
    mark: &str,
    trouble: impl FnOnce(&AtomicU32) -> Result<()>,
) -> Result<Counts> {
    let (stop, refused) = (AtomicBool::new(false), AtomicU32::new(0));
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let what = if client + 1 == CLIENTS {
                    What::Approval
                } else {
                    What::Ticket
                };
                let (stop, refused) = (&stop, &refused);
                scope.spawn(move || -> Result<Counts> {
                    let mut counts = Counts::default();
                    for (number, port) in (0_u32..).zip(ports.iter().cycle()) {
                        if stop.load(Ordering::Acquire) {
                            break;
                        }
                        let key = format!("{mark}-{client}-{number}");
                        let answer = match what {
                            What::Ticket => ask_to_register(*port, &tokens.agent, &key),
                            What::Approval => approvals::ask_to_file(*port, &tokens.handler, &key),
                        };
                        let was_good = answer.as_ref().is_ok_and(|it| it.status < 300);
                        counts.note(what, key, answer)?;
                        if !was_good {
                            refused.fetch_add(1, Ordering::AcqRel);
                            thread::sleep(Duration::from_millis(20));
                        }
                    }
                    Ok(counts)
                })
            })
            .collect();
        let made = trouble(&refused);
        stop.store(true, Ordering::Release);
        let mut all = Counts::default();
        for client in clients {
            match client.join() {
                Ok(part) => all.add(part?),
                Err(_) => bail!("a client of the crash trial panicked"),
            }
        }
        made?;
        Ok(all)
    })
}

fn is_ready(port: u16) -> bool {
    http::ask(port, "GET /health/ready", &[], "").is_ok_and(|answer| answer.status == 200)
}

fn until(what: &str, within: Duration, mut holds: impl FnMut() -> bool) -> Result<()> {
    let begun = Instant::now();
    while !holds() {
        ensure!(begun.elapsed() < within, "{what}: not within {within:?}");
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

fn tokens(server: &Server) -> Result<Tokens> {
    let handler = account(server, |one| one["username"] == "nj.cgj.handler")?;
    Ok(Tokens {
        agent: sign_in(server, &agent(server)?)?,
        handler: sign_in(server, &handler)?,
    })
}

fn deploy(server: &Server) -> Result<()> {
    let manager = account(server, |one| one["role"] == "provincial_manager")?;
    approvals::deploy(server.port, &sign_in(server, &manager)?)
}

/// The disk fills and is freed, again and again.
fn full_disk(work: &Work) -> Result<Counts> {
    let mut server = Server::prepare_on_disk(&work.paths, "crash-disk", DISK_MB)?;
    server.start()?;
    deploy(&server)?;
    let tokens = tokens(&server)?;
    let port = server.port;
    let mut all = Counts::default();
    for round in 0..TIMES {
        let disk = server.disk().context("a small disk")?;
        let counts = under_load(&[port], &tokens, &format!("disk-{round}"), |refused| {
            thread::sleep(SPELL / 3);
            // A little room each time, so that another step fails first.
            disk.fill(u64::from(round) * 40_960)?;
            until("a full disk is not ready", PATIENCE, || !is_ready(port))?;
            // The database may still write into what its files have already.
            let begun = Instant::now();
            while refused.load(Ordering::Acquire) == 0 && begun.elapsed() < SPELL * 3 {
                thread::sleep(Duration::from_millis(20));
            }
            thread::sleep(SPELL);
            ensure!(listed(&server, &tokens.agent).is_ok(), "reads do not go on");
            disk.free()?;
            until("ready again", PATIENCE, || is_ready(port))?;
            thread::sleep(SPELL / 3);
            Ok(())
        })?;
        all.add(counts);
    }
    ensure!(!all.refused.is_empty(), "the disk was never full");
    finish(server, tokens, all, &[port])
}

/// PostgreSQL cuts every connection, and goes away and comes back, under two servers.
fn lost_connections(work: &mut Work) -> Result<Counts> {
    const DATABASE: &str = "outage";
    let url = work.postgres_database(DATABASE)?;
    let mut server = Server::prepare(&work.paths, "crash-away", Some(url))?;
    server.start()?;
    deploy(&server)?;
    let tokens = tokens(&server)?;
    let beside = server.beside()?;
    let ports = [server.port, beside.port];
    let mut all = Counts::default();
    let (paths, cluster) = work.cluster()?;
    for round in 0..TIMES {
        let counts = under_load(&ports, &tokens, &format!("cut-{round}"), |_| {
            for _ in 0..5 {
                thread::sleep(SPELL / 5);
                ensure!(cluster.cut(DATABASE)? > 0, "nobody was connected");
            }
            thread::sleep(SPELL / 5);
            Ok(())
        })?;
        all.add(counts);
    }
    let counts = under_load(&ports, &tokens, "away", |_| {
        thread::sleep(SPELL / 3);
        cluster.stop()?;
        for port in ports {
            until("a server without database is not ready", PATIENCE, || {
                !is_ready(port)
            })?;
        }
        thread::sleep(SPELL);
        cluster.start_again(paths)?;
        for port in ports {
            until("ready again", BACK_WITHIN * 3, || is_ready(port))?;
        }
        thread::sleep(SPELL / 3);
        Ok(())
    })?;
    ensure!(
        counts.codes.contains_key("database.away"),
        "nobody was told that it is away"
    );
    all.add(counts);
    let lines = std::fs::read_to_string(server.log())?;
    let told = lines.lines().filter(|line| line.contains("ERROR")).count();
    ensure!(told < 40, "{told} lines of errors for one outage");
    let counts = finish(server, tokens, all, &ports)?;
    drop(beside);
    Ok(counts)
}

/// Refused ones are not there, are done when they are sent again, and everything is there once, also after a restart.
fn finish(mut server: Server, tokens: Tokens, mut all: Counts, ports: &[u16]) -> Result<Counts> {
    let there = listed(&server, &tokens.agent)?;
    let known: BTreeSet<String> = all.tickets.values().cloned().collect();
    let lost = known.difference(&there).count();
    ensure!(
        lost == 0,
        "{lost} of {} acknowledged tickets are not in the list",
        known.len()
    );
    let more = there.difference(&known).count();
    let perhaps = all
        .unknown
        .iter()
        .filter(|one| one.0 == What::Ticket)
        .count();
    ensure!(
        more <= perhaps,
        "{more} tickets that were refused are there ({perhaps} unknown)"
    );
    let again: Vec<_> = all.refused.iter().chain(&all.unknown).cloned().collect();
    for ((what, key), port) in again.into_iter().zip(ports.iter().cycle()) {
        let made = send(*port, &tokens, what, &key)?;
        let made = made.with_context(|| format!("{key} is cut off"))?;
        all.keep(what, key, made);
    }
    approvals::check(&server, &tokens.handler, &all.approvals)?;
    compare(&server, &tokens.agent, &all.tickets)?;
    server.run(&["audit", "verify"])?;
    server.restart()?;
    compare(&server, &tokens.agent, &all.tickets)?;
    server.stop()?;
    Ok(all)
}
