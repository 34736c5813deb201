//! Slow statements as they are kept: one row for each text and caller, the latest hundred.
//! Not here: what a process has just met (`slow`).

use std::sync::LazyLock;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use shared::calendar::Instant;

use super::Met;
use crate::bulk::rows::Insert;
use crate::entity::trail::slow_statement::{self, Column, Entity, SlowStatement, moves};
use crate::entity::{Col, table};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

static KEPT: LazyLock<Insert> = LazyLock::new(|| table::upsert::<Entity>(moves()));

/// Rows that are kept.
const MOST: u64 = 100;

/// The latest.
pub async fn newest(conn: &dyn Conn) -> Result<Vec<SlowStatement>, StoreError> {
    let some = Entity::find()
        .order_by_desc(Column::LastAt)
        .order_by_asc(Column::Statement)
        .limit(MOST);
    conn.handle().records(some).await
}

/// Adds what was met, each with its plan where it has one, and lets the oldest go.
pub async fn keep(tx: &Tx, met: &[(Met, Option<String>)], now: Instant) -> Result<(), StoreError> {
    for (one, plan) in met {
        let key = (Col(one.statement.clone()), Col(one.caller.clone()));
        let known: Vec<SlowStatement> = tx.handle().records(Entity::find_by_id(key)).await?;
        let known = known.into_iter().next();
        let before = |of: fn(&SlowStatement) -> i64| known.as_ref().map_or(0, of);
        let row = SlowStatement {
            statement: one.statement.clone(),
            caller: one.caller.clone(),
            first_at: known.as_ref().map_or(now, |it| it.first_at),
            times: before(|it| it.times) + one.times,
            last_ms: one.last_ms,
            most_ms: before(|it| it.most_ms).max(one.most_ms),
            total_ms: before(|it| it.total_ms).saturating_add(one.total_ms),
            last_at: now,
            plan: plan
                .clone()
                .or_else(|| known.as_ref().and_then(|it| it.plan.clone())),
        };
        let rows = std::iter::once(row.values(slow_statement::Beside {}));
        table::put(tx, *KEPT, rows).await?;
    }
    // Text: the oldest beyond the bound, along the index of times.
    let sql = Sql::new(
        "delete from slow_statements where last_at < (select min(x.last_at) from (select last_at from slow_statements order by last_at desc limit ?) x)",
        vals![i64::try_from(MOST).unwrap_or(100)],
    );
    tx.handle().run(sql).await?;
    Ok(())
}
