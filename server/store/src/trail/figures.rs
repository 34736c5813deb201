//! Counted figures for the public page, refreshed by a job, so that visitors never cause a count.
//! Not here: counting (`reports`).
//! A figure is JSON under a name, with the instant it was counted at.

use sea_orm::IntoActiveModel as _;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use shared::calendar::Instant;

use crate::entity::trail::figure::{Column, Entity, Model};
use crate::{Conn, StoreError, Tx};

/// A figure and when it was counted.
pub async fn get(conn: &dyn Conn, name: &str) -> Result<Option<(String, Instant)>, StoreError> {
    let figure = conn.handle().find_one(Entity::find_by_id(name)).await?;
    Ok(figure.map(|figure| (figure.value, figure.as_of.0)))
}

/// Replaces a figure.
pub async fn put(tx: &Tx, name: &str, value: &str, as_of: Instant) -> Result<(), StoreError> {
    let row = Model {
        name: name.to_owned(),
        value: value.to_owned(),
        as_of: as_of.into(),
    };
    let newer = OnConflict::column(Column::Name)
        .update_columns([Column::Value, Column::AsOf])
        .to_owned();
    let put = Entity::insert(row.into_active_model().reset_all()).on_conflict(newer);
    tx.handle().change(&put).await.map(drop)
}
