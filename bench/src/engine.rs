//! The process engine: one transition in memory, verbs of running tickets by sixteen writers at once, and the scan for timers that are due
//! with many running cases.
//! Deliberately absent: registering (`create`), which is no transition of a running ticket.
//! The cases of the scan are copies made inside the database; only their number and their timers matter.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::time::Instant as Clock;

use anyhow::Context as _;
use bpmn::{Definition, Instance, StartAt, Value, Vars};
use futures::stream::{self, StreamExt, TryStreamExt};
use services::{Ctx, approvals, tickets};
use shared::approval::command::Start;
use shared::calendar::Instant;
use shared::command::{CategoryCode, Command as _, Sent, UnitCode, Version, Wrong};
use shared::ids::{AssignmentId, TicketId};
use shared::ticket::Urgency;
use shared::ticket::command::Register;
use shared::ticket::verbs::{Dispatch, Sign};

use crate::{Bench, process, said, timing, timing::Measure};

/// Writers at once.
const WRITERS: usize = 16;
/// Tickets of a round, whose verbs are counted; of the rounds the median counts, for one of them meets the write-ahead log's checkpoint.
const TICKETS: usize = 240;
const ROUNDS: usize = 7;
/// Transitions of the first measure.
const TRANSITIONS: usize = 2_000;
/// Scans of the last one.
const SCANS: usize = 200;

/// A transition in memory, and the scan with `cases` running approvals.
pub async fn measure(bench: &Bench, cases: u32) -> anyhow::Result<Vec<Measure>> {
    let mut all = vec![transition()?];
    all.extend(timers(bench, cases).await?);
    Ok(all)
}

fn vars<const N: usize>(pairs: [(&str, Value); N]) -> Vars {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// A ticket at one lead and two assisting units, before the first has signed.
fn dispatched(definition: &Definition) -> anyhow::Result<Instance> {
    let started = bpmn::start(definition, StartAt::None, Vars::new())?.instance;
    let triage = started.tasks().first().context("a task")?.id;
    let slot = |name: &str| {
        Value::Map(BTreeMap::from([
            ("slot".to_owned(), Value::from(name)),
            ("stage".to_owned(), Value::from("sign")),
        ]))
    };
    let slots = Value::List(vec![slot("lead"), slot("assist-1"), slot("assist-2")]);
    let decided = vars([("decision", Value::from("dispatch")), ("slots", slots)]);
    Ok(bpmn::complete(definition, &started, triage, decided)?.instance)
}

/// Signing for a running ticket, in memory.
fn transition() -> anyhow::Result<Measure> {
    let definition = Definition::parse(services::process::SHIPPED)?;
    let instance = dispatched(&definition)?;
    let sign = instance
        .tasks()
        .iter()
        .find(|task| task.element == "sign")
        .context("nobody signs")?
        .id;
    let text = serde_json::to_string(&instance)?;
    let (mut times, mut reading) = (Vec::new(), Vec::new());
    for _ in 0..TRANSITIONS {
        let begun = Clock::now();
        let step = bpmn::complete(&definition, &instance, sign, Vars::new())?;
        times.push(begun.elapsed().as_secs_f64() * 1e6);
        drop(step);
        let begun = Clock::now();
        let read: Instance = serde_json::from_str(&text)?;
        drop(serde_json::to_string(&read)?);
        reading.push(begun.elapsed().as_secs_f64() * 1e6);
    }
    Ok(Measure {
        name: "engine.transition".to_owned(),
        what: "signing for a ticket at three units, in memory".to_owned(),
        unit: "µs",
        value: timing::median(times),
        baseline: Some(timing::median(reading)),
        against: "reading and writing its state",
        rows: 1,
        runs: TRANSITIONS,
        ..Measure::default()
    })
}

/// Dispatch and sign, sixteen at once.
pub async fn verbs(bench: &Bench) -> anyhow::Result<Vec<Measure>> {
    let agent = bench.person("nj.agent").await?;
    let dispatcher = bench.person("nj.dispatcher").await?;
    let liaison = bench.person("nj.cgj.handler").await?;
    let unit = liaison.actor.unit.clone().context("a unit")?;
    let leaf = bench
        .services
        .reference()
        .await
        .map_err(said)?
        .categories
        .keys()
        .filter(|code| code.len() == 6)
        .min()
        .cloned()
        .context("a category")?;
    let (mut dispatching, mut signing) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let mut registered = Vec::new();
        for n in 0..TICKETS {
            registered.push(register(&agent, round * TICKETS + n).await?);
        }
        let begun = Clock::now();
        let dispatched: Vec<(AssignmentId, i32)> = stream::iter(registered)
            .map(|id| dispatch(&dispatcher, id, &unit, &leaf))
            .buffer_unordered(WRITERS)
            .try_collect()
            .await?;
        dispatching.push(TICKETS as f64 / begun.elapsed().as_secs_f64());
        let begun = Clock::now();
        stream::iter(dispatched)
            .map(|(id, version)| sign(&liaison, id, version))
            .buffer_unordered(WRITERS)
            .try_for_each(|()| std::future::ready(Ok(())))
            .await?;
        signing.push(TICKETS as f64 / begun.elapsed().as_secs_f64());
    }
    let measure = |name: &str, what: &str, value: f64| Measure {
        name: name.to_owned(),
        what: format!("{what}, {WRITERS} at once"),
        unit: "1/s",
        value,
        rows: 1,
        runs: ROUNDS * TICKETS,
        ..Measure::default()
    };
    Ok(vec![
        measure(
            "verb.dispatch",
            "nj.dispatcher: dispatched",
            timing::median(dispatching),
        ),
        measure(
            "verb.sign",
            "nj.cgj.handler: signed for",
            timing::median(signing),
        ),
    ])
}

/// A complaint that an agent takes down.
pub async fn register(ctx: &Ctx, run: usize) -> anyhow::Result<TicketId> {
    let body = serde_json::json!({
        "kind": "complaint",
        "channel": "phone",
        "content": format!("市民来电反映第{run}号楼楼下占道经营，堵住消防通道，希望城管部门到场处理并回复。"),
        "region": "320106",
        "citizen": {"name": "李试", "phone": "13800000001"},
    });
    let fields = body.as_object().cloned().unwrap_or_default();
    let command = Register::read(Sent::json(fields)).map_err(said)?;
    Ok(tickets::register(ctx, command).await.map_err(said)?.id)
}

async fn dispatch(
    ctx: &Ctx,
    id: TicketId,
    unit: &str,
    leaf: &str,
) -> anyhow::Result<(AssignmentId, i32)> {
    let command = Dispatch {
        version: Version(1),
        lead: UnitCode::known(unit),
        assisting: Vec::new(),
        category: Some(CategoryCode::known(leaf)),
        advice: None,
        urgency: Some(Urgency::ALL[0]),
        urgency_reason: None,
        tags: Vec::new(),
        own: shared::command::Typed::default(),
        assist_due: None,
        retag: shared::command::Ticked(false),
        review: shared::command::Ticked(false),
    };
    let done = tickets::act(ctx, id, command).await.map_err(said)?;
    let lead = done.assignments.first().context("an assignment")?;
    Ok((lead.id, lead.version))
}

async fn sign(ctx: &Ctx, id: AssignmentId, version: i32) -> anyhow::Result<()> {
    let version = Version(version);
    tickets::act(ctx, id, Sign { version })
        .await
        .map_err(said)
        .map(drop)
}

/// A text of this program, as a command takes it.
fn known<T: FromStr<Err = Wrong>>(text: &str) -> anyhow::Result<T> {
    let known = text.parse();
    known.map_err(|wrong: Wrong| anyhow::anyhow!("{text}: {}", wrong.code))
}

/// Scanning for what is due among three timers of each running case.
async fn timers(bench: &Bench, cases: u32) -> anyhow::Result<Vec<Measure>> {
    let initiator = bench.person("nj.cgj.handler").await?;
    let reviewer = initiator.actor.username.clone();
    let fields = [
        ("applicant", "南京某建设公司"),
        ("project", "管线改造"),
        ("place", "中山路 1 号"),
        ("days", "12"),
        ("reviewers", reviewer.as_str()),
        ("vote", "all"),
    ];
    let fields = fields.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let start = Start {
        definition: known(approvals::SAMPLE)?,
        title: known("计时试验")?,
        fields: BTreeMap::from(fields).into(),
        own: BTreeMap::new().into(),
        done_at: None,
    };
    let filed = approvals::start(&initiator, start).await.map_err(said)?;
    let later = Instant(initiator.now().0 + 3_600_000);
    bench.bare.copy_running(filed.id, cases, later).await?;
    store::bulk::settle(bench.services.store()).await?;
    // Timers of the demo's own tickets ring while the measures before this one run, and nobody answers them here.
    let before_all = Instant(0);
    let before = process::resident_mb()?;
    let reader = bench.services.store().reader();
    let (mut idle, mut full) = (Vec::new(), Vec::new());
    for _ in 0..SCANS {
        let begun = Clock::now();
        let none = store::host::timers_due(&reader, before_all, 200).await?;
        idle.push(begun.elapsed().as_secs_f64() * 1e3);
        anyhow::ensure!(none.is_empty(), "nothing is due yet");
        let begun = Clock::now();
        let due = store::host::timers_due(&reader, Instant(i64::MAX - 1), 200).await?;
        full.push(begun.elapsed().as_secs_f64() * 1e3);
        anyhow::ensure!(due.len() == 200.min(cases as usize * 3), "a batch is due");
    }
    let after = process::resident_mb()?;
    let measure = |name: &str, what: &str, unit, value| Measure {
        name: name.to_owned(),
        what: format!("{what}, {cases} running cases with three timers each"),
        unit,
        value,
        rows: cases as usize,
        runs: SCANS,
        ..Measure::default()
    };
    Ok(vec![
        measure("timers.scan", "nothing is due", "ms", timing::median(idle)),
        measure("timers.batch", "200 are due", "ms", timing::median(full)),
        measure(
            "timers.memory",
            "more resident after the scans than before them",
            "MB",
            (after - before).max(0.0),
        ),
    ])
}
