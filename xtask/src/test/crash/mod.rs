//! The server is killed under load, 25 times on each database, and on until every road of a ticket is walked: nothing acknowledged is lost, nothing is doubled. On PostgreSQL a second server
//! runs beside it all the time and takes part in what clocks and services do. At the end the audit must still be one unbroken chain.
//! Then keys are renewed, and who seals anew is killed (`keys`). Then the database is lost while the servers live: a disk that fills, connections
//! that are cut (`outage`). Last it is counted what people were told (`told`).
//! Clients register tickets and file approvals by REST with idempotency keys; after each kill every key is sent again. One sends files in parts, two
//! carry tickets through all the main verbs (`roads`).
//! Read next: `server.rs`; the promise is invariant I4 of ARCHITECTURE.md.

mod approvals;
mod files;
mod keys;
mod outage;
mod roads;
mod steps;
mod told;

use super::Work;
use crate::{http, report::Tally, server::Server, shell::append};
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write,
    path::Path,
    thread::{self, ScopedJoinHandle},
    time::Duration,
};

use roads::{Roads, Trip};
use told::{Expected, Told};

/// Kills at least, and at most where a slow database lets the clients begin few roads in a round.
const KILLS: u32 = 25;
const MOST_KILLS: u32 = 45;
const CLIENTS: u32 = 4;
/// A word that no demo ticket has; the list is asked for it at the end.
const MARK: &str = "crashtrial";

/// One check for each database. What people were told is counted last, when the leases of the last kill are over.
pub fn run(work: &mut Work, log: &Path) -> Result<Tally> {
    let postgres = work.postgres_database("crash")?;
    let mut tally = Tally::default();
    let mut survived = Vec::new();
    for (name, url) in [("crash-sqlite", None), ("crash-postgres", Some(postgres))] {
        let is_shared = url.is_some();
        let outcome =
            Server::prepare(&work.paths, name, url).and_then(|server| trial(server, is_shared));
        let mut out = append(log)?;
        match outcome {
            Ok(one) => {
                let (keys, kills) = (one.keys, one.kills);
                writeln!(
                    out,
                    "{name}: {kills} kills, {} tickets, {} approvals, {} files, {} verbs, none lost, none doubled",
                    keys[0], keys[1], keys[2], keys[3]
                )?;
                survived.push((name, one));
            }
            Err(error) => {
                writeln!(out, "{name}: {error:#}")?;
                tally += Tally::one(false);
            }
        }
    }
    tally += outage::run(work, log)?;
    for (name, one) in survived {
        let outcome = one.settle();
        let mut out = append(log)?;
        match &outcome {
            Ok(told) => writeln!(
                out,
                "{name}: {} messages, {} notices, none lost, none doubled",
                told[0], told[1]
            )?,
            Err(error) => writeln!(out, "{name}: {error:#}")?,
        }
        tally += Tally::one(outcome.is_ok());
    }
    Ok(tally)
}

/// A server behind its last kill.
struct Survived {
    server: Server,
    kills: u32,
    /// Tickets, approvals, files and verbs that were sent.
    keys: [usize; 4],
    told: Told,
}

impl Survived {
    /// Counts what people were told, and ends the server.
    fn settle(self) -> Result<[usize; 2]> {
        let counts = self.told.check(&self.server)?;
        // Clocks with their ledger, and everything else that is kept twice.
        self.server.run(&["check"])?;
        self.server.stop()?;
        Ok(counts)
    }
}

/// Kills and restarts, `is_shared` beside a second server.
fn trial(mut server: Server, is_shared: bool) -> Result<Survived> {
    let agent = agent(&server)?;
    let handler = account(&server, |one| one["username"] == "nj.cgj.handler")?;
    let manager = account(&server, |one| one["role"] == "provincial_manager")?;
    server.start()?;
    approvals::deploy(server.port, &sign_in(&server, &manager)?)?;
    server.kill()?;
    let beside = is_shared.then(|| server.beside()).transpose()?;
    let (mut known, mut filed) = (BTreeMap::new(), BTreeMap::new());
    let (mut papers, mut roads) = (Vec::new(), Roads::default());
    let mut kills = 0;
    while kills < KILLS || (roads.missed() > 0 && kills < MOST_KILLS) {
        let round = kills;
        kills += 1;
        server.start()?;
        let tokens = Tokens {
            agent: sign_in(&server, &agent)?,
            handler: sign_in(&server, &handler)?,
        };
        let Load { sent, begun, trips } = load(&mut server, &tokens, (round, &mut roads))?;
        // Their tokens outlive the server: who signs in more than fifty times an hour is slowed.
        server.start()?;
        let (key, answer) = (begun.sent.key.clone(), begun.sent.answer.clone());
        let what = What::Ticket;
        let sent = sent.into_iter().chain([Sent { key, what, answer }]);
        papers.extend(files::finish(server.port, &tokens.agent, begun)?);
        roads.finish(server.port, trips)?;
        for Sent { key, what, answer } in sent {
            let again = send(server.port, &tokens, what, &key)?
                .with_context(|| format!("{key} is refused"))?;
            if let Some(first) = answer {
                ensure!(
                    first == again,
                    "round {round}: {key} was acknowledged as {first}, now it is {again}"
                );
            }
            match what {
                What::Ticket => known.insert(key, again),
                What::Approval => filed.insert(key, again),
            };
        }
        server.kill()?;
    }
    server.start()?;
    let mut told = Told::begin();
    approvals::check(&server, &sign_in(&server, &handler)?, &filed)?;
    let token = sign_in(&server, &agent)?;
    compare(&server, &token, &known)?;
    files::check(server.port, &token, &papers)?;
    roads.crew(&server, 0)?;
    let verbs = roads.check(server.port)?;
    for number in known.values() {
        told.expect(number, Expected::plain());
    }
    roads.told(&mut told)?;
    drop(beside);
    keys::renew(&mut server, &token, &papers)?;
    server.run(&["audit", "verify"])?;
    server.run(&["check"])?;
    let keys = [known.len(), filed.len(), papers.len(), verbs];
    Ok(Survived {
        server,
        kills,
        keys,
        told,
    })
}

/// Every acknowledged ticket is in the list once, and nothing else is.
fn compare(server: &Server, token: &str, known: &BTreeMap<String, String>) -> Result<()> {
    let wanted: BTreeSet<String> = known.values().cloned().collect();
    ensure!(wanted.len() == known.len(), "two keys have one ticket");
    let listed = listed(server, token)?;
    let lost = wanted.difference(&listed).count();
    ensure!(
        lost == 0,
        "{lost} of {} acknowledged tickets are not in the list",
        wanted.len()
    );
    ensure!(
        listed.len() == wanted.len(),
        "{} tickets for {} keys",
        listed.len(),
        wanted.len()
    );
    Ok(())
}

/// Who sends what.
struct Tokens {
    agent: String,
    handler: String,
}

/// What a client sends.
#[derive(Debug, Clone, Copy, PartialEq)]
enum What {
    Ticket,
    Approval,
}

/// A key that was sent, and the number or id if it was acknowledged.
struct Sent {
    key: String,
    what: What,
    answer: Option<String>,
}

fn send(port: u16, tokens: &Tokens, what: What, key: &str) -> Result<Option<String>> {
    match what {
        What::Ticket => register(port, &tokens.agent, key),
        What::Approval => approvals::file(port, &tokens.handler, key),
    }
}

/// What was sent before a kill.
struct Load {
    sent: Vec<Sent>,
    begun: files::Begun,
    trips: Vec<Trip>,
}

/// Lets the clients send until the server is killed, each time a little later; the last of them files approvals, one more sends files, and some carry
/// tickets on their roads.
fn load(server: &mut Server, tokens: &Tokens, (round, roads): (u32, &mut Roads)) -> Result<Load> {
    let port = server.port;
    let (crew, mut open) = (roads.crew(server, round)?, roads.open());
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let what = if client + 1 == CLIENTS {
                    What::Approval
                } else {
                    What::Ticket
                };
                scope.spawn(move || client_until_cut(port, tokens, what, (round, client)))
            })
            .collect();
        let key = format!("{MARK}-{round}-files");
        let papers = scope.spawn(move || files::client(port, &tokens.agent, key));
        let carriers: Vec<_> = (0..roads::CLIENTS)
            .map(|client| {
                let (crew, open) = (&crew, open.pop());
                // A word that the list of tickets is not asked for.
                let mark = format!("roads-{round}-{client}");
                scope.spawn(move || roads::client(port, crew, (&mark, round + client), open))
            })
            .collect();
        thread::sleep(Duration::from_millis(200 + u64::from(round * 37 % 400)));
        let killed = server.kill();
        let (mut sent, mut trips) = (Vec::new(), Vec::new());
        for client in clients {
            sent.extend(joined(client)?);
        }
        for carrier in carriers {
            trips.extend(joined(carrier)?);
        }
        let begun = joined(papers)?;
        killed?;
        ensure!(
            sent.iter().any(|one| one.answer.is_some()),
            "round {round}: nothing was acknowledged"
        );
        Ok(Load { sent, begun, trips })
    })
}

fn joined<T>(client: ScopedJoinHandle<'_, Result<T>>) -> Result<T> {
    match client.join() {
        Ok(done) => done,
        Err(_) => bail!("a client of the crash trial panicked"),
    }
}

fn client_until_cut(
    port: u16,
    tokens: &Tokens,
    what: What,
    (round, client): (u32, u32),
) -> Result<Vec<Sent>> {
    let mut sent = Vec::new();
    for number in 0..10_000 {
        let key = format!("{MARK}-{round}-{client}-{number}");
        let answer = send(port, tokens, what, &key)?;
        let cut = answer.is_none();
        sent.push(Sent { key, what, answer });
        if cut {
            break;
        }
    }
    Ok(sent)
}

/// The ticket's number, or nothing when the connection was cut; a refusal is an error.
fn register(port: u16, token: &str, key: &str) -> Result<Option<String>> {
    let Ok(answer) = ask_to_register(port, token, key) else {
        return Ok(None);
    };
    ensure!(
        matches!(answer.status, 200 | 201),
        "POST /tickets answers {}: {}",
        answer.status,
        answer.body
    );
    Ok(Some(name(What::Ticket, &answer.body)?))
}

fn ask_to_register(port: u16, token: &str, key: &str) -> Result<http::Answer> {
    let body = json!({
        "kind": "complaint",
        "channel": "phone",
        "content": format!("{MARK} 小区北门路灯不亮，晚上看不清路，请派人来修。编号{key}。"),
        "region": "320102",
        "address": "中山路一号",
        "citizen": {"name": "王试", "phone": "13800000000"},
    });
    let bearer = format!("Bearer {token}");
    let headers = [("Authorization", bearer.as_str()), ("Idempotency-Key", key)];
    http::ask(port, "POST /api/v1/tickets", &headers, &body.to_string())
}

/// The number or id of what was made.
fn name(what: What, body: &str) -> Result<String> {
    let answer: Value = serde_json::from_str(body)?;
    let field = match what {
        What::Ticket => "ticket_no",
        What::Approval => "id",
    };
    let name = answer[field].as_str();
    Ok(name
        .with_context(|| format!("the answer has no {field}"))?
        .to_owned())
}

/// Every ticket number with our mark, page by page.
fn listed(server: &Server, token: &str) -> Result<BTreeSet<String>> {
    let bearer = format!("Bearer {token}");
    let mut numbers = BTreeSet::new();
    let mut cursor = String::new();
    loop {
        let head = format!("GET /api/v1/tickets?q={MARK}&limit=200{cursor}");
        let answer = http::ask(server.port, &head, &[("Authorization", &bearer)], "")?;
        ensure!(
            answer.status == 200,
            "GET /tickets answers {}: {}",
            answer.status,
            answer.body
        );
        let page: Value = serde_json::from_str(&answer.body)?;
        for item in page["items"].as_array().context("a list has items")? {
            let number = item["ticket_no"]
                .as_str()
                .context("a ticket has a number")?;
            ensure!(
                numbers.insert(number.to_owned()),
                "{number} is listed twice"
            );
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return Ok(numbers),
        }
    }
}

fn sign_in(server: &Server, account: &Value) -> Result<String> {
    let body = json!({"username": account["username"], "password": account["password"]});
    let answer = http::ask(server.port, "POST /api/v1/sessions", &[], &body.to_string())?;
    ensure!(
        matches!(answer.status, 200 | 201),
        "POST /sessions answers {}: {}",
        answer.status,
        answer.body
    );
    let answer: Value = serde_json::from_str(&answer.body)?;
    Ok(answer["access_token"]
        .as_str()
        .context("the answer has no access_token")?
        .to_owned())
}

/// An agent of Nanjing, where the trial's complaints happen.
fn agent(server: &Server) -> Result<Value> {
    let accounts: Vec<Value> = serde_json::from_str(&fs::read_to_string(&server.accounts)?)?;
    let agents: Vec<Value> = accounts
        .into_iter()
        .filter(|one| one["role"] == "agent")
        .collect();
    let near = agents.iter().find(|one| {
        one["unit"]
            .as_str()
            .is_some_and(|unit| unit.contains("南京"))
    });
    near.or(agents.first())
        .cloned()
        .context("the demo has no account with the role agent")
}

/// The first account of the demo that fits.
fn account(server: &Server, fits: impl Fn(&Value) -> bool) -> Result<Value> {
    let accounts: Vec<Value> = serde_json::from_str(&fs::read_to_string(&server.accounts)?)?;
    accounts
        .into_iter()
        .find(fits)
        .context("the demo lacks an account of the trial")
}
