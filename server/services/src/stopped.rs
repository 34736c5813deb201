//! Where a bulk door stopped: how far its batch came, as the database has it. Each transaction of a door writes its own count, so that what
//! is counted is kept, also when the answer of a commit was lost.
//! Not here: the doors (`demo`, `import`).

use shared::fault::Fault;
use shared::ids::BatchId;

use crate::context::Services;

/// The fault with the place: `batch`, `read` and `kept`, as far as the database can be asked now.
pub(crate) async fn at(services: &Services, batch: BatchId, fault: Fault) -> Fault {
    let fault = fault.fact("batch", batch);
    let all = store::batches::list(&services.store().reader()).await;
    let found = all
        .ok()
        .and_then(|all| all.into_iter().find(|one| one.id == batch));
    match found {
        Some(found) => fault
            .fact("read", found.counts.read)
            .fact("kept", found.counts.imported),
        None => fault,
    }
}
