//! The store's one error. Services turn it into a `Fault` at one place and log the cause once (I11).
//! Not here: faults that people see (`shared::fault`), which error of a database is which (`class`).
//! `Busy`, `Full` and `Unavailable` pass by themselves or by an administrator; `Unknown` asks for the same call again; `Broken` is a defect.

mod class;

use sea_orm::DbErr;

pub(crate) use class::{Ending, Kind, ending, is_cut_off, is_denied, kind, spoils, wants_retry};

/// Why the store did not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No turn within the waiting time; a retry may succeed. Nothing was kept.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// The disk or the quota of the database is full. Nothing was kept.
    #[error("the database has no space left: {0}")]
    Full(String),
    /// The database is not there: stopped, unreachable, its disk failing, its file gone. Nothing was kept.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The database went away in the midst of a commit: kept or not, only the database knows. The same call under the same idempotency
    /// key finds out.
    #[error("whether it was kept is unknown: {0}")]
    Unknown(String),
    /// The database's file or an index of it is damaged.
    #[error("the database is damaged: {0}")]
    Damaged(String),
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
    /// A text has a character that the database keeps in none (NUL, on PostgreSQL). Nothing was kept.
    #[error("the database keeps no such character: {0}")]
    Characters(String),
    /// Another server uses this SQLite file.
    #[error("another server already uses {0}")]
    InUse(String),
    /// The database or its settings are not what the store needs; says what is.
    #[error("{0}")]
    Unfit(String),
    /// A defect.
    #[error("the store failed: {0}")]
    Broken(#[source] anyhow::Error),
}

impl StoreError {
    /// A defect with words.
    pub(crate) fn broken(words: impl Into<String>) -> Self {
        Self::Broken(anyhow::anyhow!(words.into()))
    }

    /// The same failure for one more call that shares it.
    pub(crate) fn again(&self) -> Self {
        match self {
            Self::Busy(words) => Self::Busy(words.clone()),
            Self::Full(words) => Self::Full(words.clone()),
            Self::Unavailable(words) => Self::Unavailable(words.clone()),
            Self::Unknown(words) => Self::Unknown(words.clone()),
            Self::Damaged(words) => Self::Damaged(words.clone()),
            Self::Characters(words) => Self::Characters(words.clone()),
            other => Self::broken(other.to_string()),
        }
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        let words = error.to_string();
        match kind(&error) {
            Kind::Busy => Self::Busy(words),
            Kind::Full => Self::Full(words),
            Kind::Unavailable => Self::Unavailable(words),
            Kind::Damaged => Self::Damaged(words),
            Kind::Characters => Self::Characters(words),
            Kind::Other => Self::Broken(error.into()),
        }
    }
}
