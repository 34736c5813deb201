//! Many running approvals with timers, made inside the database from one that is there: for measuring the scan for what is due.
//! Not here: cases that could be opened; what is sealed of a copy is bound to the original.
//! In chunks, so that no statement meets a time limit.

use shared::calendar::Instant;
use shared::ids::ApprovalId;

use super::Bare;
use crate::StoreError;
use crate::sql::{Sql, vals};

/// Copies of one statement.
const CHUNK: u32 = 20_000;
/// Timers of a copy.
const TIMERS: i64 = 3;

impl Bare {
    /// Copies an approval `count` times with three timers each, which ring within a year after `from`.
    pub async fn copy_running(
        &self,
        template: ApprovalId,
        count: u32,
        from: Instant,
    ) -> Result<(), StoreError> {
        let mut first: u32 = 0;
        while first < count {
            let last = (first + CHUNK).min(count);
            let statements = vec![
                self.cases(template, first, last),
                self.timers(first, last, from),
            ];
            self.main.transaction(statements).await?;
            first = last;
        }
        Ok(())
    }

    fn cases(&self, template: ApprovalId, first: u32, last: u32) -> Sql {
        let head = "insert into approvals (id, approval_no, version, definition, definition_version, pins, title, status, outcome, steps, started_at, started_by, started_by_name, unit, unit_path, region, city, paused_at, paused_for, ended_at, updated_at, last_seq, key_id, sealed) ";
        let columns = "version, definition, definition_version, pins, title, status, outcome, steps, started_at, started_by, started_by_name, unit, unit_path, region, city, paused_at, paused_for, ended_at, updated_at, last_seq, key_id, sealed from ";
        let mut sql = Sql::new(head, vals![]);
        if self.is_sqlite() {
            sql.text("select randomblob(16), 'bench-' || n.value, ")
                .text(columns)
                .push(
                    "(with recursive n(value) as (select ? union all select value + 1 from n where value + 1 < ?) select value from n) n, approvals a where a.id = ?",
                    vals![first, last, template],
                );
        } else {
            sql.text("select gen_random_uuid(), 'bench-' || n.value, ")
                .text(columns)
                .push(
                    "generate_series(?, ? - 1) n(value), approvals a where a.id = ?",
                    vals![first, last, template],
                );
        }
        sql
    }

    fn timers(&self, first: u32, last: u32, from: Instant) -> Sql {
        const YEAR: i64 = 365 * 86_400_000;
        let spread = if self.is_sqlite() {
            "insert into timers (case_id, timer_no, case_kind, element, due_at, held_at) select a.id, k.value, 'A', 'late', ? + abs(random() % ?), null"
        } else {
            "insert into timers (case_id, timer_no, case_kind, element, due_at, held_at) select a.id, k.value, 'A', 'late', ? + floor(random() * ?)::bigint, null"
        };
        let mut sql = Sql::new(spread, vals![from, YEAR]);
        if self.is_sqlite() {
            sql.push(
                " from (with recursive n(value) as (select ? union all select value + 1 from n where value + 1 < ?) select 'bench-' || value as no from n) n, approvals a, (with recursive k(value) as (select 101 union all select value + 1 from k where value < 100 + ?) select value from k) k where a.approval_no = n.no",
                vals![first, last, TIMERS],
            );
        } else {
            sql.push(
                " from generate_series(?, ? - 1) n(value), approvals a, generate_series(101, 100 + ?) k(value) where a.approval_no = 'bench-' || n.value",
                vals![first, last, TIMERS],
            );
        }
        sql
    }
}
