//! Approvals under the same kills: each has a service that is called and a timer that rings. Nothing acknowledged is lost, nothing is filed,
//! called or rung twice.
//! Not here: killing (`crash`).
//! The process is deployed by REST before the first kill.

use crate::{http, server::Server};
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    thread,
    time::{Duration, Instant},
};

/// Filed, numbered by a service, after a second over.
const PROCESS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<definitions targetNamespace="https://minsheng.example/tests" xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ms="https://minsheng.example/bpmn">
<process id="crash" name="断电试验 Crash" isExecutable="true">
<startEvent id="filed"/><sequenceFlow id="f1" sourceRef="filed" targetRef="number"/>
<serviceTask id="number" name="编号 Number" ms:service="licence.number"/><sequenceFlow id="f2" sourceRef="number" targetRef="wait"/>
<intermediateCatchEvent id="wait" name="等待 Wait"><timerEventDefinition><timeDuration>PT1S</timeDuration></timerEventDefinition></intermediateCatchEvent>
<sequenceFlow id="f3" sourceRef="wait" targetRef="over"/><endEvent id="over" name="结束 Over"/>
</process></definitions>"#;

/// How long the last ones may take to come to their end.
const PATIENCE: Duration = Duration::from_mins(1);

/// Deploys the process; the owner's token.
pub fn deploy(port: u16, owner: &str) -> Result<()> {
    let body = json!({"xml": PROCESS, "active_from": "2020-01-01T00:00:00+08:00"});
    let answer = call(
        port,
        "POST /api/v1/processes",
        owner,
        None,
        &body.to_string(),
    )?;
    ensure!(
        answer.status == 200,
        "POST /processes answers {}: {}",
        answer.status,
        answer.body
    );
    Ok(())
}

/// Files one; the id, or nothing when the connection was cut.
pub fn file(port: u16, token: &str, key: &str) -> Result<Option<String>> {
    let Ok(answer) = ask_to_file(port, token, key) else {
        return Ok(None);
    };
    ensure!(
        matches!(answer.status, 200 | 201),
        "POST /approvals answers {}: {}",
        answer.status,
        answer.body
    );
    let answer: Value = serde_json::from_str(&answer.body)?;
    Ok(answer["id"].as_str().map(str::to_owned))
}

/// The same, whatever the answer is.
pub fn ask_to_file(port: u16, token: &str, key: &str) -> Result<http::Answer> {
    let body = json!({"definition": "crash", "title": key});
    let head = "POST /api/v1/approvals";
    call(port, head, token, Some(key), &body.to_string())
}

/// Every acknowledged case is there once, was numbered once, rang once, and is over.
pub fn check(server: &Server, token: &str, known: &BTreeMap<String, String>) -> Result<()> {
    let begun = Instant::now();
    let mut listed = all(server, token)?;
    while listed.iter().any(|(_, status)| status != "ended") {
        ensure!(
            begun.elapsed() < PATIENCE,
            "{} approvals do not come to their end",
            listed
                .iter()
                .filter(|(_, status)| *status != "ended")
                .count()
        );
        thread::sleep(Duration::from_millis(200));
        listed = all(server, token)?;
    }
    let ids: BTreeSet<&String> = known.values().collect();
    ensure!(ids.len() == known.len(), "two keys have one approval");
    let there: BTreeSet<&String> = listed.iter().map(|(id, _)| id).collect();
    ensure!(
        ids == there && listed.len() == known.len(),
        "{} approvals for {} keys",
        listed.len(),
        known.len()
    );
    for id in ids {
        once(server, token, id)?;
    }
    Ok(())
}

fn once(server: &Server, token: &str, id: &str) -> Result<()> {
    let answer = call(
        server.port,
        &format!("GET /api/v1/approvals/{id}"),
        token,
        None,
        "",
    )?;
    ensure!(
        answer.status == 200,
        "GET /approvals answers {}",
        answer.status
    );
    let answer: Value = serde_json::from_str(&answer.body)?;
    let verbs: Vec<&str> = answer["history"]
        .as_array()
        .context("a history")?
        .iter()
        .filter_map(|event| event["verb"].as_str())
        .collect();
    if verbs != ["start", "serve", "ring", "end"] {
        bail!("approval {id} went {verbs:?}");
    }
    Ok(())
}

/// Ids and statuses of everything that the account filed.
fn all(server: &Server, token: &str) -> Result<Vec<(String, String)>> {
    let mut rows = Vec::new();
    let mut cursor = String::new();
    loop {
        let head = format!("GET /api/v1/approvals?shelf=started&limit=200{cursor}");
        let answer = call(server.port, &head, token, None, "")?;
        ensure!(
            answer.status == 200,
            "GET /approvals answers {}: {}",
            answer.status,
            answer.body
        );
        let page: Value = serde_json::from_str(&answer.body)?;
        for item in page["items"].as_array().context("a list has items")? {
            let text = |name: &str| item[name].as_str().map(str::to_owned);
            rows.push(text("id").zip(text("status")).context("id and status")?);
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return Ok(rows),
        }
    }
}

fn call(port: u16, head: &str, token: &str, key: Option<&str>, body: &str) -> Result<http::Answer> {
    let bearer = format!("Bearer {token}");
    let mut headers = vec![("Authorization", bearer.as_str())];
    if let Some(key) = key {
        headers.push(("Idempotency-Key", key));
    }
    http::ask(port, head, &headers, body)
}
