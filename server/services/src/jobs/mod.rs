//! Work that nobody waits for: sealing the audit, numbering changes, sending notifications, moving provisional deadlines, archiving, making months ahead, tidying up, and long work in steps.
//! Each job may run twice, and in two processes, with one effect (I9); each error is logged once until it changes or ends.
//! Not here: what the jobs do (one file each). Tests call `once` instead of waiting.

mod feed;
pub mod host;
pub(crate) mod pace;
pub(crate) mod recompute;
mod rehash;
mod reindex;
mod reseal;
mod seal;
pub mod slow;
mod tidy;

use std::time::Duration;

use futures::future::BoxFuture;
use shared::fault::Fault;
use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;

use crate::context::Services;
use crate::fault::Failure;
use crate::spans;

pub(crate) use recompute::run as recompute;
pub(crate) use seal::{COPIES, checkpoints_file, line as checkpoint_line, write_new};

/// What a run came to: how many things it did, and whether more are waiting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    /// Rows sealed, notifications sent, deadlines moved, things removed.
    pub count: u64,
    /// The batch was full: run again at once.
    pub more: bool,
}

/// One kind of work.
#[derive(Clone, Copy)]
pub struct Job {
    /// Name in logs.
    pub name: &'static str,
    every: Duration,
    run: fn(&Services) -> BoxFuture<'_, Result<Done, Failure>>,
}

impl Job {
    /// Does it once, as its rhythm would.
    ///
    /// # Errors
    /// Of the job; told in the log.
    pub async fn once(&self, services: &Services) -> Result<Done, Fault> {
        (self.run)(services)
            .await
            .map_err(|failure| services.fault(failure))
    }
}

/// Every job with its rhythm.
pub const JOBS: &[Job] = &[
    Job {
        name: "seal",
        every: Duration::from_millis(500),
        run: |services| Box::pin(seal::run(services)),
    },
    Job {
        name: "feed",
        every: Duration::from_millis(100),
        run: |services| Box::pin(feed::number(services)),
    },
    Job {
        name: "second_place",
        every: Duration::from_secs(20),
        run: |services| Box::pin(crate::audit::second::run(services)),
    },
    Job {
        name: "audit_alarms",
        every: Duration::from_secs(30),
        run: |services| Box::pin(crate::audit::alarms::run(services)),
    },
    Job {
        name: "reads",
        every: Duration::from_secs(3),
        run: |services| Box::pin(crate::audit::reads::run(services)),
    },
    Job {
        name: "old_reads",
        every: Duration::from_hours(6),
        run: |services| Box::pin(crate::audit::reads::forget(services)),
    },
    Job {
        name: "audit_reports",
        every: Duration::from_hours(1),
        run: |services| Box::pin(crate::audit::reports::run(services)),
    },
    Job {
        name: "trim_feed",
        every: Duration::from_hours(1),
        run: |services| Box::pin(feed::trim(services)),
    },
    Job {
        name: "clock",
        every: Duration::from_secs(10),
        run: |services| Box::pin(crate::clock::run(services)),
    },
    Job {
        name: "vitals",
        every: Duration::from_mins(1),
        run: |services| Box::pin(crate::vitals::run(services)),
    },
    Job {
        name: "messages",
        every: Duration::from_hours(1),
        run: |services| Box::pin(tidy::messages(services)),
    },
    Job {
        name: "timers",
        every: Duration::from_millis(250),
        run: |services| Box::pin(crate::host::jobs::ring(services)),
    },
    Job {
        name: "holds",
        every: Duration::from_secs(20),
        run: |services| Box::pin(crate::tickets::holds::run(services)),
    },
    Job {
        name: "together",
        every: Duration::from_secs(1),
        run: |services| Box::pin(crate::tickets::together::run(services)),
    },
    Job {
        name: "archive",
        every: Duration::from_mins(10),
        run: |services| Box::pin(crate::tickets::archive::run(services)),
    },
    Job {
        name: "erasing",
        every: Duration::from_mins(10),
        run: |services| Box::pin(crate::tickets::archive::erase::run(services)),
    },
    Job {
        name: "erasing_approvals",
        every: Duration::from_mins(10),
        run: |services| Box::pin(crate::approvals::erase::run(services)),
    },
    Job {
        name: "services",
        every: Duration::from_millis(250),
        run: |services| Box::pin(crate::host::serve::serve(services)),
    },
    Job {
        name: "events",
        every: Duration::from_millis(250),
        run: |services| Box::pin(crate::host::deliver::deliver(services)),
    },
    Job {
        name: "kept_messages",
        every: Duration::from_mins(1),
        run: |services| Box::pin(crate::host::deliver::look_again(services)),
    },
    Job {
        name: "starts",
        every: Duration::from_millis(250),
        run: |services| Box::pin(crate::approvals::starts::ring(services)),
    },
    Job {
        name: "watch",
        every: Duration::from_secs(30),
        run: |services| Box::pin(crate::watch::flush(services)),
    },
    Job {
        name: "deliver",
        every: Duration::from_secs(2),
        run: |services| Box::pin(crate::gateway::run(services)),
    },
    Job {
        name: "incoming_mails",
        every: Duration::from_mins(1),
        run: |services| Box::pin(crate::gateway::incoming::run(services)),
    },
    Job {
        name: "notices",
        every: Duration::from_secs(1),
        run: |services| Box::pin(crate::gateway::inside::run(services)),
    },
    Job {
        name: "rules",
        every: Duration::from_mins(1),
        run: |services| Box::pin(crate::register::reading::remind(services)),
    },
    Job {
        name: "slow",
        every: Duration::from_mins(1),
        run: |services| Box::pin(slow::run(services)),
    },
    Job {
        name: "views",
        every: Duration::from_mins(1),
        run: |services| Box::pin(crate::views::followed::run(services)),
    },
    Job {
        name: "ladder",
        every: Duration::from_secs(1),
        run: |services| Box::pin(crate::tickets::ladder::run(services)),
    },
    Job {
        name: "alarms",
        every: Duration::from_mins(1),
        run: |services| Box::pin(crate::tickets::ladder::push::run(services)),
    },
    Job {
        name: "red_list",
        every: Duration::from_mins(5),
        run: |services| Box::pin(crate::tickets::ladder::red::run(services)),
    },
    Job {
        name: "ladder_clocks",
        every: Duration::from_hours(1),
        run: |services| Box::pin(crate::tickets::ladder::take_over(services)),
    },
    Job {
        name: "approvals_due",
        every: Duration::from_mins(1),
        run: |services| Box::pin(crate::approvals::notices::warn(services)),
    },
    Job {
        name: "recompute",
        every: Duration::from_mins(1),
        run: |services| Box::pin(recompute::run(services)),
    },
    Job {
        name: "register",
        every: Duration::from_secs(20),
        run: |services| Box::pin(crate::register::run(services)),
    },
    Job {
        name: "rehash",
        every: Duration::from_secs(1),
        run: |services| Box::pin(rehash::run(services)),
    },
    Job {
        name: "reindex",
        every: Duration::from_secs(1),
        run: |services| Box::pin(reindex::run(services)),
    },
    Job {
        name: "reseal",
        every: Duration::from_secs(1),
        run: |services| Box::pin(reseal::run(services)),
    },
    Job {
        name: "calendar",
        every: Duration::from_hours(6),
        run: |services| Box::pin(crate::calendar::alarm(services)),
    },
    Job {
        name: "figures",
        every: Duration::from_mins(15),
        run: |services| Box::pin(crate::reports::refresh_figures(services)),
    },
    Job {
        name: "analytic",
        every: Duration::from_secs(1),
        run: |services| Box::pin(crate::reports::analytic::follow::run(services)),
    },
    Job {
        name: "analytic_check",
        every: Duration::from_mins(10),
        run: |services| Box::pin(crate::reports::analytic::follow::compare(services)),
    },
    Job {
        name: "freeze",
        every: Duration::from_mins(10),
        run: |services| Box::pin(crate::reports::freeze(services)),
    },
    Job {
        name: "reports",
        every: Duration::from_mins(1),
        run: |services| Box::pin(crate::reports::run_scheduled(services)),
    },
    Job {
        name: "live_checks",
        every: Duration::from_mins(10),
        run: |services| Box::pin(crate::reports::watch_reports(services)),
    },
    Job {
        name: "figure_warnings",
        every: Duration::from_hours(1),
        run: |services| Box::pin(crate::reports::warn(services)),
    },
    Job {
        name: "data_requests",
        every: Duration::from_hours(1),
        run: |services| Box::pin(crate::reports::requests::expire_requests(services)),
    },
    Job {
        name: "quality_months",
        every: Duration::from_hours(1),
        run: |services| Box::pin(crate::quality::freeze_months(services)),
    },
    Job {
        name: "drafts",
        every: Duration::from_mins(10),
        run: |services| Box::pin(tidy::drafts(services)),
    },
    Job {
        name: "nightly",
        every: Duration::from_mins(10),
        run: |services| Box::pin(host::nightly(services)),
    },
    Job {
        name: "quality",
        every: Duration::from_mins(10),
        run: |services| Box::pin(crate::quality::nightly(services)),
    },
    Job {
        name: "host",
        every: Duration::from_secs(1),
        run: |services| Box::pin(host::run(services)),
    },
    Job {
        name: "results",
        every: Duration::from_mins(10),
        run: |services| Box::pin(host::results::tidy(services)),
    },
    Job {
        name: "files",
        every: Duration::from_hours(6),
        run: |services| Box::pin(tidy::files(services)),
    },
    Job {
        name: "quarantine",
        every: Duration::from_secs(2),
        run: |services| Box::pin(crate::files::quarantine::run(services)),
    },
    Job {
        name: "photos",
        every: Duration::from_mins(1),
        run: |services| Box::pin(crate::photos::older::seal(services)),
    },
    Job {
        name: "uploads",
        every: Duration::from_mins(10),
        run: |services| Box::pin(crate::files::tidy::uploads(services)),
    },
    Job {
        name: "blobs",
        every: Duration::from_hours(6),
        run: |services| Box::pin(crate::files::tidy::sweep(services)),
    },
    Job {
        name: "statistics",
        every: Duration::from_hours(24),
        run: |services| {
            Box::pin(async move {
                store::bulk::count_months(services.store()).await?;
                Ok(Done::default())
            })
        },
    },
    Job {
        name: "months",
        every: Duration::from_hours(6),
        run: |services| Box::pin(tidy::months(services)),
    },
    Job {
        name: "idle_accounts",
        every: Duration::from_hours(1),
        run: |services| Box::pin(crate::users::life::freeze_idle(services)),
    },
    Job {
        name: "account_reviews",
        every: Duration::from_hours(1),
        run: |services| Box::pin(crate::users::life::review_quarter(services)),
    },
    Job {
        name: "account_requests",
        every: Duration::from_hours(1),
        run: |services| Box::pin(crate::users::life::lapse(services)),
    },
    Job {
        name: "platforms",
        every: Duration::from_secs(2),
        run: |services| Box::pin(crate::scim::out::send(services)),
    },
    Job {
        name: "platform_looks",
        every: Duration::from_mins(10),
        run: |services| Box::pin(crate::scim::out::look(services)),
    },
    Job {
        name: "sessions",
        every: Duration::from_hours(1),
        run: |services| Box::pin(tidy::sessions(services)),
    },
];

/// Makes the coming months before the first request of a server that was away for long, and looks at the clock before anything acts on it;
/// an error is left to the job.
pub async fn make_months(services: &Services) {
    let outcome = crate::clock::run(services).await;
    Trouble::default().note("clock", services, outcome);
    let outcome = tidy::months(services).await;
    Trouble::default().note("months", services, outcome);
    // A bulk door that was killed leaves its settings of the search index behind.
    let usual = store::bulk::usual(services.store()).await;
    let usual = usual.map(|()| Done::default()).map_err(Failure::from);
    Trouble::default().note("usual", services, usual);
}

/// Starts all jobs; the handle ends when `stop` is cancelled and every job has finished what it had begun.
pub fn spawn(services: &Services, stop: CancellationToken) -> JoinHandle<()> {
    let services = services.clone();
    tokio::spawn(async move {
        let mut running = JoinSet::new();
        for job in JOBS {
            running.spawn(repeat(*job, services.clone(), stop.clone()));
        }
        while running.join_next().await.is_some() {}
    })
}

async fn repeat(job: Job, services: Services, stop: CancellationToken) {
    let mut trouble = Trouble::default();
    loop {
        let run = spans::job(&services, job.name, (job.run)(&services));
        let outcome = run.await;
        let more = outcome.as_ref().is_ok_and(|done| done.more);
        trouble.note(job.name, &services, outcome);
        let pause = if more { Duration::ZERO } else { job.every };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = stop.cancelled() => return,
        }
        if stop.is_cancelled() {
            return;
        }
    }
}

/// Remembers the last error of a job, so that one that fails for an hour is one line and not thousands. A database that is away is told once
/// for all jobs and calls together (`outages`).
#[derive(Default)]
enum Trouble {
    #[default]
    None,
    Database,
    Own(String),
}

impl Trouble {
    fn note(&mut self, job: &str, services: &Services, outcome: Result<Done, Failure>) {
        match (outcome, &*self) {
            (Ok(_), Self::None) => {}
            (Ok(_), Self::Database) => {
                if services.outage_over() {
                    *self = Self::None;
                }
            }
            (Ok(_), Self::Own(_)) => {
                tracing::info!(job, "the job works again");
                *self = Self::None;
            }
            (Err(failure), _) if failure.is_outage() => {
                services.fault(failure);
                *self = Self::Database;
            }
            (Err(failure), _) => {
                let words = format!("{failure:?}");
                if !matches!(self, Self::Own(known) if *known == words) {
                    let fault = services.fault(failure);
                    tracing::warn!(job, fault.code = %fault.code, incident.id = fault.incident, "a job failed; it will be tried again");
                    *self = Self::Own(words);
                }
            }
        }
    }
}

/// Runs every job until nothing is left to do; how many things were done. For tests, and for commands that end at once.
pub async fn once(services: &Services) -> Result<u64, Failure> {
    let mut count = 0;
    for job in JOBS {
        count += drain(services, job).await?;
    }
    // What the others wrote is sealed and numbered as well.
    for job in &JOBS[..2] {
        count += drain(services, job).await?;
    }
    Ok(count)
}

async fn drain(services: &Services, job: &Job) -> Result<u64, Failure> {
    let mut count = 0;
    loop {
        let done = spans::job(services, job.name, (job.run)(services)).await?;
        count += done.count;
        if !done.more {
            return Ok(count);
        }
    }
}
