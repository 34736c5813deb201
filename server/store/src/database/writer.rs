//! Committing. SQLite: a queue in front of the only writing connection; writes that wait together share one commit, each in its own savepoint.
//! PostgreSQL: a transaction per write, repeated on serialization failure and deadlock.
//! Not here: what is written.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode,
    TransactionOptions, TransactionTrait as _,
};
use tokio::sync::{mpsc, oneshot};
use tracing::Instrument as _;

use super::conn::Tx;
use crate::{Seal, StoreError};

/// Writes that may wait; one more gets `Busy`.
const QUEUE: usize = 1024;
/// Writes that share a commit at most.
const GROUP: usize = 64;
/// Longest time one write may take.
const JOB_LIMIT: Duration = Duration::from_secs(30);
/// Longest wait for a place in the queue.
const QUEUE_WAIT: Duration = Duration::from_secs(2);
/// Tries on PostgreSQL before the error is given back.
const TRIES: u32 = 5;

/// What a job tells the writer: whether its savepoint stays, and how to answer its caller.
struct Done {
    keep: bool,
    answer: Answer,
}

/// Called once with the fate of the whole group.
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
/// Runs in the transaction, or learns why there is none.
type Job = Box<dyn for<'t> FnOnce(Result<&'t Tx, StoreError>) -> BoxFuture<'t, Done> + Send>;

/// Fixes the closure's type.
fn job(
    f: impl for<'t> FnOnce(Result<&'t Tx, StoreError>) -> BoxFuture<'t, Done> + Send + 'static,
) -> Job {
    Box::new(f)
}

/// The way to SQLite's only writer.
pub(super) struct Queue {
    jobs: mpsc::Sender<Job>,
}

impl Queue {
    /// Starts the writer; it ends when the queue is dropped.
    pub(super) fn start(conn: DatabaseConnection, seal: Seal) -> Self {
        let (jobs, waiting) = mpsc::channel(QUEUE);
        tokio::spawn(run(conn, seal, waiting));
        Self { jobs }
    }

    /// Queues a write and waits until its group is committed.
    pub(super) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (sender, answer) = oneshot::channel::<Result<T, E>>();
        let span = tracing::Span::current();
        let queued = job(move |tx| {
            async move {
                let outcome = match tx {
                    Ok(tx) => guarded(work(tx)).await,
                    Err(error) => Err(error.into()),
                };
                let keep = outcome.is_ok();
                // The receiver is gone when the caller stopped waiting; the write stands all the same.
                let answer: Answer =
                    Box::new(move |fate| drop(sender.send(fate.map_err(E::from).and(outcome))));
                Done { keep, answer }
            }
            .instrument(span)
            .boxed()
        });
        match tokio::time::timeout(QUEUE_WAIT, self.jobs.send(queued)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return Err(StoreError::broken("the writer has stopped").into()),
            Err(_) => return Err(StoreError::Busy("the write queue is full".to_owned()).into()),
        }
        answer.await.unwrap_or_else(|_| {
            Err(StoreError::broken("the writer stopped before it answered").into())
        })
    }
}

/// A job that panics or does not end must not stop the writer.
async fn guarded<T, E: From<StoreError>>(work: BoxFuture<'_, Result<T, E>>) -> Result<T, E> {
    match tokio::time::timeout(JOB_LIMIT, AssertUnwindSafe(work).catch_unwind()).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(StoreError::broken("a write panicked").into()),
        Err(_) => Err(StoreError::Busy("a write took too long".to_owned()).into()),
    }
}

async fn run(conn: DatabaseConnection, seal: Seal, mut waiting: mpsc::Receiver<Job>) {
    while let Some(first) = waiting.recv().await {
        let txn = match conn.begin_with_options(immediate()).await {
            Ok(txn) => txn,
            Err(error) => {
                let done = first(Err(error.into())).await;
                (done.answer)(Ok(()));
                continue;
            }
        };
        let tx = Tx {
            txn,
            seal: seal.clone(),
            retry: AtomicBool::new(false),
        };
        let mut answers = Vec::new();
        let mut next = Some(first);
        let mut broken = None;
        while let Some(job) = next.take() {
            match in_savepoint(&tx, job, &mut answers).await {
                Ok(()) if answers.len() < GROUP => next = waiting.try_recv().ok(),
                Ok(()) => {}
                Err(error) => broken = Some(error),
            }
        }
        finish(tx.txn, broken, answers).await;
    }
}

/// Runs one job between savepoint and release; an error here means that the whole transaction is lost.
async fn in_savepoint(tx: &Tx, job: Job, answers: &mut Vec<Answer>) -> Result<(), StoreError> {
    if let Err(error) = tx.txn.execute_unprepared("savepoint job").await {
        let done = job(Err(StoreError::broken(error.to_string()))).await;
        answers.push(done.answer);
        return Err(error.into());
    }
    let done = job(Ok(tx)).await;
    answers.push(done.answer);
    let end = if done.keep {
        "release job"
    } else {
        "rollback to job; release job"
    };
    tx.txn.execute_unprepared(end).await?;
    Ok(())
}

async fn finish(txn: DatabaseTransaction, broken: Option<StoreError>, answers: Vec<Answer>) {
    let fate = match broken {
        None => txn.commit().await.map_err(StoreError::from),
        Some(error) => {
            if let Err(second) = txn.rollback().await {
                tracing::warn!(error = %second, "rollback after a failed group");
            }
            Err(error)
        }
    };
    for answer in answers {
        answer(match &fate {
            Ok(()) => Ok(()),
            Err(error) => Err(same(error)),
        });
    }
}

/// The same failure for each write of the group.
fn same(error: &StoreError) -> StoreError {
    match error {
        StoreError::Busy(words) => StoreError::Busy(words.clone()),
        StoreError::Full(words) => StoreError::Full(words.clone()),
        other => StoreError::broken(other.to_string()),
    }
}

fn immediate() -> TransactionOptions {
    TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    }
}

/// PostgreSQL: one transaction, in a task of its own, so that it ends even when the caller stops waiting.
pub(super) async fn write_alone<T, E, F>(
    conn: &DatabaseConnection,
    seal: &Seal,
    work: F,
) -> Result<T, E>
where
    F: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Result<T, E>> + Clone + Send + 'static,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let (conn, seal) = (conn.clone(), seal.clone());
    let task = async move {
        let mut tries = 1;
        loop {
            match attempt(&conn, &seal, work.clone()).await {
                Attempt::Over(outcome) => return outcome,
                Attempt::Again(error) if tries >= TRIES => return Err(error),
                Attempt::Again(_) => {}
            }
            // Each time a little later, so that the winner is through.
            tokio::time::sleep(Duration::from_millis(u64::from(5 * tries * tries))).await;
            tries += 1;
        }
    };
    tokio::spawn(task.in_current_span())
        .await
        .unwrap_or_else(|_| Err(StoreError::broken("a write panicked").into()))
}

enum Attempt<T, E> {
    Over(Result<T, E>),
    Again(E),
}

async fn attempt<T, E, F>(conn: &DatabaseConnection, seal: &Seal, work: F) -> Attempt<T, E>
where
    F: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Result<T, E>>,
    E: From<StoreError>,
{
    let txn = match conn.begin().await {
        Ok(txn) => txn,
        Err(error) => return Attempt::Over(Err(StoreError::from(error).into())),
    };
    let tx = Tx {
        txn,
        seal: seal.clone(),
        retry: AtomicBool::new(false),
    };
    let outcome = tokio::time::timeout(JOB_LIMIT, work(&tx))
        .await
        .unwrap_or_else(|_| Err(StoreError::Busy("a write took too long".to_owned()).into()));
    let retry = tx.retry.load(Ordering::Relaxed);
    match outcome {
        Ok(value) => match tx.txn.commit().await {
            Ok(()) => Attempt::Over(Ok(value)),
            Err(error) if StoreError::wants_retry(&error) => {
                Attempt::Again(StoreError::from(error).into())
            }
            Err(error) => Attempt::Over(Err(StoreError::from(error).into())),
        },
        Err(error) => {
            if let Err(second) = tx.txn.rollback().await {
                tracing::warn!(error = %second, "rollback");
            }
            if retry {
                Attempt::Again(error)
            } else {
                Attempt::Over(Err(error))
            }
        }
    }
}
