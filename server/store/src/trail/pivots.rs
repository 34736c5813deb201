//! Saved pivots: one's own, and those that a unit or an area shares; and the tiles of people's pages of figures.
//! Not here: what they come to (`tickets::cube`), who sees which (`people::sharing`), who may keep them (services).
//! Each list is read along an index of its own and bounded.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use shared::access::Actor;
use shared::ids::UserId;
use shared::report::MOST_TILES;

use crate::entity::report::pivot::{self, Column, Entity};
use crate::entity::report::tile;
use crate::entity::{Col, table};
use crate::people::sharing;
use crate::record::{BoardTile, SavedPivot};
use crate::{Conn, StoreError, Tx};

/// Somebody's own, by name.
pub async fn own(conn: &dyn Conn, owner: UserId) -> Result<Vec<SavedPivot>, StoreError> {
    sharing::own::<Entity, _>(conn, owner).await
}

/// Somebody's own, then what colleagues of the unit and of the area share, each by name.
pub async fn seen(conn: &dyn Conn, actor: &Actor) -> Result<Vec<SavedPivot>, StoreError> {
    sharing::seen::<Entity, _>(conn, actor).await
}

/// One pivot, whosesoever it is.
pub async fn find(conn: &dyn Conn, id: Uuid) -> Result<Option<SavedPivot>, StoreError> {
    let one = Entity::find_by_id(Col(id));
    Ok(conn.handle().records(one).await?.pop())
}

/// Adds a pivot.
pub async fn insert(tx: &Tx, row: &SavedPivot) -> Result<(), StoreError> {
    let rows = std::iter::once(row.values(pivot::Beside {}));
    table::put(tx, table::insert::<Entity>(), rows).await
}

/// Deletes a pivot.
pub async fn delete(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    let gone = Entity::delete_many().filter(Column::Id.eq(Col(id)));
    tx.handle().change(&gone).await?;
    Ok(())
}

/// Somebody's tiles, in their order.
pub async fn tiles(conn: &dyn Conn, owner: UserId) -> Result<Vec<BoardTile>, StoreError> {
    let select = tile::Entity::find()
        .filter(tile::Column::Owner.eq(Col(owner)))
        .order_by_asc(tile::Column::Place)
        .order_by_asc(tile::Column::Id);
    conn.handle().records(select.limit(MOST_TILES)).await
}

/// One of somebody's tiles.
pub async fn tile(
    conn: &dyn Conn,
    (id, owner): (Uuid, UserId),
) -> Result<Option<BoardTile>, StoreError> {
    let one = tile::Entity::find_by_id(Col(id)).filter(tile::Column::Owner.eq(Col(owner)));
    Ok(conn.handle().records(one).await?.pop())
}

/// Adds a tile.
pub async fn pin(tx: &Tx, row: &BoardTile) -> Result<(), StoreError> {
    let rows = std::iter::once(row.values(tile::Beside {}));
    table::put(tx, table::insert::<tile::Entity>(), rows).await
}

/// Puts a tile to another place.
pub async fn place(tx: &Tx, row: &BoardTile) -> Result<(), StoreError> {
    let update = tile::Entity::update_many()
        .set(row.moved())
        .filter(tile::Column::Id.eq(Col(row.id)));
    tx.handle().change(&update).await?;
    Ok(())
}

/// Takes a tile away.
pub async fn unpin(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    let gone = tile::Entity::delete_many().filter(tile::Column::Id.eq(Col(id)));
    tx.handle().change(&gone).await?;
    Ok(())
}
