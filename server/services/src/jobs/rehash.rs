//! Digests of persons of before a change of their forms, made anew a few hundred a second beside the day's work.
//! Not here: which are waiting (`store::tickets::rehash`).
//! A run that was broken off goes on where it stood.

use store::tickets::rehash;

use super::Done;
use crate::context::Services;
use crate::fault::Failure;

/// Tickets of one transaction.
const BATCH: u32 = 300;

/// The next tickets; nothing when none are waiting.
pub(super) async fn run(services: &Services) -> Result<Done, Failure> {
    let waiting = rehash::progress(&services.store().reader()).await?;
    let Some(progress) = waiting else {
        return Ok(Done::default());
    };
    let (count, more) = services
        .store()
        .write::<_, Failure, _>(|tx| Box::pin(async move { Ok(rehash::step(tx, BATCH).await?) }))
        .await?;
    tracing::info!(
        tickets = count,
        done = progress.done,
        total = progress.total,
        more,
        "digests of persons made anew"
    );
    // Others write as well: the next ones wait for their turn.
    Ok(Done { count, more: false })
}
