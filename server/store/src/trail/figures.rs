//! Counted figures for the public page, refreshed by a job, so that visitors never cause a count.
//! Not here: counting (`reports`).
//! A figure is JSON under a name, with the instant it was counted at.

use shared::calendar::Instant;

use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// A figure and when it was counted.
pub async fn get(conn: &dyn Conn, name: &str) -> Result<Option<(String, Instant)>, StoreError> {
    let row = conn
        .handle()
        .one(Sql::new(
            "select value, as_of from figures where name = ?",
            vals![name],
        ))
        .await?;
    row.map(|row| {
        let mut r = Reader::new(&row);
        Ok((r.get()?, r.at()?))
    })
    .transpose()
}

/// Replaces a figure.
pub async fn put(tx: &Tx, name: &str, value: &str, as_of: Instant) -> Result<(), StoreError> {
    let sql = "insert into figures (name, value, as_of) values (?, ?, ?) on conflict (name) do update set value = excluded.value, as_of = excluded.as_of";
    tx.handle()
        .run(Sql::new(sql, vals![name, value, as_of]))
        .await
        .map(drop)
}
