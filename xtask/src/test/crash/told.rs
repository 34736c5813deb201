//! What people were told by the time that everything has settled: each ticket that was acknowledged has its one message of acceptance, no message is there twice, and
//! of each part its unit has one notice.
//! A kill leaves claimed messages behind; their lease is five minutes, so this looks at the end of all trials.
//! Not here: other messages of the day, which may wait for the morning (`notifications.quiet`): of those only that none is doubled.

use super::steps::HANDLER;
use super::{account, sign_in};
use crate::{http, server::Server};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    thread,
    time::{Duration, Instant},
};

/// Until when a message that was claimed before a kill has gone out: its lease, and a minute for those that wait with it.
const SETTLED: Duration = Duration::from_mins(6);
/// Between two looks.
const PAUSE: Duration = Duration::from_secs(2);
/// Digits of a ticket's number.
const NUMBER: usize = 22;
/// What only the message of acceptance says.
const ACCEPTED: &str = "您的诉求已受理";

/// What is to be told of one ticket.
#[derive(Debug, Clone, Copy)]
pub struct Expected {
    /// Parts of the unit whose notices are counted.
    pub assigned: usize,
    /// How often one message may have the same words: a ticket that is done again is answered again.
    pub alike: usize,
    /// Its citizen was erased: what had not gone out by then need not.
    pub is_erased: bool,
}

impl Expected {
    /// Of a ticket that was registered and nothing else.
    pub fn plain() -> Self {
        Self {
            assigned: 0,
            alike: 1,
            is_erased: false,
        }
    }
}

/// Everything that was acknowledged, by number, and since when nobody is killed any more.
pub struct Told {
    since: Instant,
    tickets: BTreeMap<String, Expected>,
}

/// Messages as they went out, by the number that they name.
type Bodies = BTreeMap<String, Vec<String>>;

impl Told {
    /// From now on nothing is killed.
    pub fn begin() -> Self {
        Self {
            since: Instant::now(),
            tickets: BTreeMap::new(),
        }
    }

    /// What is expected of a ticket; the latest word counts.
    pub fn expect(&mut self, number: &str, expected: Expected) {
        self.tickets.insert(number.to_owned(), expected);
    }

    /// Waits until nothing is under way, then compares; how many messages and notices were looked at.
    pub fn check(&self, server: &Server) -> Result<[usize; 2]> {
        let mut bodies = outside(&server.messages())?;
        while self.lacking(&bodies) > 0 && self.since.elapsed() < SETTLED {
            thread::sleep(PAUSE);
            bodies = outside(&server.messages())?;
        }
        let lost = self.lacking(&bodies);
        ensure!(lost == 0, "{lost} tickets have no message of acceptance");
        for (number, expected) in &self.tickets {
            let its = bodies.get(number).map(Vec::as_slice).unwrap_or_default();
            let accepted = its.iter().filter(|body| body.contains(ACCEPTED)).count();
            ensure!(accepted <= 1, "{number} was accepted {accepted} times");
            for body in its {
                let alike = its.iter().filter(|it| *it == body).count();
                ensure!(
                    alike <= expected.alike,
                    "{number} has the same message {alike} times: {body}"
                );
            }
        }
        let notices = inside(server)?;
        for (number, expected) in &self.tickets {
            let assigned = notices.get(number).copied().unwrap_or_default();
            ensure!(
                assigned == expected.assigned,
                "{number}: {assigned} notices of {} parts",
                expected.assigned
            );
        }
        let messages = bodies.values().map(Vec::len).sum();
        Ok([messages, notices.values().sum()])
    }

    /// Tickets whose citizen has not heard of the acceptance.
    fn lacking(&self, bodies: &Bodies) -> usize {
        let has = |number: &String| {
            let mut its = bodies.get(number).into_iter().flatten();
            its.any(|body| body.contains(ACCEPTED))
        };
        let all = self.tickets.iter();
        all.filter(|(number, expected)| !expected.is_erased && !has(number))
            .count()
    }
}

/// All messages that lie in the folder.
fn outside(folder: &Path) -> Result<Bodies> {
    let mut bodies = Bodies::new();
    let Ok(days) = fs::read_dir(folder) else {
        return Ok(bodies);
    };
    for day in days {
        for file in fs::read_dir(day?.path())? {
            let path = file?.path();
            if path.extension().is_none_or(|end| end != "json") {
                continue;
            }
            let message: Value = serde_json::from_str(&fs::read_to_string(&path)?)?;
            let body = message["body"].as_str().context("a message has a body")?;
            if let Some(number) = number(body) {
                bodies.entry(number).or_default().push(body.to_owned());
            }
        }
    }
    Ok(bodies)
}

/// The first ticket's number in a text.
fn number(text: &str) -> Option<String> {
    let mut runs = text.split(|c: char| !c.is_ascii_digit());
    runs.find(|run| run.len() == NUMBER).map(str::to_owned)
}

/// How many notices of a new part one person of the unit has, by the ticket's number.
fn inside(server: &Server) -> Result<BTreeMap<String, usize>> {
    let person = account(server, |one| one["username"] == HANDLER)?;
    let bearer = format!("Bearer {}", sign_in(server, &person)?);
    let mut counts = BTreeMap::new();
    let mut cursor = String::new();
    loop {
        let head = format!("GET /api/v1/notices?limit=200{cursor}");
        let answer = http::ask(server.port, &head, &[("Authorization", &bearer)], "")?;
        ensure!(
            answer.status == 200,
            "GET /notices answers {}: {}",
            answer.status,
            answer.body
        );
        let page: Value = serde_json::from_str(&answer.body)?;
        for notice in page["items"].as_array().context("a list has items")? {
            if notice["kind"] == "assigned" {
                let number = notice["ticket_no"].as_str().context("a number")?;
                *counts.entry(number.to_owned()).or_default() += 1;
            }
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return Ok(counts),
        }
    }
}
