//! The limit table.
//! Not here: choosing a row (`shared::process::limit::choose`), its default rows (`js_default`).
//! A row is never changed but for its end; another one takes its place, since tickets name the row they were counted by.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use shared::process::limit::{Limit, LimitRule};

use crate::entity::basics::limit_rule::{ActiveModel, Column, Entity, Model};
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
            valid_until: rule.valid_until,
            open_from: rule.open_from,
            open_until: rule.open_until,
        };
        tx.handle().add_row(row, "limit_rule").await?;
    }
    Ok(())
}

/// The largest number of a row.
pub async fn last_id(conn: &dyn Conn) -> Result<i64, StoreError> {
    let last = Entity::find().order_by_desc(Column::Id).limit(1);
    let last = conn.handle().find_one(last).await?;
    Ok(last.map_or(0, |row| row.id))
}

/// A row holds no more from an instant on: for tickets accepted from then on, and with `open_too` for clocks of others that start then.
pub async fn end(tx: &Tx, id: i64, at: i64, open_too: bool) -> Result<(), StoreError> {
    let mut set = ActiveModel {
        valid_until: Set(Some(at)),
        ..Default::default()
    };
    if open_too {
        set.open_until = Set(Some(at));
    }
    let update = Entity::update_many().set(set).filter(Column::Id.eq(id));
    tx.handle().change(&update).await.map(drop)
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
            valid_until: row.valid_until,
            open_from: row.open_from,
            open_until: row.open_until,
            limit: Limit {
                value: row.value.0,
                unit: row.unit.0,
            },
        }
    }
}
