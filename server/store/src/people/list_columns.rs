//! The columns that somebody sees in the list of tickets where its address names none: at most one row a person.
//! Not here: what a column is (`shared::query::shown`), who may see what stands in it (services).

use sea_orm::entity::prelude::*;
use shared::ids::UserId;

use crate::entity::todo::list_column::{Entity, Model};
use crate::entity::{Col, table};
use crate::{Conn, StoreError, Tx};

/// Somebody's columns in their order; none where nothing is kept.
pub async fn of(conn: &dyn Conn, user: UserId) -> Result<Vec<String>, StoreError> {
    let kept = conn
        .handle()
        .find_one(Entity::find_by_id(Col(user)))
        .await?;
    let shown = kept.map(|row| row.shown).unwrap_or_default();
    let codes = shown.split(',').filter(|code| !code.is_empty());
    Ok(codes.map(str::to_owned).collect())
}

/// Keeps them in the place of what was kept; none of them forgets it.
pub async fn keep(tx: &Tx, user: UserId, columns: &[String]) -> Result<(), StoreError> {
    tx.handle().change(&Entity::delete_by_id(Col(user))).await?;
    if columns.is_empty() {
        return Ok(());
    }
    let row = Model {
        user_id: user.into(),
        shown: columns.join(","),
    };
    let rows = std::iter::once(table::values(&row));
    table::put(tx, table::insert::<Entity>(), rows).await
}
