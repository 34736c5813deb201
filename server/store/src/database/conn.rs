//! Connections as the rest of the crate uses them: a reader (`Db`) or an open transaction (`Tx`), seen through one sealed trait.
//! Nobody outside this crate can run a statement on them (I7).
//! Not here: opening (`open`), committing (`writer`).

use std::sync::atomic::{AtomicBool, Ordering};

use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, QueryResult,
    Statement,
};

use super::read;
use crate::sql::Sql;
use crate::{Seal, StoreError};

/// A connection for reading; cheap to clone.
#[derive(Clone)]
pub struct Db {
    pub(crate) conn: DatabaseConnection,
    pub(crate) seal: Seal,
}

/// An open write transaction; made only by `Store::write`.
pub struct Tx {
    pub(super) txn: DatabaseTransaction,
    pub(super) seal: Seal,
    /// A statement failed in a way that a retry of the transaction may cure.
    pub(super) retry: AtomicBool,
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
            via: Via::Reader(&self.conn),
            seal: &self.seal,
        }
    }
}

impl Tx {
    pub(crate) fn handle(&self) -> Handle<'_> {
        Handle {
            via: Via::Transaction(self),
            seal: &self.seal,
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
}

#[derive(Clone, Copy)]
enum Via<'c> {
    Reader(&'c DatabaseConnection),
    Transaction(&'c Tx),
}

impl<'c> Handle<'c> {
    pub(crate) fn seal(&self) -> &'c Seal {
        self.seal
    }

    pub(crate) fn backend(&self) -> DbBackend {
        match self.via {
            Via::Reader(conn) => conn.get_database_backend(),
            Via::Transaction(tx) => tx.txn.get_database_backend(),
        }
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.backend() == DbBackend::Sqlite
    }

    /// Whether a read is part of a write and other writers must be kept out by locking the row.
    pub(crate) fn locks_rows(&self) -> bool {
        matches!(self.via, Via::Transaction(_)) && !self.is_sqlite()
    }

    /// All rows.
    pub(crate) async fn all(&self, sql: Sql) -> Result<Vec<QueryResult>, StoreError> {
        match self.via {
            Via::Reader(conn) => read::rows(conn, sql, false).await,
            Via::Transaction(tx) => {
                let statement = sql.statement(self.backend());
                let rows = tx.txn.query_all_raw(statement).await;
                rows.map_err(|e| self.failed(e))
            }
        }
    }

    /// The first row, if there is one.
    pub(crate) async fn one(&self, sql: Sql) -> Result<Option<QueryResult>, StoreError> {
        match self.via {
            Via::Reader(conn) => Ok(read::rows(conn, sql, true).await?.pop()),
            Via::Transaction(tx) => {
                let statement = sql.statement(self.backend());
                let row = tx.txn.query_one_raw(statement).await;
                row.map_err(|e| self.failed(e))
            }
        }
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

    /// The first column of the first row as a number, 0 without a row.
    pub(crate) async fn number(&self, sql: Sql) -> Result<i64, StoreError> {
        match self.one(sql).await? {
            Some(row) => Ok(row
                .try_get_by_index::<Option<i64>>(0)
                .map_err(StoreError::from)?
                .unwrap_or(0)),
            None => Ok(0),
        }
    }

    async fn try_run(&self, sql: Sql) -> Result<u64, DbErr> {
        let statement: Statement = sql.statement(self.backend());
        let done = match self.via {
            Via::Reader(conn) => conn.execute_raw(statement).await,
            Via::Transaction(tx) => tx.txn.execute_raw(statement).await,
        };
        done.map(|d| d.rows_affected())
            .inspect_err(|e| self.note(e))
    }

    fn failed(&self, error: DbErr) -> StoreError {
        self.note(&error);
        error.into()
    }

    fn note(&self, error: &DbErr) {
        if let Via::Transaction(tx) = self.via
            && StoreError::wants_retry(error)
        {
            tx.retry.store(true, Ordering::Relaxed);
        }
    }
}
