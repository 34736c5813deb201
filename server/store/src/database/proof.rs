//! Whether the writer's commits are kept, asked from outside: by the readiness probe, by `doctor`. A number is written as any write is, and
//! read through another connection. Askers share one proof for some seconds, so that asking costs nothing.
//! Not here: the proof that SQLite's writer owes after a failure (`pen`).

use std::time::Duration;

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::{Store, pen, probe};
use crate::StoreError;

/// How long a proof holds.
const GOOD: Duration = Duration::from_secs(3);
/// How long a failure holds.
const BAD: Duration = Duration::from_secs(1);
/// Longest time of a proof.
const PATIENCE: Duration = Duration::from_secs(3);

/// The last proof.
pub(super) struct Proof {
    /// How to open SQLite's file by its name; `None` on PostgreSQL.
    file: Option<SqliteConnectOptions>,
    last: Mutex<Option<(Instant, Result<(), StoreError>)>>,
}

impl Proof {
    pub(super) fn by(file: Option<SqliteConnectOptions>) -> Self {
        Self {
            file,
            last: Mutex::new(None),
        }
    }
}

impl Store {
    /// Writes a number, and reads it through another connection; on SQLite through one that is opened for it, by the file's name.
    ///
    /// # Errors
    /// Why nothing can be written now: what every other write would be answered.
    pub async fn prove_writer(&self) -> Result<(), StoreError> {
        let proof = tokio::time::timeout(PATIENCE, self.write_and_read());
        proof.await.unwrap_or_else(|_| {
            let words = format!("nothing was written within {} s", PATIENCE.as_secs());
            Err(StoreError::Unavailable(words))
        })
    }

    /// The same, answered from the last proof when that is a few seconds old at most.
    pub async fn writer_is_sound(&self) -> Result<(), StoreError> {
        let mut last = self.inner.proof.last.lock().await;
        if let Some((at, outcome)) = &*last {
            let holds = if outcome.is_ok() { GOOD } else { BAD };
            if at.elapsed() < holds {
                return outcome.as_ref().map_err(StoreError::again).copied();
            }
        }
        let outcome = self.prove_writer().await;
        let copy = outcome.as_ref().map_err(StoreError::again).copied();
        *last = Some((Instant::now(), outcome));
        copy
    }

    async fn write_and_read(&self) -> Result<(), StoreError> {
        let written = self
            .write(|tx| {
                Box::pin(async move {
                    let row = tx.handle().one(probe::next()).await?;
                    probe::number(row.as_ref()).map_err(StoreError::from)
                })
            })
            .await?;
        let found = if let Some(file) = &self.inner.proof.file {
            pen::read_back(file).await?
        } else {
            let row = self.reader().handle().one(probe::read()).await?;
            probe::number(row.as_ref())?
        };
        probe::compare(written, found)
    }
}
