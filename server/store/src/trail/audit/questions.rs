//! Questions to the audit that auditors keep: one's own, and those that others share.
//! Not here: who may (services).
//! Each list is read along an index of its own and bounded.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use shared::ids::UserId;

use crate::entity::trail::audit::question::{Beside, Column, Entity};
use crate::entity::{Col, table};
use crate::{Conn, StoreError, Tx};

pub use crate::entity::trail::audit::question::KeptQuestion;

/// Most questions of a person, and most that are shown of those of others.
pub const MOST: u64 = 50;

/// Somebody's own, by name.
pub async fn own(conn: &dyn Conn, owner: UserId) -> Result<Vec<KeptQuestion>, StoreError> {
    let select = Entity::find()
        .filter(Column::Owner.eq(Col(owner)))
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id);
    conn.handle().records(select.limit(MOST)).await
}

/// What others share, by name.
pub async fn shared(conn: &dyn Conn, owner: UserId) -> Result<Vec<KeptQuestion>, StoreError> {
    let select = Entity::find()
        .filter(Column::Shared.eq(true))
        .filter(Column::Owner.ne(Col(owner)))
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id);
    conn.handle().records(select.limit(MOST)).await
}

/// Adds a question.
pub async fn insert(tx: &Tx, question: &KeptQuestion) -> Result<(), StoreError> {
    let rows = std::iter::once(question.values(Beside {}));
    table::put(tx, table::insert::<Entity>(), rows).await
}

/// Deletes one of somebody's own; false where there is none.
pub async fn delete(tx: &Tx, (id, owner): (Uuid, UserId)) -> Result<bool, StoreError> {
    let gone = Entity::delete_many()
        .filter(Column::Id.eq(id))
        .filter(Column::Owner.eq(Col(owner)));
    Ok(tx.handle().change(&gone).await? == 1)
}
