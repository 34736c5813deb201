//! Links committed audit rows into the hash chain, at the latest a second after their commit, in the order of their commits (I5, P-31).
//! Every minute, and whenever a minute's rows are done, a signed checkpoint also goes to a second place outside the database (P-32).
//! Not here: the chain itself (`store::audit`), checking it (`audit::verify`).

use std::sync::atomic::Ordering;

use super::Done;
use crate::audit::outside;
use crate::context::Services;
use crate::fault::{Failure, disk};

/// Rows of one run.
const BATCH: u32 = 1_000;
/// How far apart checkpoints are, in milliseconds.
const CHECKPOINT_EVERY: i64 = 60_000;

/// Checkpoints that are written outside at once, when some are missing there.
const OUTSIDE: u32 = 1_000;

/// One batch.
pub(super) async fn run(services: &Services) -> Result<Done, Failure> {
    let db = services.store().reader();
    let count = if store::audit::is_pending(&db).await? {
        services
            .store()
            .write::<_, Failure, _>(move |tx| {
                Box::pin(async move { Ok(store::audit::seal(tx, BATCH).await?) })
            })
            .await?
    } else {
        0
    };
    let now = services.now();
    if let Some(due) = store::audit::checkpoint_due(&db, now, CHECKPOINT_EVERY).await? {
        // Until it is outside as well; should the answer be lost, the row is there all the same.
        services.outside_is_behind().store(true, Ordering::Release);
        services
            .store()
            .write::<_, Failure, _>(move |tx| {
                Box::pin(async move { Ok(store::audit::checkpoint(tx, due, now).await?) })
            })
            .await?;
    }
    if services.outside_is_behind().swap(false, Ordering::AcqRel) {
        write_outside(services)
            .await
            .inspect_err(|_| services.outside_is_behind().store(true, Ordering::Release))?;
    }
    Ok(Done {
        count: u64::from(count),
        more: count >= BATCH,
    })
}

/// Brings the checkpoints outside the database up to date with those in it.
async fn write_outside(services: &Services) -> Result<(), Failure> {
    let path = outside::checkpoints_file(&services.config().data_dir);
    let read = path.clone();
    let newest = tokio::task::spawn_blocking(move || outside::newest(&read))
        .await
        .map_err(anyhow::Error::new)?
        .map_err(|error| disk(error, "reading the checkpoints"))?;
    let db = services.store().reader();
    let missing = store::audit::checkpoints_after(&db, newest, OUTSIDE).await?;
    if missing.is_empty() {
        return Ok(());
    }
    tokio::task::spawn_blocking(move || outside::append(&path, &missing))
        .await
        .map_err(anyhow::Error::new)?
        .map_err(|error| disk(error, "writing the checkpoints"))
}
