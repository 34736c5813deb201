//! The category tree: three levels, codes of 2, 4 and 6 digits.
//! Not here: the shipped tree (`shared::category`).
//! Read whole by the services' reference cache.

use sea_orm::QueryOrder as _;
use sea_orm::entity::prelude::*;
use shared::category::Category;

use crate::entity::basics::category::{Column, Entity, Model};
use crate::entity::table;
use crate::{Conn, StoreError, Tx};

/// Every active category in the order of codes.
pub async fn all(conn: &dyn Conn) -> Result<Vec<Category>, StoreError> {
    let active = Entity::find()
        .filter(Column::Active.eq(true))
        .order_by_asc(Column::Code);
    conn.handle().records(active).await
}

/// Adds categories.
pub async fn put(tx: &Tx, categories: Vec<Category>) -> Result<(), StoreError> {
    let rows = categories.into_iter().map(|category| {
        table::values(&Model {
            level: i64::try_from(category.code.len() / 2).unwrap_or(0),
            code: category.code,
            parent: category.parent,
            name_zh: category.name_zh,
            name_en: category.name_en,
            active: true,
        })
    });
    table::put(tx, table::insert::<Entity>(), rows).await
}

impl From<Model> for Category {
    fn from(row: Model) -> Self {
        Self {
            code: row.code,
            parent: row.parent,
            name_zh: row.name_zh,
            name_en: row.name_en,
        }
    }
}
