//! The row by which a writer proves that what it commits is kept: a number that only grows, read back through another connection.
//! Not here: when it must (`pen` after a failure, `Store::prove_writer` when somebody asks).

use sea_orm::DbErr;
use sea_orm::QueryResult;

use crate::StoreError;
use crate::sql::{Sql, only, vals};

/// Writes the next number and gives it back.
pub(super) fn next() -> Sql {
    Sql::new(
        "insert into writer_probe (id, n) values (?, 1) on conflict (id) do update set n = writer_probe.n + 1 returning n",
        vals![1_i64],
    )
}

/// Reads the number.
pub(super) fn read() -> Sql {
    Sql::new("select n from writer_probe where id = ?", vals![1_i64])
}

/// The number of either statement.
pub(super) fn number(row: Option<&QueryResult>) -> Result<i64, DbErr> {
    row.map_or(Ok(0), only)
}

/// Whether what was written is there; another server may have written since.
pub(super) fn compare(written: i64, found: i64) -> Result<(), StoreError> {
    if found >= written {
        return Ok(());
    }
    Err(StoreError::Unavailable(format!(
        "the writer committed {written}, but another connection reads {found}"
    )))
}
