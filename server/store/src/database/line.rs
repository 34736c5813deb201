//! Whether PostgreSQL is there. After a failure that may mean it is not, one task tries to connect, four times a second; as long as it
//! cannot, every other call is refused at once instead of waiting for a connection of its own.
//! Not here: SQLite, which has no line.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::{self, Connection as _, PgConnection, PgPool};
use sea_orm::{DbErr, RuntimeErr};

use super::link::connecting;
use crate::error::{Kind, kind};

/// Between two tries.
const PAUSE: Duration = Duration::from_millis(250);
/// Longest time of one try.
const PATIENCE: Duration = Duration::from_secs(2);

/// The way to the database; cheap to clone.
#[derive(Clone)]
pub(super) struct Line(Option<Arc<Watch>>);

struct Watch {
    options: Arc<PgConnectOptions>,
    /// Why nobody gets through, while that is so.
    away: Mutex<Option<String>>,
    trying: AtomicBool,
}

impl Line {
    /// A line that never breaks.
    pub(super) fn of_a_file() -> Self {
        Self(None)
    }

    /// To the server of a pool.
    pub(super) fn to(pool: &PgPool) -> Self {
        Self(Some(Arc::new(Watch {
            options: pool.connect_options(),
            away: Mutex::new(None),
            trying: AtomicBool::new(false),
        })))
    }

    /// Refuses while the database is away.
    pub(super) fn check(&self) -> Result<(), DbErr> {
        match self.0.as_ref().and_then(|watch| watch.words()) {
            Some(words) => Err(DbErr::Conn(RuntimeErr::Internal(words))),
            None => Ok(()),
        }
    }

    /// Somebody met this error: finds out whether the database is there at all.
    pub(super) fn suspect(&self, error: &DbErr) {
        let Some(watch) = &self.0 else { return };
        if kind(error) == Kind::Unavailable && !watch.trying.swap(true, Ordering::AcqRel) {
            tokio::spawn(until_there(Arc::downgrade(watch)));
        }
    }
}

impl Watch {
    fn words(&self) -> Option<String> {
        self.away
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn set(&self, words: Option<String>) {
        *self.away.lock().unwrap_or_else(PoisonError::into_inner) = words;
    }
}

/// Ends with the first connection, or with the store.
async fn until_there(watch: Weak<Watch>) {
    while let Some(watch) = watch.upgrade() {
        match one_try(&watch.options).await {
            // A server without a free connection is there all the same.
            Err(error) if kind(&error) == Kind::Unavailable => watch.set(Some(error.to_string())),
            _ => {
                watch.set(None);
                watch.trying.store(false, Ordering::Release);
                return;
            }
        }
        drop(watch);
        tokio::time::sleep(PAUSE).await;
    }
}

async fn one_try(options: &PgConnectOptions) -> Result<(), DbErr> {
    let attempt = async {
        let mut conn = PgConnection::connect_with(options).await?;
        conn.ping().await?;
        conn.close().await
    };
    match tokio::time::timeout(PATIENCE, attempt).await {
        Ok(outcome) => outcome.map_err(connecting),
        Err(_) => Err(connecting(sqlx::Error::PoolTimedOut)),
    }
}
