//! Whether somebody still waits for an answer: long reads end with their request, also where a page is rendered by tasks of its own.
//! Not here: how a database is stopped (`store`), how long a request may take (`server/web/bounds`).
//! Exports are no such reads: they go on while the file is sent, and end when that ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use shared::fault::{Code, Fault};
use tokio_util::sync::{CancellationToken, DropGuard};

/// One request, as its reads see it. Cheap to clone.
#[derive(Clone, Default)]
pub struct Wanted {
    gone: CancellationToken,
    at_work: Arc<AtomicUsize>,
}

impl Wanted {
    /// Ends all reads of the request when it is dropped.
    pub fn guard(&self) -> DropGuard {
        self.gone.clone().drop_guard()
    }

    /// Whether a read is under way.
    pub fn is_at_work(&self) -> bool {
        self.at_work.load(Ordering::Relaxed) > 0
    }

    /// A read for this request: `busy` when the request is over before it, which nobody sees.
    pub(crate) async fn read<T>(
        &self,
        read: impl Future<Output = Result<T, Fault>>,
    ) -> Result<T, Fault> {
        self.at_work.fetch_add(1, Ordering::Relaxed);
        let _working = Working(&self.at_work);
        let done = self.gone.run_until_cancelled(read).await;
        done.unwrap_or_else(|| Err(Fault::new(Code::Busy)))
    }
}

struct Working<'a>(&'a AtomicUsize);

impl Drop for Working<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_read_ends_with_its_request() {
        let wanted = Wanted::default();
        assert_eq!(wanted.read(async { Ok(1) }).await, Ok(1));
        let guard = wanted.guard();
        let reading = wanted.clone();
        let task = tokio::spawn(async move {
            reading
                .read(std::future::pending::<Result<(), Fault>>())
                .await
        });
        while !wanted.is_at_work() {
            tokio::task::yield_now().await;
        }
        drop(guard);
        let fault = task.await.expect("ended").expect_err("nobody waits");
        assert_eq!(fault.code, Code::Busy);
        assert!(!wanted.is_at_work());
    }
}
