//! The demo province: organisation, accounts, and deterministic plausible tickets in every state (`domain.md` 13.2).
//! A bulk door (I3): cases are made by the rules and the engine once per way of running, filled in, and written by `store::bulk`.
//! Not here: the wording (`words`). Start with `run`, then `script`.

mod accounts;
pub(crate) mod build;
mod draw;
pub(crate) mod fill;
mod organisation;
mod overdue;
mod people;
pub(crate) mod script;
pub(crate) mod template;
mod words;
mod world;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use chrono::{NaiveDate, NaiveTime};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::{BatchId, TicketId};
use shared::ticket::{Channel, TicketNo};
use store::batches::{self, Batch, Counts};
use store::bulk::{self, Prepared};
use tokio::task::JoinHandle;

use crate::consistency::{self, Findings};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::jobs::pace::Pace;
use build::Builder;
use draw::Drawn;
use world::World;

/// Tickets that are looked up together.
const LOOKED_UP: usize = 2_000;
/// Tickets between two lines of progress.
const TELL: usize = 20_000;

/// What to load.
#[derive(Debug, Clone)]
pub struct DemoPlan {
    /// How many tickets.
    pub tickets: u32,
    /// Over how many months before `until`.
    pub months: u32,
    /// The demo's today: nothing lies after it, nor after the present moment.
    pub until: NaiveDate,
    /// Seed of everything that is drawn, passwords and keys excepted.
    pub seed: u64,
    /// Where the accounts are written.
    pub accounts: PathBuf,
}

/// What was loaded.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    pub tickets: usize,
    /// Accounts made now; 0 when they were there.
    pub accounts: usize,
    /// Different ways of running.
    pub ways: usize,
    pub seconds: f64,
    pub findings: Findings,
}

impl Done {
    /// Whether the check found nothing.
    pub fn is_consistent(&self) -> bool {
        self.findings.count == 0
    }
}

impl std::fmt::Display for Done {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for finding in &self.findings.first {
            writeln!(f, "{}", consistency::line(finding))?;
        }
        write!(
            f,
            "tickets={} accounts={} ways={} seconds={:.1} checked={} inconsistent={}",
            self.tickets,
            self.accounts,
            self.ways,
            self.seconds,
            self.findings.tickets,
            self.findings.count
        )
    }
}

/// Loads the demo.
///
/// # Errors
/// Faults of the store; a disk that cannot take the accounts file.
pub async fn run(ctx: &Ctx, order: DemoPlan) -> Result<Done, Fault> {
    let services = &ctx.services;
    let begun = services.now();
    let accounts = accounts::prepare(ctx, order.seed, &order.accounts)
        .await
        .settle(services)?;
    let batch = BatchId(services.new_id());
    let load = Load::begin(ctx, &order, batch).await.settle(services)?;
    bulk::begin(services.store()).await.settle(services)?;
    let loaded = load.run().await;
    let settled = bulk::settle(services.store()).await;
    if let Err(failure) = loaded {
        return Err(crate::stopped::at(services, batch, services.fault(failure)).await);
    }
    settled.settle(services)?;
    let tickets = load.moments.len();
    let counts = Counts {
        read: tickets as i64,
        imported: tickets as i64,
        ..Counts::default()
    };
    let now = services.now();
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(batches::progress(tx, batch, counts, Some(now)).await?) })
        })
        .await
        .settle(services)?;
    let findings = consistency::check(services, Some(batch)).await?;
    let seconds = (services.now().0 - begun.0) as f64 / 1000.0;
    Ok(Done {
        tickets,
        accounts,
        ways: load.world.ways(),
        seconds,
        findings,
    })
}

/// An accounts file that is in the way: a run would make accounts, and their passwords must not replace other ones.
///
/// # Errors
/// Faults of the store.
pub async fn accounts_in_the_way(ctx: &Ctx, order: &DemoPlan) -> Result<Option<PathBuf>, Fault> {
    let services = &ctx.services;
    if !accounts::are_lacking(ctx).await.settle(services)? {
        return Ok(None);
    }
    let kept = services.config().data_dir.join("accounts.json");
    Ok([order.accounts.clone(), kept]
        .into_iter()
        .find(|file| file.exists()))
}

/// The same seed draws the same tickets, ids included: a second run of it finds them here, and writes nothing.
async fn not_there(
    services: &Services,
    world: &World,
    moments: &[Instant],
    seed: u64,
) -> Result<(), Failure> {
    let reader = services.store().reader();
    for (chunk, moments) in moments.chunks(LOOKED_UP).enumerate() {
        let ids: Vec<TicketId> = heads(seed, chunk * LOOKED_UP, moments)
            .map(|head| build::id_of(world, &head))
            .collect();
        if bulk::any_kept(&reader, &ids).await? {
            return Err(Fault::new(Code::DemoThere).fact("seed", seed).into());
        }
    }
    Ok(())
}

/// What is drawn of some tickets, of which the first has this position.
fn heads(seed: u64, first: usize, moments: &[Instant]) -> impl Iterator<Item = Drawn> + '_ {
    let position = move |index: usize| u32::try_from(first + index).unwrap_or(u32::MAX);
    let all = moments.iter().enumerate();
    all.map(move |(index, at)| draw::head(seed, position(index), *at))
}

/// A chunk that is being made.
type Making = JoinHandle<Result<Prepared, Failure>>;

/// A run under way.
struct Load {
    services: Services,
    world: Arc<World>,
    moments: Vec<Instant>,
    seed: u64,
    until: Instant,
    batch: BatchId,
}

impl Load {
    async fn begin(ctx: &Ctx, order: &DemoPlan, batch: BatchId) -> Result<Self, Failure> {
        let services = ctx.services.clone();
        let reference = services.reference().await?;
        let users = store::users::list(&services.store().reader()).await?;
        let end = order
            .until
            .succ_opt()
            .unwrap_or(order.until)
            .and_time(NaiveTime::MIN);
        let until = Instant(Instant::from_local(end).0 - 1).min(services.now());
        let moments = draw::moments(
            &reference.calendar,
            order.tickets,
            order.months,
            until,
            order.seed,
        );
        let world = Arc::new(World::new(reference, &users, order.seed)?);
        not_there(&services, &world, &moments, order.seed).await?;
        let from = moments.first().copied().unwrap_or(until);
        services.store().prepare_months(from, until).await?;
        let at = services.now();
        let record = Batch {
            id: batch,
            kind: "demo".to_owned(),
            name: format!("demo-{}", batch.0.simple()),
            source: format!("seed {}", order.seed),
            started_at: at,
            finished_at: None,
            undone_at: None,
            counts: Counts::default(),
        };
        let mut entry = ctx.audit("demo.load", format!("batch:{batch}"), "ok");
        entry
            .facts
            .insert("tickets".to_owned(), order.tickets.to_string());
        services
            .store()
            .write::<_, Failure, _>(move |tx| {
                Box::pin(async move {
                    batches::begin(tx, &record).await?;
                    Ok(store::audit::append(tx, std::slice::from_ref(&entry)).await?)
                })
            })
            .await?;
        Ok(Self {
            services,
            world,
            moments,
            seed: order.seed,
            until,
            batch,
        })
    }

    /// While one chunk is written, the next is made. What the database does not take in time is made anew in smaller chunks.
    async fn run(&self) -> Result<(), Failure> {
        let mut pace = Pace::default();
        let (mut written, mut told) = (0, 0);
        let mut next = self.make(written, pace).await?;
        while let Some(making) = next {
            let cases = making.await.context("a working thread")??;
            let end = written + cases.len();
            next = self.make(end, pace).await?;
            let begun = std::time::Instant::now();
            match self.write(cases, end).await {
                Ok(()) => {
                    pace.took(begun.elapsed());
                    written = end;
                }
                Err(failure) if failure.is_busy() && pace.was_too_much() => {
                    tracing::warn!(
                        "the database did not take so many tickets in time; fewer are tried"
                    );
                    next = self.make(written, pace).await?;
                }
                Err(failure) => return Err(failure),
            }
            if written >= told + TELL {
                told = written;
                tracing::info!(written, of = self.moments.len(), "demo tickets");
            }
        }
        Ok(())
    }

    async fn write(&self, cases: Prepared, written: usize) -> Result<(), Failure> {
        let counts = Counts {
            read: written as i64,
            imported: written as i64,
            ..Counts::default()
        };
        Ok(bulk::write_counted(self.services.store(), cases, self.batch, counts).await?)
    }

    /// Reserves the numbers of a chunk and begins to make it; `None` behind the last one.
    async fn make(&self, first: usize, pace: Pace) -> Result<Option<Making>, Failure> {
        let Some(moments) = self
            .moments
            .get(first..)
            .filter(|rest| !rest.is_empty())
            .map(|rest| &rest[..rest.len().min(pace.rows())])
        else {
            return Ok(None);
        };
        let heads: Vec<Drawn> = heads(self.seed, first, moments).collect();
        let numbers = self.numbers(&heads).await?;
        let (world, store, until, batch) = (
            Arc::clone(&self.world),
            self.services.store().clone(),
            self.until,
            self.batch,
        );
        Ok(Some(tokio::task::spawn_blocking(move || {
            let builder = Builder {
                world: &world,
                seal: store.seal(),
                until,
                batch,
            };
            let cases = heads
                .iter()
                .zip(numbers)
                .map(|(head, no)| builder.case(head, no))
                .collect::<Result<Vec<_>, _>>()?;
            Ok(bulk::prepare(&store, cases)?)
        })))
    }

    /// One number for each head, drawn per city, day and channel.
    async fn numbers(&self, heads: &[Drawn]) -> Result<Vec<TicketNo>, Failure> {
        let key = |head: &Drawn| (head.city, head.accepted_at.date(), head.channel);
        let mut counts: BTreeMap<(usize, NaiveDate, Channel), u32> = BTreeMap::new();
        for head in heads {
            *counts.entry(key(head)).or_default() += 1;
        }
        let wanted = counts.clone();
        let first = self
            .services
            .store()
            .write::<_, Failure, _>(move |tx| {
                Box::pin(async move {
                    let mut first = Vec::with_capacity(wanted.len());
                    for ((city, day, channel), count) in wanted {
                        first.push(
                            store::numbers::draw(tx, draw::CITIES[city].0, day, channel, count)
                                .await?,
                        );
                    }
                    Ok(first)
                })
            })
            .await?;
        let mut next: BTreeMap<_, u32> = counts.into_keys().zip(first).collect();
        let number = |head: &Drawn| {
            let sequence = next.entry(key(head)).or_default();
            *sequence += 1;
            TicketNo::new(
                draw::CITIES[head.city].0,
                head.accepted_at.date(),
                head.channel,
                *sequence - 1,
            )
        };
        Ok(heads.iter().map(number).collect())
    }
}

#[cfg(test)]
mod tests;
