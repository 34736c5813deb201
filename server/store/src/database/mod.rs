//! The store: one door for writing (a transaction per write) and readers for everything else.
//! SQLite has one writer with a queue and group commit; PostgreSQL gives each write its own transaction.
//! Not here: tables (`migration`), queries (beside their records). Continue with `queue` and `alone`.

mod alone;
mod conn;
mod line;
mod link;
mod lock;
mod open;
mod pen;
mod place;
mod probe;
mod proof;
mod queue;
pub(crate) mod read;
mod readers;

use std::sync::Arc;

use futures::future::BoxFuture;
use sea_orm::{DatabaseConnection, DbBackend};

pub(crate) use conn::Handle;
pub use conn::{Conn, Db, Tx};
pub use open::OpenOptions;
pub(crate) use open::{WRITER_CACHE, hold_postgres, sqlite_path};

use crate::net::Under;
use crate::slow::Watched;
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
    /// What reads in their place on SQLite.
    own: open::Own,
    writer: Writer,
    line: line::Line,
    slow: Watched,
    proof: proof::Proof,
    under: Under,
    /// Held while serving.
    _lock: Option<lock::ServerLock>,
}

/// How writes come to the database.
enum Writer {
    Sqlite(queue::Queue),
    Postgres(alone::Desk),
}

impl Store {
    /// Opens `sqlite:///abs/path` or `postgres://…`.
    ///
    /// # Errors
    /// `InUse` when another server has the SQLite file, `Unfit` when the database is too old or not durable enough.
    pub async fn open(url: &str, seal: Seal, options: OpenOptions) -> Result<Self, StoreError> {
        let opened = open::open(url, &options).await?;
        let (writer, line) = if let Some(options) = &opened.pen {
            let pen = pen::Pen::open(options.clone()).await?;
            let queue = queue::Queue::start(pen, seal.clone());
            (Writer::Sqlite(queue), line::Line::of_a_file())
        } else {
            let pool = opened.main.get_postgres_connection_pool().clone();
            let line = line::Line::to(&pool);
            let desk = alone::Desk {
                pool,
                line: line.clone(),
                seal: seal.clone(),
            };
            (Writer::Postgres(desk), line)
        };
        Ok(Self {
            inner: Arc::new(Inner {
                seal,
                main: opened.main,
                reader: opened.reader,
                reports: opened.reports,
                own: opened.own,
                writer,
                line,
                slow: Watched::default(),
                proof: proof::Proof::by(opened.pen),
                under: Under::default(),
                _lock: opened.lock,
            }),
        })
    }

    /// Runs `job` in one transaction and commits it when it returns `Ok`; on `Err` nothing is written (I4).
    ///
    /// On PostgreSQL the job is repeated (hence `Clone`) when the database asks for it (serialization failure, deadlock), and when the
    /// connection was lost before the commit was sent.
    /// The transaction goes on when the caller stops waiting; the answer is then lost, the write is not.
    ///
    /// # Errors
    /// The job's own error, or `Busy`, `Full`, `Unavailable`, `Damaged`, `Broken` from opening and committing: nothing was kept. `Unknown`
    /// when the database was lost in the midst of the commit.
    pub async fn write<T, E, F>(&self, job: F) -> Result<T, E>
    where
        F: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Result<T, E>> + Clone + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &self.inner.writer {
            Writer::Sqlite(queue) => queue.write(job).await,
            Writer::Postgres(desk) => desk.write(job).await,
        }
    }

    /// Connections for pages and lists.
    pub fn reader(&self) -> Db {
        Db {
            conn: self.inner.reader.clone(),
            seal: self.inner.seal.clone(),
            readers: self.inner.own.pages.clone(),
            line: self.inner.line.clone(),
            slow: self.inner.slow.clone(),
            under: self.inner.under.clone(),
        }
    }

    /// Connections for exports and reports.
    pub fn report_reader(&self) -> Db {
        Db {
            conn: self.inner.reports.clone(),
            seal: self.inner.seal.clone(),
            readers: self.inner.own.reports.clone(),
            line: self.inner.line.clone(),
            slow: self.inner.slow.clone(),
            under: self.inner.under.clone(),
        }
    }

    /// The register of slow statements of this process.
    pub(crate) fn slow(&self) -> &Watched {
        &self.inner.slow
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

    /// Waits for queued writes and closes the connections.
    pub async fn close(&self) -> Result<(), StoreError> {
        if let Writer::Sqlite(queue) = &self.inner.writer {
            queue.stop().await;
        }
        let own = &self.inner.own;
        for readers in [&own.reports, &own.pages].into_iter().flatten() {
            readers.close().await;
        }
        for conn in [&self.inner.reports, &self.inner.reader, &self.inner.main] {
            conn.close_by_ref().await?;
        }
        Ok(())
    }

    /// Tells SQLite's writing connection that a bulk door is at work, or that it is over; PostgreSQL's settings fit both.
    pub(crate) async fn tune(&self, bulk: bool) -> Result<(), StoreError> {
        match &self.inner.writer {
            Writer::Sqlite(queue) => queue.tune(bulk).await,
            Writer::Postgres(_) => Ok(()),
        }
    }

    /// The connection that may change the schema.
    pub(crate) fn main(&self) -> &DatabaseConnection {
        &self.inner.main
    }
}
