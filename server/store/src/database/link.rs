//! One connection of the driver, held for the length of a transaction: statements with bound values, and words such as `begin` and `commit`
//! sent as they are. The driver's own transactions are not used: it counts their depth and lowers the count only on success, so that after a
//! failed commit the next transaction would be a savepoint inside nothing.
//! Not here: when a transaction begins and ends (`pen` for SQLite, `alone` for PostgreSQL).

use std::sync::Arc;

use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{self, AssertSqlSafe, Postgres, SqliteConnection};
use sea_orm::{DbBackend, DbErr, QueryResult, RuntimeErr, Value};

use super::read::bound;
use crate::sql::Sql;

/// A connection with or without an open transaction.
pub(super) enum Link {
    Sqlite(SqliteConnection),
    Postgres(Borrowed),
}

/// A connection out of PostgreSQL's pool. It goes back only when its transaction has ended well; however else it is dropped, it is closed.
pub(super) struct Borrowed {
    conn: PoolConnection<Postgres>,
    clean: bool,
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        if !self.clean {
            self.conn.close_on_drop();
        }
    }
}

fn asked(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(Arc::new(error)))
}

fn executed(error: sqlx::Error) -> DbErr {
    DbErr::Exec(RuntimeErr::SqlxError(Arc::new(error)))
}

/// The driver's error of opening a connection.
pub(super) fn connecting(error: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error)))
}

impl Link {
    /// Takes a connection of a pool; until `is_clean` is called it will be closed.
    pub(super) fn borrow(conn: PoolConnection<Postgres>) -> Self {
        Self::Postgres(Borrowed { conn, clean: false })
    }

    /// Says that no transaction is open, so that the connection may be used again.
    pub(super) fn is_clean(&mut self) {
        if let Self::Postgres(borrowed) = self {
            borrowed.clean = true;
        }
    }

    /// All rows.
    pub(super) async fn all(&mut self, sql: Sql) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Sqlite(conn) => {
                let rows = bound!(sql, Sqlite).fetch_all(conn).await.map_err(asked)?;
                Ok(rows.into_iter().map(QueryResult::from).collect())
            }
            Self::Postgres(from) => {
                let query = bound!(sql, Postgres);
                let rows = query.fetch_all(&mut *from.conn).await.map_err(asked)?;
                Ok(rows.into_iter().map(QueryResult::from).collect())
            }
        }
    }

    /// The first row, if there is one.
    pub(super) async fn one(&mut self, sql: Sql) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Sqlite(conn) => {
                let row = bound!(sql, Sqlite).fetch_optional(conn).await;
                Ok(row.map_err(asked)?.map(QueryResult::from))
            }
            Self::Postgres(from) => {
                let query = bound!(sql, Postgres);
                let row = query.fetch_optional(&mut *from.conn).await;
                Ok(row.map_err(asked)?.map(QueryResult::from))
            }
        }
    }

    /// How many rows changed.
    pub(super) async fn run(&mut self, sql: Sql) -> Result<u64, DbErr> {
        match self {
            Self::Sqlite(conn) => {
                let done = bound!(sql, Sqlite).execute(conn).await;
                Ok(done.map_err(executed)?.rows_affected())
            }
            Self::Postgres(from) => {
                let query = bound!(sql, Postgres);
                let done = query.execute(&mut *from.conn).await;
                Ok(done.map_err(executed)?.rows_affected())
            }
        }
    }

    /// Words without values, as they are.
    pub(super) async fn say(&mut self, words: &'static str) -> Result<(), DbErr> {
        let words = sqlx::raw_sql(words);
        match self {
            Self::Sqlite(conn) => words.execute(conn).await.map(drop),
            Self::Postgres(from) => words.execute(&mut *from.conn).await.map(drop),
        }
        .map_err(executed)
    }
}
