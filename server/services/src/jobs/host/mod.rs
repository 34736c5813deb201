//! The host of long work: each job goes in steps, and each step writes where it stands, so that a restart, or another server, goes on there.
//! A kind says what one step is; the host holds the job and writes step, audit and end.
//! Not here: the kinds (one file each), the rows (`store::jobs`). One run is one step: a server that stops waits for no more than that.

mod check;

use futures::future::BoxFuture;
use shared::calendar::Instant;
use store::jobs::{Held, Job, Stand, State};

use super::Done;
use crate::context::{Ctx, Services};
use crate::fault::Failure;

pub(super) use check::nightly;
pub use check::{Report, last as last_check};

/// How long a step may take before somebody else does it, in milliseconds.
const LEASE: i64 = 5 * 60_000;

/// What a step came to.
enum Step {
    /// There is more to do.
    On(Stand),
    /// Nothing is left.
    Over {
        /// How much was done.
        done: i64,
        /// What it came to, as JSON.
        report: String,
        /// What the audit says of it.
        outcome: &'static str,
    },
}

/// A kind of long work. A step may be done twice, when its server died before it was written down.
trait Work: Send + Sync {
    /// Its word in the database.
    fn kind(&self) -> &'static str;
    /// Goes on from the job's cursor.
    fn step<'s>(
        &'s self,
        services: &'s Services,
        job: &'s Job,
    ) -> BoxFuture<'s, Result<Step, Failure>>;
}

/// Every kind.
const KINDS: &[&dyn Work] = &[&check::Check];

/// The next step of the oldest job.
pub(super) async fn run(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    if !store::jobs::is_waiting(&services.store().reader(), now).await? {
        return Ok(Done::default());
    }
    let holder = services.new_id().to_string();
    let held = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let until = Instant(now.0 + LEASE);
                Ok(store::jobs::claim(tx, &holder, now, until).await?)
            })
        })
        .await?;
    let Some(held) = held else {
        return Ok(Done::default());
    };
    let written = take(services, held).await?;
    Ok(Done {
        count: u64::from(written),
        more: true,
    })
}

/// One step of a held job; whether it was written.
async fn take(services: &Services, held: Held) -> Result<bool, Failure> {
    let Some(work) = KINDS.iter().find(|work| work.kind() == held.job.kind) else {
        tracing::warn!(job.kind = %held.job.kind, "this program knows no such job");
        let done = held.job.done;
        return end(services, held, (State::Failed, done, None), "unknown_kind").await;
    };
    match work.step(services, &held.job).await {
        Ok(Step::On(stand)) => {
            services
                .store()
                .write::<_, Failure, _>(move |tx| {
                    Box::pin(async move { Ok(store::jobs::stand(tx, &held, &stand).await?) })
                })
                .await
        }
        Ok(Step::Over {
            done,
            report,
            outcome,
        }) => end(services, held, (State::Done, done, Some(report)), outcome).await,
        // The lease ends by itself, and the step is done again.
        Err(failure) if failure.is_outage() => Err(failure),
        Err(failure) => {
            let fault = services.fault(failure);
            tracing::warn!(job.kind = %held.job.kind, job.id = %held.job.id, incident.id = fault.incident, "a long job cannot go on");
            let done = held.job.done;
            end(
                services,
                held,
                (State::Failed, done, None),
                fault.code.as_str(),
            )
            .await
        }
    }
}

/// Ends a job, with its row in the audit.
async fn end(
    services: &Services,
    held: Held,
    (state, done, report): (State, i64, Option<String>),
    outcome: &str,
) -> Result<bool, Failure> {
    let mut entry = Ctx::system(services).audit("job.end", format!("job:{}", held.job.id), outcome);
    entry.facts.insert("kind".to_owned(), held.job.kind.clone());
    entry
        .facts
        .insert("state".to_owned(), state.code().to_owned());
    entry.facts.insert("done".to_owned(), done.to_string());
    let now = services.now();
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let what = (state, done, report.as_deref());
                let ended = store::jobs::end(tx, &held, what, now).await?;
                if ended {
                    store::audit::append(tx, &[entry]).await?;
                }
                Ok(ended)
            })
        })
        .await
}
