//! The verbs of tickets under the same kills: clients carry tickets along four roads, each step by whoever does it in the demo. After each kill what was
//! acknowledged is answered the same when it is sent again, what was cut off is done, and the road goes on from there in the next round. At the end each
//! ticket's history has each step once, in its order.
//! Not here: killing (`crash`), registering in numbers. Roads are data; versions come from the answers.

use super::{account, sign_in};
use crate::{http, server::Server};
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::{collections::BTreeMap, process::Command};

/// Clients that carry tickets.
pub const CLIENTS: u32 = 2;
/// A token is good for ten minutes; nobody signs in at each start.
const SIGNED_IN: u32 = 5;
const UNIT: &str = "320100-CGJ";

const AGENT: &str = "nj.agent";
const DISPATCHER: &str = "nj.dispatcher";
const HANDLER: &str = "nj.cgj.handler";
const LEADER: &str = "nj.cgj.reviewer";
const REVIEWER: &str = "nj.reviewer";
const CALLER: &str = "nj.followup";
const SUPERVISOR: &str = "nj.supervisor";
const PEOPLE: [&str; 7] = [
    AGENT, DISPATCHER, HANDLER, LEADER, REVIEWER, CALLER, SUPERVISOR,
];

/// Who does which verb, to the ticket or the unit's part of it, and what is said; `$LEAD` and `$UNTIL` are put in.
struct Step {
    by: &'static str,
    verb: &'static str,
    of_part: bool,
    says: &'static str,
}

const fn ticket(by: &'static str, verb: &'static str, says: &'static str) -> Step {
    Step {
        by,
        verb,
        of_part: false,
        says,
    }
}

const fn part(by: &'static str, verb: &'static str, says: &'static str) -> Step {
    Step {
        by,
        verb,
        of_part: true,
        says,
    }
}

const DISPATCH: Step = ticket(
    DISPATCHER,
    "dispatch",
    r#"{"lead": "320100-CGJ", "category": "010101"}"#,
);
const SIGN: Step = part(HANDLER, "sign", "{}");
const REPLY: Step = part(
    HANDLER,
    "reply",
    r#"{"handling": "已派维修人员更换灯头，并检查了整条线路的供电情况。", "public_reply": "您好，门口的路灯已于今天修好，给您添麻烦了。", "fact_true": "true", "solved": "yes", "contacted": true, "contact_tries": 1}"#,
);
const UNIT_REVIEW: Step = part(LEADER, "unit-review", r#"{"pass": true}"#);
const REVIEW: Step = ticket(REVIEWER, "review", r#"{"pass": true}"#);
const CONTENT: Step = ticket(
    CALLER,
    "follow-up",
    r#"{"channel": "call", "connected": true, "staff_contacted": true, "report_true": true, "solved": "yes", "satisfaction": "satisfied"}"#,
);
const CLOSE: Step = ticket(CALLER, "close", "{}");
const WITHDRAW: Step = ticket(DISPATCHER, "withdraw", r#"{"reason": "诉求人来电撤回。"}"#);

/// More time, a directive, an answer, the end.
const SUPERVISED: &[Step] = &[
    DISPATCH,
    SIGN,
    part(HANDLER, "contact", r#"{"way": "call", "reached": true}"#),
    part(
        HANDLER,
        "extend",
        r#"{"reason": "works", "days": 2, "explanation": "须开挖路面更换电缆，已与施工单位约定进场时间。"}"#,
    ),
    part(
        DISPATCHER,
        "rule-extension",
        r#"{"grant": true, "days": 1}"#,
    ),
    part(
        SUPERVISOR,
        "supervise",
        r#"{"cause": "overdue", "level": "first", "demand": "请立即办理并说明原因和整改措施。"}"#,
    ),
    part(
        LEADER,
        "answer-directive",
        r#"{"answer": "已约谈责任科室，现场整改完毕并电话回访诉求人，今后每周自查一次。"}"#,
    ),
    part(SUPERVISOR, "judge-directive", r#"{"accept": true}"#),
    REPLY,
    UNIT_REVIEW,
    REVIEW,
    CONTENT,
    CLOSE,
];

/// Suspended, promised, answered, done again.
const WAITED: &[Step] = &[
    DISPATCH,
    SIGN,
    part(
        HANDLER,
        "suspend",
        r#"{"reason": "appraisal", "until": "$UNTIL", "explanation": "已委托电缆检测，等检测报告出具后继续施工。"}"#,
    ),
    part(REVIEWER, "rule-suspension", r#"{"grant": true}"#),
    part(HANDLER, "resume", r#"{"reason": "检测报告已经出具"}"#),
    part(
        HANDLER,
        "interim",
        r#"{"public_words": "该路段须整体更换电缆，方案正在公示。", "until": "$UNTIL", "explanation": "公示期满后进场施工，工期五天。"}"#,
    ),
    part(REVIEWER, "rule-interim", r#"{"grant": true}"#),
    REPLY,
    UNIT_REVIEW,
    REVIEW,
    ticket(
        CALLER,
        "follow-up",
        r#"{"channel": "call", "connected": true, "staff_contacted": true, "report_true": true, "solved": "no", "satisfaction": "dissatisfied"}"#,
    ),
    ticket(
        CALLER,
        "redo",
        r#"{"reason": "路灯仍然不亮，请重新维修。"}"#,
    ),
    SIGN,
    REPLY,
    UNIT_REVIEW,
    REVIEW,
    CONTENT,
    CLOSE,
];

/// Sent back, kept by the ruling, taken back by the citizen.
const RETURNED: &[Step] = &[
    DISPATCH,
    part(
        HANDLER,
        "send-back",
        r#"{"reason": "wrong_duty", "explanation": "路灯的维护由其他部门负责，不属于本单位职责。", "basis": "市政府“三定”规定"}"#,
    ),
    part(
        DISPATCHER,
        "rule",
        r#"{"uphold": true, "opinion": "职责清楚，维持派单。"}"#,
    ),
    SIGN,
    WITHDRAW,
];

/// Merged into another ticket, split off again.
const MERGED: &[Step] = &[
    ticket(DISPATCHER, "merge", r#"{"into": "$LEAD"}"#),
    ticket(
        DISPATCHER,
        "split",
        r#"{"reason": "实为另一路段，须单独办理。"}"#,
    ),
    DISPATCH,
    SIGN,
    REPLY,
    UNIT_REVIEW,
    REVIEW,
    CONTENT,
    CLOSE,
];

const ROADS: [&[Step]; 4] = [SUPERVISED, WAITED, RETURNED, MERGED];

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
    road: &'static [Step],
    mark: String,
    /// Of two registrations, first the leading one.
    registered: Vec<Sent>,
    steps: Vec<Sent>,
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
fn begun(mark: String, number: u32, until: &str) -> Result<Trip> {
    let at = usize::try_from(number)? % ROADS.len();
    Ok(Trip {
        road: ROADS[at],
        mark,
        registered: Vec::new(),
        steps: Vec::new(),
        until: until.to_owned(),
    })
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
        let before = self.steps.last().or(self.registered.last());
        let stands = before.and_then(|sent| sent.answer.as_ref());
        let stands = stands.context("the step before was acknowledged")?;
        let (of, id, version) = if step.of_part {
            let parts = stands["assignments"].as_array().context("assignments")?;
            let mut parts = parts.iter().rev();
            let part = parts.find(|part| part["unit"] == UNIT);
            let part = part.context("the unit has a part")?;
            ("assignments", text(part, "id")?, &part["version"])
        } else {
            ("tickets", text(stands, "id")?, &stands["version"])
        };
        let lead = self.registered.first().and_then(|it| it.answer.as_ref());
        let lead = text(lead.context("the leading ticket")?, "ticket_no")?;
        let says = step.says.replace("$LEAD", lead);
        let mut body: Value = serde_json::from_str(&says.replace("$UNTIL", &self.until))?;
        body["version"] = version.clone();
        Ok(Some(Sent {
            by: step.by,
            head: format!("POST /api/v1/{of}/{id}/{}", step.verb),
            key,
            body: body.to_string(),
            answer: None,
        }))
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
            .chain(steps.map(|it| it.verb))
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
    let until = ahead()?;
    let mut trips = Vec::new();
    for n in 0..1_000 {
        let mut trip = match open.take() {
            Some(trip) => trip,
            None => begun(format!("{mark}-{n}"), number + n, &until)?,
        };
        let is_cut = trip.goes_on(port, crew)?;
        trips.push(trip);
        if is_cut {
            return Ok(trips);
        }
    }
    bail!("the server was not killed")
}

/// A day in a week, in China, where the demo province's clocks are.
fn ahead() -> Result<String> {
    let mut date = Command::new("date");
    date.args(["-d", "7 days", "+%F"]).env("TZ", "UTC-8");
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
        Ok(count)
    }
}
