//! Multi-row inserts: full chunks of one size, so that the prepared statement is used again, then the rest.
//! Not here: which rows (`writer`, the basic data).
//! The number of values per statement stays under the databases' limits (32,766 and 65,535).

use sea_orm::Value;

use crate::sql::Sql;
use crate::{StoreError, Tx};

/// Values per statement at most.
const VALUES: usize = 8_000;
/// Rows per statement at most.
const ROWS: usize = 200;

/// Inserts rows of `columns` values each; `head` ends with `values `.
pub(crate) async fn insert_rows(tx: &Tx, head: &'static str, columns: usize, rows: impl Iterator<Item = Vec<Value>>) -> Result<(), StoreError> {
    insert_rows_tail(tx, head, columns, "", rows).await
}

/// The same with a text behind the rows, such as `on conflict do nothing`.
pub(crate) async fn insert_rows_tail(
    tx: &Tx,
    head: &'static str,
    columns: usize,
    tail: &'static str,
    rows: impl Iterator<Item = Vec<Value>>,
) -> Result<(), StoreError> {
    let chunk = (VALUES / columns.max(1)).clamp(1, ROWS);
    let mut open: Option<(Sql, usize)> = None;
    for row in rows {
        debug_assert_eq!(row.len(), columns, "{head}");
        let (mut sql, count) = open.take().unwrap_or_else(|| (Sql::new(head, Vec::new()), 0));
        if count > 0 {
            sql.text(",");
        }
        sql.list(row);
        if count + 1 == chunk {
            sql.text(tail);
            tx.handle().run(sql).await?;
        } else {
            open = Some((sql, count + 1));
        }
    }
    if let Some((mut sql, _)) = open {
        sql.text(tail);
        tx.handle().run(sql).await?;
    }
    Ok(())
}
