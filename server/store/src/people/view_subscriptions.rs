//! Saved views of which somebody is told: whose, how often, and whom to tell next.
//! Not here: what a view finds (`tickets`), whether it is still his to see (services).
//! What is due is read along an index of its own and bounded.

use std::sync::LazyLock;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use shared::calendar::Instant;
use shared::ids::{UserId, ViewId};
use shared::query::view::MOST;

use crate::bulk::rows::Insert;
use crate::entity::todo::view_subscription::{self, Column, Entity, moves};
use crate::entity::{Col, table};
use crate::record::ViewFollowed;
use crate::{Conn, StoreError, Tx};

static KEPT: LazyLock<Insert> = LazyLock::new(|| table::upsert::<Entity>(moves()));

/// Of which views somebody is told.
pub async fn of_person(conn: &dyn Conn, user: UserId) -> Result<Vec<ViewFollowed>, StoreError> {
    let select = Entity::find()
        .filter(Column::UserId.eq(Col(user)))
        .order_by_asc(Column::ViewId);
    conn.handle().records(select.limit(MOST)).await
}

/// Those of which somebody is to be told now, the longest waiting first.
pub async fn due(
    conn: &dyn Conn,
    now: Instant,
    limit: u64,
) -> Result<Vec<ViewFollowed>, StoreError> {
    let select = Entity::find()
        .filter(Column::NextAt.lte(Col(now)))
        .order_by_asc(Column::NextAt)
        .limit(limit);
    conn.handle().records(select).await
}

/// Keeps that somebody is told of a view, as it is said now.
pub async fn keep(tx: &Tx, followed: &ViewFollowed) -> Result<(), StoreError> {
    let one = std::iter::once(followed.values(view_subscription::Beside {}));
    table::put(tx, *KEPT, one).await
}

/// Ends it.
pub async fn end(tx: &Tx, (user, view): (UserId, ViewId)) -> Result<(), StoreError> {
    let gone = Entity::delete_many()
        .filter(Column::UserId.eq(Col(user)))
        .filter(Column::ViewId.eq(Col(view)));
    tx.handle().change(&gone).await?;
    Ok(())
}

/// Saves what a count came to and when he is told next, unless somebody else was faster; false when it was so.
pub async fn told(
    tx: &Tx,
    followed: &ViewFollowed,
    was_next_at: Instant,
) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(followed.moved())
        .filter(Column::UserId.eq(Col(followed.user_id)))
        .filter(Column::ViewId.eq(Col(followed.view_id)))
        .filter(Column::NextAt.eq(Col(was_next_at)));
    Ok(tx.handle().change(&update).await? == 1)
}

/// Ends it, unless somebody else was faster; false when it was so.
pub async fn give_up(tx: &Tx, followed: &ViewFollowed) -> Result<bool, StoreError> {
    let gone = Entity::delete_many()
        .filter(Column::UserId.eq(Col(followed.user_id)))
        .filter(Column::ViewId.eq(Col(followed.view_id)))
        .filter(Column::NextAt.eq(Col(followed.next_at)));
    Ok(tx.handle().change(&gone).await? == 1)
}
