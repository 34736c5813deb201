//! Binding and decoding without the ORM: values go in by kind, columns come out into owned values and are dropped.
//! Not here: the statements.
//! A shape is one letter per column: `t` text, `i` integer, `b` truth, `u` UUID, `y` bytes, `r` real; blanks are for the eye.

use std::hint::black_box;
use std::sync::LazyLock;

use futures::TryStreamExt as _;
use sea_orm::sqlx::{self, AssertSqlSafe, Row as _};
use sea_orm::{DatabaseConnection, DbBackend, Value};
use uuid::Uuid;

use crate::StoreError;
use crate::database::read::bound;
use crate::entity::table;
use crate::sql::Sql;

/// The kinds of `tickets::row::COLUMNS`.
pub(super) static TICKET: LazyLock<String> =
    LazyLock::new(table::shape::<crate::entity::ticket::ticket::Entity>);

/// One of the two kinds of sqlx pools.
#[derive(Clone)]
pub(super) enum Pool {
    Sqlite(sqlx::SqlitePool),
    Postgres(sqlx::PgPool),
}

pub(super) fn failed(error: sqlx::Error) -> StoreError {
    StoreError::Broken(error.into())
}

macro_rules! decoded {
    ($row:expr, $shape:expr) => {{
        for (at, kind) in $shape.bytes().filter(|kind| *kind != b' ').enumerate() {
            match kind {
                b't' => drop(black_box(
                    $row.try_get::<Option<String>, _>(at).map_err(failed)?,
                )),
                b'i' => drop(black_box(
                    $row.try_get::<Option<i64>, _>(at).map_err(failed)?,
                )),
                b'b' => drop(black_box(
                    $row.try_get::<Option<bool>, _>(at).map_err(failed)?,
                )),
                b'u' => drop(black_box(
                    $row.try_get::<Option<Uuid>, _>(at).map_err(failed)?,
                )),
                b'y' => drop(black_box(
                    $row.try_get::<Option<Vec<u8>>, _>(at).map_err(failed)?,
                )),
                _ => drop(black_box(
                    $row.try_get::<Option<f64>, _>(at).map_err(failed)?,
                )),
            }
        }
    }};
}

impl Pool {
    pub(super) fn of(conn: &DatabaseConnection) -> Self {
        if conn.get_database_backend() == DbBackend::Sqlite {
            Self::Sqlite(conn.get_sqlite_connection_pool().clone())
        } else {
            Self::Postgres(conn.get_postgres_connection_pool().clone())
        }
    }

    /// All rows at once, each decoded; how many.
    pub(super) async fn all(&self, sql: Sql, shape: &str) -> Result<usize, StoreError> {
        match self {
            Self::Sqlite(pool) => {
                let rows = bound!(sql, Sqlite).fetch_all(pool).await;
                let rows = rows.map_err(failed)?;
                for row in &rows {
                    decoded!(row, shape);
                }
                Ok(rows.len())
            }
            Self::Postgres(pool) => {
                let rows = bound!(sql, Postgres).fetch_all(pool).await;
                let rows = rows.map_err(failed)?;
                for row in &rows {
                    decoded!(row, shape);
                }
                Ok(rows.len())
            }
        }
    }

    /// Row by row as they come, each decoded; how many.
    pub(super) async fn walk(&self, sql: Sql, shape: &str) -> Result<usize, StoreError> {
        let mut count = 0;
        match self {
            Self::Sqlite(pool) => {
                let mut rows = bound!(sql, Sqlite).fetch(pool);
                while let Some(row) = rows.try_next().await.map_err(failed)? {
                    decoded!(row, shape);
                    count += 1;
                }
            }
            Self::Postgres(pool) => {
                let mut rows = bound!(sql, Postgres).fetch(pool);
                while let Some(row) = rows.try_next().await.map_err(failed)? {
                    decoded!(row, shape);
                    count += 1;
                }
            }
        }
        Ok(count)
    }

    /// The plan in the database's own words. PostgreSQL runs the statement for it and says what it cost.
    pub(super) async fn explain(&self, sql: Sql) -> Result<Vec<String>, StoreError> {
        let before = |head: &'static str| {
            let mut all = Sql::new(head, Vec::new());
            all.append(sql);
            all
        };
        self.plan(before(match self {
            Self::Sqlite(_) => "explain query plan ",
            Self::Postgres(_) => "explain (analyze, buffers) ",
        }))
        .await
    }

    /// The lines that a statement with `explain` gives.
    pub(super) async fn plan(&self, sql: Sql) -> Result<Vec<String>, StoreError> {
        match self {
            Self::Sqlite(pool) => {
                let query = bound!(sql, Sqlite);
                let rows = query.fetch_all(pool).await.map_err(failed)?;
                rows.iter()
                    .map(|row| row.try_get::<String, _>(3).map_err(failed))
                    .collect()
            }
            Self::Postgres(pool) => {
                let query = bound!(sql, Postgres);
                let rows = query.fetch_all(pool).await.map_err(failed)?;
                rows.iter()
                    .map(|row| row.try_get::<String, _>(0).map_err(failed))
                    .collect()
            }
        }
    }

    /// Statements in one transaction.
    pub(super) async fn transaction(&self, statements: Vec<Sql>) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(pool) => {
                let begun = pool.begin_with("begin immediate").await;
                let mut tx = begun.map_err(failed)?;
                for sql in statements {
                    let done = bound!(sql, Sqlite).execute(&mut *tx).await;
                    done.map_err(failed)?;
                }
                tx.commit().await.map_err(failed)
            }
            Self::Postgres(pool) => {
                let mut tx = pool.begin().await.map_err(failed)?;
                for sql in statements {
                    let done = bound!(sql, Postgres).execute(&mut *tx).await;
                    done.map_err(failed)?;
                }
                tx.commit().await.map_err(failed)
            }
        }
    }
}
