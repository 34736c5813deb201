//! Whether somebody still waits for an answer: long reads end with their request, also where a page is rendered by tasks of its own.
//! Not here: how a database is stopped (`store`), how long a request may take (`server/web/bounds`).
//! Exports are no such reads: they go on while the file is sent, and end when that ends.

use shared::fault::{Code, Fault};
use tokio_util::sync::{CancellationToken, DropGuard};

/// One request, as its reads see it. Cheap to clone.
#[derive(Clone, Default)]
pub struct Wanted {
    gone: CancellationToken,
}

impl Wanted {
    /// Ends all reads of the request when it is dropped.
    pub fn guard(&self) -> DropGuard {
        self.gone.clone().drop_guard()
    }

    /// A read for this request: `busy` when the request is over before it, which nobody sees.
    pub(crate) async fn read<T>(
        &self,
        read: impl Future<Output = Result<T, Fault>>,
    ) -> Result<T, Fault> {
        let done = self.gone.run_until_cancelled(read).await;
        done.unwrap_or_else(|| Err(Fault::new(Code::Busy)))
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
        let forever = std::future::pending::<Result<(), Fault>>();
        let mut read = std::pin::pin!(reading.read(forever));
        assert!(futures::poll!(read.as_mut()).is_pending());
        drop(guard);
        let fault = read.await.expect_err("nobody waits");
        assert_eq!(fault.code, Code::Busy);
    }
}
