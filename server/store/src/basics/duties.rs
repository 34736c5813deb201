//! Which unit a matter of a place belongs to.
//! Not here: the list that it is made of (`register`), who is offered (services).
//! Rows name categories of any level and divisions of any size; whoever asks names all that lie above.

use sea_orm::entity::prelude::*;

use crate::bulk::rows::Insert;
use crate::entity::basics::duty::{Column, Entity, Model};
use crate::entity::table;
use crate::{Conn, StoreError, Tx};

/// A matter of a place, and its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Category code of any level.
    pub category: String,
    /// Division code.
    pub region: String,
    /// Code of the unit.
    pub unit: String,
}

/// Rows of any of these categories in any of these divisions.
pub async fn of(
    conn: &dyn Conn,
    categories: &[String],
    regions: &[String],
) -> Result<Vec<Duty>, StoreError> {
    let some = Entity::find()
        .filter(Column::Category.is_in(categories.iter().cloned()))
        .filter(Column::Region.is_in(regions.iter().cloned()));
    conn.handle().records(some).await
}

/// Every row.
pub async fn all(conn: &dyn Conn) -> Result<Vec<Duty>, StoreError> {
    conn.handle().records(Entity::find()).await
}

/// Adds rows; one that is there stays.
pub async fn put(tx: &Tx, duties: &[Duty]) -> Result<(), StoreError> {
    let insert = Insert {
        tail: " on conflict (category, region, unit) do nothing",
        ..table::insert::<Entity>()
    };
    let rows = duties.iter().map(|duty| {
        table::values(&Model {
            category: duty.category.clone(),
            region: duty.region.clone(),
            unit: duty.unit.clone(),
        })
    });
    table::put(tx, insert, rows).await
}

/// Takes a row away.
pub async fn remove(tx: &Tx, duty: &Duty) -> Result<(), StoreError> {
    let key = (
        duty.category.clone(),
        duty.region.clone(),
        duty.unit.clone(),
    );
    tx.handle()
        .change(&Entity::delete_by_id(key))
        .await
        .map(drop)
}

impl From<Model> for Duty {
    fn from(row: Model) -> Self {
        Self {
            category: row.category,
            region: row.region,
            unit: row.unit,
        }
    }
}
