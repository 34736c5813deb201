//! Reading the audit, newest first, and erasing values that may be erased.
//! Not here: who may (services).
//! The cursor is the row number of the last row of the page before.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use shared::calendar::Instant;
use shared::ids::UserId;

use super::row::entry;
use crate::entity::Col;
use crate::entity::trail::audit::{ActiveModel, Column, Entity};
use crate::record::AuditEntry;
use crate::{Conn, StoreError, Tx};

/// What to read; everything is "and".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// By whom.
    pub actor: Option<UserId>,
    /// Action code.
    pub action: Option<String>,
    /// Object, for example `ticket:<uuid>`.
    pub object: Option<String>,
    /// From, inclusive.
    pub from: Option<Instant>,
    /// To, exclusive.
    pub to: Option<Instant>,
    /// From the page before.
    pub cursor: Option<String>,
    /// 1 to 500.
    pub limit: u32,
}

/// A row with its number.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditRow {
    /// Number of the row.
    pub n: i64,
    /// The entry, without erased values.
    pub entry: AuditEntry,
}

/// A page of rows.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditPage {
    /// Newest first.
    pub items: Vec<AuditRow>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
}

/// A page of the audit.
pub async fn list(conn: &dyn Conn, query: &AuditQuery) -> Result<AuditPage, StoreError> {
    let limit = query.limit.clamp(1, 500) as usize;
    let mut select = Entity::find()
        .order_by_desc(Column::N)
        .limit(limit as u64 + 1);
    if let Some(actor) = query.actor {
        select = select.filter(Column::Actor.eq(Col(actor)));
    }
    if let Some(action) = &query.action {
        select = select.filter(Column::Action.eq(action));
    }
    if let Some(object) = &query.object {
        select = select.filter(Column::Object.eq(object));
    }
    if let Some(from) = query.from {
        select = select.filter(Column::At.gte(Col(from)));
    }
    if let Some(to) = query.to {
        select = select.filter(Column::At.lt(Col(to)));
    }
    if let Some(cursor) = &query.cursor {
        let before: i64 = cursor.parse().map_err(|_| StoreError::Cursor)?;
        select = select.filter(Column::N.lt(before));
    }
    let rows = conn.handle().find(select).await?;
    let more = rows.len() > limit;
    let items = rows
        .into_iter()
        .take(limit)
        .map(|row| {
            Ok(AuditRow {
                n: row.n,
                entry: entry(row)?,
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    let next_cursor = items.last().filter(|_| more).map(|row| row.n.to_string());
    Ok(AuditPage { items, next_cursor })
}

/// The rows of an action on some objects, newest first: along the index of objects, whose rows are few.
pub async fn of_objects(
    conn: &dyn Conn,
    action: &str,
    objects: &[String],
) -> Result<Vec<AuditEntry>, StoreError> {
    if objects.is_empty() {
        return Ok(Vec::new());
    }
    let select = Entity::find()
        .filter(Column::Object.is_in(objects.iter().map(String::as_str)))
        .order_by_desc(Column::N);
    let rows = conn.handle().find(select).await?;
    let of_action = rows.into_iter().filter(|row| row.action == action);
    of_action.map(entry).collect()
}

/// Erases the erasable values of a row; the chain still holds, since it covers their salted hashes only.
pub async fn erase(tx: &Tx, id: Uuid) -> Result<bool, StoreError> {
    let erased = Entity::update_many()
        .set(ActiveModel {
            erasable: Set(None),
            ..Default::default()
        })
        .filter(Column::Id.eq(id));
    Ok(tx.handle().change(&erased).await? == 1)
}
