//! Numbering committed rows. One server at a time: it holds the head's row, so that whoever sees a number sees every smaller one.
//! Rows are taken in the order of `n`. One that commits later with a smaller `n` gets its number in the next run; of one case that cannot be.
//! Not here: when it runs (`services::jobs`).

use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use shared::calendar::Instant;

use crate::entity::change::{feed, feed_head};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

/// The head, kept from others until the transaction ends.
pub(super) async fn hold(tx: &Tx) -> Result<feed_head::Model, StoreError> {
    let held = feed_head::Entity::find().lock_exclusive();
    let found = tx.handle().find_one(held).await?;
    found.ok_or_else(|| StoreError::broken("the change feed has no head"))
}

/// Whether committed rows wait for a number.
pub async fn is_waiting(conn: &dyn Conn) -> Result<bool, StoreError> {
    let waiting = feed::Entity::find()
        .filter(feed::Column::Seq.is_null())
        .order_by_asc(feed::Column::N)
        .limit(1);
    Ok(conn.handle().find_one(waiting).await?.is_some())
}

/// Numbers up to `batch` rows and says how many.
pub async fn number(tx: &Tx, now: Instant, batch: u32) -> Result<u32, StoreError> {
    let h = tx.handle();
    let head = hold(tx).await?;
    // A mark that a bulk door is about to renew is passed over and waits for its commit.
    let waiting = feed::Entity::find()
        .filter(feed::Column::Seq.is_null())
        .order_by_asc(feed::Column::N)
        .limit(u64::from(batch))
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let rows = h.find(waiting).await?;
    if rows.is_empty() {
        return Ok(0);
    }
    // One statement for all: what `update_many` cannot say.
    let mut sql = Sql::new(
        "update feed set numbered_at = ?, seq = v.column2 from (values ",
        vals![now],
    );
    let mut seq = head.seq;
    for (at, row) in rows.iter().enumerate() {
        seq += 1;
        sql.text(if at == 0 { "" } else { ", " });
        sql.list(vals![row.n, seq]);
    }
    sql.text(") as v where feed.n = v.column1");
    h.run(sql).await?;
    let moved = feed_head::Entity::update_many().col_expr(feed_head::Column::Seq, Expr::value(seq));
    h.change(&moved).await?;
    Ok(u32::try_from(rows.len()).unwrap_or(batch))
}
