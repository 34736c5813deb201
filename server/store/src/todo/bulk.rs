//! Acts on many tickets at once: kept before the first of them is done, and what became of each.
//! Not here: doing them, which is each ticket's own verb (services).
//! An item moves once, from waiting to what became of it.

use sea_orm::QueryOrder as _;
use sea_orm::entity::prelude::*;
use shared::calendar::Instant;
use shared::ids::UserId;
use shared::ticket::bulk::BulkOutcome;

use crate::entity::todo::{bulk_act, bulk_item};
use crate::entity::{Col, table};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

pub use crate::entity::todo::bulk_act::Bulk;
pub use crate::entity::todo::bulk_item::BulkRow;

/// Keeps an act with its items.
pub async fn put(tx: &Tx, bulk: &Bulk, items: &[BulkRow]) -> Result<(), StoreError> {
    let row = std::iter::once(bulk.values(bulk_act::Beside {}));
    table::put(tx, table::insert::<bulk_act::Entity>(), row).await?;
    let rows = items.iter().map(|item| item.values(bulk_item::Beside {}));
    table::put(tx, table::insert::<bulk_item::Entity>(), rows).await
}

/// Somebody's own act with its items in the order in which they were sent.
pub async fn get(
    conn: &dyn Conn,
    user: UserId,
    id: Uuid,
) -> Result<Option<(Bulk, Vec<BulkRow>)>, StoreError> {
    let h = conn.handle();
    let own = bulk_act::Entity::find_by_id(Col(id)).filter(bulk_act::Column::UserId.eq(Col(user)));
    let found: Vec<Bulk> = h.records(own).await?;
    let Some(bulk) = found.into_iter().next() else {
        return Ok(None);
    };
    let items = bulk_item::Entity::find()
        .filter(bulk_item::Column::BulkId.eq(Col(id)))
        .order_by_asc(bulk_item::Column::ItemNo);
    Ok(Some((bulk, h.records(items).await?)))
}

/// Says what became of an item that waits; one that does no longer stays as it is.
pub async fn tell(tx: &Tx, item: &BulkRow) -> Result<(), StoreError> {
    let update = bulk_item::Entity::update_many()
        .set(item.moved())
        .filter(bulk_item::Column::BulkId.eq(Col(item.bulk_id)))
        .filter(bulk_item::Column::ItemNo.eq(Col(item.item_no)))
        .filter(bulk_item::Column::Outcome.eq(Col(BulkOutcome::Waiting)));
    tx.handle().change(&update).await.map(drop)
}

/// Forgets acts of long ago, a portion at once; gives how many.
pub async fn purge(tx: &Tx, before: Instant, limit: u32) -> Result<u64, StoreError> {
    let h = tx.handle();
    // Texts: a portion along the index of their time.
    h.run(Sql::new(
        "delete from bulk_items where bulk_id in (select id from bulk_acts where made_at < ? order by made_at limit ?)",
        vals![before, limit],
    ))
    .await?;
    h.run(Sql::new(
        "delete from bulk_acts where id in (select id from bulk_acts where made_at < ? order by made_at limit ?)",
        vals![before, limit],
    ))
    .await
}
