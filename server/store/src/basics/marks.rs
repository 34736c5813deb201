//! Marks of setting an office up: what leaves no other trace, with whoever said so.
//! Not here: which there are (`shared::setup`), what they finish (services).
//! A mark that is set again is that of whoever set it last.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{IntoActiveModel as _, QueryOrder as _};
use shared::calendar::Instant;
use shared::ids::UserId;
use shared::setup::Mark;

use crate::entity::basics::set_up_mark::{Column, Entity, Model};
use crate::{Conn, StoreError, Tx};

/// A mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetMark {
    /// Which.
    pub mark: Mark,
    /// Who set it; nobody for the machine's owner.
    pub by: Option<UserId>,
    /// Their name.
    pub by_name: String,
    /// When.
    pub at: Instant,
    /// What was decided.
    pub note: Option<String>,
}

/// Every mark that is set; those that this release does not know are left out.
pub async fn all(conn: &dyn Conn) -> Result<Vec<SetMark>, StoreError> {
    let select = Entity::find().order_by_asc(Column::Mark);
    let rows = conn.handle().find(select).await?;
    let known = |row: Model| {
        Some(SetMark {
            mark: Mark::parse(&row.mark)?,
            by: row.set_by.0,
            by_name: row.set_by_name,
            at: row.set_at.0,
            note: row.note,
        })
    };
    Ok(rows.into_iter().filter_map(known).collect())
}

/// Sets a mark.
pub async fn set(tx: &Tx, mark: &SetMark) -> Result<(), StoreError> {
    let newer = OnConflict::column(Column::Mark)
        .update_columns([
            Column::SetBy,
            Column::SetByName,
            Column::SetAt,
            Column::Note,
        ])
        .to_owned();
    let row = Model {
        mark: mark.mark.code().to_owned(),
        set_by: mark.by.into(),
        set_by_name: mark.by_name.clone(),
        set_at: mark.at.into(),
        note: mark.note.clone(),
    };
    let set = Entity::insert(row.into_active_model().reset_all()).on_conflict(newer);
    tx.handle().change(&set).await.map(drop)
}
