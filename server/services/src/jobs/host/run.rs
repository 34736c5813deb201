//! Holding a job: taking it by a lease, one step, and writing step, failure or end. A step that fails is tried again, each time later, and
//! at last ends the job; a rule that refuses ends it at once. Who was overtaken writes nothing.
//! Not here: what a step does (the kinds). One run of the server's job is one step: a server that stops waits for no more than that.

use std::time::Duration;

use futures::future::BoxFuture;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::JobId;
use shared::job::JobState;
use store::StoreError;
use store::jobs::{self, Ending, Failed, Held, Job, Pick};
use store::record::AuditEntry;

use super::super::Done;
use super::desk::everybodys;
use super::{Effect, KINDS, Step, Work};
use crate::context::{Ctx, Services};
use crate::fault::Failure;

/// How long a step may take before somebody else does it, in milliseconds.
const LEASE: i64 = 2 * 60_000;
/// After so long a step's lease is made longer.
const HOLD: Duration = Duration::from_mins(1);
/// Tries of one step.
const TRIES: i64 = 5;
/// Before the second try, in milliseconds; four times as long before each further one.
pub(crate) const PAUSE: i64 = 10_000;
/// Between two looks at a job that somebody else has.
const LOOK: Duration = Duration::from_millis(100);

/// What became of a step.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Taken {
    /// Written; there is more to do.
    On,
    /// The job has ended.
    Ended(JobState),
    /// It failed and will be tried again.
    Again(Fault),
    /// Somebody else has the job by now; nothing was written.
    Lost,
}

/// Why a step's transaction is not kept.
enum Halt {
    Lost,
    Failure(Failure),
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        Self::Failure(error.into())
    }
}

/// The next step of the job that waited longest for one.
pub(in crate::jobs) async fn run(services: &Services) -> Result<Done, Failure> {
    let pick = Pick::Kinds(KINDS.iter().map(|work| work.kind()).collect());
    let reader = services.store().reader();
    if !jobs::is_waiting(&reader, &pick, services.now()).await? {
        return Ok(Done::default());
    }
    let Some(held) = claim(services, &pick).await? else {
        return Ok(Done::default());
    };
    let work = KINDS.iter().find(|work| work.kind() == held.job.kind);
    let taken = take(services, work.copied(), held).await?;
    Ok(Done {
        count: u64::from(matches!(taken, Taken::On | Taken::Ended(_))),
        more: true,
    })
}

/// Takes a free job.
pub(crate) async fn claim(services: &Services, pick: &Pick) -> Result<Option<Held>, Failure> {
    claim_for(services, pick, LEASE).await
}

/// Takes a free job for so many milliseconds. A step that takes longer is written all the same, unless somebody else has begun it by then.
pub(crate) async fn claim_for(
    services: &Services,
    pick: &Pick,
    lease: i64,
) -> Result<Option<Held>, Failure> {
    let now = services.now();
    let (pick, holder) = (pick.clone(), services.new_id().to_string());
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let times = (now, Instant(now.0 + lease));
                Ok(jobs::claim(tx, &pick, &holder, times).await?)
            })
        })
        .await
}

/// One step of a held job.
///
/// # Errors
/// While the database is away: the job is let go.
#[tracing::instrument(skip_all, fields(job.id = %held.job.id, job.kind = %held.job.kind, job.steps = held.job.steps))]
pub(crate) async fn take(
    services: &Services,
    work: Option<&dyn Work>,
    held: Held,
) -> Result<Taken, Failure> {
    if held.job.cancel_at.is_some() {
        return over(services, held, (JobState::Cancelled, None)).await;
    }
    let Some(work) = work else {
        let fault = Fault::new(Code::JobUnknown);
        return over(services, held, (JobState::Failed, Some(fault))).await;
    };
    let written = match held_on(services, &held, work.step(services, &held.job)).await {
        Ok(effect) => write(services, &held, effect).await,
        Err(failure) => Err(Halt::Failure(failure)),
    };
    match written {
        Ok(taken) => Ok(taken),
        Err(Halt::Lost) => Ok(Taken::Lost),
        Err(Halt::Failure(failure)) if failure.is_outage() => {
            let again = Instant(services.now().0 + PAUSE);
            let let_go = services
                .store()
                .write::<_, StoreError, _>(move |tx| {
                    Box::pin(async move { jobs::let_go(tx, &held, again).await })
                })
                .await;
            // Where that cannot be written either, the lease ends by itself.
            drop(let_go);
            Err(failure)
        }
        Err(Halt::Failure(failure)) => note(services, held, failure).await,
    }
}

/// Does a step, and holds the job for as long as that takes: making a workbook of millions of rows is one step.
async fn held_on(
    services: &Services,
    held: &Held,
    mut step: BoxFuture<'_, Result<Effect, Failure>>,
) -> Result<Effect, Failure> {
    loop {
        if let Ok(done) = tokio::time::timeout(HOLD, &mut step).await {
            return done;
        }
        let (held, until) = (held.clone(), Instant(services.now().0 + LEASE));
        let longer = services
            .store()
            .write::<_, StoreError, _>(move |tx| {
                Box::pin(async move { jobs::hold(tx, &held, until).await })
            })
            .await;
        // Who was overtaken learns it when the step is written; where this cannot be written, the lease ends by itself.
        if let Err(error) = longer {
            tracing::debug!(cause = %error, "a lease was not made longer");
        }
    }
}

/// The step's effect and where the job stands then, in one transaction.
async fn write(services: &Services, held: &Held, effect: Effect) -> Result<Taken, Halt> {
    let now = services.now();
    let (services, held) = (services.clone(), held.clone());
    services
        .store()
        .clone()
        .write::<_, Halt, _>(move |tx| {
            Box::pin(async move {
                match effect(tx).await.map_err(Halt::Failure)? {
                    Step::On(stand) => {
                        if !jobs::stand(tx, &held, &stand, now).await? {
                            return Err(Halt::Lost);
                        }
                        Ok(Taken::On)
                    }
                    Step::Over(over) => {
                        let ending = Ending {
                            state: JobState::Done,
                            done: over.done,
                            report: Some(over.report),
                            fault: None,
                            file: over.file,
                        };
                        if !jobs::end(tx, &held, &ending, now).await? {
                            return Err(Halt::Lost);
                        }
                        let entry = entry(&services, &held.job, &ending, over.outcome);
                        store::audit::append(tx, &[entry]).await?;
                        Ok(Taken::Ended(JobState::Done))
                    }
                }
            })
        })
        .await
}

/// A step that failed: again later, or never.
async fn note(services: &Services, held: Held, failure: Failure) -> Result<Taken, Failure> {
    let refused = matches!(failure, Failure::Fault(_));
    let mut fault = services.fault(failure);
    if let Some(incident) = &fault.incident {
        fault.facts.insert("incident".to_owned(), incident.clone());
    }
    let tries = held.job.tries + 1;
    if refused || tries >= TRIES {
        return over(services, held, (JobState::Failed, Some(fault))).await;
    }
    tracing::warn!(fault.code = %fault.code, tries, "a step of a long job failed; it will be tried again");
    let why = failed(&fault);
    let pause = PAUSE << (2 * (tries - 1));
    let again = Instant(services.now().0 + pause);
    let noted = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(jobs::failed(tx, &held, &why, again).await?) })
        })
        .await?;
    Ok(if noted {
        Taken::Again(fault)
    } else {
        Taken::Lost
    })
}

fn failed(fault: &Fault) -> Failed {
    Failed {
        code: fault.code.as_str().to_owned(),
        facts: fault.facts.clone(),
    }
}

/// Ends a job that does not come to its end.
async fn over(
    services: &Services,
    held: Held,
    (state, fault): (JobState, Option<Fault>),
) -> Result<Taken, Failure> {
    let outcome = match (&fault, state) {
        (Some(fault), _) => {
            tracing::warn!(job.id = %held.job.id, job.kind = %held.job.kind, fault.code = %fault.code, "a long job cannot go on");
            fault.code.as_str()
        }
        (None, JobState::Cancelled) => "cancelled",
        (None, _) => "ok",
    };
    let ending = Ending {
        state,
        done: held.job.done,
        report: None,
        fault: fault.as_ref().map(failed),
        file: None,
    };
    let entry = entry(services, &held.job, &ending, outcome);
    let now = services.now();
    let ended = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let ended = jobs::end(tx, &held, &ending, now).await?;
                if ended {
                    store::audit::append(tx, &[entry]).await?;
                }
                Ok(ended)
            })
        })
        .await?;
    Ok(if ended {
        Taken::Ended(state)
    } else {
        Taken::Lost
    })
}

/// The end of a job in the audit.
fn entry(services: &Services, job: &Job, ending: &Ending, outcome: &str) -> AuditEntry {
    let mut entry =
        Ctx::job(services, &job.kind).audit("job.end", format!("job:{}", job.id), outcome);
    let facts = [
        ("kind", job.kind.clone()),
        ("state", ending.state.to_string()),
        ("done", ending.done.to_string()),
    ];
    for (name, value) in facts {
        entry.facts.insert(name.to_owned(), value);
    }
    entry
}

/// Works on one job here until it has ended, or for as long as somebody waits; others may do steps of it meanwhile. The job as it is then.
///
/// # Errors
/// What a step failed with: the job is tried again later by whoever comes first.
pub(crate) async fn drive(
    services: &Services,
    id: JobId,
    patience: Option<Duration>,
) -> Result<Job, Failure> {
    let until = patience.map(|patience| services.steady() + patience);
    loop {
        let job = jobs::get(&services.store().reader(), &everybodys(), id).await?;
        let job = job.ok_or_else(Fault::missing)?;
        let is_late = until.is_some_and(|until| services.steady() >= until);
        if job.ended_at.is_some() || is_late {
            return Ok(job);
        }
        let Some(held) = claim(services, &Pick::One(id)).await? else {
            tokio::time::sleep(LOOK).await;
            continue;
        };
        // To its end, also when nobody waits any more.
        let taken = tokio::spawn({
            let services = services.clone();
            async move {
                let work = KINDS.iter().find(|work| work.kind() == held.job.kind);
                take(&services, work.copied(), held).await
            }
        });
        if let Taken::Again(fault) = taken.await.map_err(anyhow::Error::new)?? {
            return Err(fault.into());
        }
    }
}
