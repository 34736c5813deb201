//! Many open tickets with a running clock each, made inside the database from one that is there: for measuring what a decree moves.
//! Not here: tickets that could be opened; what is sealed of a copy is bound to the original.
//! In chunks, so that no statement meets a time limit.

use std::sync::LazyLock;

use shared::ids::TicketId;

use super::Bare;
use crate::StoreError;
use crate::sql::{Sql, vals};
use crate::tickets::row;

/// Copies of one statement.
const CHUNK: u32 = 20_000;

/// All columns that a copy has from the original: their names, and where they come from.
static COPIED: LazyLock<(&'static str, &'static str)> = LazyLock::new(|| {
    let own = ["t.id", "t.ticket_no"];
    let all = row::COLUMNS.split(", ");
    let from: Vec<&str> = all.filter(|column| !own.contains(column)).collect();
    let names: Vec<&str> = from
        .iter()
        .map(|column| column.trim_start_matches("t."))
        .collect();
    let (names, from): (&'static str, &'static str) =
        (names.join(", ").leak(), from.join(", ").leak());
    (names, from)
});

impl Bare {
    /// Copies an open ticket `count` times, without anything that hangs on it.
    pub async fn copy_waiting(&self, template: TicketId, count: u32) -> Result<(), StoreError> {
        let mut first: u32 = 0;
        while first < count {
            let last = (first + CHUNK).min(count);
            let statements = vec![self.waiting(template, first, last)];
            self.main.transaction(statements).await?;
            first = last;
        }
        Ok(())
    }

    fn waiting(&self, template: TicketId, first: u32, last: u32) -> Sql {
        let (names, from) = *COPIED;
        let mut sql = Sql::new("insert into tickets (id, ticket_no, ", vals![]);
        sql.text(names);
        if self.is_sqlite() {
            sql.text(") select randomblob(16), 'bench-' || n.value, ")
                .text(from)
                .push(
                    " from (with recursive n(value) as (select ? union all select value + 1 from n where value + 1 < ?) select value from n) n, tickets t where t.id = ?",
                    vals![first, last, template],
                );
        } else {
            sql.text(") select gen_random_uuid(), 'bench-' || n.value, ")
                .text(from)
                .push(
                    " from generate_series(?, ? - 1) n(value), tickets t where t.id = ?",
                    vals![first, last, template],
                );
        }
        sql
    }

    /// Entries of the clocks' ledger that say that a deadline was counted again.
    pub async fn recomputed(&self) -> Result<i64, StoreError> {
        let db = self.store.report_reader();
        let sql = "select count(*) from clock_entries where kind = 'recompute'";
        db.handle().number(Sql::new(sql, vals![])).await
    }
}
