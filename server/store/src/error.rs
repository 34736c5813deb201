//! The store's one error. Services turn it into a `Fault` at one place and log the cause once (I11).
//! Not here: faults that people see (`shared::fault`).
//! `Busy` and `Full` pass by themselves or by an administrator; `Broken` is a defect.

use sea_orm::DbErr;
use sea_orm::RuntimeErr;

/// Why the store did not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No connection or no turn within the waiting time; a retry may succeed.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// The disk or the quota of the database is full.
    #[error("the database has no space left: {0}")]
    Full(String),
    /// Somebody else changed the record first; `current` is the version now, 0 when it is gone.
    #[error("version conflict on {object}: expected {expected}, found {current}")]
    Conflict {
        /// `ticket` or `assignment:<uuid>`.
        object: String,
        /// The version the change was made from.
        expected: i32,
        /// The version in the database.
        current: i32,
    },
    /// A unique value exists already: `ticket_no`, `username`, `external_no`, `idempotency_key`, ….
    #[error("{0} exists already")]
    Exists(&'static str),
    /// The cursor of a list is not one of ours, or of another order.
    #[error("the cursor is not valid")]
    Cursor,
    /// Another server uses this SQLite file.
    #[error("another server already uses {0}")]
    InUse(String),
    /// The database or its settings are not what the store needs; says what is.
    #[error("{0}")]
    Unfit(String),
    /// A defect, or a failed database.
    #[error("the store failed: {0}")]
    Broken(#[source] anyhow::Error),
}

impl StoreError {
    /// A defect with words.
    pub(crate) fn broken(words: impl Into<String>) -> Self {
        Self::Broken(anyhow::anyhow!(words.into()))
    }

    /// Whether a retry of the whole transaction may succeed (serialization failure, deadlock).
    pub(crate) fn wants_retry(error: &DbErr) -> bool {
        matches!(code(error).as_deref(), Some("40001" | "40P01"))
    }
}

/// SQLSTATE on PostgreSQL, extended result code on SQLite.
fn code(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(inner))
    | DbErr::Query(RuntimeErr::SqlxError(inner))
    | DbErr::Conn(RuntimeErr::SqlxError(inner))) = error
    else {
        return None;
    };
    inner
        .as_database_error()?
        .code()
        .map(std::borrow::Cow::into_owned)
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        let words = error.to_string();
        if matches!(error, DbErr::ConnectionAcquire(_)) {
            return Self::Busy(words);
        }
        // 53100 disk_full, 53300 too_many_connections, 55P03 lock_not_available, 57014 query_canceled (timeout), 57P0x shutting down.
        match code(&error).as_deref() {
            Some("53100" | "13") => Self::Full(words),
            Some(
                "53300" | "55P03" | "57014" | "57P01" | "57P02" | "57P03" | "40001" | "40P01" | "5"
                | "6" | "261" | "517",
            ) => Self::Busy(words),
            _ => Self::Broken(error.into()),
        }
    }
}
