//! The store: one door for writing (a transaction per write) and readers for everything else.
//! SQLite has one writer with a queue and group commit; PostgreSQL gives each write its own transaction.
//! Not here: tables (`migration`), queries (beside their records). Continue with `writer`.

mod conn;
mod lock;
mod open;
pub(crate) mod read;
mod writer;

use std::sync::Arc;

use futures::future::BoxFuture;
use sea_orm::{DatabaseConnection, DbBackend};

pub(crate) use conn::Handle;
pub use conn::{Conn, Db, Tx};
pub use open::OpenOptions;
pub(crate) use open::{hold_postgres, sqlite_path};

use crate::{Seal, StoreError};

/// The database of an installation. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    seal: Seal,
    /// Opened for writing; on SQLite the only such connection of this process.
    main: DatabaseConnection,
    reader: DatabaseConnection,
    /// Exports and reports have connections of their own, so that they cannot use up the pages' (P-23).
    reports: DatabaseConnection,
    /// SQLite only.
    queue: Option<writer::Queue>,
    /// Held while serving.
    _lock: Option<lock::ServerLock>,
}

impl Store {
    /// Opens `sqlite:///abs/path` or `postgres://…`.
    ///
    /// # Errors
    /// `InUse` when another server has the SQLite file, `Unfit` when the database is too old or not durable enough.
    pub async fn open(url: &str, seal: Seal, options: OpenOptions) -> Result<Self, StoreError> {
        let opened = open::open(url, &options).await?;
        let queue = (opened.main.get_database_backend() == DbBackend::Sqlite)
            .then(|| writer::Queue::start(opened.main.clone(), seal.clone()));
        Ok(Self {
            inner: Arc::new(Inner {
                seal,
                main: opened.main,
                reader: opened.reader,
                reports: opened.reports,
                queue,
                _lock: opened.lock,
            }),
        })
    }

    /// Runs `job` in one transaction and commits it when it returns `Ok`; on `Err` nothing is written (I4).
    ///
    /// On PostgreSQL the job is repeated (hence `Clone`) when the database asks for it: serialization failure or deadlock.
    /// The transaction goes on when the caller stops waiting; the answer is then lost, the write is not.
    ///
    /// # Errors
    /// The job's own error, or `Busy`, `Full`, `Broken` from opening and committing.
    pub async fn write<T, E, F>(&self, job: F) -> Result<T, E>
    where
        F: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Result<T, E>> + Clone + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &self.inner.queue {
            Some(queue) => queue.write(job).await,
            None => writer::write_alone(&self.inner.main, &self.inner.seal, job).await,
        }
    }

    /// Connections for pages and lists.
    pub fn reader(&self) -> Db {
        Db {
            conn: self.inner.reader.clone(),
            seal: self.inner.seal.clone(),
        }
    }

    /// Connections for exports and reports.
    pub fn report_reader(&self) -> Db {
        Db {
            conn: self.inner.reports.clone(),
            seal: self.inner.seal.clone(),
        }
    }

    /// The installation's keys.
    pub fn seal(&self) -> &Seal {
        &self.inner.seal
    }

    /// `sqlite` or `postgres`.
    pub fn kind(&self) -> &'static str {
        if self.inner.main.get_database_backend() == DbBackend::Sqlite {
            "sqlite"
        } else {
            "postgres"
        }
    }

    /// Whether the database answers, for the health page.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.inner.reader.ping().await.map_err(StoreError::from)
    }

    /// Waits for queued writes and closes the connections.
    pub async fn close(&self) -> Result<(), StoreError> {
        if self.inner.queue.is_some() {
            self.write::<(), StoreError, _>(|_| Box::pin(std::future::ready(Ok(()))))
                .await?;
        }
        for conn in [&self.inner.reports, &self.inner.reader, &self.inner.main] {
            conn.close_by_ref().await?;
        }
        Ok(())
    }

    /// The connection that may change the schema.
    pub(crate) fn main(&self) -> &DatabaseConnection {
        &self.inner.main
    }
}
