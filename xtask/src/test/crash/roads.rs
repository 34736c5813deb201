//! The verbs of tickets under the same kills: clients carry tickets along roads that have nearly all of them, each step by whoever does it in the demo. After each kill what was
//! acknowledged is answered the same when it is sent again, what was cut off is done, and the road goes on from there in the next round. At the end each
//! ticket's history has each step once, in its order.
//! Not here: the roads themselves (`steps`), killing (`crash`), what people were told of it (`told`). Versions come from the answers.

use super::steps::{AGENT, On, PEOPLE, ROADS, SUPERVISOR, Step, UNIT};
use super::told::{Expected, Told};
use super::{account, sign_in};
use crate::{http, server::Server};
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

/// Clients that carry tickets.
pub const CLIENTS: u32 = 2;
/// A token is good for ten minutes; nobody signs in at each start.
const SIGNED_IN: u32 = 5;
/// A request that was sent, and its answer if it was acknowledged.
struct Sent {
    by: &'static str,
    head: String,
    key: String,
    body: String,
    answer: Option<Value>,
}

/// A ticket on its road: how it was registered, beside it the leading one, and the steps that were sent so far.
pub struct Trip {
    /// Which road, of all.
    at: usize,
    road: &'static [Step],
    mark: String,
    /// Of two registrations, first the leading one.
    registered: Vec<Sent>,
    steps: Vec<Sent>,
    days: Days,
}

/// Days that the steps name, in China, where the demo province's clocks are.
#[derive(Clone)]
struct Days {
    today: String,
    until: String,
}

/// Tokens of the people, by their names.
pub type Crew = BTreeMap<&'static str, String>;

/// What was carried so far.
#[derive(Default)]
pub struct Roads {
    crew: Crew,
    /// Cut off in the last round, to go on in the next.
    open: Vec<Trip>,
    over: Vec<Trip>,
}

/// One that begins.
fn begun(mark: String, number: u32, days: &Days) -> Result<Trip> {
    let at = usize::try_from(number)? % ROADS.len();
    Ok(Trip {
        at,
        road: ROADS[at],
        mark,
        registered: Vec::new(),
        steps: Vec::new(),
        days: days.clone(),
    })
}

/// A unit's newest part of a ticket.
fn part_of<'a>(stands: &'a Value, unit: &str) -> Result<&'a Value> {
    let parts = stands["assignments"].as_array().context("assignments")?;
    let mut parts = parts.iter().rev();
    let part = parts.find(|part| part["unit"] == unit);
    part.with_context(|| format!("{unit} has a part"))
}

fn text<'a>(value: &'a Value, name: &str) -> Result<&'a str> {
    let text = value[name].as_str();
    text.with_context(|| format!("the answer has no {name}"))
}

impl Trip {
    /// The request that comes next; nothing at the end of the road.
    fn coming(&self) -> Result<Option<Sent>> {
        let number = self.registered.len() + self.steps.len();
        let key = format!("{}-{number}", self.mark);
        if self.registered.len() < 2 {
            let body = json!({
                "kind": "complaint",
                "channel": "phone",
                "content": format!("停电试验：小区南门路灯不亮，晚上看不清路，请派人来修。编号{key}。"),
                "region": "320102",
                "citizen": {"name": "王试", "phone": "13800000001"},
            });
            return Ok(Some(Sent {
                by: AGENT,
                head: "POST /api/v1/tickets".to_owned(),
                key,
                body: body.to_string(),
                answer: None,
            }));
        }
        let Some(step) = self.road.get(self.steps.len()) else {
            return Ok(None);
        };
        let (head, version) = self.aim(step)?;
        let mut body = self.said(step)?;
        if let Some((name, value)) = version {
            body[name] = value;
        }
        Ok(Some(Sent {
            by: step.by,
            head,
            key,
            body: body.to_string(),
            answer: None,
        }))
    }

    /// How the ticket stands by the last answer that says it.
    fn stands(&self) -> Result<&Value> {
        let mut done = self.road.iter().zip(&self.steps).rev();
        let last = done.find(|(step, _)| step.answers_for_it());
        let last = last.map(|(_, sent)| sent).or(self.registered.last());
        let answer = last.and_then(|sent| sent.answer.as_ref());
        answer.context("the step before was acknowledged")
    }

    /// The ticket that was registered before it, as it was acknowledged.
    fn leading(&self) -> Result<&Value> {
        let first = self.registered.first();
        let answer = first.and_then(|sent| sent.answer.as_ref());
        answer.context("the leading ticket")
    }

    /// Where a step is sent, and what of its body says which version was seen.
    fn aim(&self, step: &Step) -> Result<(String, Option<(&'static str, Value)>)> {
        let stands = self.stands()?;
        let (of, at) = match step.on {
            On::Ticket => ("tickets", stands),
            On::Beside => ("tickets", self.leading()?),
            On::Part(unit) => ("assignments", part_of(stands, unit)?),
            On::Many => {
                let part = part_of(stands, UNIT)?;
                let items = json!([{
                    "ticket": text(stands, "id")?,
                    "assignment": text(part, "id")?,
                    "version": part["version"],
                }]);
                return Ok((
                    "POST /api/v1/tickets/bulk".to_owned(),
                    Some(("items", items)),
                ));
            }
        };
        let head = format!("POST /api/v1/{of}/{}/{}", text(at, "id")?, step.verb);
        let version = step
            .has_version()
            .then(|| ("version", at["version"].clone()));
        Ok((head, version))
    }

    /// What a step says, with the numbers and days of this trip.
    fn said(&self, step: &Step) -> Result<Value> {
        let says = step
            .says
            .replace("$LEAD", text(self.leading()?, "ticket_no")?)
            .replace("$OWN", text(self.stands()?, "ticket_no")?)
            .replace("$UNTIL", &self.days.until)
            .replace("$TODAY", &self.days.today);
        Ok(serde_json::from_str(&says)?)
    }

    fn keep(&mut self, sent: Sent) {
        if self.registered.len() < 2 {
            self.registered.push(sent);
        } else {
            self.steps.push(sent);
        }
    }

    fn is_over(&self) -> bool {
        self.steps.len() == self.road.len()
    }

    /// Goes on to the end; whether the connection was cut on the way.
    fn goes_on(&mut self, port: u16, crew: &Crew) -> Result<bool> {
        while let Some(mut sent) = self.coming()? {
            sent.answer = ask(port, crew, &sent)?;
            let is_cut = sent.answer.is_none();
            self.keep(sent);
            if is_cut {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Sends everything again: each gets the answer that it had, and what was cut off is done now.
    fn again(&mut self, port: u16, crew: &Crew) -> Result<()> {
        for sent in self.registered.iter_mut().chain(&mut self.steps) {
            let answer = ask(port, crew, sent)?;
            let answer = answer.with_context(|| format!("{} is cut off", sent.key))?;
            if let Some(first) = sent.answer.replace(answer.clone()) {
                ensure!(
                    first == answer,
                    "{} {} was acknowledged as {first}, now it is {answer}",
                    sent.head,
                    sent.key
                );
            }
        }
        Ok(())
    }

    /// The ticket's history has each step once, in its order, and nothing else that people do.
    fn check(&self, port: u16, crew: &Crew) -> Result<()> {
        let registered = self.registered.get(1).and_then(|it| it.answer.as_ref());
        let Some(registered) = registered else {
            return Ok(());
        };
        let id = text(registered, "id")?;
        let head = format!("GET /api/v1/tickets/{id}/history");
        let bearer = bearer(crew, SUPERVISOR)?;
        let answer = http::ask(port, &head, &[("Authorization", &bearer)], "")?;
        ensure!(
            answer.status == 200,
            "{head} answers {}: {}",
            answer.status,
            answer.body
        );
        let lines: Value = serde_json::from_str(&answer.body)?;
        let lines = lines.as_array().context("a history is a list")?;
        // What the house does by itself stands between them.
        let by_itself = ["ring", "serve", "message"];
        let verbs = lines.iter().filter_map(|line| line["verb"].as_str());
        let verbs: Vec<&str> = verbs.filter(|verb| !by_itself.contains(verb)).collect();
        let steps = self.road.iter().take(self.steps.len());
        let wanted: Vec<&str> = ["register"]
            .into_iter()
            .chain(steps.flat_map(|it| it.tells.iter().copied()))
            .collect();
        ensure!(
            verbs == wanted,
            "ticket {id} went {verbs:?} and not {wanted:?}"
        );
        Ok(())
    }
}

fn bearer(crew: &Crew, name: &str) -> Result<String> {
    let token = crew.get(name);
    Ok(format!("Bearer {}", token.context("somebody signed in")?))
}

/// The answer, or nothing when the connection was cut; a refusal is an error.
fn ask(port: u16, crew: &Crew, sent: &Sent) -> Result<Option<Value>> {
    let bearer = bearer(crew, sent.by)?;
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Idempotency-Key", sent.key.as_str()),
    ];
    let Ok(answer) = http::ask(port, &sent.head, &headers, &sent.body) else {
        return Ok(None);
    };
    ensure!(
        matches!(answer.status, 200 | 201),
        "{} {} answers {}: {}",
        sent.head,
        sent.body,
        answer.status,
        answer.body
    );
    Ok(Some(serde_json::from_str(&answer.body)?))
}

/// A client: goes on with the ticket of the last round, then with new ones, until the server is gone.
pub fn client(
    port: u16,
    crew: &Crew,
    (mark, number): (&str, u32),
    mut open: Option<Trip>,
) -> Result<Vec<Trip>> {
    let days = Days {
        today: day("today")?,
        until: day("7 days")?,
    };
    let mut trips = Vec::new();
    for n in 0..1_000 {
        let mut trip = match open.take() {
            Some(trip) => trip,
            None => begun(format!("{mark}-{n}"), number + n, &days)?,
        };
        let is_cut = trip.goes_on(port, crew)?;
        trips.push(trip);
        if is_cut {
            return Ok(trips);
        }
    }
    bail!("the server was not killed")
}

fn day(which: &str) -> Result<String> {
    let mut date = Command::new("date");
    date.args(["-d", which, "+%F"]).env("TZ", "UTC-8");
    crate::shell::ask(&mut date).context("`date` does not answer")
}

impl Roads {
    /// Everybody, signed in lately.
    pub fn crew(&mut self, server: &Server, round: u32) -> Result<Crew> {
        if round.is_multiple_of(SIGNED_IN) {
            for name in PEOPLE {
                let person = account(server, |one| one["username"] == name)?;
                self.crew.insert(name, sign_in(server, &person)?);
            }
        }
        Ok(self.crew.clone())
    }

    /// Tickets that were cut off, one for each client.
    pub fn open(&mut self) -> Vec<Trip> {
        std::mem::take(&mut self.open)
    }

    /// After a kill: what was sent is sent again; what did not come to its end goes on in the next round.
    pub fn finish(&mut self, port: u16, trips: Vec<Trip>) -> Result<()> {
        for mut trip in trips {
            trip.again(port, &self.crew)?;
            if trip.is_over() {
                self.over.push(trip);
            } else {
                self.open.push(trip);
            }
        }
        Ok(())
    }

    /// Roads that nobody has begun.
    pub fn missed(&self) -> usize {
        let all = self.over.iter().chain(&self.open);
        let walked: BTreeSet<usize> = all.map(|it| it.at).collect();
        ROADS.len() - walked.len()
    }

    /// At the end: how many steps were done, each once.
    pub fn check(&self, port: u16) -> Result<usize> {
        let all = self.over.iter().chain(&self.open);
        let mut count = 0;
        for trip in all {
            trip.check(port, &self.crew)?;
            count += trip.steps.len();
        }
        ensure!(
            !self.over.is_empty(),
            "no ticket came to the end of its road"
        );
        let missed = self.missed();
        ensure!(missed == 0, "{missed} roads were walked by nobody");
        Ok(count)
    }

    /// What people have to be told of all that was acknowledged.
    pub fn told(&self, told: &mut Told) -> Result<()> {
        for trip in self.over.iter().chain(&self.open) {
            for sent in &trip.registered {
                if let Some(answer) = &sent.answer {
                    told.expect(text(answer, "ticket_no")?, Expected::plain());
                }
            }
            if trip.registered.len() < 2 {
                continue;
            }
            let stands = trip.stands()?;
            let steps = || trip.road.iter().take(trip.steps.len());
            let parts = stands["assignments"].as_array();
            let of_unit = parts.into_iter().flatten().filter(|it| it["unit"] == UNIT);
            let expected = Expected {
                assigned: of_unit.count(),
                alike: steps().filter(|it| it.verb == "review").count().max(1),
                is_erased: steps().any(|it| it.verb == "erase-citizen"),
            };
            told.expect(text(stands, "ticket_no")?, expected);
        }
        Ok(())
    }
}
