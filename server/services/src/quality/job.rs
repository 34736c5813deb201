//! The look of a night: a page of tickets a step, its findings written with the step; at last the tickets are counted for the scores.
//! Once a week everything is looked at, on other nights what is open, was changed since the last look, or has an open finding.
//! Not here: one page (`look`). It begins once a night, on whichever server comes first, and can be stopped.

use std::collections::BTreeMap;

use chrono::Timelike as _;
use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::ids::{JobId, TicketId};
use shared::job::{JobKind, JobState};
use shared::quality::{FindingState, QualityRule};
use store::jobs::{Job, New, Stand};
use store::record::QualityCount;
use store::{Conn, Tx};

use super::look::{Outcome, page};
use crate::context::Services;
use crate::fault::Failure;
use crate::jobs::Done;
use crate::jobs::host::{Effect, Over, Step, Stepwise, effect, json, parsed};

/// Word of this kind.
const KIND: &str = JobKind::Quality.as_str();
/// The hours in which it begins.
const NIGHT: std::ops::Range<u32> = 1..5;
/// In milliseconds.
const DAY: i64 = 24 * 3_600_000;
/// Everything is looked at again after so many days.
const WHOLE: i64 = 7;

/// What a look came to, and while it runs what it has found so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Tickets looked at.
    pub tickets: i64,
    /// Every ticket was looked at.
    pub whole: bool,
    /// Rules that were broken.
    pub broken: i64,
    /// How often each.
    pub by_rule: BTreeMap<QualityRule, i64>,
    /// Found for the first time.
    pub new: i64,
    /// Found no more.
    pub gone: i64,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Asked {
    /// Only what may be otherwise than then; everything without it.
    since: Option<Instant>,
}

/// Where a look stands.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Cursor {
    so_far: Report,
    ticket: Option<TicketId>,
    /// The tickets are done.
    at_counts: bool,
}

/// Asks for tonight's look.
pub(crate) async fn nightly(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    if !NIGHT.contains(&now.local().hour()) || !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let known = store::jobs::newest(&services.store().reader(), KIND, 20).await?;
    if known.iter().any(|job| job.made_at.date() == now.date()) {
        return Ok(Done::default());
    }
    let asked = Asked {
        since: since(&known, now),
    };
    let new = New {
        id: JobId(services.new_id()),
        kind: KIND,
        once: Some(KIND.to_owned()),
        owner: None,
        owner_name: "system".to_owned(),
        region: String::new(),
        subject: String::new(),
        scope: json(&asked)?,
        at: now,
    };
    let made = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(store::jobs::put(tx, &new).await?) })
        })
        .await?;
    Ok(Done {
        count: u64::from(made),
        more: false,
    })
}

/// From when on what has changed is looked at: a day before the last look that came to its end began, for what was under way then.
/// Nothing when it is time to look at everything.
fn since(known: &[Job], now: Instant) -> Option<Instant> {
    let mut done = known.iter().filter(|job| job.state == JobState::Done);
    let last = done.next()?;
    let is_whole = |job: &&Job| report_of(job).is_some_and(|report| report.whole);
    let whole = std::iter::once(last).chain(done).find(is_whole)?;
    let recent = now.0 - whole.made_at.0 < WHOLE * DAY - DAY / 2;
    recent.then_some(Instant(last.made_at.0 - DAY))
}

fn report_of(job: &Job) -> Option<Report> {
    serde_json::from_str(job.report.as_deref()?).ok()
}

/// The newest look that came to its end: when, and with what.
///
/// # Errors
/// Of the store.
pub async fn last(conn: &dyn Conn) -> Result<Option<(Instant, Report)>, store::StoreError> {
    for job in store::jobs::newest(conn, KIND, 10).await? {
        if let (JobState::Done, Some(at), Some(report)) = (job.state, job.ended_at, report_of(&job))
        {
            return Ok(Some((at, report)));
        }
    }
    Ok(None)
}

/// The kind.
pub(crate) const LOOK: Stepwise = Stepwise {
    kind: JobKind::Quality,
    step: |services, job| Box::pin(step(services, job)),
};

async fn step(services: &Services, job: &Job) -> Result<Effect, Failure> {
    let asked: Asked = parsed(&job.scope)?;
    let cursor = job.cursor.as_deref().map(parsed::<Cursor>).transpose()?;
    let mut cursor = cursor.unwrap_or_default();
    if cursor.at_counts {
        return over(services, cursor.so_far).await;
    }
    let outcome = Box::pin(page(services, (cursor.ticket, asked.since))).await?;
    cursor.so_far.whole = asked.since.is_none();
    cursor.so_far.add(&outcome);
    cursor.ticket = outcome.last;
    cursor.at_counts = outcome.last.is_none();
    let stand = Stand {
        done: cursor.so_far.tickets,
        total: None,
        cursor: json(&cursor)?,
    };
    let now = services.now();
    Ok(effect(move |tx| {
        let (outcome, stand) = (outcome.clone(), stand.clone());
        Box::pin(async move {
            write(tx, &outcome, now).await?;
            Ok(Step::On(stand))
        })
    }))
}

impl Report {
    fn add(&mut self, outcome: &Outcome) {
        let count = |many: usize| i64::try_from(many).unwrap_or(i64::MAX);
        self.tickets += outcome.tickets;
        self.new += count(outcome.new.len());
        self.gone += count(outcome.gone.len());
        for (rule, times) in &outcome.broken {
            self.broken += times;
            *self.by_rule.entry(*rule).or_insert(0) += times;
        }
    }
}

async fn write(tx: &Tx, outcome: &Outcome, now: Instant) -> Result<(), Failure> {
    store::quality::close(tx, &outcome.gone, (FindingState::Gone, now)).await?;
    store::quality::close(tx, &outcome.off, (FindingState::Off, now)).await?;
    store::quality::put(tx, &outcome.new).await?;
    store::quality::see(tx, &outcome.same, now).await?;
    for finding in &outcome.moved {
        // Somebody may have seen to it since it was read; then there is nothing to say.
        store::quality::change(tx, finding, finding.state).await?;
    }
    Ok(())
}

/// The last step: tickets of units and places are counted.
async fn over(services: &Services, report: Report) -> Result<Effect, Failure> {
    let counted = store::quality::count(&services.store().report_reader()).await?;
    let reference = services.reference().await?;
    let counted_at = services.now();
    let mut rows: BTreeMap<(String, String), QualityCount> = BTreeMap::new();
    for (region, unit, tickets) in counted {
        let unit = unit.and_then(|code| reference.units.get(&code));
        let of = unit.map(|unit| (unit.code.clone(), unit.path.clone()));
        // The centre's are all of its place.
        for (unit, unit_path) in of.into_iter().chain([(String::new(), String::new())]) {
            let row = rows.entry((region.clone(), unit.clone()));
            let row = row.or_insert_with(|| QualityCount {
                region: region.clone(),
                unit,
                unit_path,
                tickets: 0,
                counted_at,
            });
            row.tickets += tickets;
        }
    }
    let rows: Vec<QualityCount> = rows.into_values().collect();
    tracing::info!(
        tickets = report.tickets,
        broken = report.broken,
        whole = report.whole,
        "the rules of quality have looked"
    );
    let (done, words) = (report.tickets, json(&report)?);
    let outcome = if report.broken == 0 { "ok" } else { "findings" };
    Ok(effect(move |tx| {
        let (rows, report) = (rows.clone(), words.clone());
        Box::pin(async move {
            store::quality::replace_counts(tx, &rows).await?;
            Ok(Step::Over(Over {
                done,
                outcome,
                report,
                file: None,
            }))
        })
    }))
}
