//! Slow statements of the database: gathered once a minute with their plans, and shown to who looks after the system.
//! Not here: watching (`store::slow`), what a plan points at (`shared::slow`), slow calls in the log (`spans`).
//! From how long on a statement is slow is the setting `slow.statement_ms`; each server takes it up within a minute.

use std::time::Duration;

use shared::access::needs;
use shared::fault::Fault;
use shared::register::{Keep, setting_of};
use shared::slow::{SlowPage, SlowView, advice};
use store::slow::{self, Met, SlowStatement};

use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::jobs::Done;

/// What is kept, the latest first.
///
/// # Errors
/// `access.denied`.
pub async fn list(ctx: &Ctx) -> Result<SlowPage, Fault> {
    ctx.ask(needs::STATEMENTS)?;
    kept(&ctx.services).await.settle(&ctx.services)
}

/// The same for the installation's own commands.
///
/// # Errors
/// Of the store.
pub async fn kept(services: &Services) -> Result<SlowPage, Failure> {
    let rows = slow::newest(&services.store().reader()).await?;
    Ok(SlowPage {
        items: rows.into_iter().map(view).collect(),
        from_ms: bound(services).await?,
    })
}

fn view(row: SlowStatement) -> SlowView {
    let plan: Vec<String> = row
        .plan
        .map(|plan| plan.lines().map(str::to_owned).collect())
        .unwrap_or_default();
    SlowView {
        advice: advice(&row.statement, &plan),
        plan,
        statement: row.statement,
        caller: row.caller,
        times: row.times,
        last_ms: row.last_ms,
        most_ms: row.most_ms,
        average_ms: row.total_ms / row.times.max(1),
        first_at: row.first_at,
        last_at: row.last_at,
    }
}

/// Milliseconds from which on a statement is slow.
async fn bound(services: &Services) -> Result<i32, Failure> {
    let keep = &Keep::SLOW;
    let said = store::settings::get(&services.store().reader(), &setting_of(keep.key)).await?;
    Ok(keep.of(said.as_deref()))
}

/// Keeps what this process has met since the last time, and takes the setting up.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let bound = bound(services).await?;
    let met = services.store().slow_met();
    let milliseconds = u64::try_from(bound).unwrap_or_default();
    services
        .store()
        .watch_slow(Some(Duration::from_millis(milliseconds)));
    if met.is_empty() {
        return Ok(Done::default());
    }
    let db = services.store().reader();
    let mut rows: Vec<(Met, Option<String>)> = Vec::with_capacity(met.len());
    for one in met {
        // A statement that cannot be explained is kept without its plan.
        let plan = slow::explain(&db, &one).await.unwrap_or_default();
        rows.push((one, plan.map(|steps| steps.join("\n"))));
    }
    let now = services.now();
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let rows = rows.clone();
            Box::pin(async move { Ok(slow::keep(tx, &rows, now).await?) })
        })
        .await?;
    // Watching is no work that anybody waits for.
    Ok(Done::default())
}
