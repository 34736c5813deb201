//! Removing numbered rows by age: those that everybody has read after a while, all of them after a longer one.
//! Not here: how long (`services::jobs`). What goes unread is counted, and its readers build anew.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use shared::calendar::Instant;

use super::number::hold;
use crate::entity::change::{feed, feed_consumer, feed_head};
use crate::{StoreError, Tx};

/// Up to when rows may go.
#[derive(Debug, Clone, Copy)]
pub struct Keep {
    /// What everybody has read goes when it was numbered before this.
    pub read_before: Instant,
    /// Everything goes that was numbered before this, so that a consumer that has stopped does not fill the disk.
    pub all_before: Instant,
}

/// What went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Trimmed {
    /// Rows.
    pub rows: u64,
    /// Of them those that somebody had not read.
    pub unread: u64,
}

/// Removes up to `batch` of the oldest rows.
pub async fn trim(tx: &Tx, keep: Keep, batch: u32) -> Result<Trimmed, StoreError> {
    let h = tx.handle();
    let head = hold(tx).await?;
    let slowest = feed_consumer::Entity::find().order_by_asc(feed_consumer::Column::Position);
    let slowest = h.find_one(slowest.limit(1)).await?;
    let read_to = slowest.map_or(head.seq, |it| it.position);
    let oldest = feed::Entity::find()
        .filter(feed::Column::Seq.is_not_null())
        .order_by_asc(feed::Column::Seq)
        .limit(u64::from(batch));
    let rows = h.find(oldest).await?;
    let goes = |row: &&feed::Model| {
        let (seq, at) = (
            row.seq.unwrap_or(i64::MAX),
            row.numbered_at.unwrap_or(i64::MAX),
        );
        at < keep.all_before.0 || (seq <= read_to && at < keep.read_before.0)
    };
    let gone: Vec<i64> = rows
        .iter()
        .take_while(goes)
        .filter_map(|row| row.seq)
        .collect();
    let Some(last) = gone.last().copied() else {
        return Ok(Trimmed::default());
    };
    let unread = gone.iter().filter(|seq| **seq > read_to).count() as u64;
    let delete = feed::Entity::delete_many().filter(feed::Column::Seq.lte(last));
    let count = h.change(&delete).await?;
    let lost = head.lost.saturating_add(unread as i64);
    let moved = feed_head::Entity::update_many()
        .col_expr(feed_head::Column::Trimmed, Expr::value(last))
        .col_expr(feed_head::Column::Lost, Expr::value(lost));
    h.change(&moved).await?;
    Ok(Trimmed {
        rows: count,
        unread,
    })
}
