//! The queue in front of SQLite's only writing connection; writes that wait together share one commit, each in its own savepoint.
//! After a failed group nobody is answered before the writer has tried to prove itself, and as long as it cannot, every write is refused.
//! Not here: the connection (`pen`), PostgreSQL (`alone`), what is written.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use tracing::Instrument as _;

use super::conn::Tx;
use super::pen::Pen;
use crate::{Seal, StoreError};

/// Writes that may wait; one more gets `Busy`.
const QUEUE: usize = 1024;
/// Writes that share a commit at most.
const GROUP: usize = 64;
/// Longest time one write may take.
pub(super) const JOB_LIMIT: Duration = Duration::from_secs(30);
/// Longest wait for a place in the queue.
const QUEUE_WAIT: Duration = Duration::from_secs(2);
/// Between two proofs of a writer that could not give one.
const MEND_PAUSE: Duration = Duration::from_millis(500);
/// Longest time of one proof.
const MEND_LIMIT: Duration = Duration::from_secs(12);

/// What a job tells the writer: whether its savepoint stays, and how to answer its caller.
struct Done {
    keep: bool,
    answer: Answer,
}

/// Called once with the fate of the whole group.
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
/// Runs in the transaction, or learns why there is none.
type Job = Box<dyn for<'t> FnOnce(Result<&'t Tx, StoreError>) -> BoxFuture<'t, Done> + Send>;

/// What the writer is asked for.
enum Wish {
    Job(Job),
    /// Settings for a bulk door, or the usual ones.
    Tune(bool, oneshot::Sender<Result<(), StoreError>>),
    /// Close the connection and end.
    Stop(oneshot::Sender<()>),
}

/// Fixes the closure's type.
fn job(
    f: impl for<'t> FnOnce(Result<&'t Tx, StoreError>) -> BoxFuture<'t, Done> + Send + 'static,
) -> Job {
    Box::new(f)
}

fn stopped() -> StoreError {
    StoreError::Unavailable("the writer has stopped".to_owned())
}

/// The way to SQLite's only writer.
pub(super) struct Queue {
    wishes: mpsc::Sender<Wish>,
}

impl Queue {
    /// Starts the writer; it ends when the queue is dropped.
    pub(super) fn start(pen: Pen, seal: Seal) -> Self {
        let (wishes, waiting) = mpsc::channel(QUEUE);
        let writer = Writer {
            pen,
            seal,
            trouble: None,
            held: None,
        };
        tokio::spawn(writer.run(waiting));
        Self { wishes }
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
                    // Inside, so that a panic before the first await is caught as well.
                    Ok(tx) => guarded(async move { work(tx).await }.boxed()).await,
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
        match tokio::time::timeout(QUEUE_WAIT, self.wishes.send(Wish::Job(queued))).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return Err(stopped().into()),
            Err(_) => return Err(StoreError::Busy("the write queue is full".to_owned()).into()),
        }
        answer.await.unwrap_or_else(|_| {
            let words = "the writer stopped before it answered";
            Err(StoreError::Unknown(words.to_owned()).into())
        })
    }

    /// Settings for a bulk door, or the usual ones, between two groups.
    pub(super) async fn tune(&self, bulk: bool) -> Result<(), StoreError> {
        let (sender, answer) = oneshot::channel();
        let sent = self.wishes.send(Wish::Tune(bulk, sender)).await;
        sent.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }

    /// Lets what waits be written, closes the connection and ends the writer.
    pub(super) async fn stop(&self) {
        let (sender, answer) = oneshot::channel();
        if self.wishes.send(Wish::Stop(sender)).await.is_ok() {
            drop(answer.await);
        }
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

/// Why nothing is written, and since when that was last tried.
struct Trouble {
    why: StoreError,
    tried: Instant,
}

struct Writer {
    pen: Pen,
    seal: Seal,
    trouble: Option<Trouble>,
    /// Was taken from the queue while looking for one more job.
    held: Option<Wish>,
}

impl Writer {
    async fn run(mut self, mut waiting: mpsc::Receiver<Wish>) {
        while let Some(order) = self.next(&mut waiting).await {
            match order {
                Wish::Job(first) => self.group(first, &mut waiting).await,
                Wish::Tune(bulk, sender) => {
                    let done = self.pen.tune(bulk).await;
                    if !self.pen.is_sound() {
                        self.mend().await;
                    }
                    drop(sender.send(done));
                }
                Wish::Stop(sender) => {
                    waiting.close();
                    while let Ok(order) = waiting.try_recv() {
                        if let Wish::Job(job) = order {
                            refuse(job, stopped()).await;
                        }
                    }
                    self.pen.close().await;
                    let _ = sender.send(());
                    return;
                }
            }
        }
        self.pen.close().await;
    }

    /// The next order; meanwhile a writer in trouble tries to prove itself.
    async fn next(&mut self, waiting: &mut mpsc::Receiver<Wish>) -> Option<Wish> {
        if let Some(order) = self.held.take() {
            return Some(order);
        }
        loop {
            let Some(again) = self.trouble.as_ref().map(|it| it.tried + MEND_PAUSE) else {
                return waiting.recv().await;
            };
            if Instant::now() >= again {
                self.mend().await;
            } else if let Ok(order) = tokio::time::timeout_at(again, waiting.recv()).await {
                return order;
            }
        }
    }

    /// Another connection, and a write of its own that is read back.
    async fn mend(&mut self) {
        let proof = tokio::time::timeout(MEND_LIMIT, self.pen.mend());
        let proof = proof.await.unwrap_or_else(|_| {
            Err(StoreError::Unavailable(
                "the writer's proof took too long".to_owned(),
            ))
        });
        match proof {
            Ok(()) => {
                if self.trouble.take().is_some() {
                    tracing::info!("the writer has a new connection and has proved itself");
                }
            }
            Err(why) => {
                if self.trouble.is_none() {
                    tracing::warn!(cause = %why, "the writer cannot prove that what it writes is kept; every write is refused until it can");
                }
                self.trouble = Some(Trouble {
                    why,
                    tried: Instant::now(),
                });
            }
        }
    }

    /// One transaction for the first job and for those that wait meanwhile.
    async fn group(&mut self, first: Job, waiting: &mut mpsc::Receiver<Wish>) {
        if let Some(trouble) = &self.trouble {
            return refuse(first, trouble.why.again()).await;
        }
        let link = match self.pen.begin().await {
            Ok(link) => link,
            Err(error) => {
                // Nothing was begun. When it was only somebody else's turn there is nothing to prove.
                let was_busy = matches!(error, StoreError::Busy(_));
                if !was_busy || self.pen.reopen().await.is_err() {
                    self.mend().await;
                }
                return refuse(first, error).await;
            }
        };
        let tx = Tx::on(link, self.seal.clone());
        let mut answers = Vec::new();
        let mut broken = None;
        let mut next = Some(first);
        while let Some(job) = next.take() {
            match in_savepoint(&tx, job, &mut answers).await {
                Ok(()) if answers.len() < GROUP => match waiting.try_recv() {
                    Ok(Wish::Job(job)) => next = Some(job),
                    other => self.held = other.ok(),
                },
                Ok(()) => {}
                Err(error) => broken = Some(error),
            }
        }
        let fate = match broken {
            None => self.pen.commit(tx.into_link()).await,
            Some(error) => {
                self.pen.abandon(tx.into_link()).await;
                Err(error)
            }
        };
        if fate.is_err() {
            self.mend().await;
        }
        for answer in answers {
            answer(match &fate {
                Ok(()) => Ok(()),
                Err(error) => Err(error.again()),
            });
        }
    }
}

async fn refuse(job: Job, why: StoreError) {
    let done = job(Err(why)).await;
    (done.answer)(Ok(()));
}

/// Runs one job between savepoint and release; an error here means that the whole transaction is lost.
async fn in_savepoint(tx: &Tx, job: Job, answers: &mut Vec<Answer>) -> Result<(), StoreError> {
    if let Err(error) = tx.say("savepoint job").await {
        let error = StoreError::from(error);
        answers.push(job(Err(error.again())).await.answer);
        return Err(error);
    }
    let done = job(Ok(tx)).await;
    answers.push(done.answer);
    if let Some(error) = tx.lost() {
        return Err(error);
    }
    let end = if done.keep {
        "release job"
    } else {
        "rollback to job; release job"
    };
    Ok(tx.say(end).await?)
}
