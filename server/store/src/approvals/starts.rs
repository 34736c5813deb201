//! Timers of definitions that start by themselves: when the next case begins, and in whose name.
//! Not here: the timers of running cases (`host::timers`), starting a case (services).
//! A timer is taken away in the transaction that starts the case, so two servers start it once.

use std::sync::LazyLock;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use shared::calendar::Instant;

use crate::bulk::rows::Insert;
use crate::entity::approval::process_timer::{Beside, Column, Entity};
use crate::entity::{Col, table};
use crate::record::StartTimer;
use crate::{Conn, StoreError, Tx};

static INSERT: LazyLock<Insert> = LazyLock::new(table::insert::<Entity>);

/// Sets when new cases start on a version, in place of what was set for it.
pub async fn set_start_timers(
    tx: &Tx,
    (definition, version): (&str, i32),
    timers: &[StartTimer],
) -> Result<(), StoreError> {
    let old = Entity::delete_many()
        .filter(Column::Definition.eq(definition))
        .filter(Column::Version.eq(Col(version)));
    tx.handle().change(&old).await?;
    let rows = timers.iter().map(|timer| timer.values(Beside {}));
    table::put(tx, *INSERT, rows).await
}

/// Sets one timer again.
pub async fn put_start_timer(tx: &Tx, timer: &StartTimer) -> Result<(), StoreError> {
    table::put(tx, *INSERT, std::iter::once(timer.values(Beside {}))).await
}

/// Timers at which cases are to start now, in the order of their times.
pub async fn start_timers_due(
    conn: &dyn Conn,
    now: Instant,
    limit: u32,
) -> Result<Vec<StartTimer>, StoreError> {
    let due = Entity::find()
        .filter(Column::DueAt.lte(Col(now)))
        .order_by_asc(Column::DueAt)
        .order_by_asc(Column::Definition)
        .order_by_asc(Column::Element)
        .limit(u64::from(limit));
    conn.handle().records(due).await
}

/// Takes a timer away; false when another server has.
pub async fn take_start_timer(tx: &Tx, timer: &StartTimer) -> Result<bool, StoreError> {
    let key = (
        Col(timer.definition.clone()),
        Col(timer.version),
        Col(timer.element.clone()),
    );
    let taken = Entity::delete_by_id(key).filter(Column::DueAt.eq(Col(timer.due_at)));
    Ok(tx.handle().change(&taken).await? == 1)
}
