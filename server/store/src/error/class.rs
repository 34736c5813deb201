//! Which error of a database is which: busy, full, away, damaged, or a defect of ours. By code, never by words.
//! PostgreSQL: SQLSTATE (appendix A of its manual). SQLite: result codes (sqlite.org/rescode.html); the low byte is the kind.
//! Not here: what is done about it (`database`).

use sea_orm::sqlx::postgres::{PgDatabaseError, PgSeverity};
use sea_orm::sqlx::{self, sqlite::SqliteError};
use sea_orm::{DbErr, RuntimeErr};

/// What an error means for the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Passes by itself.
    Busy,
    /// No room.
    Full,
    /// Not there just now.
    Unavailable,
    /// Needs a repair.
    Damaged,
    /// A text has a character that the database keeps in none: NUL.
    Characters,
    /// A defect, a violated constraint.
    Other,
}

/// The driver's error inside.
fn driver(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(inner))
        | DbErr::Query(RuntimeErr::SqlxError(inner))
        | DbErr::Conn(RuntimeErr::SqlxError(inner)) => Some(inner),
        _ => None,
    }
}

fn postgres(error: &sqlx::Error) -> Option<&PgDatabaseError> {
    error.as_database_error()?.try_downcast_ref()
}

/// The extended result code.
fn sqlite(error: &sqlx::Error) -> Option<u32> {
    let inner = error.as_database_error()?;
    inner.try_downcast_ref::<SqliteError>()?;
    inner.code()?.parse().ok()
}

/// What an error is.
pub(crate) fn kind(error: &DbErr) -> Kind {
    let Some(inner) = driver(error) else {
        return match error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Kind::Unavailable,
            _ => Kind::Other,
        };
    };
    if let Some(server) = postgres(inner) {
        return kind_of_state(server.code());
    }
    if let Some(code) = sqlite(inner) {
        return kind_of_result(code);
    }
    match inner {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed => Kind::Unavailable,
        _ => Kind::Other,
    }
}

fn kind_of_state(state: &str) -> Kind {
    match state {
        // disk_full
        "53100" => Kind::Full,
        // serialization, deadlock, lock_not_available, query_canceled (time-out), idle in a transaction, transaction time-out
        "40001" | "40P01" | "55P03" | "57014" | "25P03" | "25P04" => Kind::Busy,
        // a standby, or a server that was made read-only; the database is not there
        "25006" | "3D000" => Kind::Unavailable,
        // data_corrupted, index_corrupted
        "XX001" | "XX002" => Kind::Damaged,
        // character_not_in_repertoire, untranslatable_character
        "22021" | "22P05" => Kind::Characters,
        // memory and connections; shutting down, starting, dropped; connection and authorisation; the system's input and output
        _ => match state.get(..2) {
            Some("53") => Kind::Busy,
            Some("57" | "08" | "28" | "58") => Kind::Unavailable,
            _ => Kind::Other,
        },
    }
}

fn kind_of_result(code: u32) -> Kind {
    match code {
        // SQLITE_IOERR_DATA, SQLITE_IOERR_CORRUPTFS: the file system found a damaged block
        8202 | 8458 => Kind::Damaged,
        _ => match code & 0xff {
            // NOMEM, BUSY, LOCKED, INTERRUPT, PROTOCOL (the log's locks)
            5 | 6 | 7 | 9 | 15 => Kind::Busy,
            13 => Kind::Full,
            // PERM, READONLY, IOERR, CANTOPEN, AUTH
            3 | 8 | 10 | 14 | 23 => Kind::Unavailable,
            // CORRUPT, NOTADB
            11 | 26 => Kind::Damaged,
            _ => Kind::Other,
        },
    }
}

/// Whether whoever is signed in to the database may not do this there.
pub(crate) fn is_denied(error: &DbErr) -> bool {
    let server = driver(error).and_then(postgres);
    server.is_some_and(|it| it.code() == "42501")
}

/// Whether a retry of the whole transaction may succeed (serialization failure, deadlock).
pub(crate) fn wants_retry(error: &DbErr) -> bool {
    let server = driver(error).and_then(postgres);
    server.is_some_and(|it| matches!(it.code(), "40001" | "40P01"))
}

/// Whether the connection itself is gone, so that nothing after the last answer was done.
pub(crate) fn is_cut_off(error: &DbErr) -> bool {
    let Some(inner) = driver(error) else {
        return false;
    };
    match postgres(inner) {
        Some(server) => is_fatal(server),
        None => matches!(inner, sqlx::Error::Io(_) | sqlx::Error::Protocol(_)),
    }
}

fn is_fatal(server: &PgDatabaseError) -> bool {
    matches!(server.severity(), PgSeverity::Fatal | PgSeverity::Panic)
        || server.code().starts_with("57P")
        || server.code().starts_with("08")
}

/// Whether a statement's error ends the whole transaction: always on PostgreSQL; on SQLite where it may have rolled back by itself
/// (sqlite.org/lang_transaction.html), after which the next statements would each be a transaction of their own.
pub(crate) fn spoils(error: &DbErr) -> bool {
    match driver(error).map(|inner| (sqlite(inner), inner.as_database_error().is_some())) {
        Some((Some(_), _)) => kind(error) != Kind::Other,
        _ => true,
    }
}

/// What a failed commit leaves behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Certainly nothing.
    Nothing,
    /// Perhaps everything.
    Unknown,
}

/// What is certain after this error of a commit.
///
/// PostgreSQL: an error that the server gave as an answer has rolled back; a lost connection, or a server that ended the connection
/// meanwhile, may have committed before. SQLite: without room the log has no complete commit; after any other error of the disk the commit
/// may be in the log and be found again when the log is next read from its begin.
pub(crate) fn ending(error: &DbErr) -> Ending {
    let Some(inner) = driver(error) else {
        return Ending::Unknown;
    };
    let certain = match (postgres(inner), sqlite(inner)) {
        (Some(server), _) => {
            !is_fatal(server) && !matches!(server.code().get(..2), Some("58" | "XX"))
        }
        (None, Some(code)) => matches!(code & 0xff, 5 | 6 | 13),
        _ => false,
    };
    if certain {
        Ending::Nothing
    } else {
        Ending::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_of_a_database_that_is_away_is_unavailable() {
        for state in [
            "57P01", "57P02", "57P03", "57P04", "57P05", "08000", "08003", "08006", "28000",
            "28P01", "3D000", "25006", "58030",
        ] {
            assert_eq!(kind_of_state(state), Kind::Unavailable, "{state}");
        }
        let unreachable = [
            std::io::ErrorKind::ConnectionRefused,
            std::io::ErrorKind::NotFound,
            std::io::ErrorKind::BrokenPipe,
            std::io::ErrorKind::ConnectionReset,
            std::io::ErrorKind::UnexpectedEof,
            std::io::ErrorKind::TimedOut,
        ];
        for cause in unreachable {
            let error = sqlx::Error::Io(std::io::Error::from(cause));
            let error = DbErr::Query(RuntimeErr::SqlxError(std::sync::Arc::new(error)));
            assert_eq!(kind(&error), Kind::Unavailable, "{cause}");
            assert_eq!(ending(&error), Ending::Unknown, "{cause}");
        }
        let timed_out = DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::Timeout);
        assert_eq!(kind(&timed_out), Kind::Unavailable);
    }

    #[test]
    fn states_of_a_server_that_lives_are_told_apart() {
        let states = [
            ("53100", Kind::Full),
            ("53300", Kind::Busy),
            ("40001", Kind::Busy),
            ("57014", Kind::Busy),
            ("XX001", Kind::Damaged),
            ("22021", Kind::Characters),
            ("23505", Kind::Other),
            ("42601", Kind::Other),
            ("XX000", Kind::Other),
        ];
        for (state, is) in states {
            assert_eq!(kind_of_state(state), is, "{state}");
        }
    }

    #[test]
    fn results_of_sqlite_are_told_apart() {
        let results = [
            (13, Kind::Full),
            (5, Kind::Busy),
            (261, Kind::Busy),
            (517, Kind::Busy),
            (10, Kind::Unavailable),
            (778, Kind::Unavailable),
            (1034, Kind::Unavailable),
            (4874, Kind::Unavailable),
            (8, Kind::Unavailable),
            (1032, Kind::Unavailable),
            (14, Kind::Unavailable),
            (11, Kind::Damaged),
            (267, Kind::Damaged),
            (26, Kind::Damaged),
            (8202, Kind::Damaged),
            (1, Kind::Other),
            (19, Kind::Other),
            (2067, Kind::Other),
        ];
        for (code, is) in results {
            assert_eq!(kind_of_result(code), is, "{code}");
        }
    }
}
