//! Pages over HTTP, asked by each kind of scope, by one client and by sixteen at once, each beside the SQL of the same question.
//! The measures of creating and of verbs have run before on the same database: thousands of writes, as of an hour.
//! Read next: `bench/src/persons.rs`, whose questions these are.

use super::{Row, page};
use crate::server::Server;
use anyhow::{Context as _, Result, ensure};
use std::{
    thread,
    time::{Duration, Instant},
};

/// Kind of scope and somebody who has it.
const PERSONS: &[(&str, &str)] = &[
    ("own", "nj.agent"),
    ("unit", "nj.zjj.liaison"),
    ("tree", "nj.zjj.reviewer"),
    ("city", "nj.supervisor"),
    ("province", "js.analyst"),
    ("all", "js.manager"),
];

/// Name, path, and the name of the measure with the same SQL.
const PATHS: &[(&str, &str, &str)] = &[
    ("list", "/tickets", "list"),
    ("due", "/tickets?sort=due_at", "due"),
    (
        "updated",
        "/tickets?state=CLOSED&sort=-updated_at",
        "updated",
    ),
    ("oldest", "/tickets?light=red&sort=accepted_at", "oldest"),
    ("county", "/tickets?region=320106&state=CLOSED", "county"),
    ("search", "/tickets?q=%E5%8F%8D%E6%98%A0", "search"),
    ("tasks", "/tasks", ""),
    ("approvals", "/approvals", ""),
    ("report", "/reports/overview?from=2026-01-01", "report"),
    ("export", "/tickets/export.csv?state=HANDLING", ""),
];

/// Clients at once.
const CROWD: usize = 16;
/// Requests of each of them.
const EACH: usize = 3;
/// Requests of the single client at most, and the time in which no new one begins.
const ALONE: usize = 15;
const TIME: Duration = Duration::from_secs(2);

/// Every page by every person; what a person may not see is left out.
pub fn measure(server: &Server, services: &[Row]) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (kind, person) in PERSONS {
        let cookies = page::sign_in(server, person)?;
        for (name, path, sql) in PATHS {
            if page::get(server, path, &cookies, "br")?.status == 403 {
                continue;
            }
            let of_sql = format!("person.{kind}.{sql}");
            let baseline = services.iter().find(|row| row.name == of_sql);
            let row = |clients: usize, times: Vec<f64>, note: String| Row {
                name: format!("http.{kind}.{name}.{clients}"),
                what: format!("{person}: {path}{note}"),
                unit: "ms".to_owned(),
                runs: times.len() as u64,
                value: Some(median(times)),
                baseline: baseline.and_then(|row| row.baseline),
                against: "the same SQL through sqlx".to_owned(),
                ..Row::default()
            };
            rows.push(row(1, alone(server, path, &cookies)?, String::new()));
            // An export of a person is one at a time.
            if *name != "export" {
                let start = Instant::now();
                let (times, refused) = crowd(server, path, &cookies)?;
                let rate = times.len() as f64 / start.elapsed().as_secs_f64();
                let refused = match refused {
                    0 => String::new(),
                    some => format!(", {some} refused as busy"),
                };
                rows.push(row(CROWD, times, format!(", {rate:.0} a second{refused}")));
            }
        }
    }
    Ok(rows)
}

fn alone(server: &Server, path: &str, cookies: &str) -> Result<Vec<f64>> {
    let (start, mut times) = (Instant::now(), Vec::new());
    while times.is_empty() || (times.len() < ALONE && start.elapsed() < TIME) {
        let time = timed(server, path, cookies)?;
        times.push(time.with_context(|| format!("{path} is busy for one client"))?);
    }
    Ok(times)
}

/// The times of all that were answered, and how many were refused.
fn crowd(server: &Server, path: &str, cookies: &str) -> Result<(Vec<f64>, usize)> {
    thread::scope(|scope| {
        let client = || (0..EACH).map(|_| timed(server, path, cookies)).collect();
        let clients: Vec<_> = (0..CROWD).map(|_| scope.spawn(client)).collect();
        let mut all: Vec<Option<f64>> = Vec::new();
        for client in clients {
            let times: Result<Vec<Option<f64>>> = client
                .join()
                .map_err(|_| anyhow::anyhow!("a client ended early"))?;
            all.extend(times?);
        }
        let asked = all.len();
        let times: Vec<f64> = all.into_iter().flatten().collect();
        let refused = asked - times.len();
        ensure!(!times.is_empty(), "{path} is busy for everybody");
        Ok((times, refused))
    })
}

/// Milliseconds of one request; nothing where it was refused as busy, and anything else but 200 is an error.
fn timed(server: &Server, path: &str, cookies: &str) -> Result<Option<f64>> {
    let start = Instant::now();
    let answer = page::get(server, path, cookies, "br")?;
    if answer.status == 503 {
        return Ok(None);
    }
    ensure!(answer.status == 200, "{path} answers {}", answer.status);
    Ok(Some(start.elapsed().as_secs_f64() * 1000.0))
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}
