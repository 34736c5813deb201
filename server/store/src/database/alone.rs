//! Writing on PostgreSQL: a transaction per write, repeated on serialization failure, deadlock, and when the connection was lost before
//! the commit was sent. A connection that is lost in the commit leaves the outcome unknown, and the caller is told so: never a retry here.
//! Not here: SQLite (`queue`), whether the server is there (`line`).

use std::time::Duration;

use futures::future::BoxFuture;
use sea_orm::DbErr;
use sea_orm::sqlx::PgPool;
use tracing::Instrument as _;

use super::conn::Tx;
use super::line::Line;
use super::link::{Link, connecting};
use super::queue::JOB_LIMIT;
use crate::error::{Ending, ending, is_cut_off, wants_retry};
use crate::{Seal, StoreError};

/// Tries before the error is given back.
const TRIES: u32 = 5;

/// Where transactions are made.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) pool: PgPool,
    pub(super) line: Line,
    pub(super) seal: Seal,
}

impl Desk {
    /// One transaction, in a task of its own, so that it ends even when the caller stops waiting.
    pub(super) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Result<T, E>> + Clone + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let desk = self.clone();
        let task = async move {
            let mut tries = 1;
            loop {
                match desk.attempt(work.clone()).await {
                    Attempt::Over(outcome) => return outcome,
                    Attempt::Again(error) if tries >= TRIES => return Err(error),
                    Attempt::Again(_) => {}
                }
                // Each time a little later, so that the winner is through.
                tokio::time::sleep(Duration::from_millis(u64::from(5 * tries * tries))).await;
                tries += 1;
            }
        };
        // A panic is always in the job, before its commit.
        tokio::spawn(task.in_current_span())
            .await
            .unwrap_or_else(|_| Err(StoreError::broken("a write panicked").into()))
    }

    async fn attempt<T, E, F>(&self, work: F) -> Attempt<T, E>
    where
        F: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Result<T, E>>,
        E: From<StoreError>,
    {
        let link = match self.begin().await {
            Ok(link) => link,
            Err(error) => {
                self.line.suspect(&error);
                // Nothing was begun; another connection may be better.
                let again = is_cut_off(&error);
                let error = StoreError::from(error).into();
                return if again {
                    Attempt::Again(error)
                } else {
                    Attempt::Over(Err(error))
                };
            }
        };
        let tx = Tx::on(link, self.seal.clone());
        let outcome = tokio::time::timeout(JOB_LIMIT, work(&tx))
            .await
            .unwrap_or_else(|_| Err(StoreError::Busy("a write took too long".to_owned()).into()));
        let (lost, again) = (tx.lost(), tx.wants_retry());
        let outcome = match (lost, outcome) {
            (None, Ok(value)) => return self.commit(tx.into_link(), value).await,
            // The job went on over a failed statement; PostgreSQL would answer the commit with a rollback, and without an error.
            (Some(error), Ok(_)) => Err(error.into()),
            (Some(_), Err(error)) => Err(error),
            (None, Err(error)) => {
                give_back(tx.into_link()).await;
                return Attempt::Over(Err(error));
            }
        };
        match outcome {
            Err(error) if again => Attempt::Again(error),
            other => Attempt::Over(other),
        }
    }

    async fn begin(&self) -> Result<Link, DbErr> {
        self.line.check()?;
        let conn = self.pool.acquire().await.map_err(connecting)?;
        let mut link = Link::borrow(conn);
        link.say("begin").await?;
        Ok(link)
    }

    async fn commit<T, E: From<StoreError>>(&self, mut link: Link, value: T) -> Attempt<T, E> {
        match link.say("commit").await {
            Ok(()) => {
                link.is_clean();
                Attempt::Over(Ok(value))
            }
            Err(error) if wants_retry(&error) => Attempt::Again(StoreError::from(error).into()),
            Err(error) => {
                self.line.suspect(&error);
                let error = match ending(&error) {
                    Ending::Nothing => StoreError::from(error),
                    Ending::Unknown => StoreError::Unknown(format!("commit: {error}")),
                };
                Attempt::Over(Err(error.into()))
            }
        }
    }
}

enum Attempt<T, E> {
    Over(Result<T, E>),
    Again(E),
}

/// Rolls back; a connection on which that fails is closed.
async fn give_back(mut link: Link) {
    match link.say("rollback").await {
        Ok(()) => link.is_clean(),
        Err(error) => tracing::debug!(cause = %error, "rollback; the connection is closed"),
    }
}
