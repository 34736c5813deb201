//! Statements that take too long: who runs them is said around them, those of this process wait in memory, and what is kept stands in a table.
//! Not here: from how long on (services), writes, which have no plan and whose calls the log tells.
//! A statement is kept by its text with marks, never with a value; values stand in memory until its plan was asked for.

mod kept;
mod plan;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::Store;
use crate::sql::Sql;

pub use crate::entity::trail::slow_statement::SlowStatement;
pub use kept::{keep, newest};
pub use plan::explain;

/// Different statements that wait in memory; of more, the rest is not kept.
const MOST: usize = 100;
/// Longest text of a statement; the rest is cut off.
const LONGEST: usize = 2_000;

tokio::task_local! {
    /// The name of the running call or job.
    static CALLER: String;
}

/// Runs a call or a job under its name.
pub async fn called<T>(name: &str, call: impl Future<Output = T>) -> T {
    CALLER.scope(name.to_owned(), call).await
}

/// A statement that took too long, as often as it did since it was asked for last.
#[derive(Debug, Clone)]
pub struct Met {
    /// Its text with marks.
    pub statement: String,
    /// The name of the call or the job.
    pub caller: String,
    /// How often.
    pub times: i64,
    /// Milliseconds of the last time.
    pub last_ms: i64,
    /// Milliseconds of the longest time.
    pub most_ms: i64,
    /// Milliseconds of all times.
    pub total_ms: i64,
    /// The last one, with its values.
    sql: Sql,
}

/// What a process has met; cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Watched(Arc<Mutex<Register>>);

#[derive(Default)]
struct Register {
    /// From how long on; nothing is watched without it.
    bound: Option<Duration>,
    met: BTreeMap<(String, String), Met>,
}

impl Watched {
    fn with<T>(&self, act: impl FnOnce(&mut Register) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether anything is watched.
    pub(crate) fn is_on(&self) -> bool {
        self.with(|register| register.bound.is_some())
    }

    /// Keeps a statement that took too long.
    pub(crate) fn note(&self, sql: Sql, took: Duration) {
        self.with(|register| {
            if register.bound.is_none_or(|bound| took < bound) {
                return;
            }
            let statement: String = sql.marked().chars().take(LONGEST).collect();
            if statement.starts_with("explain") {
                return;
            }
            let caller = CALLER.try_with(String::clone).unwrap_or_default();
            let key = (statement, caller);
            if register.met.len() >= MOST && !register.met.contains_key(&key) {
                return;
            }
            let ms = i64::try_from(took.as_millis()).unwrap_or(i64::MAX);
            let (statement, caller) = key.clone();
            let met = register.met.entry(key).or_insert_with(|| Met {
                statement,
                caller,
                times: 0,
                last_ms: 0,
                most_ms: 0,
                total_ms: 0,
                sql: Sql::default(),
            });
            met.times += 1;
            met.last_ms = ms;
            met.most_ms = met.most_ms.max(ms);
            met.total_ms = met.total_ms.saturating_add(ms);
            met.sql = sql;
        });
    }
}

impl Store {
    /// From how long on a read is kept as slow; nothing is watched without it.
    pub fn watch_slow(&self, bound: Option<Duration>) {
        self.slow().with(|register| register.bound = bound);
    }

    /// What took too long since this was asked last.
    pub fn slow_met(&self) -> Vec<Met> {
        let met = self
            .slow()
            .with(|register| std::mem::take(&mut register.met));
        met.into_values().collect()
    }
}
