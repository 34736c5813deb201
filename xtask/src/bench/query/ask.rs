//! Asks and times: one client, then sixteen at once, and of files the first and the last byte.
//! Each request is a connection of its own, as behind a proxy that keeps none; it is part of every time.
//! Not here: the questions (`questions.rs`).

use super::questions::{How, PERSONS, Question};
use crate::{
    bench::{Row, page},
    http,
    server::Server,
};
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::{
    fs, thread,
    time::{Duration, Instant},
};

/// Requests of the single client at most, and the time in which no new one begins.
const ALONE: usize = 21;
const TIME: Duration = Duration::from_secs(3);
/// Runs of what takes long.
const FEW: usize = 5;
/// Clients at once, and how long they ask.
const CROWD: usize = 16;
const CROWD_TIME: Duration = Duration::from_secs(4);

/// Who asks: cookies for pages, a token for REST.
struct Asker {
    kind: &'static str,
    person: &'static str,
    cookies: String,
    token: String,
}

/// Every question by every person; what somebody may not ask is left out.
pub fn all(server: &Server, questions: &[Question], baselines: &[Row]) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (kind, person) in PERSONS {
        let asker = Asker {
            kind,
            person,
            cookies: page::sign_in(server, person)?,
            token: token(server, person)?,
        };
        for question in questions {
            rows.extend(one(server, &asker, question, baselines)?);
        }
        rows.extend(ticket(server, &asker, baselines)?);
    }
    Ok(rows)
}

fn one(server: &Server, asker: &Asker, question: &Question, sql: &[Row]) -> Result<Vec<Row>> {
    match get(server, asker, &question.path)?.status {
        200 => {}
        403 => return Ok(Vec::new()),
        other => bail!("{} for {}: {other}", question.path, asker.person),
    }
    let of_sql = format!("person.{}.{}", asker.kind, question.sql);
    let baseline = sql.iter().find(|row| row.name == of_sql);
    let row = |end: &str, value: f64, unit: &str, runs: usize| Row {
        name: format!("query.{}.{}.{end}", asker.kind, question.name),
        what: format!("{}: {}", asker.person, question.path),
        unit: unit.to_owned(),
        value: Some(value),
        runs: runs as u64,
        baseline: baseline.and_then(|it| it.baseline).filter(|_| end == "1"),
        against: "the same SQL through sqlx".to_owned(),
        ..Row::default()
    };
    let few = matches!(question.how, How::Long | How::File);
    let times = alone(server, asker, &question.path, if few { FEW } else { ALONE })?;
    let mut rows = vec![row("1", quantile(&times, 50), "ms", times.len())];
    if question.how == How::File {
        let (first, lines) = first_byte(server, asker, &question.path)?;
        rows[0].rows = lines;
        rows[0].what.push_str(&format!(" ({lines} lines)"));
        rows.push(row("first", first, "ms", 1));
    }
    if matches!(question.how, How::Page | How::Rest) {
        let (times, rate) = crowd(server, asker, &question.path)?;
        rows.push(row("16.p50", quantile(&times, 50), "ms", times.len()));
        rows.push(row("16.p99", quantile(&times, 99), "ms", times.len()));
        rows.push(row("16.rate", rate, "1/s", times.len()));
    }
    if question.name == "list" {
        let id = server.process_id().context("the server runs")?;
        let (value, runs) = page::cpu_per_request(server, id, &question.path, &asker.cookies)?;
        rows.push(row("cpu", value, "ms", usize::try_from(runs)?));
    }
    Ok(rows)
}

/// The page of the newest ticket that the person sees.
fn ticket(server: &Server, asker: &Asker, baselines: &[Row]) -> Result<Option<Row>> {
    let list = get(server, asker, "/api/v1/tickets?limit=1")?;
    let list: Value = serde_json::from_slice(&list.body)?;
    let Some(id) = list["items"][0]["id"].as_str() else {
        return Ok(None);
    };
    let path = format!("/tickets/{id}");
    let times = alone(server, asker, &path, ALONE)?;
    let baseline = baselines.iter().find(|row| row.name == "ticket");
    Ok(Some(Row {
        name: format!("query.{}.ticket.1", asker.kind),
        what: format!("{}: a ticket's page", asker.person),
        unit: "ms".to_owned(),
        value: Some(quantile(&times, 50)),
        baseline: baseline.and_then(|it| it.baseline),
        against: "the same SQL through sqlx".to_owned(),
        runs: times.len() as u64,
        ..Row::default()
    }))
}

fn alone(server: &Server, asker: &Asker, path: &str, most: usize) -> Result<Vec<f64>> {
    let (start, mut times) = (Instant::now(), Vec::new());
    while times.len() < FEW || (times.len() < most && start.elapsed() < TIME) {
        times.push(timed(server, asker, path)?);
    }
    Ok(times)
}

/// Times of all, and requests a second.
fn crowd(server: &Server, asker: &Asker, path: &str) -> Result<(Vec<f64>, f64)> {
    let start = Instant::now();
    let client = || -> Result<Vec<f64>> {
        let mut times = Vec::new();
        while start.elapsed() < CROWD_TIME {
            times.push(timed(server, asker, path)?);
        }
        Ok(times)
    };
    let mut all = Vec::new();
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CROWD).map(|_| scope.spawn(client)).collect();
        for client in clients {
            let times = client.join();
            all.extend(times.map_err(|_| anyhow::anyhow!("a client ended early"))??);
        }
        Ok::<_, anyhow::Error>(())
    })?;
    let rate = all.len() as f64 / start.elapsed().as_secs_f64();
    Ok((all, rate))
}

fn timed(server: &Server, asker: &Asker, path: &str) -> Result<f64> {
    let start = Instant::now();
    let answer = get(server, asker, path)?;
    let took = start.elapsed().as_secs_f64() * 1000.0;
    ensure!(answer.status == 200, "{path} answers {}", answer.status);
    Ok(took)
}

/// Milliseconds to the first byte of the answer's head, and its lines.
fn first_byte(server: &Server, asker: &Asker, path: &str) -> Result<(f64, u64)> {
    let headers = [("Cookie", asker.cookies.as_str())];
    let start = Instant::now();
    let (first, answer) = http::first(server.port, &format!("GET {path}"), &headers)?;
    let lines = answer.split(|byte| *byte == b'\n').count() - 1;
    Ok((
        first.duration_since(start).as_secs_f64() * 1000.0,
        lines as u64,
    ))
}

fn get(server: &Server, asker: &Asker, path: &str) -> Result<http::Raw> {
    if !path.starts_with("/api/") {
        return page::get(server, path, &asker.cookies, "identity");
    }
    let bearer = format!("Bearer {}", asker.token);
    let headers = [("Authorization", bearer.as_str())];
    http::raw(server.port, &format!("GET {path}"), &headers, "")
}

fn token(server: &Server, person: &str) -> Result<String> {
    let accounts: Vec<Value> = serde_json::from_str(&fs::read_to_string(&server.accounts)?)?;
    let account = accounts.iter().find(|one| one["username"] == person);
    let password = account.and_then(|one| one["password"].as_str());
    let password = password.with_context(|| format!("the demo has no {person}"))?;
    let body = json!({"username": person, "password": password}).to_string();
    let answer = http::raw(server.port, "POST /api/v1/sessions", &[], &body)?;
    let said: Value = serde_json::from_slice(&answer.body)?;
    let token = said["access_token"].as_str().map(str::to_owned);
    token.with_context(|| format!("POST /api/v1/sessions answers {}", answer.status))
}

fn quantile(times: &[f64], of_100: usize) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len() * of_100).div_ceil(100).max(1) - 1;
    sorted.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn quantiles_are_values_that_were_seen() {
        let times = [4.0, 1.0, 3.0, 2.0];
        assert_eq!(super::quantile(&times, 50).to_bits(), 2.0_f64.to_bits());
        assert_eq!(super::quantile(&times, 99).to_bits(), 4.0_f64.to_bits());
    }
}
