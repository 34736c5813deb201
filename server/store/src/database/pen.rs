//! SQLite's only writing connection, trusted no further than it proves itself. Transactions begin and end by plain statements, which fail
//! when they find something else than expected; two counters, kept by SQLite itself, say whether a commit was one and whether anything was
//! rolled back in silence. After any failure the connection is closed and another one opened, and the next to be written is a number that
//! a third connection must find.
//! Not here: who writes what in which group (`queue`), statements in the midst of a transaction (`conn`).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sea_orm::DbErr;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::sqlx::{self, Connection as _, SqliteConnection};

use super::link::{Link, connecting};
use super::place::Place;
use super::probe;
use crate::StoreError;
use crate::error::{Ending, ending};

/// Longest wait for a connection that is to be closed.
const GOODBYE: Duration = Duration::from_secs(2);

/// What the connection is told while a bulk door is at work: pages stay in memory and are copied from the log to the file once for many
/// transactions, and references are not looked up again, since `bulk::prepare` has compared them with their tickets.
const BULK: &str =
    "pragma cache_size = -262144; pragma wal_autocheckpoint = 49152; pragma foreign_keys = off;";
/// As `open` has it.
const USUAL: &str = "pragma foreign_keys = on; pragma wal_autocheckpoint = 8192; pragma cache_size = -65536; pragma wal_checkpoint(passive);";

/// The writing connection.
pub(super) struct Pen {
    options: SqliteConnectOptions,
    place: Place,
    /// Absent after a failure, until `mend`.
    link: Option<Link>,
    seen: Arc<Seen>,
    /// Whether a bulk door is at work.
    bulk: bool,
}

/// Counted by SQLite's hooks on the present connection.
#[derive(Default)]
struct Seen {
    commits: AtomicU64,
    rollbacks: AtomicU64,
}

impl Pen {
    /// Opens the connection; `options` name a file that is there.
    pub(super) async fn open(options: SqliteConnectOptions) -> Result<Self, StoreError> {
        let place = Place::of(options.get_filename())?;
        let mut pen = Self {
            options,
            place,
            link: None,
            seen: Arc::default(),
            bulk: false,
        };
        pen.reopen().await?;
        Ok(pen)
    }

    /// Whether it may write without proving itself first.
    pub(super) fn is_sound(&self) -> bool {
        self.link.is_some()
    }

    /// Begins a transaction and hands out its connection. On an error there is no connection any more.
    pub(super) async fn begin(&mut self) -> Result<Link, StoreError> {
        let mut link = self
            .link
            .take()
            .ok_or_else(|| StoreError::Unavailable("the writer has no connection".to_owned()))?;
        if let Err(error) = self.begin_on(&mut link).await {
            close(link).await;
            return Err(error);
        }
        Ok(link)
    }

    async fn begin_on(&mut self, link: &mut Link) -> Result<(), StoreError> {
        self.place.check()?;
        nothing_open(link).await?;
        self.seen.commits.store(0, Ordering::Release);
        self.seen.rollbacks.store(0, Ordering::Release);
        Ok(link.say("begin immediate").await?)
    }

    /// Commits and keeps the connection. On an error the connection is closed, and with it whatever was open.
    pub(super) async fn commit(&mut self, mut link: Link) -> Result<(), StoreError> {
        let done = self.commit_on(&mut link).await;
        match done {
            Ok(()) => self.link = Some(link),
            Err(_) => close(link).await,
        }
        done
    }

    async fn commit_on(&mut self, link: &mut Link) -> Result<(), StoreError> {
        if self.seen.rollbacks.load(Ordering::Acquire) > 0
            || self.seen.commits.load(Ordering::Acquire) > 0
        {
            // What came after it was written statement by statement.
            return unknown("the transaction had ended before its commit");
        }
        if let Err(error) = link.say("commit").await {
            return match ending(&error) {
                Ending::Nothing => Err(error.into()),
                Ending::Unknown => unknown(format!("commit: {error}")),
            };
        }
        if self.seen.commits.load(Ordering::Acquire) != 1
            || self.seen.rollbacks.load(Ordering::Acquire) > 0
        {
            return unknown("the commit was none");
        }
        nothing_open(link)
            .await
            .or_else(|error| unknown(error.to_string()))?;
        self.place
            .check()
            .or_else(|error| unknown(error.to_string()))
    }

    /// Gives up a transaction together with its connection.
    pub(super) async fn abandon(&mut self, link: Link) {
        close(link).await;
    }

    /// Another connection, and the proof that what it commits is kept.
    pub(super) async fn mend(&mut self) -> Result<(), StoreError> {
        self.reopen().await?;
        let proven = self.prove().await;
        if proven.is_err()
            && let Some(link) = self.link.take()
        {
            close(link).await;
        }
        proven
    }

    async fn prove(&mut self) -> Result<(), StoreError> {
        let mut link = self.begin().await?;
        let written = match number(&mut link, probe::next()).await {
            Ok(written) => written,
            Err(error) => {
                close(link).await;
                return Err(error.into());
            }
        };
        self.commit(link).await?;
        probe::compare(written, read_back(&self.options).await?)
    }

    /// Another connection, without a proof: for a begin that had to wait too long, when nothing was written.
    pub(super) async fn reopen(&mut self) -> Result<(), StoreError> {
        if let Some(link) = self.link.take() {
            close(link).await;
        }
        let seen = Arc::<Seen>::default();
        let mut conn = SqliteConnection::connect_with(&self.options)
            .await
            .map_err(connecting)?;
        {
            let mut handle = conn.lock_handle().await.map_err(connecting)?;
            let counted = seen.clone();
            handle.set_commit_hook(move || {
                counted.commits.fetch_add(1, Ordering::AcqRel);
                true
            });
            let counted = seen.clone();
            handle.set_rollback_hook(move || {
                counted.rollbacks.fetch_add(1, Ordering::AcqRel);
            });
        }
        let mut link = Link::Sqlite(conn);
        // The first read opens the log.
        link.say("select count(*) from sqlite_schema").await?;
        if self.bulk {
            link.say(BULK).await?;
        }
        self.place.check()?;
        self.seen = seen;
        self.link = Some(link);
        Ok(())
    }

    /// Settings for a bulk door, or for verbs again; they stay when the connection must be changed.
    pub(super) async fn tune(&mut self, bulk: bool) -> Result<(), StoreError> {
        self.bulk = bulk;
        let Some(mut link) = self.link.take() else {
            return Ok(());
        };
        match link.say(if bulk { BULK } else { USUAL }).await {
            Ok(()) => {
                self.link = Some(link);
                Ok(())
            }
            Err(error) => {
                close(link).await;
                Err(error.into())
            }
        }
    }

    /// Closes the connection for good.
    pub(super) async fn close(&mut self) {
        if let Some(link) = self.link.take() {
            close(link).await;
        }
    }
}

fn unknown(words: impl Into<String>) -> Result<(), StoreError> {
    Err(StoreError::Unknown(words.into()))
}

/// Refuses when a transaction is open. The driver asks SQLite itself (`sqlite3_get_autocommit`) after a statement that is said to begin a
/// transaction, and complains when none is open; a statement that begins none makes a question of it.
async fn nothing_open(link: &mut Link) -> Result<(), StoreError> {
    let Link::Sqlite(conn) = link else {
        return Ok(());
    };
    match conn.begin_with("select 1").await {
        Err(sqlx::Error::BeginFailed) => Ok(()),
        Err(error) => Err(connecting(error).into()),
        Ok(_) => Err(StoreError::Unavailable(
            "a transaction was open where none may be".to_owned(),
        )),
    }
}

async fn number(link: &mut Link, sql: crate::sql::Sql) -> Result<i64, DbErr> {
    probe::number(link.one(sql).await?.as_ref())
}

/// The probe's number as a connection finds it that was opened just now, by the file's name.
pub(super) async fn read_back(options: &SqliteConnectOptions) -> Result<i64, StoreError> {
    let conn = SqliteConnection::connect_with(&options.clone().read_only(true))
        .await
        .map_err(connecting)?;
    let mut link = Link::Sqlite(conn);
    let found = number(&mut link, probe::read()).await;
    close(link).await;
    Ok(found?)
}

/// Closes a connection; one that does not end in time is left to its thread.
async fn close(link: Link) {
    if let Link::Sqlite(conn) = link
        && let Ok(Err(error)) = tokio::time::timeout(GOODBYE, conn.close()).await
    {
        tracing::debug!(cause = %error, "closing the writing connection");
    }
}
