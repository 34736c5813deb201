//! How much a database does for a statement: the rows it visits and how it goes about them. For the test on plans and for measurements.
//! Not here: the time it takes (`cargo xtask bench`), which depends on the machine.
//! Work is counted by the database itself, so that a plan that is bad with a million rows is seen with some thousand.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sea_orm::sqlx::{self, AssertSqlSafe};
use sea_orm::{DbBackend, Value};
use shared::access::{Actor, Permission, RoleSpec, Scope};
use shared::calendar::Instant;
use shared::ids::UserId;
use shared::query::TicketQuery;

use super::Bare;
use super::wire::{Pool, failed};
use crate::database::read::bound;
use crate::host::to_do;
use crate::people::readers::{self, Reachable};
use crate::reports::{self, Period};
use crate::sql::Sql;
use crate::tickets::{find, ladder, list, pool};
use crate::{StoreError, approvals};

/// What one statement cost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work {
    /// On SQLite the instructions of its machine, some ten for a row; on PostgreSQL rows read, sorted and thrown away.
    pub visited: u64,
    /// The plan, line by line.
    pub plan: Vec<String>,
    /// The statement.
    pub sql: String,
}

impl Bare {
    /// A list's count and the parts of its first page.
    pub async fn work_of_list(
        &self,
        scope: &Scope,
        query: &TicketQuery,
        now: Instant,
    ) -> Result<Vec<Work>, StoreError> {
        let db = self.store.reader();
        let all = list::statements(db.handle(), scope, query, now).await?;
        self.work(all).await
    }

    /// Both statements of the overview report.
    pub async fn work_of_overview(
        &self,
        scope: &Scope,
        period: &Period,
        digits: u8,
        now: Instant,
    ) -> Result<Vec<Work>, StoreError> {
        let all = reports::statements(scope, period, digits, (now, self.is_sqlite()));
        self.work(all.into_iter().flatten().collect()).await
    }

    /// Open tickets of a place and matter, among which likely duplicates are looked for.
    pub async fn work_of_likely(
        &self,
        scope: &Scope,
        matter: (&str, &str),
        since: Instant,
        limit: u32,
    ) -> Result<Vec<Work>, StoreError> {
        let sql = find::open_statement((scope, self.is_sqlite()), matter, since, limit);
        self.work(vec![sql]).await
    }

    /// A to-do list's first page and its count.
    pub async fn work_of_tasks(
        &self,
        actor: &Actor,
        limit: usize,
    ) -> Result<Vec<Work>, StoreError> {
        self.work(to_do::statements(actor, limit, self.is_sqlite()))
            .await
    }

    /// The first page of the approvals in a scope, of each post's.
    pub async fn work_of_approvals(
        &self,
        scope: &Scope,
        wanted: &approvals::Wanted,
    ) -> Result<Vec<Work>, StoreError> {
        let db = self.store.reader();
        let all = approvals::list_statements(&db, scope, wanted).await?;
        self.work(all).await
    }

    /// The clocks of the escalation ladder that are due.
    pub async fn work_of_ladder(&self, now: Instant, limit: u32) -> Result<Vec<Work>, StoreError> {
        self.work(vec![ladder::due_statement(now, limit)]).await
    }

    /// The first page of a shelf of the follow-up pool in a scope.
    pub async fn work_of_pool(
        &self,
        scope: &Scope,
        wanted: &pool::Wanted,
        asks: (UserId, pool::Moment),
    ) -> Result<Vec<Work>, StoreError> {
        self.work(vec![pool::page(scope, wanted, asks, self.is_sqlite())])
            .await
    }

    /// A statement that does not end by itself, on a connection for pages as every list uses it.
    pub async fn endless(&self) -> Result<i64, StoreError> {
        let sql =
            "with recursive n(i) as (select 1 union all select 1 from n) select count(*) from n";
        let db = self.store.reader();
        db.handle().number(Sql::new(sql, Vec::new())).await
    }

    /// A page of the people who have a post that reaches a thing.
    pub async fn work_of_readers(
        &self,
        roles: &[RoleSpec],
        thing: &Reachable,
        page: (Option<&str>, u64),
    ) -> Result<Vec<Work>, StoreError> {
        let asked = (Permission::TicketView, roles);
        let sql = readers::statement(asked, thing, page);
        self.work(sql.into_iter().collect()).await
    }

    async fn work(&self, statements: Vec<Sql>) -> Result<Vec<Work>, StoreError> {
        let mut all = Vec::new();
        for sql in statements {
            all.push(self.pages.work(sql).await?);
        }
        Ok(all)
    }
}

impl Pool {
    async fn work(&self, sql: Sql) -> Result<Work, StoreError> {
        let mut explained = Sql::new(
            match self {
                Self::Sqlite(_) => "explain query plan ",
                Self::Postgres(_) => "explain (analyze, timing off, summary off) ",
            },
            Vec::new(),
        );
        explained.append(sql.clone());
        let plan = self.plan(explained).await?;
        let text = sql.clone().parts(DbBackend::Sqlite).0;
        let visited = match self {
            Self::Sqlite(pool) => steps(pool, sql).await?,
            Self::Postgres(_) => plan.iter().map(|line| rows_of(line)).sum(),
        };
        Ok(Work {
            visited,
            plan,
            sql: text,
        })
    }
}

/// Runs a statement on SQLite and counts the instructions of its machine.
async fn steps(pool: &sqlx::SqlitePool, sql: Sql) -> Result<u64, StoreError> {
    let mut conn = pool.acquire().await.map_err(failed)?;
    let steps = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&steps);
    conn.lock_handle()
        .await
        .map_err(failed)?
        .set_progress_handler(1, move || {
            count.fetch_add(1, Ordering::Relaxed);
            true
        });
    let run = bound!(sql, Sqlite).fetch_all(&mut *conn).await;
    conn.lock_handle()
        .await
        .map_err(failed)?
        .remove_progress_handler();
    run.map_err(failed)?;
    Ok(steps.load(Ordering::Relaxed))
}

/// What a line of PostgreSQL's plan read: `… Scan … (actual rows=3.00 loops=2)`, `Rows Removed by Filter: 7`. Removed rows stand on a line
/// of their own, for one loop; loops of more than one are rare where they matter.
fn rows_of(line: &str) -> u64 {
    let number = |mark: &str| {
        let rest = line.split(mark).nth(1)?;
        let end = rest
            .find(|sign: char| !sign.is_ascii_digit())
            .unwrap_or(rest.len());
        rest[..end].parse::<u64>().ok()
    };
    if let Some(removed) = number("Removed by Filter: ") {
        return removed;
    }
    if !line.contains("Scan") && !line.contains("Sort") {
        return 0;
    }
    let actual = line.split("actual").nth(1).map_or(0, |_| {
        let rows = line
            .rsplit("rows=")
            .next()
            .and_then(|rest| rest.split(['.', ' ']).next()?.parse::<u64>().ok());
        rows.unwrap_or(0)
    });
    actual * number("loops=").unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::rows_of;

    #[test]
    fn rows_of_a_plan_are_read() {
        for (line, rows) in [
            (
                "  ->  Index Scan using x on tickets t  (cost=0.29..8.30 rows=1 width=500) (actual rows=51.00 loops=2)",
                102,
            ),
            ("        Rows Removed by Filter: 30", 30),
            (
                "  ->  Seq Scan on units  (cost=0.29..8.30 rows=1 width=500) (never executed)",
                0,
            ),
            (
                "  ->  Sort  (cost=1..2 rows=9 width=8) (actual rows=7 loops=1)",
                7,
            ),
            (
                "  Limit  (cost=1..2 rows=9 width=8) (actual rows=7 loops=1)",
                0,
            ),
        ] {
            assert_eq!(rows_of(line), rows, "{line}");
        }
    }
}
