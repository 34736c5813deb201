//! Reading that ends with whoever waits for it: a dropped call stops its statement, so that a page that was left, or ran out of time, does not
//! keep a connection and a processor from the others.
//! Not here: writing, which goes on when its caller is gone (`queue`, `alone`).
//! SQLite is asked now and then whether to go on; PostgreSQL loses its connection and looks for that itself (`open`).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{self, AssertSqlSafe, Postgres};
use sea_orm::{
    ConnAcquireErr, DatabaseConnection, DbBackend, DbErr, QueryResult, RuntimeErr, Value,
};

use crate::sql::Sql;

/// Instructions of SQLite's machine between two looks: some tens of microseconds.
const LOOK: i32 = 2_000;

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

/// All rows, or the first one only.
pub(super) async fn rows(
    conn: &DatabaseConnection,
    sql: Sql,
    first: bool,
) -> Result<Vec<QueryResult>, DbErr> {
    if conn.get_database_backend() == DbBackend::Sqlite {
        let pool = conn.get_sqlite_connection_pool();
        let mut held = pool.acquire().await.map_err(not_acquired)?;
        // Dropped before the connection goes back.
        let stop = Stop::default();
        let stopped = Arc::clone(&stop.0);
        held.lock_handle()
            .await
            .map_err(failed)?
            .set_progress_handler(LOOK, move || !stopped.load(Ordering::Relaxed));
        let query = bound!(sql, Sqlite);
        return if first {
            let row = query.fetch_optional(&mut *held).await.map_err(failed)?;
            Ok(row.into_iter().map(QueryResult::from).collect())
        } else {
            let rows = query.fetch_all(&mut *held).await.map_err(failed)?;
            Ok(rows.into_iter().map(QueryResult::from).collect())
        };
    }
    let pool = conn.get_postgres_connection_pool();
    let mut held = Held {
        conn: pool.acquire().await.map_err(not_acquired)?,
        is_idle: false,
    };
    let query = bound!(sql, Postgres);
    let rows = if first {
        let row = query.fetch_optional(&mut *held.conn).await;
        row.map(|row| row.into_iter().map(QueryResult::from).collect())
    } else {
        let rows = query.fetch_all(&mut *held.conn).await;
        rows.map(|rows| rows.into_iter().map(QueryResult::from).collect())
    };
    held.is_idle = true;
    rows.map_err(failed)
}

/// Raised when the call ends, in whatever way; a statement that still runs then is interrupted.
#[derive(Default)]
struct Stop(Arc<AtomicBool>);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A connection that is closed when it is given up in the middle of a statement.
struct Held {
    conn: PoolConnection<Postgres>,
    is_idle: bool,
}

impl Drop for Held {
    fn drop(&mut self) {
        if !self.is_idle {
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

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}
