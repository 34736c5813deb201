//! Search rows of before a change of the tokeniser, made anew a few hundred a second beside the day's work.
//! Not here: which are waiting (`store::tickets::reindex`).
//! A run that was broken off goes on where it stood.

use super::Done;
use crate::context::Services;
use crate::fault::Failure;

/// Tickets of one transaction.
const BATCH: u32 = 300;

/// The next tickets; nothing when none are waiting.
pub(super) async fn run(services: &Services) -> Result<Done, Failure> {
    if !store::tickets::reindex::is_waiting(&services.store().reader()).await? {
        return Ok(Done::default());
    }
    let (count, more) = services
        .store()
        .write::<_, Failure, _>(|tx| {
            Box::pin(async move { Ok(store::tickets::reindex::step(tx, BATCH).await?) })
        })
        .await?;
    tracing::info!(tickets = count, more, "search rows made anew");
    // Others write as well: the next ones wait for their turn.
    Ok(Done { count, more: false })
}
