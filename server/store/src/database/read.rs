//! Reading that ends with whoever waits for it: a dropped call stops its statement, so that a page that was left, or ran out of time, does not
//! keep a connection and a processor from the others.
//! Not here: writing, which goes on when its caller is gone (`queue`, `alone`), a server's own readers on SQLite (`readers`).
//! On SQLite this reads copies, whose connection nobody else has.
//! SQLite is asked now and then whether to go on; PostgreSQL loses its connection and looks for that itself (`open`).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{self, AssertSqlSafe, Database};
use sea_orm::{
    ConnAcquireErr, DatabaseConnection, DbBackend, DbErr, QueryResult, RuntimeErr, Value,
};

use crate::sql::Sql;

/// Instructions of SQLite's machine between two looks: some tens of microseconds.
pub(super) const LOOK: i32 = 2_000;

/// A query with its values bound; the two databases differ in type only.
macro_rules! bound {
    ($sql:expr, $db:ident) => {{
        let (text, values) = $sql.parts(DbBackend::$db);
        let mut query = sqlx::query::<sqlx::$db>(AssertSqlSafe(text));
        for value in values {
            query = match value {
                Value::Bool(v) => query.bind(v),
                Value::BigInt(v) => query.bind(v),
                Value::Double(v) => query.bind(v),
                Value::String(v) => query.bind(v),
                Value::Bytes(v) => query.bind(v),
                Value::Uuid(v) => query.bind(v),
                other => {
                    return Err(sea_orm::DbErr::Type(format!("{other:?} cannot be bound")).into());
                }
            };
        }
        query
    }};
}
pub(crate) use bound;

/// All rows, or the first one only, and how long the database took for them once there was a connection. On PostgreSQL in a transaction that
/// begins with the words of `under`, where there are any (`net`).
pub(super) async fn rows(
    conn: &DatabaseConnection,
    sql: Sql,
    first: bool,
    under: Option<&str>,
) -> Result<(Vec<QueryResult>, Duration), DbErr> {
    if conn.get_database_backend() == DbBackend::Sqlite {
        let pool = conn.get_sqlite_connection_pool();
        let mut held = Held::of(pool.acquire().await.map_err(not_acquired)?);
        let given_up = Arc::clone(&held.given_up);
        held.conn
            .lock_handle()
            .await
            .map_err(failed)?
            .set_progress_handler(LOOK, move || !given_up.load(Ordering::Relaxed));
        let query = bound!(sql, Sqlite);
        let begun = Instant::now();
        let rows = if first {
            let row = query.fetch_optional(&mut *held.conn).await;
            row.map(|row| row.into_iter().map(QueryResult::from).collect())
        } else {
            let rows = query.fetch_all(&mut *held.conn).await;
            rows.map(|rows| rows.into_iter().map(QueryResult::from).collect())
        };
        held.is_idle = true;
        return rows.map(|rows| (rows, begun.elapsed())).map_err(failed);
    }
    let pool = conn.get_postgres_connection_pool();
    let mut held = Held::of(pool.acquire().await.map_err(not_acquired)?);
    if let Some(words) = under {
        let begin = sqlx::raw_sql(AssertSqlSafe(words.to_owned()));
        begin.execute(&mut *held.conn).await.map_err(failed)?;
    }
    let query = bound!(sql, Postgres);
    let begun = Instant::now();
    let rows = if first {
        let row = query.fetch_optional(&mut *held.conn).await;
        row.map(|row| row.into_iter().map(QueryResult::from).collect())
    } else {
        let rows = query.fetch_all(&mut *held.conn).await;
        rows.map(|rows| rows.into_iter().map(QueryResult::from).collect())
    };
    let took = begun.elapsed();
    held.is_idle = match under {
        // A connection on which the transaction does not end is closed.
        Some(_) => sqlx::raw_sql("rollback")
            .execute(&mut *held.conn)
            .await
            .is_ok(),
        None => true,
    };
    rows.map(|rows| (rows, took)).map_err(failed)
}

/// A connection that is closed when it is given up in the middle of a statement: what it was told then must not meet the next reader. The
/// handler of a read that ended by itself stays, and never stops anything.
struct Held<DB: Database> {
    conn: PoolConnection<DB>,
    given_up: Arc<AtomicBool>,
    is_idle: bool,
}

impl<DB: Database> Held<DB> {
    fn of(conn: PoolConnection<DB>) -> Self {
        Self {
            conn,
            given_up: Arc::default(),
            is_idle: false,
        }
    }
}

impl<DB: Database> Drop for Held<DB> {
    fn drop(&mut self) {
        if !self.is_idle {
            self.given_up.store(true, Ordering::Relaxed);
            self.conn.close_on_drop();
        }
    }
}

fn not_acquired(error: sqlx::Error) -> DbErr {
    match error {
        sqlx::Error::PoolTimedOut => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
        sqlx::Error::PoolClosed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
        other => DbErr::Conn(RuntimeErr::SqlxError(other.into())),
    }
}

pub(super) fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}
