//! What was sealed with keys of before, sealed anew with the newest ones, a few hundred rows a second beside the day's work.
//! Where the content of files is asked for as well, its long job is made here (`files::anew`).
//! Not here: which rows are waiting (`store::installation::reseal`), who renews keys (`minsheng keys`).
//! A run that was broken off goes on where it stood.

use store::installation::reseal;

use super::Done;
use crate::context::Services;
use crate::fault::Failure;

/// Rows of one transaction.
const BATCH: u32 = 300;

/// The next rows; nothing when none are waiting.
pub(super) async fn run(services: &Services) -> Result<Done, Failure> {
    content(services).await?;
    let waiting = reseal::progress(&services.store().reader()).await?;
    let Some(progress) = waiting else {
        return Ok(Done::default());
    };
    let count = services
        .store()
        .write::<_, Failure, _>(|tx| Box::pin(async move { Ok(reseal::step(tx, BATCH).await?) }))
        .await?;
    let Some(count) = count else {
        // Another process has begun it with keys that this one does not have yet.
        tracing::warn!("the keys were renewed since this process started; start it again");
        return Ok(Done::default());
    };
    tracing::info!(
        rows = count,
        done = progress.done,
        total = progress.total,
        unopened = progress.unopened,
        "sealed anew"
    );
    // Others write as well: the next ones wait for their turn.
    Ok(Done { count, more: false })
}

/// The long job for the content of files, where it was asked for.
async fn content(services: &Services) -> Result<(), Failure> {
    let begun = crate::files::anew::begin(services).await?;
    if begun.count > 0 {
        tracing::info!("the content of files is going to be sealed anew");
    }
    Ok(())
}
