//! Taking an import back as a job: its tickets are moved to RECYCLED in short transactions, nothing is deleted.
//! Not here: importing (`import`), what recycling writes (`store::bulk`).
//! Running it again moves what is still left.

use serde::{Deserialize, Serialize};
use shared::fault::{Code, Fault};
use shared::ids::BatchId;
use shared::job::JobKind;
use shared::ticket::Verb;
use store::batches;
use store::bulk::{self, Recycle};
use store::jobs::{Job, Stand};

use super::KIND;
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::jobs::host::{self, Effect, Over, Step, Stepwise, effect, json, parsed};

/// Tickets moved by one transaction.
const UNDO_CHUNK: u32 = 300;

/// What is taken back.
#[derive(Debug, Serialize, Deserialize)]
struct Scope {
    batch: BatchId,
    /// How many came with it.
    tickets: i64,
}

/// What it came to.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Report {
    tickets: i64,
}

/// Takes a batch back: its tickets are moved to RECYCLED, nothing is deleted. Gives how many were moved now.
///
/// # Errors
/// `not_found` for something that is no import; `job.cancelled` when somebody stopped it.
pub async fn undo(ctx: &Ctx, batch: BatchId) -> Result<u64, Fault> {
    let services = &ctx.services;
    let all = batches::list(&services.store().reader())
        .await
        .settle(services)?;
    let known = all
        .into_iter()
        .find(|known| known.id == batch && known.kind == KIND)
        .ok_or_else(Fault::missing)?;
    let job = ask(ctx, &known).await.settle(services)?;
    let job = host::drive(services, job, None).await.settle(services)?;
    if let Some(fault) = host::fault_of(&job) {
        return Err(fault);
    }
    let report = job.report.as_deref().unwrap_or("{}");
    let report: Report = parsed(report).settle(services)?;
    Ok(report.tickets.unsigned_abs())
}

/// The job that takes it back: a new one, or the one under way.
async fn ask(ctx: &Ctx, known: &batches::Batch) -> Result<shared::ids::JobId, Failure> {
    let scope = json(&Scope {
        batch: known.id,
        tickets: known.counts.imported,
    })?;
    let kind = JobKind::UndoImport.as_str();
    let mut new = host::asked(ctx, kind, known.source.clone(), scope);
    new.once = Some(format!("{kind}:{}", known.id));
    host::put_once(ctx, new, Code::Busy).await
}

/// The kind.
pub(crate) const UNDO: Stepwise = Stepwise {
    kind: JobKind::UndoImport,
    step: |services, job| Box::pin(step(services, job)),
};

async fn step(services: &Services, job: &Job) -> Result<Effect, Failure> {
    let scope: Scope = parsed(&job.scope)?;
    let so_far = job.cursor.as_deref().map(parsed::<Report>).transpose()?;
    let so_far = so_far.unwrap_or_default();
    let ctx = host::owner(services, job).await?;
    let by = ctx.actor.user();
    let now = services.now();
    let order = Recycle {
        batch: scope.batch,
        limit: UNDO_CHUNK,
        at: now,
        by,
        by_name: ctx.actor.signature(),
        actor: ctx.actor.who.clone(),
        verb: Verb::Withdraw,
        note: Some("导入批次撤回".to_owned()),
    };
    let mut entry = ctx.audit("import.undo", format!("batch:{}", scope.batch), "ok");
    let total = so_far.tickets.to_string();
    entry.facts.insert("tickets".to_owned(), total);
    Ok(effect(move |tx| {
        let (order, entry) = (order.clone(), entry.clone());
        Box::pin(async move {
            let count = bulk::recycle(tx, &order).await?;
            let moved = Report {
                tickets: so_far.tickets + i64::try_from(count).unwrap_or(0),
            };
            if count > 0 {
                return Ok(Step::On(Stand {
                    cursor: json(&moved)?,
                    done: moved.tickets,
                    total: Some(scope.tickets),
                }));
            }
            batches::mark_undone(tx, order.batch, now).await?;
            store::audit::append(tx, &[entry]).await?;
            Ok(Step::Over(Over {
                done: moved.tickets,
                report: json(&moved)?,
                outcome: "ok",
                file: None,
            }))
        })
    }))
}
