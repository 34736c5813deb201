//! The tickets that were accepted lately, said once more to a version of their process: a job walks them from the newest on and keeps where they would
//! have gone another way. It changes nothing. Not here: the walk of one ticket (`process::retrace`), versions side by side (`differ`).
//! Whoever may deploy asks, for the tickets of their own area.

use serde::{Deserialize, Serialize};
use shared::access::{Scope, needs};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::{JobId, TicketId};
use shared::job::JobKind;
use shared::process::retrace::{NAMED, RetraceReport, RetraceView, Retraced};
use store::jobs::Job;

use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::host::denied::recorded;
use crate::jobs::host::{self, Effect, Over, Step, Stepwise, json, parsed, plain};
use crate::process::TICKET_MAIN;
use crate::process::retrace::Outcome;

/// Word of this kind.
const KIND: &str = JobKind::Retrace.as_str();
/// How far back it looks, in milliseconds.
const BACK: i64 = 30 * 24 * 3_600_000;
/// Tickets at most, the newest.
const MOST: i64 = 20_000;
/// Tickets of a step.
const BATCH: u32 = 50;
/// Jobs among which that of a version is looked for.
const LOOKED_AT: u32 = 50;

/// Under which version, and which tickets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Asked {
    version: i32,
    /// Milliseconds.
    from: i64,
    until: i64,
    /// Of what area.
    scope: Scope,
}

/// Where it stands.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Cursor {
    so_far: RetraceReport,
    /// Looked at, whether in the area or not.
    seen: i64,
    /// The last ticket: when it was accepted, in milliseconds, and its id.
    before: Option<(i64, TicketId)>,
}

/// Begins a replay under a version of the tickets' process, or gives the one of this person that is under way.
///
/// # Errors
/// `not_found` for another process, and for a version that is not deployed.
pub async fn retrace(ctx: &Ctx, key: &str, version: i32) -> Result<JobId, Fault> {
    let what = ("process.retrace", format!("process:{key}"));
    recorded(ctx, what, begin(ctx, key, version)).await
}

async fn begin(ctx: &Ctx, key: &str, version: i32) -> Result<JobId, Fault> {
    let scope = ctx.reach(needs::DEPLOYING)?;
    let services = &ctx.services;
    if key != TICKET_MAIN {
        return Err(Fault::missing());
    }
    let reader = services.store().reader();
    let known = store::definitions::get(&reader, key, version).await;
    known.settle(services)?.ok_or_else(Fault::missing)?;
    let until = ctx.now().0;
    let asked = Asked {
        version,
        from: until.saturating_sub(BACK),
        until,
        scope,
    };
    let scope = json(&asked).settle(services)?;
    let mut new = host::asked(ctx, KIND, format!("{key} {version}"), scope);
    let whose = new.owner.map_or_else(String::new, |id| id.to_string());
    new.once = Some(format!("{KIND}:{version}:{whose}"));
    let put = host::put_once(ctx, new, Code::JobEnded).await;
    put.settle(services)
}

/// The newest replay under a version for whoever may see as much as who asked.
pub(super) async fn newest(ctx: &Ctx, version: i32) -> Result<Option<RetraceView>, Fault> {
    let Some(reach) = needs::DEPLOYING.scope(&ctx.actor) else {
        return Ok(None);
    };
    let services = &ctx.services;
    let db = services.store().reader();
    let jobs = store::jobs::newest(&db, KIND, LOOKED_AT).await;
    for job in jobs.settle(services)? {
        let asked: Asked = parsed(&job.scope).settle(services)?;
        if asked.version == version && asked.scope == reach {
            return Ok(Some(view(&job)));
        }
    }
    Ok(None)
}

fn view(job: &Job) -> RetraceView {
    let report = job.report.as_deref();
    RetraceView {
        job: job.id,
        phase: host::phase(job),
        asked_at: job.made_at,
        report: report.and_then(|text| serde_json::from_str(text).ok()),
    }
}

/// The kind.
pub(crate) const RETRACE: Stepwise = Stepwise {
    kind: JobKind::Retrace,
    step: |services, job| Box::pin(step(services, job)),
};

async fn step(services: &Services, job: &Job) -> Result<Effect, Failure> {
    let asked: Asked = parsed(&job.scope)?;
    let cursor = job.cursor.as_deref().map(parsed::<Cursor>).transpose()?;
    let mut cursor = cursor.unwrap_or_default();
    let db = services.store().report_reader();
    let span = (Instant(asked.from), Instant(asked.until));
    let end = (asked.until, TicketId(uuid::Uuid::nil()));
    let (at, id) = cursor.before.unwrap_or(end);
    let page = if cursor.seen < MOST {
        store::tickets::accepted_before(&db, span, (Instant(at), id), BATCH).await?
    } else {
        Vec::new()
    };
    for (id, _) in &page {
        look(services, (*id, &asked), &mut cursor.so_far).await?;
    }
    let Some((last, at)) = page.last() else {
        return over(&cursor.so_far);
    };
    cursor.before = Some((at.0, *last));
    cursor.seen += i64::try_from(page.len()).unwrap_or(i64::MAX);
    host::on(cursor.seen, &cursor)
}

/// Looks at one ticket, where it lies in the area, and counts.
async fn look(
    services: &Services,
    (id, asked): (TicketId, &Asked),
    so_far: &mut RetraceReport,
) -> Result<(), Failure> {
    let db = services.store().report_reader();
    let Some(case) = store::tickets::case::load(&db, &asked.scope, id).await? else {
        return Ok(());
    };
    let history = store::tickets::case::history(&db, id).await?;
    let process = std::sync::Arc::clone(&services.reference().await?.process);
    so_far.tickets += 1;
    match process.retraced((&case, &history), asked.version)? {
        Outcome::Same => {}
        Outcome::Untraced => so_far.untraced += 1,
        Outcome::Differs(found) => {
            so_far.changed += 1;
            let kind = found.kind.as_str().to_owned();
            *so_far.kinds.entry(kind).or_default() += 1;
            if so_far.first.len() < NAMED {
                so_far.first.push(Retraced {
                    ticket: id,
                    no: case.ticket.ticket_no.to_string(),
                    version: found.version,
                    line: found.line,
                    verb: found.verb,
                    at: found.at,
                    kind: found.kind,
                    was: found.was,
                    would_be: found.would_be,
                });
            }
        }
    }
    Ok(())
}

fn over(so_far: &RetraceReport) -> Result<Effect, Failure> {
    let (report, done) = (json(so_far)?, so_far.tickets);
    Ok(plain(move || {
        Step::Over(Over {
            done,
            report: report.clone(),
            outcome: "ok",
            file: None,
        })
    }))
}
