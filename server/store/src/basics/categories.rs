//! The category tree: three levels, codes of 2, 4 and 6 digits.
//! Not here: the shipped tree (`shared::category`).
//! Read whole by the services' reference cache.

use shared::category::Category;

use crate::bulk::rows::{Insert, insert_rows};
use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// Every active category in the order of codes.
pub async fn all(conn: &dyn Conn) -> Result<Vec<Category>, StoreError> {
    let rows = conn
        .handle()
        .all(Sql::new(
            "select code, parent, name_zh, name_en from categories where active order by code",
            vals![],
        ))
        .await?;
    rows.iter()
        .map(|row| {
            let mut r = Reader::new(row);
            Ok(Category {
                code: r.get()?,
                parent: r.get()?,
                name_zh: r.get()?,
                name_en: r.get()?,
            })
        })
        .collect()
}

/// Adds categories.
pub async fn put(tx: &Tx, categories: Vec<Category>) -> Result<(), StoreError> {
    let rows = categories.into_iter().map(|c| {
        let level = i64::try_from(c.code.len() / 2).unwrap_or(0);
        vals![c.code, c.parent, level, c.name_zh, c.name_en, true]
    });
    insert_rows(
        tx,
        Insert::plain(
            "insert into categories (code, parent, level, name_zh, name_en, active) values ",
            6,
        ),
        rows,
    )
    .await
}
