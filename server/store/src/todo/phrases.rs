//! Phrases: one's own, and those that a unit or an area shares.
//! Not here: who sees which (`people::sharing`), who may change them (services).
//! Each list is read along an index of its own and bounded.

use sea_orm::QuerySelect as _;
use sea_orm::entity::prelude::*;
use shared::access::Actor;
use shared::ids::UserId;

use crate::entity::todo::phrase::{self, Column, Entity};
use crate::entity::{Col, table};
use crate::people::sharing;
use crate::record::Phrase;
use crate::{Conn, StoreError, Tx};

/// Somebody's own, by name.
pub async fn own(conn: &dyn Conn, owner: UserId) -> Result<Vec<Phrase>, StoreError> {
    sharing::own::<Entity, _>(conn, owner).await
}

/// Somebody's own, then what colleagues of the unit and of the area share, each by name.
pub async fn seen(conn: &dyn Conn, actor: &Actor) -> Result<Vec<Phrase>, StoreError> {
    sharing::seen::<Entity, _>(conn, actor).await
}

/// One of somebody's; inside a write its row is locked.
pub async fn find(
    conn: &dyn Conn,
    (id, owner): (Uuid, UserId),
) -> Result<Option<Phrase>, StoreError> {
    let h = conn.handle();
    let mut one = Entity::find_by_id(Col(id)).filter(Column::Owner.eq(Col(owner)));
    if h.locks_rows() {
        one = one.lock_exclusive();
    }
    Ok(h.records(one).await?.pop())
}

/// Adds one.
pub async fn insert(tx: &Tx, phrase: &Phrase) -> Result<(), StoreError> {
    let rows = std::iter::once(phrase.values(phrase::Beside {}));
    table::put(tx, table::insert::<Entity>(), rows).await
}

/// Saves what moves of one whose version is one less; false when it was changed first.
pub async fn save(tx: &Tx, phrase: &Phrase) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(phrase.moved())
        .filter(Column::Id.eq(Col(phrase.id)))
        .filter(Column::Version.eq(Col(phrase.version - 1)));
    Ok(tx.handle().change(&update).await? > 0)
}

/// Deletes one.
pub async fn delete(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    let gone = Entity::delete_many().filter(Column::Id.eq(Col(id)));
    tx.handle().change(&gone).await?;
    Ok(())
}
