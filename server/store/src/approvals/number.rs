//! Drawing approval numbers: a sequence per area, definition and day. Gaps are allowed (a failed write), re-use is not.
//! Not here: the number's shape (services).
//! The counter's row is locked until the write ends, so draw late in the transaction.

use chrono::NaiveDate;

use crate::sql::{Sql, vals};
use crate::{StoreError, Tx};

/// The next sequence of an area, definition and day (+08:00), from 1.
pub async fn draw(
    tx: &Tx,
    region: &str,
    definition: &str,
    day: NaiveDate,
) -> Result<i64, StoreError> {
    // Text: one statement draws, whoever was first.
    let sql = Sql::new(
        "insert into approval_counters (region, definition, day, last) values (?, ?, ?, 1) on conflict (region, definition, day)
         do update set last = approval_counters.last + 1 returning last",
        vals![region, definition, day.to_string()],
    );
    tx.handle().number(sql).await
}
