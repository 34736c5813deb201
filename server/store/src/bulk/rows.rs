//! Multi-row inserts: chunks whose sizes are powers of two, so that few prepared statements serve every batch.
//! Not here: which rows (`writer`, `cases`, the basic data).
//! The number of values per statement stays far under the databases' limits (32,766 and 65,535).

use sea_orm::Value;

use crate::sql::Sql;
use crate::{StoreError, Tx};

/// Values per statement at most.
const VALUES: usize = 8_192;
/// Rows per statement at most.
const ROWS: usize = 256;

/// Inserts rows of `columns` values each; `head` ends with `values `.
pub(crate) async fn insert_rows(
    tx: &Tx,
    head: &'static str,
    columns: usize,
    rows: impl Iterator<Item = Vec<Value>>,
) -> Result<(), StoreError> {
    insert_rows_tail(tx, Around { head, tail: "" }, columns, rows).await
}

/// Text before and behind the rows.
#[derive(Clone, Copy)]
pub(crate) struct Around {
    pub(crate) head: &'static str,
    pub(crate) tail: &'static str,
}

/// The same with a text behind the rows, such as `on conflict do nothing`.
pub(crate) async fn insert_rows_tail(
    tx: &Tx,
    around: Around,
    columns: usize,
    rows: impl Iterator<Item = Vec<Value>>,
) -> Result<(), StoreError> {
    let mut rows: std::collections::VecDeque<Vec<Value>> = rows.collect();
    let largest = previous_power((VALUES / columns.max(1)).clamp(1, ROWS));
    while !rows.is_empty() {
        let size = largest.min(previous_power(rows.len()));
        let mut sql = Sql::new(around.head, Vec::new());
        for (i, row) in rows.drain(..size).enumerate() {
            debug_assert_eq!(row.len(), columns, "{}", around.head);
            if i > 0 {
                sql.text(",");
            }
            sql.list(row);
        }
        sql.text(around.tail);
        tx.handle().run(sql).await?;
    }
    Ok(())
}

/// The largest power of two that is not above `n`.
fn previous_power(n: usize) -> usize {
    1 << (usize::BITS - 1 - n.max(1).leading_zeros())
}

#[cfg(test)]
mod tests {
    use super::previous_power;

    #[test]
    fn chunks_are_powers_of_two() {
        assert_eq!([1, 2, 3, 137, 256].map(previous_power), [1, 2, 2, 128, 256]);
    }
}
