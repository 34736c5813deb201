//! The live checks of reports: how each came out last.
//! Not here: making them (services).
//! One row a check, overwritten by the next run.

use std::sync::LazyLock;

use sea_orm::entity::prelude::*;
use shared::calendar::Instant;

use crate::bulk::rows::Insert;
use crate::entity::quality::live_check::{Beside, Entity};
use crate::entity::table;
use crate::record::LiveRun;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

static INSERT: LazyLock<Insert> = LazyLock::new(|| Insert {
    tail: " on conflict (name) do update set state = excluded.state, facts = excluded.facts, run_at = excluded.run_at, since = excluded.since",
    ..table::insert::<Entity>()
});

/// Every check that was made.
pub async fn live(conn: &dyn Conn) -> Result<Vec<LiveRun>, StoreError> {
    conn.handle().records(Entity::find()).await
}

/// Puts how checks came out in the place of how they came out before.
pub async fn put_live(tx: &Tx, runs: &[LiveRun]) -> Result<(), StoreError> {
    let rows = runs.iter().map(|run| run.values(Beside {}));
    table::put(tx, *INSERT, rows).await
}

/// Tickets answered between two moments, the second exclusive, before they were dispatched: no time can be negative.
pub async fn answered_before(
    conn: &dyn Conn,
    (from, to): (Instant, Instant),
) -> Result<i64, StoreError> {
    let mut sql = Sql::new("select count(*) from tickets t where 1 = 1", vals![]);
    sql.push_bounds(
        " and t.replied_at >= ? and t.replied_at < ?",
        vals![from, to],
    );
    sql.text(" and t.replied_at < t.first_dispatched_at and not t.not_counted and t.state not in ('RE', 'DR')");
    conn.handle().number(sql).await
}
