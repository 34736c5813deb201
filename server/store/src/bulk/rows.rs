//! Inserts of many rows: statements whose sizes are powers of two, so that few prepared ones serve every batch.
//! Not here: which rows (`prepare`, `tickets::case`, the basic data).
//! The number of values per statement stays far under the databases' limits (32,766 and 65,535).

use sea_orm::{DbBackend, Value};

use crate::sql::Sql;
use crate::{StoreError, Tx};

/// Values per statement at most.
const VALUES: usize = 8_192;
/// Rows per statement at most.
const ROWS: usize = 256;
/// How every head begins.
const INSERT: &str = "insert into ";

/// The insert of a table's rows.
#[derive(Clone, Copy)]
pub(crate) struct Insert {
    /// `insert into table (columns) values `.
    pub(crate) head: &'static str,
    /// Behind the rows, such as ` on conflict do nothing`.
    pub(crate) tail: &'static str,
    /// Values of a row.
    pub(crate) columns: usize,
}

impl Insert {
    /// An insert with nothing behind its rows.
    pub(crate) const fn plain(head: &'static str, columns: usize) -> Self {
        Self {
            head,
            tail: "",
            columns,
        }
    }

    /// The statements for these rows, to be run in this order inside a transaction that ends with the first error.
    ///
    /// On SQLite a statement that fails leaves its first rows to the transaction's end (`or fail`): to be able to undo one statement
    /// alone, the database would copy every page that it touches.
    pub(crate) fn statements(
        self,
        backend: DbBackend,
        rows: impl Iterator<Item = Vec<Value>>,
    ) -> Vec<Sql> {
        let mut rows: std::collections::VecDeque<Vec<Value>> = rows.collect();
        let largest = previous_power((VALUES / self.columns.max(1)).clamp(1, ROWS));
        let mut all = Vec::with_capacity(rows.len() / largest + 1);
        while !rows.is_empty() {
            let size = largest.min(previous_power(rows.len()));
            let mut sql = match self.head.strip_prefix(INSERT) {
                Some(rest) if backend == DbBackend::Sqlite => {
                    let mut sql = Sql::new("insert or fail into ", Vec::new());
                    sql.text(rest);
                    sql
                }
                _ => Sql::new(self.head, Vec::new()),
            };
            for (i, row) in rows.drain(..size).enumerate() {
                debug_assert_eq!(row.len(), self.columns, "{}", self.head);
                if i > 0 {
                    sql.text(",");
                }
                sql.list(row);
            }
            sql.text(self.tail);
            all.push(sql);
        }
        all
    }
}

/// Inserts rows now.
pub(crate) async fn insert_rows(
    tx: &Tx,
    insert: Insert,
    rows: impl Iterator<Item = Vec<Value>>,
) -> Result<(), StoreError> {
    let h = tx.handle();
    for sql in insert.statements(h.backend(), rows) {
        h.run(sql).await?;
    }
    Ok(())
}

/// The largest power of two that is not above `n`.
fn previous_power(n: usize) -> usize {
    1 << (usize::BITS - 1 - n.max(1).leading_zeros())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::vals;

    #[test]
    fn chunks_are_powers_of_two() {
        assert_eq!([1, 2, 3, 137, 256].map(previous_power), [1, 2, 2, 128, 256]);
    }

    #[test]
    fn a_row_too_many_is_a_statement_of_its_own() {
        let insert = Insert {
            head: "insert into t (a) values ",
            tail: " on conflict do nothing",
            columns: 1,
        };
        let texts = |backend| -> Vec<String> {
            insert
                .statements(backend, (0..3_i64).map(|n| vals![n]))
                .into_iter()
                .map(|sql| sql.parts(backend).0)
                .collect()
        };
        assert_eq!(
            texts(DbBackend::Sqlite),
            [
                "insert or fail into t (a) values (?),(?) on conflict do nothing",
                "insert or fail into t (a) values (?) on conflict do nothing"
            ]
        );
        assert_eq!(
            texts(DbBackend::Postgres)[0],
            "insert into t (a) values ($1),($2) on conflict do nothing"
        );
    }
}
