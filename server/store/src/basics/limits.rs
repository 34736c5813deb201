//! The limit table.
//! Not here: choosing a row (`shared::process::limit::choose`), its default rows (`js_default`).
//! Rows are never changed, only added with a later `valid_from`, since tickets name the row they were counted by.

use sea_orm::QueryOrder as _;
use sea_orm::entity::prelude::*;
use shared::process::limit::{Limit, LimitRule};

use crate::entity::basics::limit_rule::{Column, Entity, Model};
use crate::{Conn, StoreError, Tx};

/// Every row.
pub async fn all(conn: &dyn Conn) -> Result<Vec<LimitRule>, StoreError> {
    let all = Entity::find().order_by_asc(Column::Id);
    conn.handle().records(all).await
}

/// Adds rows.
pub async fn put(tx: &Tx, rules: &[LimitRule]) -> Result<(), StoreError> {
    for rule in rules {
        let row = Model {
            id: rule.id,
            profile: rule.profile.clone(),
            stage: rule.stage.into(),
            channel: rule.channel.into(),
            kind: rule.kind.into(),
            category: rule.category.clone(),
            urgency: rule.urgency.into(),
            region: rule.region.clone(),
            valid_from: rule.valid_from,
            value: rule.limit.value.into(),
            unit: rule.limit.unit.into(),
        };
        tx.handle().add_row(row, "limit_rule").await?;
    }
    Ok(())
}

impl From<Model> for LimitRule {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            profile: row.profile,
            stage: row.stage.0,
            channel: row.channel.0,
            kind: row.kind.0,
            category: row.category,
            urgency: row.urgency.0,
            region: row.region,
            valid_from: row.valid_from,
            limit: Limit {
                value: row.value.0,
                unit: row.unit.0,
            },
        }
    }
}
