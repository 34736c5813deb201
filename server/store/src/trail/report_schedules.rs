//! Reports that make themselves: somebody's own, and those whose turn has come.
//! Not here: making them (services).
//! A turn is taken by moving it: of two servers one is first.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use shared::calendar::Instant;
use shared::ids::UserId;
use shared::report::ScheduleState;

use crate::entity::report::schedule::{self, Column, Entity};
use crate::entity::{Col, table};
use crate::record::ReportSchedule;
use crate::{Conn, StoreError, Tx};

/// Most that are read of one person.
const MOST: u64 = 100;

/// Somebody's own, the oldest first.
pub async fn own(conn: &dyn Conn, owner: UserId) -> Result<Vec<ReportSchedule>, StoreError> {
    let select = Entity::find()
        .filter(Column::Owner.eq(Col(owner)))
        .order_by_asc(Column::Id)
        .limit(MOST);
    conn.handle().records(select).await
}

/// Those whose turn has come, the longest waiting first.
pub async fn due(
    conn: &dyn Conn,
    now: Instant,
    most: u64,
) -> Result<Vec<ReportSchedule>, StoreError> {
    let select = Entity::find()
        .filter(Column::State.eq(Col(ScheduleState::Active)))
        .filter(Column::NextAt.lte(Col(now)))
        .order_by_asc(Column::NextAt)
        .order_by_asc(Column::Id)
        .limit(most);
    conn.handle().records(select).await
}

/// One of somebody's own.
pub async fn find(
    conn: &dyn Conn,
    (id, owner): (Uuid, UserId),
) -> Result<Option<ReportSchedule>, StoreError> {
    let select = Entity::find_by_id(Col(id)).filter(Column::Owner.eq(Col(owner)));
    Ok(conn.handle().records(select).await?.pop())
}

/// Adds a schedule.
pub async fn insert(tx: &Tx, row: &ReportSchedule) -> Result<(), StoreError> {
    let rows = std::iter::once(row.values(schedule::Beside {}));
    table::put(tx, table::insert::<Entity>(), rows).await
}

/// Saves what moves of a schedule whose turn was at an instant; false when somebody was faster, or it is gone.
pub async fn save(tx: &Tx, row: &ReportSchedule, was: Instant) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(row.moved())
        .filter(Column::Id.eq(Col(row.id)))
        .filter(Column::NextAt.eq(Col(was)));
    Ok(tx.handle().change(&update).await? > 0)
}

/// Deletes a schedule.
pub async fn delete(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    let gone = Entity::delete_many().filter(Column::Id.eq(Col(id)));
    tx.handle().change(&gone).await?;
    Ok(())
}
