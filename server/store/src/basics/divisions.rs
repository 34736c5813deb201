//! Administrative divisions.
//! Not here: the shipped list (`migration::basics`), codes as prefixes (`shared::place`).
//! Read whole by the services' reference cache.

use shared::place::Division;

use crate::bulk::rows::{Insert, insert_rows};
use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// Every division in the order of codes.
pub async fn all(conn: &dyn Conn) -> Result<Vec<Division>, StoreError> {
    let rows = conn
        .handle()
        .all(Sql::new(
            "select code, name, level, parent from divisions order by code",
            vals![],
        ))
        .await?;
    rows.iter().map(read).collect()
}

/// One division.
pub async fn get(conn: &dyn Conn, code: &str) -> Result<Option<Division>, StoreError> {
    let row = conn
        .handle()
        .one(Sql::new(
            "select code, name, level, parent from divisions where code = ?",
            vals![code],
        ))
        .await?;
    row.as_ref().map(read).transpose()
}

/// The divisions directly below a code; the provinces for an empty one.
pub async fn below(conn: &dyn Conn, parent: &str) -> Result<Vec<Division>, StoreError> {
    let sql = if parent.is_empty() {
        Sql::new(
            "select code, name, level, parent from divisions where parent is null order by code",
            vals![],
        )
    } else {
        Sql::new(
            "select code, name, level, parent from divisions where parent = ? order by code",
            vals![parent],
        )
    };
    conn.handle().all(sql).await?.iter().map(read).collect()
}

/// Adds divisions.
pub async fn put(tx: &Tx, divisions: &[Division]) -> Result<(), StoreError> {
    let rows = divisions
        .iter()
        .map(|d| vals![&d.code, &d.name, d.level, d.parent.clone()]);
    insert_rows(
        tx,
        Insert::plain(
            "insert into divisions (code, name, level, parent) values ",
            4,
        ),
        rows,
    )
    .await
}

fn read(row: &sea_orm::QueryResult) -> Result<Division, StoreError> {
    let mut r = Reader::new(row);
    Ok(Division {
        code: r.get()?,
        name: r.get()?,
        level: r.code()?,
        parent: r.get()?,
    })
}
