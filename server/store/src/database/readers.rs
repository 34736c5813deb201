//! SQLite's connections for reading. The driver's pool asks each connection that comes back whether it is still there, in a task of its own, and
//! giving a statement the means to be stopped takes another turn of the connection's thread: two turns beside the one that reads. Here a
//! connection is told once how it is stopped, goes back without a word, and is never used again once that was needed.
//! Not here: PostgreSQL, whose driver has no threads (`read`), the writing connection (`pen`).

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::sqlx::{self, AssertSqlSafe, Connection as _, SqliteConnection};
use sea_orm::{ConnAcquireErr, DbBackend, DbErr, QueryResult, Value};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::link::connecting;
use super::read::{LOOK, bound, failed};
use crate::sql::Sql;

/// Reading connections to one file, opened when they are needed.
pub(super) struct Readers {
    options: SqliteConnectOptions,
    /// Longest wait for a connection.
    wait: Duration,
    most: u32,
    permits: Semaphore,
    /// Those that nobody reads by now; the one last used is taken first, whose cache is warm.
    idle: Mutex<Vec<Seat>>,
}

/// A connection with the means to stop what runs on it.
struct Seat {
    /// Before the connection: what is given up is told so, and then closed.
    stop: Stop,
    conn: SqliteConnection,
}

/// Stops the statement of its connection when it is dropped, which happens only with the connection.
struct Stop(Arc<AtomicBool>);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Readers {
    /// So many connections at most, none of them yet.
    pub(super) fn new(options: SqliteConnectOptions, most: u32, wait: Duration) -> Self {
        Self {
            options,
            wait,
            most,
            permits: Semaphore::new(usize::try_from(most).unwrap_or(1)),
            idle: Mutex::default(),
        }
    }

    /// All rows, or the first one only, and how long the database took for them once there was a connection. A call that is dropped takes its
    /// connection with it.
    pub(super) async fn rows(
        &self,
        sql: Sql,
        first: bool,
    ) -> Result<(Vec<QueryResult>, Duration), DbErr> {
        let _permit = self.permit().await?;
        let mut seat = self.seat().await?;
        let query = bound!(sql, Sqlite);
        let begun = Instant::now();
        let rows: Vec<QueryResult> = if first {
            let row = query.fetch_optional(&mut seat.conn).await;
            let row = row.map_err(failed)?;
            row.into_iter().map(QueryResult::from).collect()
        } else {
            let rows = query.fetch_all(&mut seat.conn).await;
            let rows = rows.map_err(failed)?;
            rows.into_iter().map(QueryResult::from).collect()
        };
        let took = begun.elapsed();
        self.give_back(seat);
        Ok((rows, took))
    }

    async fn permit(&self) -> Result<SemaphorePermit<'_>, DbErr> {
        match tokio::time::timeout(self.wait, self.permits.acquire()).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) => Err(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed)),
            Err(_) => Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)),
        }
    }

    /// A connection that is there, or a new one.
    async fn seat(&self) -> Result<Seat, DbErr> {
        let idle = self.idle().pop();
        if let Some(seat) = idle {
            return Ok(seat);
        }
        let mut conn = SqliteConnection::connect_with(&self.options)
            .await
            .map_err(connecting)?;
        let stopped = Arc::<AtomicBool>::default();
        let told = Arc::clone(&stopped);
        conn.lock_handle()
            .await
            .map_err(connecting)?
            .set_progress_handler(LOOK, move || !told.load(Ordering::Relaxed));
        Ok(Seat {
            stop: Stop(stopped),
            conn,
        })
    }

    fn give_back(&self, seat: Seat) {
        // After the end nobody would close it in good order; it ends with its thread.
        let mut idle = self.idle();
        if !self.permits.is_closed() {
            idle.push(seat);
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Seat>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for those who read and closes the connections; nobody reads afterwards.
    pub(super) async fn close(&self) {
        let over = self.permits.acquire_many(self.most);
        let over = tokio::time::timeout(self.wait, over).await;
        self.permits.close();
        drop(over);
        let idle = std::mem::take(&mut *self.idle());
        for seat in idle {
            let Seat { stop, conn } = seat;
            if let Err(error) = conn.close().await {
                tracing::debug!(cause = %error, "closing a reading connection");
            }
            drop(stop);
        }
    }
}
