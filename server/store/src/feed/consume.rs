//! Handing numbered rows to a consumer. Its position is written in the transaction of what it does with them, by `consume` and by nothing else:
//! what it does in the database happens once, what it sends on (through the outbox) at least once.
//! Who is new, or was so slow that rows were trimmed away, is told to build anew, and reads on from there.
//! Not here: what consumers do (services).

use std::sync::Arc;

use futures::future::BoxFuture;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use shared::calendar::Instant;

use super::{Change, Kind, head};
use crate::entity::change::{feed, feed_consumer};
use crate::{Conn, Store, StoreError, Tx};

/// Who reads.
#[derive(Debug, Clone, Copy)]
pub struct Consumer {
    /// Its name, for good: the position hangs on it.
    pub name: &'static str,
    /// Rows that it takes together at most.
    pub most: u32,
}

/// What a consumer is handed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// What was made of cases has to be made anew from the tables: the consumer is new, missed rows, or a bulk door was at work.
    pub rebuild: bool,
    /// Single changes, in order.
    pub changes: Vec<Change>,
}

/// What a run came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Consumed {
    /// Rows that were read, or 1 for a beginning.
    pub count: u64,
    /// More may be waiting.
    pub more: bool,
}

/// How far a consumer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its name.
    pub name: String,
    /// The number up to which it has read.
    pub position: i64,
    /// When it read last.
    pub read_at: Instant,
    /// When the oldest row that it has not read was numbered.
    pub oldest_unread: Option<Instant>,
}

fn place(name: &str) -> sea_orm::Select<feed_consumer::Entity> {
    feed_consumer::Entity::find().filter(feed_consumer::Column::Name.eq(name))
}

/// Whether there may be something for a consumer; costs two small reads. Also true while the newest number is a mark's that waits for another one:
/// whoever reads in a loop goes by `Consumed::more`.
pub async fn is_behind(conn: &dyn Conn, name: &str) -> Result<bool, StoreError> {
    let newest = head(conn).await?.seq;
    let known = conn.handle().find_one(place(name)).await?;
    Ok(known.is_none_or(|known| known.position < newest))
}

/// Reads on from the consumer's position and runs `effect` in the same transaction that moves it. When the effect fails nothing is moved, and
/// the same rows come again. Two servers that read for one consumer follow each other.
///
/// # Errors
/// The effect's own, and those of `Store::write`.
pub async fn consume<E, F>(
    store: &Store,
    consumer: Consumer,
    now: Instant,
    effect: F,
) -> Result<Consumed, E>
where
    F: for<'t> FnOnce(&'t Tx, Arc<Batch>) -> BoxFuture<'t, Result<(), E>> + Clone + Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    store
        .write(move |tx| {
            Box::pin(async move {
                let (batch, to, read) = next(tx, consumer, now).await?;
                let Some(batch) = batch else {
                    return Ok(Consumed::default());
                };
                effect(tx, Arc::new(batch)).await?;
                step(tx, consumer.name, to, now).await?;
                Ok(Consumed {
                    count: read.max(1),
                    more: read >= u64::from(consumer.most),
                })
            })
        })
        .await
}

/// What comes next, the position behind it, and how many rows that are.
async fn next(
    tx: &Tx,
    consumer: Consumer,
    now: Instant,
) -> Result<(Option<Batch>, i64, u64), StoreError> {
    let h = tx.handle();
    let row = feed_consumer::ActiveModel {
        name: Set(consumer.name.to_owned()),
        position: Set(-1),
        read_at: Set(now.0),
    };
    let mut unless_known = OnConflict::column(feed_consumer::Column::Name);
    unless_known.do_nothing();
    h.change(&feed_consumer::Entity::insert(row).on_conflict(unless_known))
        .await?;
    let known = h.find_one(place(consumer.name).lock_exclusive()).await?;
    let position = known.map_or(-1, |known| known.position);
    let head = head(tx).await?;
    if position < head.trimmed || position < 0 {
        let batch = Batch {
            rebuild: true,
            changes: Vec::new(),
        };
        return Ok((Some(batch), head.seq, 0));
    }
    let unread = feed::Entity::find()
        .filter(feed::Column::Seq.gt(position))
        .order_by_asc(feed::Column::Seq)
        .limit(u64::from(consumer.most));
    let rows = h.find(unread).await?;
    let changes: Vec<Change> = rows.into_iter().map(change).collect::<Result<_, _>>()?;
    let Some(to) = changes.last().map(|change| change.seq) else {
        return Ok((None, position, 0));
    };
    let read = changes.len() as u64;
    let (marks, changes): (Vec<Change>, Vec<Change>) = changes
        .into_iter()
        .partition(|change| change.kind == Kind::Rebuild);
    let batch = Batch {
        rebuild: !marks.is_empty(),
        changes,
    };
    Ok((Some(batch), to, read))
}

/// Private to this file: a position without an effect would be a change that nobody has seen.
async fn step(tx: &Tx, name: &str, to: i64, now: Instant) -> Result<(), StoreError> {
    let moved = feed_consumer::Entity::update_many()
        .col_expr(feed_consumer::Column::Position, Expr::value(to))
        .col_expr(feed_consumer::Column::ReadAt, Expr::value(now.0))
        .filter(feed_consumer::Column::Name.eq(name));
    tx.handle().change(&moved).await.map(drop)
}

/// Takes a consumer off the list that does not exist any more, so that nothing is kept for it.
pub async fn forget(tx: &Tx, name: &str) -> Result<bool, StoreError> {
    let gone = feed_consumer::Entity::delete_many().filter(feed_consumer::Column::Name.eq(name));
    Ok(tx.handle().change(&gone).await? == 1)
}

/// How far every consumer is, the slowest first.
pub async fn standings(conn: &dyn Conn) -> Result<Vec<Standing>, StoreError> {
    let h = conn.handle();
    let all = feed_consumer::Entity::find().order_by_asc(feed_consumer::Column::Position);
    let mut standings = Vec::new();
    for known in h.find(all).await? {
        let oldest = feed::Entity::find()
            .filter(feed::Column::Seq.gt(known.position))
            .order_by_asc(feed::Column::Seq)
            .limit(1);
        let oldest = h.find_one(oldest).await?;
        standings.push(Standing {
            name: known.name,
            position: known.position,
            read_at: Instant(known.read_at),
            oldest_unread: oldest.and_then(|row| row.numbered_at).map(Instant),
        });
    }
    Ok(standings)
}

/// A row as readers have it.
pub(super) fn change(row: feed::Model) -> Result<Change, StoreError> {
    let units = |words: &str| {
        words
            .split(' ')
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect()
    };
    Ok(Change {
        seq: row.seq.unwrap_or_default(),
        numbered_at: Instant(row.numbered_at.unwrap_or_default()),
        kind: Kind::parse(&row.kind)?,
        id: row.case_id,
        version: i32::try_from(row.version).unwrap_or(i32::MAX),
        verb: row.verb,
        area_before: row.area_before,
        area_after: row.area_after,
        units_before: units(&row.units_before),
        units_after: units(&row.units_after),
        discreet: row.discreet,
    })
}
