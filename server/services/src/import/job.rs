//! An import as a job: its rows chunk by chunk, each in one transaction with how far the file is, then figures, then the check of the batch.
//! It is worked on where the command runs, which has the file; the job is known by the file's content, so that the same command goes on.
//! Not here: reading and judging (`take`), holding a job (`jobs::host`).

use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{self, Duration};

use aws_lc_rs::digest::{Context, SHA256};
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::{BatchId, JobId, TicketId};
use shared::job::{JobKind, JobState};
use shared::process::mismatch::Line;
use shared::text::Locale;
use shared::text::obstacle::Told as _;
use store::batches::{self, Batch, Counts};
use store::bulk::{self, Prepared};
use store::consistency::Findings;
use store::jobs::{Job, Pick, Stand};
use tokio::sync::Mutex;

use super::take::{SoFar, Taker, Unwritten};
use super::{Done, KIND, Opened};
use crate::consistency;
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle, disk};
use crate::jobs::host::{self, Effect, Over, Step, Taken, Work, effect, json, parsed, plain};

/// How long a chunk may take before the same command may take it up, in milliseconds: so long waits who begins anew after a kill.
const LEASE: i64 = 30_000;
/// Lines of a report.
const LINES: usize = 50;

/// What is imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Scope {
    source: String,
    batch: BatchId,
    /// What stands for the present in rows without a date, however often the work is taken up.
    now: Instant,
}

/// Where an import stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum Cursor {
    /// At a row.
    Rows(SoFar),
    /// All rows are read.
    Settle(SoFar),
    /// Behind a ticket of the check.
    Check(SoFar, Option<TicketId>, Checked),
}

/// What the check has seen.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Checked {
    tickets: i64,
    count: i64,
    lines: Vec<Line>,
}

/// What is said of an import for good.
#[derive(Debug, Serialize)]
struct Report<'a> {
    batch: BatchId,
    #[serde(flatten)]
    tally: Counts,
    /// Things that do not fit.
    count: i64,
    lines: &'a [Line],
}

/// The kind, with the file of this process.
struct Import(Mutex<At>);

struct At {
    taker: Taker,
    scope: Scope,
    /// How far it came, for whoever waits.
    so_far: SoFar,
    found: Checked,
}

/// Makes the job, or finds the one of the same file that is under way, and works on it to its end.
pub(super) async fn run(opened: Opened) -> Result<Done, Fault> {
    let ctx = opened.ctx.clone();
    let services = &ctx.services;
    let (id, scope) = begin(&opened).await.settle(services)?;
    let taker = Taker::new(opened, (scope.batch, scope.now)).await;
    let import = Import(Mutex::new(At {
        taker: taker.settle(services)?,
        scope: scope.clone(),
        so_far: SoFar::default(),
        found: Checked::default(),
    }));
    if let Err(fault) = work(&ctx, id, &import).await {
        return Err(crate::stopped::at(services, scope.batch, fault).await);
    }
    let at = import.0.into_inner();
    if at.found.count > 0 {
        let lines = at.found.lines.iter();
        let lines: Vec<String> = lines.map(|line| line.told(Locale::En)).collect();
        let words = format!(
            "batch {}: {} findings, first: {}",
            scope.batch,
            at.found.count,
            lines.join("; ")
        );
        return Err(services.fault(Failure::Broken(anyhow::anyhow!(words))));
    }
    Ok(at.taker.done(Some(scope.batch), at.so_far))
}

async fn begin(opened: &Opened) -> Result<(JobId, Scope), Failure> {
    let (ctx, source) = (&opened.ctx, opened.source.clone());
    let services = &ctx.services;
    let once = format!("{KIND}:{}", digest(opened).await?);
    let scope = Scope {
        source: source.clone(),
        batch: BatchId(services.new_id()),
        now: services.now(),
    };
    let mut new = host::asked(ctx, JobKind::Import.as_str(), source.clone(), json(&scope)?);
    new.once = Some(once.clone());
    let batch = Batch {
        id: scope.batch,
        kind: KIND.to_owned(),
        name: format!("{source}-{}", scope.batch.0.simple()),
        source: source.clone(),
        started_at: scope.now,
        finished_at: None,
        undone_at: None,
        counts: Counts::default(),
    };
    let mut entry = ctx.audit("import.begin", format!("batch:{}", scope.batch), "ok");
    entry.facts.insert("source".to_owned(), source);
    entry.facts.insert("job".to_owned(), new.id.to_string());
    let id = new.id;
    let is_new = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let is_new = store::jobs::put(tx, &new).await?;
                if is_new {
                    batches::begin(tx, &batch).await?;
                    store::audit::append(tx, &[entry]).await?;
                }
                Ok(is_new)
            })
        })
        .await?;
    if is_new {
        return Ok((id, scope));
    }
    let open = store::jobs::open_of(&services.store().reader(), &once).await?;
    // It ended between the two looks.
    let open = open.ok_or_else(|| Fault::new(Code::Busy))?;
    tracing::info!(job.id = %open.id, done = open.done, "the import of this file goes on where it stood");
    Ok((open.id, parsed(&open.scope)?))
}

/// Digest of the file, its mapping and the source's name: what makes two imports one.
async fn digest(opened: &Opened) -> Result<String, Failure> {
    let (file, map, source) = (
        opened.order.file.clone(),
        opened.order.map.clone(),
        opened.source.clone(),
    );
    let read = move || -> Result<String, Failure> {
        let mut all = Context::new(&SHA256);
        all.update(source.as_bytes());
        for path in [Some(file), map] {
            let part = path.as_deref().map(file_digest).transpose();
            let part = part.map_err(|error| disk(error, "reading the file"))?;
            all.update(&part.unwrap_or_default());
        }
        Ok(hex::encode(all.finish().as_ref()))
    };
    tokio::task::spawn_blocking(read)
        .await
        .map_err(anyhow::Error::new)?
}

fn file_digest(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut file = std::fs::File::open(path)?;
    let mut digest = Context::new(&SHA256);
    let mut buffer = vec![0; 256 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(digest.finish().as_ref().to_vec()),
            count => digest.update(&buffer[..count]),
        }
    }
}

async fn work(ctx: &Ctx, id: JobId, import: &Import) -> Result<(), Fault> {
    let services = &ctx.services;
    loop {
        let held = host::claim_for(services, &Pick::One(id), LEASE).await;
        let Some(held) = held.settle(services)? else {
            return Err(elsewhere(services, id).await);
        };
        let begun = time::Instant::now();
        let taken = match host::take(services, Some(import), held).await {
            Err(failure)
                if failure.is_busy() && import.0.lock().await.taker.pace.was_too_much() =>
            {
                tracing::warn!("the database did not take so many rows in time; fewer are tried");
                tokio::time::sleep(Duration::from_millis(host::PAUSE.unsigned_abs())).await;
                continue;
            }
            taken => taken.settle(services)?,
        };
        import.0.lock().await.taker.pace.took(begun.elapsed());
        match taken {
            Taken::On => {}
            Taken::Ended(JobState::Done) => return Ok(()),
            Taken::Ended(_) => {
                let everybodys = host::desk::everybodys();
                let job = store::jobs::get(&services.store().reader(), &everybodys, id).await;
                let fault = job.settle(services)?.as_ref().and_then(host::fault_of);
                return Err(fault.unwrap_or_else(Fault::missing));
            }
            Taken::Again(fault) => return Err(fault),
            Taken::Lost => return Err(elsewhere(services, id).await),
        }
    }
}

/// Somebody else has the job, or may still have it.
async fn elsewhere(services: &Services, id: JobId) -> Fault {
    let everybodys = host::desk::everybodys();
    let job = store::jobs::get(&services.store().reader(), &everybodys, id).await;
    let until = job.ok().flatten().map_or(0, |job| job.held_until.0);
    Fault::new(Code::JobHeld)
        .fact("job", id)
        .fact("until", until)
}

impl Work for Import {
    fn kind(&self) -> &'static str {
        JobKind::Import.as_str()
    }

    fn step<'s>(
        &'s self,
        services: &'s Services,
        job: &'s Job,
    ) -> BoxFuture<'s, Result<Effect, Failure>> {
        Box::pin(async move {
            let cursor = job.cursor.as_deref().map(parsed::<Cursor>).transpose()?;
            let mut at = self.0.lock().await;
            match cursor.unwrap_or_else(|| Cursor::Rows(SoFar::default())) {
                Cursor::Rows(so_far) => at.rows(so_far).await,
                Cursor::Settle(so_far) => at.settle(services, so_far).await,
                Cursor::Check(so_far, after, found) => {
                    at.check(services, (so_far, after), found).await
                }
            }
        })
    }
}

impl At {
    fn stand(&self, so_far: &SoFar, cursor: &Cursor) -> Result<Stand, Failure> {
        Ok(Stand {
            cursor: json(cursor)?,
            done: so_far.tally.read,
            total: Some(self.taker.total()),
        })
    }

    /// The next rows, and in the same transaction how far the file is.
    async fn rows(&mut self, so_far: SoFar) -> Result<Effect, Failure> {
        // The database knows all before.
        let chunk = self.taker.chunk(&so_far, &mut Unwritten::new()).await?;
        let tally = chunk.so_far.tally;
        tracing::info!(
            read = tally.read,
            of = self.taker.total(),
            imported = tally.imported,
            rejected = tally.rejected,
            "import"
        );
        let cursor = if chunk.is_last {
            Cursor::Settle(chunk.so_far.clone())
        } else {
            Cursor::Rows(chunk.so_far.clone())
        };
        let stand = self.stand(&chunk.so_far, &cursor)?;
        let cases = if chunk.fresh.is_empty() {
            None
        } else {
            Some(Arc::new(self.taker.laid_out(chunk.fresh).await?))
        };
        let batch = self.scope.batch;
        Ok(effect(move |tx| {
            let (cases, stand) = (cases.clone(), stand.clone());
            Box::pin(async move {
                write(tx, cases.as_deref(), (batch, tally)).await?;
                Ok(Step::On(stand))
            })
        }))
    }

    /// What the database counts for its plans, and the end of the batch.
    async fn settle(&mut self, services: &Services, so_far: SoFar) -> Result<Effect, Failure> {
        bulk::settle(services.store()).await?;
        let (batch, tally, now) = (self.scope.batch, so_far.tally, services.now());
        let cursor = Cursor::Check(so_far.clone(), None, Checked::default());
        let stand = self.stand(&so_far, &cursor)?;
        Ok(effect(move |tx| {
            let stand = stand.clone();
            Box::pin(async move {
                batches::progress(tx, batch, tally, Some(now)).await?;
                Ok(Step::On(stand))
            })
        }))
    }

    async fn check(
        &mut self,
        services: &Services,
        (so_far, after): (SoFar, Option<TicketId>),
        mut seen: Checked,
    ) -> Result<Effect, Failure> {
        let mut found = Findings::default();
        let which = (Some(self.scope.batch), after);
        let next = consistency::some(services, which, &mut found).await?;
        seen.tickets += found.cases;
        seen.count += found.count;
        let room = LINES.saturating_sub(seen.lines.len());
        let first = found.first.into_iter().take(room);
        seen.lines.extend(first.map(Line::from));
        if next.is_some() {
            let stand = self.stand(&so_far, &Cursor::Check(so_far.clone(), next, seen))?;
            return Ok(plain(move || Step::On(stand.clone())));
        }
        let report = json(&Report {
            batch: self.scope.batch,
            tally: so_far.tally,
            count: seen.count,
            lines: &seen.lines,
        })?;
        let outcome = if seen.count == 0 { "ok" } else { "findings" };
        let done = so_far.tally.read;
        (self.so_far, self.found) = (so_far, seen);
        Ok(plain(move || {
            Step::Over(Over {
                done,
                report: report.clone(),
                outcome,
                file: None,
            })
        }))
    }
}

async fn write(
    tx: &store::Tx,
    cases: Option<&Prepared>,
    (batch, tally): (BatchId, Counts),
) -> Result<(), Failure> {
    match cases {
        Some(cases) => bulk::write_counted_in(tx, cases, batch, tally).await?,
        None => batches::progress(tx, batch, tally, None).await?,
    }
    Ok(())
}
