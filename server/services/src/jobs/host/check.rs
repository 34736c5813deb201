//! The consistency check of a night: every ticket, then every approval, then every application, a page a step, with a report.
//! Not here: what is checked (`consistency`), the command that checks at once (`minsheng check`).
//! It begins once a night, on whichever server comes first.

use chrono::Timelike as _;
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::ids::{ApplicationId, ApprovalId, JobId, TicketId};
use shared::job::{JobKind, JobState};
use shared::process::mismatch::{self, ByKind, Line};
use shared::text::Locale;
use shared::text::obstacle::Told as _;
use store::Conn;
use store::consistency::Findings;
use store::jobs::{Job, New, Stand};

use super::super::Done;
use super::{Effect, Over, Step, Work, json, parsed, plain};
use crate::consistency;
use crate::context::Services;
use crate::fault::Failure;

/// Word of this kind.
const KIND: &str = JobKind::Check.as_str();
/// The hours in which it begins.
const NIGHT: std::ops::Range<u32> = 1..5;
/// Ended jobs stay this long.
const DAYS: i64 = 90;
/// Lines of a report.
const LINES: usize = 50;

/// What a check came to, and while it runs what it has found so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Tickets looked at.
    pub tickets: i64,
    /// Approvals looked at.
    pub approvals: i64,
    /// Applications looked at.
    #[serde(default)]
    pub applications: i64,
    /// How many things do not fit.
    pub count: i64,
    /// The first of them, a line each.
    pub lines: Vec<Line>,
    /// How often each kind was found, and in which cases first.
    #[serde(default)]
    pub kinds: ByKind,
}

/// Where a check stands.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Cursor {
    so_far: Report,
    ticket: Option<TicketId>,
    /// The tickets are done.
    at_approvals: bool,
    approval: Option<ApprovalId>,
    /// The approvals are done as well.
    #[serde(default)]
    at_applications: bool,
    application: Option<ApplicationId>,
}

impl Report {
    const fn looked_at(&self) -> i64 {
        self.tickets + self.approvals + self.applications
    }

    fn add(&mut self, found: Findings) {
        self.count += found.count;
        mismatch::join(&mut self.kinds, found.kinds);
        let room = LINES.saturating_sub(self.lines.len());
        let first = found.first.into_iter().take(room);
        self.lines.extend(first.map(Line::from));
    }
}

/// Asks for tonight's check, and forgets what ended long ago.
pub(in crate::jobs) async fn nightly(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    if !NIGHT.contains(&now.local().hour()) || !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let newest = store::jobs::newest(&services.store().reader(), KIND, 1).await?;
    let is_tonights = |job: &Job| job.made_at.date() == now.date();
    if newest.first().is_some_and(is_tonights) {
        return Ok(Done::default());
    }
    let new = New {
        id: JobId(services.new_id()),
        kind: KIND,
        once: Some(KIND.to_owned()),
        owner: None,
        owner_name: "system".to_owned(),
        region: String::new(),
        subject: String::new(),
        scope: "{}".to_owned(),
        at: now,
    };
    let made = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                store::jobs::purge(tx, Instant(now.0 - DAYS * 24 * 3_600_000)).await?;
                Ok(store::jobs::put(tx, &new).await?)
            })
        })
        .await?;
    Ok(Done {
        count: u64::from(made),
        more: false,
    })
}

/// The newest check that came to its end: when, and with what.
///
/// # Errors
/// Of the store.
pub async fn last(conn: &dyn Conn) -> Result<Option<(Instant, Report)>, store::StoreError> {
    for job in store::jobs::newest(conn, KIND, 10).await? {
        let report = job.report.as_deref();
        let report = report.and_then(|text| serde_json::from_str(text).ok());
        if let (JobState::Done, Some(at), Some(report)) = (job.state, job.ended_at, report) {
            return Ok(Some((at, report)));
        }
    }
    Ok(None)
}

/// The kind.
pub(super) struct Check;

impl Work for Check {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn step<'s>(
        &'s self,
        services: &'s Services,
        job: &'s Job,
    ) -> BoxFuture<'s, Result<Effect, Failure>> {
        Box::pin(step(services, job))
    }
}

async fn step(services: &Services, job: &Job) -> Result<Effect, Failure> {
    let cursor = job.cursor.as_deref().map(parsed::<Cursor>).transpose()?;
    let mut cursor = cursor.unwrap_or_default();
    let db = services.store().report_reader();
    if cursor.at_applications {
        let mut found = Findings::default();
        cursor.application =
            store::consistency::applications_page(&db, cursor.application, &mut found).await?;
        cursor.so_far.applications += found.cases;
        cursor.so_far.add(found);
        if cursor.application.is_none() {
            return over(&cursor.so_far);
        }
    } else if cursor.at_approvals {
        let mut found = Findings::default();
        cursor.approval =
            store::consistency::approvals_page(&db, cursor.approval, &mut found).await?;
        cursor.so_far.approvals += found.cases;
        cursor.so_far.add(found);
        cursor.at_applications = cursor.approval.is_none();
    } else {
        let mut found = Findings::default();
        cursor.ticket = consistency::page(services, cursor.ticket, &mut found).await?;
        cursor.so_far.tickets += found.cases;
        cursor.so_far.add(found);
        cursor.at_approvals = cursor.ticket.is_none();
    }
    let stand = Stand {
        done: cursor.so_far.looked_at(),
        total: None,
        cursor: json(&cursor)?,
    };
    Ok(plain(move || Step::On(stand.clone())))
}

fn over(report: &Report) -> Result<Effect, Failure> {
    for line in &report.lines {
        tracing::warn!(
            finding = line.told(Locale::En),
            "the nightly check found what does not fit"
        );
    }
    tracing::info!(
        tickets = report.tickets,
        approvals = report.approvals,
        applications = report.applications,
        inconsistent = report.count,
        "the nightly check is through"
    );
    let done = report.looked_at();
    let outcome = if report.count == 0 { "ok" } else { "findings" };
    let report = json(report)?;
    Ok(plain(move || {
        Step::Over(Over {
            done,
            outcome,
            report: report.clone(),
            file: None,
        })
    }))
}
