//! How people and programs look at jobs: their own, and for who may look after them those of their area; stopping one, taking its result.
//! Not here: asking for a job (beside what it does), its steps (`run`). A job outside what the reader sees does not exist.
//! Who asked to stop a job and who took a result stands in the audit.

use shared::access::{Scope, needs};
use shared::fault::{Code, Fault};
use shared::ids::JobId;
use shared::job::{JobKind, JobPage, JobPhase, JobView, ResultView};
use store::jobs::{self, Cancelled, Job, Pick, Seen};

use super::{claim, phase, results, take};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::files;
use crate::paging;

/// Jobs of a page, unless another number is asked for.
pub const PAGE: u32 = 50;
/// Most jobs of a page.
pub const MOST: u32 = 200;

/// Everybody's jobs, for the application itself.
pub(crate) fn everybodys() -> Seen {
    Seen {
        own: None,
        scope: Some(Scope::All),
    }
}

fn seen(ctx: &Ctx) -> Result<Seen, Fault> {
    ctx.ask(needs::JOBS)?;
    Ok(Seen {
        own: ctx.actor.user(),
        scope: needs::OTHERS_JOBS.scope(&ctx.actor),
    })
}

/// The newest jobs that the reader sees.
///
/// # Errors
/// `input.cursor`; `session.signed_out` for nobody.
pub async fn list(ctx: &Ctx, cursor: Option<&str>, limit: u32) -> Result<JobPage, Fault> {
    let seen = seen(ctx)?;
    let before = cursor.map(paging::read).transpose()?;
    let limit = limit.clamp(1, MOST);
    let db = ctx.services.store().reader();
    let mut found = jobs::list(&db, &seen, before, limit + 1)
        .await
        .settle(&ctx.services)?;
    let next_cursor =
        paging::cut(&mut found, limit as usize).map(|job| paging::place(job.made_at, job.id));
    let mut items = Vec::with_capacity(found.len());
    for job in found {
        items.push(view(ctx, job).await?);
    }
    let grants = if cursor.is_none() {
        crate::exports::grants::shown(ctx, &seen).await?
    } else {
        Vec::new()
    };
    Ok(JobPage {
        items,
        grants,
        next_cursor,
    })
}

/// How whoever acts is told to others.
pub(crate) fn name_of(ctx: &Ctx) -> String {
    if ctx.actor.name.is_empty() {
        ctx.actor_name().into_owned()
    } else {
        ctx.actor.name.clone()
    }
}

async fn find(ctx: &Ctx, id: JobId) -> Result<Job, Fault> {
    let seen = seen(ctx)?;
    let job = jobs::get(&ctx.services.store().reader(), &seen, id)
        .await
        .settle(&ctx.services)?;
    job.ok_or_else(Fault::missing)
}

/// One job.
///
/// # Errors
/// `not_found` for a job that the reader does not see.
pub async fn get(ctx: &Ctx, id: JobId) -> Result<JobView, Fault> {
    view(ctx, find(ctx, id).await?).await
}

/// Asks to stop a job: it ends before its next step, and at once when nobody works on it. What it has done stays.
///
/// # Errors
/// `not_found`; `job.ended` when it came to its end before.
pub async fn cancel(ctx: &Ctx, id: JobId) -> Result<JobView, Fault> {
    let job = find(ctx, id).await?;
    let now = ctx.now();
    let by = name_of(ctx);
    let mut entry = ctx.audit("job.cancel", format!("job:{id}"), "ok");
    entry.facts.insert("kind".to_owned(), job.kind.clone());
    let again = job.cancel_at.is_some();
    let asked = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let asked = jobs::cancel(tx, id, &by, now).await?;
                if asked == Cancelled::Asked && !again {
                    store::audit::append(tx, &[entry]).await?;
                }
                Ok(asked)
            })
        })
        .await
        .settle(&ctx.services)?;
    if asked == Cancelled::Late {
        let job = find(ctx, id).await?;
        // The same wish once more, and it has come true.
        return if job.cancel_at.is_some() && JobPhase::Cancelled == phase(&job) {
            view(ctx, job).await
        } else {
            Err(Fault::new(Code::JobEnded))
        };
    }
    let held = claim(&ctx.services, &Pick::One(id)).await;
    if let Some(held) = held.settle(&ctx.services)? {
        take(&ctx.services, None, held)
            .await
            .settle(&ctx.services)?;
    }
    get(ctx, id).await
}

/// Agrees to a job that waits for a second person: somebody with the right to export who looks after the jobs of the place, and never
/// who asked for it. Agreed twice it is agreed once. With `days` the word stands for the same person, purpose, columns and rows so long.
///
/// # Errors
/// `not_found`; `access.denied`; `export.same_person`; `job.ended` when it was stopped before; `input.number` for other than `grants::DAYS`.
pub async fn approve(ctx: &Ctx, id: JobId, days: u32) -> Result<JobView, Fault> {
    ctx.ask(needs::OTHERS_JOBS)?;
    let job = find(ctx, id).await?;
    ctx.ask(needs::EXPORT)?;
    if job.owner == ctx.actor.user() {
        return Err(Fault::new(Code::ExportSamePerson));
    }
    if job.ended_at.is_some() || job.cancel_at.is_some() {
        return Err(Fault::new(Code::JobEnded));
    }
    let by = name_of(ctx);
    let mut entry = ctx.audit("job.approve", format!("job:{id}"), "ok");
    let standing = crate::exports::job::standing(ctx, &job, days).await?;
    entry.facts.insert("kind".to_owned(), job.kind);
    entry.facts.insert("days".to_owned(), days.to_string());
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                if jobs::approve(tx, id, &by).await? {
                    if let Some(standing) = &standing {
                        jobs::grant(tx, standing).await?;
                    }
                    store::audit::append(tx, &[entry]).await?;
                }
                Ok(())
            })
        })
        .await
        .settle(&ctx.services)?;
    get(ctx, id).await
}

/// A result as it is taken.
pub enum Taken {
    /// A file like all others.
    Sealed(Box<files::Opened>),
    /// One of an earlier release, in the clear: the file, its length, and what it is called at the reader's.
    Open(tokio::fs::File, u64, String),
}

/// Opens a job's result for whoever asked for it, while the right is still held as it was then.
///
/// # Errors
/// `not_found` for somebody else's job; `job.no_result`; `access.denied`; `job.rights` when the right reaches another part of the tickets.
pub async fn result(ctx: &Ctx, id: JobId) -> Result<Taken, Fault> {
    let mut rows = None;
    let outcome = match ctx.ask(needs::EXPORT) {
        Ok(()) => {
            let job = find(ctx, id).await?;
            rows = Some(job.done);
            open(ctx, &job).await
        }
        Err(fault) if fault.code == Code::SignedOut => return Err(fault),
        Err(fault) => Err(fault),
    };
    let word = match &outcome {
        Ok(_) => "ok",
        Err(fault) => fault.code.as_str(),
    };
    let mut entry = ctx.audit("job.result", format!("job:{id}"), word);
    let is_taken = outcome.is_ok();
    let rows = rows.filter(|_| is_taken);
    let rows = rows.map(|rows| ("rows".to_owned(), rows.to_string()));
    let incident = outcome
        .as_ref()
        .err()
        .and_then(|fault| fault.incident.clone());
    let incident = incident.map(|incident| ("incident".to_owned(), incident));
    entry.facts.extend(rows.into_iter().chain(incident));
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                if is_taken {
                    jobs::took(tx, id).await?;
                }
                Ok(store::audit::append(tx, &[entry]).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    outcome
}

async fn open(ctx: &Ctx, job: &Job) -> Result<Taken, Fault> {
    if job.owner.is_none() || job.owner != ctx.actor.user() {
        // Who looks after jobs sees that there is one, and no result.
        return Err(Fault::denied());
    }
    let none = || Fault::new(Code::JobNoResult);
    let kept = job.file.as_ref().ok_or_else(none)?;
    if kept.until.is_some_and(|until| until <= ctx.now()) {
        return Err(none());
    }
    let replays = [JobKind::Replay, JobKind::Resort];
    if replays.iter().any(|kind| kind.as_str() == job.kind) {
        crate::register::may_take_replay(ctx, job)?;
    } else {
        crate::exports::job::may_take(ctx, job)?;
    }
    if let Some(sealed) = files::of_job(&ctx.services, job.id).await? {
        return Ok(Taken::Sealed(Box::new(sealed)));
    }
    let folder = results::Folder::below(&ctx.services.config().data_dir);
    let path = folder.path(job.id);
    let file = match tokio::fs::File::open(&path).await {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(none()),
        opened => opened
            .map_err(|error| crate::fault::disk(error, "reading a result"))
            .settle(&ctx.services)?,
    };
    let bytes = u64::try_from(kept.bytes).unwrap_or(0);
    Ok(Taken::Open(file, bytes, kept.name.clone()))
}

async fn view(ctx: &Ctx, job: Job) -> Result<JobView, Fault> {
    let state = phase(&job);
    let is_own = job.owner.is_some() && job.owner == ctx.actor.user();
    let now = ctx.now();
    let kept = job.file.as_ref().filter(|file| {
        is_own && file.until.is_none_or(|until| until > now) && needs::EXPORT.is_met_by(&ctx.actor)
    });
    let awaits = job.awaits && matches!(state, JobPhase::Waiting | JobPhase::Running);
    let may_export = needs::EXPORT.is_met_by(&ctx.actor);
    let may_approve = awaits && !is_own && may_export && needs::OTHERS_JOBS.is_met_by(&ctx.actor);
    let asks = if awaits && (is_own || may_approve) {
        crate::exports::job::asks(ctx, &job).await?
    } else {
        Vec::new()
    };
    let (about, is_over) = (crate::exports::job::is_about(&job), job.ended_at.is_some());
    Ok(JobView {
        id: job.id,
        kind: job.kind,
        subject: job.subject,
        state,
        owner: job.owner_name,
        is_own,
        done: job.done,
        // What was expected is not said beside what it came to.
        total: job.total.filter(|_| !(about && is_over)),
        about: about && !is_over,
        made_at: job.made_at,
        started_at: job.started_at,
        ended_at: job.ended_at,
        may_cancel: matches!(state, JobPhase::Waiting | JobPhase::Running),
        awaits,
        may_approve,
        approved_by: job.approved_by,
        asks,
        cancelled_by: job.cancel_by,
        fault: job.fault,
        facts: job.facts,
        report: job
            .report
            .as_deref()
            .and_then(|text| serde_json::from_str(text).ok()),
        result: kept.map(|file| ResultView {
            bytes: file.bytes,
            until: file.until,
            taken: job.taken,
        }),
        // Told by the asking alone.
        password: None,
    })
}
