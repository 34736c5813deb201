//! Stand-ins: asked for, agreed to, ended, and for whom somebody stands in now.
//! Not here: who may (services).

use sea_orm::QueryOrder as _;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait as _;
use shared::account::stand_in::StandInState;
use shared::calendar::Instant;
use shared::ids::{StandInId, UserId};

use super::StandIn;
use crate::entity::people::stand_in::{Beside, Column, Entity};
use crate::entity::{Col, table};
use crate::{Conn, StoreError, Tx};

/// Adds one.
pub async fn add_stand_in(tx: &Tx, stand_in: &StandIn) -> Result<(), StoreError> {
    let rows = std::iter::once(stand_in.values(Beside {}));
    table::put(tx, table::insert::<Entity>(), rows).await
}

/// One; inside a write its row is locked.
pub async fn get_stand_in(conn: &dyn Conn, id: StandInId) -> Result<Option<StandIn>, StoreError> {
    let h = conn.handle();
    let one = h.locked(Entity::find_by_id(Col(id)));
    Ok(h.records(one).await?.pop())
}

/// Those that somebody has to do with and that are not over, the latest end first.
pub async fn stand_ins_of(
    conn: &dyn Conn,
    user: UserId,
    now: Instant,
) -> Result<Vec<StandIn>, StoreError> {
    let own = Column::UserId
        .eq(Col(user))
        .or(Column::OtherId.eq(Col(user)));
    let some = Entity::find()
        .filter(own)
        .filter(Column::UntilAt.gt(Col(now)))
        .order_by_desc(Column::UntilAt)
        .order_by_desc(Column::Id);
    conn.handle().records(some).await
}

/// Those by which somebody does another's tasks now.
pub async fn stands_for(
    conn: &dyn Conn,
    user: UserId,
    now: Instant,
) -> Result<Vec<StandIn>, StoreError> {
    let some = Entity::find()
        .filter(Column::OtherId.eq(Col(user)))
        .filter(Column::State.eq(Col(StandInState::Agreed)))
        .filter(Column::FromAt.lte(Col(now)))
        .filter(Column::UntilAt.gt(Col(now)))
        .order_by_asc(Column::UserName);
    conn.handle().records(some).await
}

/// Saves what moves of one, if nobody has since it was read: its version is one more then.
///
/// # Errors
/// `Conflict` for another version than `seen`.
pub async fn save_stand_in(tx: &Tx, stand_in: &StandIn, seen: i32) -> Result<(), StoreError> {
    let moved = StandIn {
        version: seen + 1,
        ..stand_in.clone()
    };
    let update = Entity::update_many()
        .set(moved.moved())
        .filter(Column::Id.eq(Col(stand_in.id)))
        .filter(Column::Version.eq(Col(seen)));
    if tx.handle().change(&update).await? == 1 {
        return Ok(());
    }
    Err(StoreError::Conflict {
        object: format!("stand_in:{}", stand_in.id),
        current: seen + 1,
        expected: seen,
    })
}
