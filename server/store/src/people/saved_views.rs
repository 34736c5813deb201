//! Saved views of the ticket list: one's own, and those that a unit or an area shares.
//! Not here: what they find (`tickets`), who sees which (`sharing`), who may change them (services).
//! Each list is read along an index of its own and bounded.

use sea_orm::entity::prelude::*;
use shared::access::Actor;
use shared::ids::{UserId, ViewId};

use super::sharing;
use crate::entity::todo::saved_view::{self, Column, Entity};
use crate::entity::{Col, table};
use crate::record::SavedView;
use crate::{Conn, StoreError, Tx};

/// Somebody's own, by name.
pub async fn own(conn: &dyn Conn, owner: UserId) -> Result<Vec<SavedView>, StoreError> {
    sharing::own::<Entity, _>(conn, owner).await
}

/// Somebody's own, then what colleagues of the unit and of the area share, each by name.
pub async fn seen(conn: &dyn Conn, actor: &Actor) -> Result<Vec<SavedView>, StoreError> {
    sharing::seen::<Entity, _>(conn, actor).await
}

/// One view of somebody's; inside a write its row is locked.
pub async fn find(
    conn: &dyn Conn,
    (id, owner): (ViewId, UserId),
) -> Result<Option<SavedView>, StoreError> {
    let h = conn.handle();
    let one = h.locked(Entity::find_by_id(Col(id)).filter(Column::Owner.eq(Col(owner))));
    Ok(h.records(one).await?.pop())
}

/// Views by their ids, whosesoever they are.
pub async fn named(conn: &dyn Conn, ids: &[ViewId]) -> Result<Vec<SavedView>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let some = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| Col(*id))));
    conn.handle().records(some).await
}

/// Adds a view.
pub async fn insert(tx: &Tx, view: &SavedView) -> Result<(), StoreError> {
    let rows = std::iter::once(view.values(saved_view::Beside {}));
    table::put(tx, table::insert::<Entity>(), rows).await
}

/// Saves what moves of a view whose version is one less; false when it was changed first.
pub async fn save(tx: &Tx, view: &SavedView) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(view.moved())
        .filter(Column::Id.eq(Col(view.id)))
        .filter(Column::Version.eq(Col(view.version - 1)));
    Ok(tx.handle().change(&update).await? > 0)
}

/// Deletes a view.
pub async fn delete(tx: &Tx, id: ViewId) -> Result<(), StoreError> {
    let gone = Entity::delete_many().filter(Column::Id.eq(Col(id)));
    tx.handle().change(&gone).await?;
    Ok(())
}
