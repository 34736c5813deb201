//! Connections as the rest of the crate uses them: a reader (`Db`) or an open transaction (`Tx`), seen through one sealed trait.
//! Nobody outside this crate can run a statement on them (I7).
//! Not here: opening (`open`), committing (`writer`).

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use futures::future::BoxFuture;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, DbErr, QueryResult};
use shared::access::Scope;
use tokio::sync::{Mutex, MutexGuard};

use super::line::Line;
use super::link::Link;
use super::read;
use super::readers::Readers;
use crate::net::Under;
use crate::slow::Watched;
use crate::sql::{self, Sql};
use crate::{Seal, StoreError, error};

const MIDWAY: &str = "a write was left in the midst of a statement";

/// A connection for reading; cheap to clone.
#[derive(Clone)]
pub struct Db {
    pub(crate) conn: DatabaseConnection,
    pub(crate) seal: Seal,
    /// What reads in its place on SQLite.
    pub(super) readers: Option<Arc<Readers>>,
    pub(super) line: Line,
    /// What takes too long.
    pub(super) slow: Watched,
    /// On whose behalf it reads.
    pub(super) under: Under,
}

/// An open write transaction; made only by `Store::write`.
pub struct Tx {
    link: Mutex<Link>,
    backend: DbBackend,
    seal: Seal,
    /// A statement is on its way; stays so when its future was dropped, and then nobody knows what it did.
    midway: AtomicBool,
    /// Why this transaction can no longer be committed.
    spoiled: OnceLock<DbErr>,
}

impl Tx {
    /// On a connection whose transaction has begun.
    pub(super) fn on(link: Link, seal: Seal) -> Self {
        let backend = match link {
            Link::Sqlite(_) => DbBackend::Sqlite,
            Link::Postgres(_) => DbBackend::Postgres,
        };
        Self {
            link: Mutex::new(link),
            backend,
            seal,
            midway: AtomicBool::new(false),
            spoiled: OnceLock::new(),
        }
    }

    /// The connection, to end the transaction on it.
    pub(super) fn into_link(self) -> Link {
        self.link.into_inner()
    }

    /// Why it cannot be committed: a statement failed so that the database rolled back, or was left in its midst.
    pub(super) fn lost(&self) -> Option<StoreError> {
        if self.midway.load(Ordering::Acquire) {
            return Some(StoreError::Busy(MIDWAY.to_owned()));
        }
        self.spoiled.get().cloned().map(StoreError::from)
    }

    /// Whether the whole transaction may succeed when it is run again: a conflict with another one, or the connection was lost before the
    /// commit was sent.
    pub(super) fn wants_retry(&self) -> bool {
        let spoiled = self.spoiled.get();
        spoiled.is_some_and(|it| error::wants_retry(it) || error::is_cut_off(it))
    }

    /// Words without values, as they are.
    pub(super) async fn say(&self, words: &'static str) -> Result<(), DbErr> {
        let mut link = self.turn().await?;
        let outcome = link.say(words).await;
        self.over(outcome)
    }

    /// The connection for one statement. Refused when the transaction is lost: what came next would stand alone.
    async fn turn(&self) -> Result<MutexGuard<'_, Link>, DbErr> {
        let link = self.link.lock().await;
        if self.midway.load(Ordering::Acquire) {
            return Err(DbErr::Custom(MIDWAY.to_owned()));
        }
        if let Some(error) = self.spoiled.get() {
            return Err(error.clone());
        }
        self.midway.store(true, Ordering::Release);
        Ok(link)
    }

    fn over<T>(&self, outcome: Result<T, DbErr>) -> Result<T, DbErr> {
        self.midway.store(false, Ordering::Release);
        outcome.inspect_err(|error| {
            if error::spoils(error) {
                // The first one is the cause of what follows.
                drop(self.spoiled.set(error.clone()));
            }
        })
    }

    async fn all(&self, sql: Sql) -> Result<Vec<QueryResult>, DbErr> {
        let mut link = self.turn().await?;
        let outcome = link.all(sql).await;
        self.over(outcome)
    }

    async fn one(&self, sql: Sql) -> Result<Option<QueryResult>, DbErr> {
        let mut link = self.turn().await?;
        let outcome = link.one(sql).await;
        self.over(outcome)
    }

    async fn run(&self, sql: Sql) -> Result<u64, DbErr> {
        let mut link = self.turn().await?;
        let outcome = link.run(sql).await;
        self.over(outcome)
    }
}

/// `&Db` or `&Tx`: what every list and get function of this crate reads from.
pub trait Conn: source::Source + Send + Sync {}
impl Conn for Db {}
impl Conn for Tx {}

mod source {
    /// Keeps `Conn` closed to other crates.
    pub trait Source {
        fn handle(&self) -> super::Handle<'_>;
    }
}

impl Db {
    pub(crate) fn handle(&self) -> Handle<'_> {
        Handle {
            via: Via::Reader(self),
            seal: &self.seal,
            beside: false,
        }
    }
}

impl Tx {
    pub(crate) fn handle(&self) -> Handle<'_> {
        Handle {
            via: Via::Transaction(self),
            seal: &self.seal,
            beside: false,
        }
    }
}

impl source::Source for Db {
    fn handle(&self) -> Handle<'_> {
        self.handle()
    }
}

impl source::Source for Tx {
    fn handle(&self) -> Handle<'_> {
        self.handle()
    }
}

/// Runs statements.
#[derive(Clone, Copy)]
pub struct Handle<'c> {
    via: Via<'c>,
    seal: &'c Seal,
    /// Past the net.
    beside: bool,
}

#[derive(Clone, Copy)]
enum Via<'c> {
    Reader(&'c Db),
    Transaction(&'c Tx),
}

impl<'c> Handle<'c> {
    pub(crate) fn seal(&self) -> &'c Seal {
        self.seal
    }

    pub(crate) fn backend(&self) -> DbBackend {
        match self.via {
            Via::Reader(db) => db.conn.get_database_backend(),
            Via::Transaction(tx) => tx.backend,
        }
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.backend() == DbBackend::Sqlite
    }

    /// Past the net, for what tells nothing of a row: how long a set is, or on which day the newest ticket came.
    pub(crate) fn beside(self) -> Self {
        Self {
            beside: true,
            ..self
        }
    }

    /// Whether a read is part of a write and other writers must be kept out by locking the row.
    pub(crate) fn locks_rows(&self) -> bool {
        matches!(self.via, Via::Transaction(_)) && !self.is_sqlite()
    }

    /// All rows. Boxed like every way to the database here: what waits for it in the callers' futures is a pointer.
    pub(crate) fn all(&self, sql: Sql) -> BoxFuture<'_, Result<Vec<QueryResult>, StoreError>> {
        Box::pin(async move {
            let rows = match self.via {
                Via::Reader(db) => {
                    db.line.check()?;
                    db.read(sql, false, self.beside).await
                }
                Via::Transaction(tx) => tx.all(sql).await,
            };
            rows.map_err(StoreError::from)
        })
    }

    /// The first row, if there is one.
    pub(crate) fn one(&self, sql: Sql) -> BoxFuture<'_, Result<Option<QueryResult>, StoreError>> {
        Box::pin(async move {
            let row = match self.via {
                Via::Reader(db) => {
                    db.line.check()?;
                    let rows = db.read(sql, true, self.beside).await;
                    rows.map(|mut rows| rows.pop())
                }
                Via::Transaction(tx) => tx.one(sql).await,
            };
            row.map_err(StoreError::from)
        })
    }

    /// Executes and says how many rows changed.
    pub(crate) async fn run(&self, sql: Sql) -> Result<u64, StoreError> {
        self.try_run(sql).await.map_err(StoreError::from)
    }

    /// Executes; a violated unique index becomes `Exists(what)`.
    pub(crate) async fn insert(&self, sql: Sql, what: &'static str) -> Result<u64, StoreError> {
        self.try_run(sql).await.map_err(|e| match e.sql_err() {
            Some(sea_orm::SqlErr::UniqueConstraintViolation(_)) => StoreError::Exists(what),
            _ => e.into(),
        })
    }

    /// The number that a statement of one column answers with, 0 without a row.
    pub(crate) async fn number(&self, sql: Sql) -> Result<i64, StoreError> {
        match self.one(sql).await? {
            Some(row) => Ok(sql::only::<Option<i64>>(&row)?.unwrap_or(0)),
            None => Ok(0),
        }
    }

    fn try_run(&self, sql: Sql) -> BoxFuture<'_, Result<u64, DbErr>> {
        Box::pin(async move {
            match self.via {
                Via::Reader(db) => {
                    db.line.check()?;
                    let statement = sql.statement(db.conn.get_database_backend());
                    let done = db.conn.execute_raw(statement).await;
                    db.told(done).map(|done| done.rows_affected())
                }
                Via::Transaction(tx) => tx.run(sql).await,
            }
        })
    }
}

impl Db {
    /// A connection that nobody watches: a copy, or a snapshot that is held.
    pub(crate) fn apart(conn: DatabaseConnection, seal: Seal) -> Self {
        Self {
            conn,
            seal,
            readers: None,
            line: Line::of_a_file(),
            slow: Watched::default(),
            under: Under::default(),
        }
    }

    /// For reads on behalf of somebody with this scope: on PostgreSQL the database itself holds back what lies outside of it, whatever the
    /// statements say (`net`).
    #[must_use]
    pub fn under(&self, scope: &Scope) -> Self {
        Self {
            under: self.under.of(scope),
            ..self.clone()
        }
    }

    /// Reads, and keeps the statement when it took too long.
    async fn read(&self, sql: Sql, first: bool, beside: bool) -> Result<Vec<QueryResult>, DbErr> {
        let kept = self.slow.is_on().then(|| sql.clone());
        let answer = if let Some(readers) = &self.readers {
            readers.rows(sql, first).await
        } else {
            let words = if beside {
                None
            } else {
                self.told(self.under.words(&self.conn).await)?
            };
            read::rows(&self.conn, sql, first, words).await
        };
        let (rows, took) = self.told(answer)?;
        if let Some(kept) = kept {
            self.slow.note(kept, took);
        }
        Ok(rows)
    }

    fn told<T>(&self, outcome: Result<T, DbErr>) -> Result<T, DbErr> {
        outcome.inspect_err(|error| self.line.suspect(error))
    }
}
