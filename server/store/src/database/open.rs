//! Opening a database with the settings that durability and fairness need (P-21, P-22, P-23), and refusing one that cannot have them.
//! Not here: the schema (`migration`), the queue (`writer`).
//! SQLite: WAL, synchronous FULL, one writer. PostgreSQL: timeouts on statements, locks and idle transactions.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::ConnectOptions as _;
use sea_orm::sqlx::sqlite::{
    SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous,
};
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement,
};

use super::lock::ServerLock;
use super::readers::Readers;
use crate::{StoreError, sql};

/// The oldest SQLite whose WAL is sound for us.
const SQLITE_AT_LEAST: [u32; 3] = [3, 51, 3];

/// When a connection of the driver's reading pools that nobody needs is closed.
const SOON: Duration = Duration::from_mins(1);

/// Connections of exports and reports.
const REPORTS: u32 = 2;

/// How to open.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    /// Take the server's lock on an SQLite file.
    pub serving: bool,
    /// Reading connections for pages.
    pub readers: u32,
    /// Longest wait for a connection before `Busy`.
    pub wait: Duration,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self {
            serving: false,
            readers: 4,
            wait: Duration::from_secs(5),
        }
    }
}

pub(super) struct Opened {
    pub(super) main: DatabaseConnection,
    pub(super) reader: DatabaseConnection,
    pub(super) reports: DatabaseConnection,
    pub(super) own: Own,
    pub(super) lock: Option<ServerLock>,
    /// For the writing connection on SQLite.
    pub(super) pen: Option<SqliteConnectOptions>,
}

/// What reads on SQLite; nothing on PostgreSQL, whose pools do.
#[derive(Default)]
pub(super) struct Own {
    pub(super) pages: Option<Arc<Readers>>,
    pub(super) reports: Option<Arc<Readers>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Use {
    Write,
    Read,
    Report,
}

pub(super) async fn open(url: &str, options: &OpenOptions) -> Result<Opened, StoreError> {
    if let Some(path) = sqlite_path(url)? {
        let lock = if options.serving {
            Some(ServerLock::take(&path)?)
        } else {
            None
        };
        private_file(&path)?;
        let url = format!("sqlite://{}", path.display());
        let main = sqlite(&url, Use::Write, 1, options).await?;
        check_sqlite(&main).await?;
        let reader = sqlite(&url, Use::Read, options.readers.max(1), options).await?;
        let reports = sqlite(&url, Use::Report, REPORTS, options).await?;
        let own = Own {
            pages: Some(readers(&path, options.readers.max(1), options)),
            reports: Some(readers(&path, REPORTS, options)),
        };
        // The file is there now. Whoever takes it away must not find an empty one made in its place.
        let pen = tuned(SqliteConnectOptions::new().filename(&path), Use::Write)
            .create_if_missing(false)
            .disable_statement_logging();
        return Ok(Opened {
            main,
            reader,
            reports,
            own,
            lock,
            pen: Some(pen),
        });
    }
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(StoreError::Unfit(
            "the database URL must begin with sqlite:// or postgres://".to_owned(),
        ));
    }
    let main = postgres(url, Use::Write, options.readers.max(2) * 2, options).await?;
    check_postgres(&main).await?;
    let reader = postgres(url, Use::Read, options.readers.max(1) * 2, options).await?;
    let reports = postgres(url, Use::Report, REPORTS, options).await?;
    Ok(Opened {
        main,
        reader,
        reports,
        own: Own::default(),
        lock: None,
        pen: None,
    })
}

/// The server's own reading connections to a file.
fn readers(path: &Path, most: u32, options: &OpenOptions) -> Arc<Readers> {
    let file = tuned(SqliteConnectOptions::new().filename(path), Use::Read);
    let file = file.disable_statement_logging();
    Arc::new(Readers::new(file, most, options.wait))
}

/// The file of an `sqlite:` URL; `None` for other databases.
pub(crate) fn sqlite_path(url: &str) -> Result<Option<PathBuf>, StoreError> {
    let Some(rest) = url.strip_prefix("sqlite:") else {
        return Ok(None);
    };
    let path = rest.strip_prefix("//").unwrap_or(rest);
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    if path.is_empty() || path.contains(":memory:") {
        return Err(StoreError::Unfit(
            "the SQLite database must be a file".to_owned(),
        ));
    }
    std::path::absolute(path)
        .map(Some)
        .map_err(|e| StoreError::Unfit(format!("{path}: {e}")))
}

async fn sqlite(
    url: &str,
    purpose: Use,
    connections: u32,
    options: &OpenOptions,
) -> Result<DatabaseConnection, StoreError> {
    let mut o = ConnectOptions::new(url);
    // Pages and exports are read by connections of their own (`readers`); the driver's are for the few who need its pool.
    let writes = purpose == Use::Write;
    o.max_connections(connections)
        .min_connections(u32::from(writes))
        .acquire_timeout(options.wait)
        .sqlx_logging(false);
    o.idle_timeout((!writes).then_some(SOON))
        .max_lifetime(None)
        .test_before_acquire(false);
    o.map_sqlx_sqlite_opts(move |s| tuned(s, purpose));
    Database::connect(o).await.map_err(StoreError::from)
}

/// The writer's own cache on SQLite, 64 MB: the hot pages of the indexes stay there from one transaction to the next.
pub(crate) const WRITER_CACHE: &str = "pragma cache_size = -65536";

/// The settings of a connection to SQLite.
fn tuned(options: SqliteConnectOptions, purpose: Use) -> SqliteConnectOptions {
    let options = options
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .statement_cache_capacity(if purpose == Use::Write { 256 } else { 96 })
        // A page of rows goes over at once; with the driver's fifty its thread would wait for the reader in the midst of each.
        .row_buffer_size(256)
        .pragma("temp_store", "memory");
    if purpose == Use::Write {
        options
            .create_if_missing(true)
            .page_size(8192)
            .auto_vacuum(SqliteAutoVacuum::None)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma(
                "cache_size",
                WRITER_CACHE.rsplit(' ').next().unwrap_or_default(),
            )
            // 64 MB of pages of 8 KB: the hot pages of the indexes are written back once for many transactions.
            .pragma("wal_autocheckpoint", "8192")
            .pragma("journal_size_limit", "67108864")
    } else {
        options
            .read_only(true)
            .pragma("query_only", "on")
            // Each connection has a cache of its own; what it does not hold comes from the system's, which all share.
            .pragma("cache_size", "-8192")
    }
}

async fn postgres(
    url: &str,
    purpose: Use,
    connections: u32,
    options: &OpenOptions,
) -> Result<DatabaseConnection, StoreError> {
    let mut o = ConnectOptions::new(url);
    o.max_connections(connections)
        .min_connections(0)
        .acquire_timeout(options.wait)
        .connect_timeout(options.wait)
        .sqlx_logging(false);
    o.map_sqlx_postgres_opts(move |p| {
        let p = p.application_name("minsheng").options([
            ("lock_timeout", "5s"),
            ("idle_in_transaction_session_timeout", "60s"),
            (
                "statement_timeout",
                if purpose == Use::Report {
                    "120s"
                } else {
                    "20s"
                },
            ),
            ("synchronous_commit", "on"),
            // A call that was given up closes its connection; the statement ends within half a second.
            ("client_connection_check_interval", "500ms"),
            ("client_min_messages", "warning"),
            // A few thousand rows per statement do not repay compiling a plan.
            ("jit", "off"),
        ]);
        if purpose == Use::Write {
            p
        } else {
            p.options([("default_transaction_read_only", "on")])
        }
    });
    Database::connect(o).await.map_err(StoreError::from)
}

/// A new database is its owner's alone from its first byte on; SQLite gives the files beside it the same mode.
fn private_file(path: &std::path::Path) -> Result<(), StoreError> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let made = std::fs::File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    match made {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(StoreError::Unfit(
            format!("{} cannot be made: {error}", path.display()),
        )),
        _ => Ok(()),
    }
}

/// One connection that stays the same, for a transaction held over many calls.
pub(crate) async fn hold_postgres(
    url: &str,
    options: &OpenOptions,
) -> Result<DatabaseConnection, StoreError> {
    postgres(url, Use::Report, 1, options).await
}

async fn check_sqlite(conn: &DatabaseConnection) -> Result<(), StoreError> {
    let version: String = setting(conn, "select sqlite_version()").await?;
    let mut parts = version.split('.').map(|p| p.parse().unwrap_or(0));
    let found = [
        parts.next().unwrap_or(0),
        parts.next().unwrap_or(0),
        parts.next().unwrap_or(0),
    ];
    if found < SQLITE_AT_LEAST {
        return Err(StoreError::Unfit(format!(
            "SQLite {version} is too old, 3.51.3 is needed"
        )));
    }
    let mode: String = setting(conn, "pragma journal_mode").await?;
    if mode != "wal" {
        return Err(StoreError::Unfit(format!(
            "SQLite's journal mode is {mode}, it must be wal"
        )));
    }
    let level: i64 = setting(conn, "pragma synchronous").await?;
    if level < 2 {
        return Err(StoreError::Unfit(format!(
            "SQLite's synchronous is {level}, it must be 2 (full)"
        )));
    }
    Ok(())
}

async fn check_postgres(conn: &DatabaseConnection) -> Result<(), StoreError> {
    let version: String = setting(conn, "select current_setting('server_version_num')").await?;
    if version.parse::<u32>().unwrap_or(0) < 150_000 {
        return Err(StoreError::Unfit(format!(
            "PostgreSQL {version} is too old, 15 is needed"
        )));
    }
    let encoding: String = setting(conn, "select current_setting('server_encoding')").await?;
    if encoding != "UTF8" {
        return Err(StoreError::Unfit(format!(
            "the database's encoding is {encoding}, it must be UTF8"
        )));
    }
    Ok(())
}

async fn setting<T: sea_orm::TryGetable>(
    conn: &DatabaseConnection,
    sql: &'static str,
) -> Result<T, StoreError> {
    let backend: DbBackend = conn.get_database_backend();
    let row = conn
        .query_one_raw(Statement::from_string(backend, sql))
        .await?;
    let row = row.ok_or_else(|| StoreError::broken(format!("no answer to {sql}")))?;
    sql::only(&row).map_err(StoreError::from)
}
