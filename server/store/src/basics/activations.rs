//! Versions on which new tickets of an area or a kind start; rows are added and withdrawn, never changed.
//! Not here: the version that holds for all tickets (`definitions`), which of several counts (services).

use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder as _;
use sea_orm::entity::prelude::*;
use shared::calendar::Instant;
use shared::ids::ActivationId;

use crate::entity::basics::activation::{ActiveModel, Beside, Column, Entity};
use crate::entity::{Col, table};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

pub use crate::entity::basics::activation::Activation;

/// Every activation of a definition, in the order in which they begin.
pub async fn all(conn: &dyn Conn, definition: &str) -> Result<Vec<Activation>, StoreError> {
    let all = Entity::find()
        .filter(Column::Definition.eq(definition))
        .order_by_asc(Column::ActiveFrom)
        .order_by_asc(Column::Id);
    conn.handle().records(all).await
}

/// Adds one.
pub async fn put(tx: &Tx, activation: &Activation) -> Result<(), StoreError> {
    let mut sql = Sql::new(table::insert::<Entity>().head, vals![]);
    sql.list(activation.values(Beside {}));
    tx.handle().insert(sql, "activation").await.map(drop)
}

/// One of a definition counts no more from an instant on; false when there is none that counts.
pub async fn withdraw(
    tx: &Tx,
    definition: &str,
    id: ActivationId,
    at: Instant,
) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(withdrawn(at))
        .filter(Column::Id.eq(Col(id)))
        .filter(Column::Definition.eq(definition))
        .filter(Column::WithdrawnAt.is_null());
    Ok(tx.handle().change(&update).await? == 1)
}

/// None of a version counts any more from an instant on.
pub async fn withdraw_version(
    tx: &Tx,
    (definition, version): (&str, i32),
    at: Instant,
) -> Result<(), StoreError> {
    let update = Entity::update_many()
        .set(withdrawn(at))
        .filter(Column::Definition.eq(definition))
        .filter(Column::Version.eq(Col(version)))
        .filter(Column::WithdrawnAt.is_null());
    tx.handle().change(&update).await.map(drop)
}

fn withdrawn(at: Instant) -> ActiveModel {
    ActiveModel {
        withdrawn_at: Set(Some(at).into()),
        ..Default::default()
    }
}
