//! Administrative divisions.
//! Not here: the shipped list (`migration::basics`), codes as prefixes (`shared::place`).
//! Read whole by the services' reference cache.

use sea_orm::QueryOrder as _;
use sea_orm::entity::prelude::*;
use shared::place::Division;

use crate::entity::basics::division::{Column, Entity, Model};
use crate::entity::table;
use crate::{Conn, StoreError, Tx};

/// Every division in the order of codes.
pub async fn all(conn: &dyn Conn) -> Result<Vec<Division>, StoreError> {
    let all = Entity::find().order_by_asc(Column::Code);
    conn.handle().records(all).await
}

/// One division.
pub async fn get(conn: &dyn Conn, code: &str) -> Result<Option<Division>, StoreError> {
    let one = conn.handle().find_one(Entity::find_by_id(code)).await?;
    Ok(one.map(Into::into))
}

/// The divisions directly below a code; the provinces for an empty one.
pub async fn below(conn: &dyn Conn, parent: &str) -> Result<Vec<Division>, StoreError> {
    let below = if parent.is_empty() {
        Column::Parent.is_null()
    } else {
        Column::Parent.eq(parent)
    };
    let below = Entity::find().filter(below).order_by_asc(Column::Code);
    conn.handle().records(below).await
}

/// Adds divisions.
pub async fn put(tx: &Tx, divisions: &[Division]) -> Result<(), StoreError> {
    let rows = divisions.iter().map(|division| {
        table::values(&Model {
            code: division.code.clone(),
            name: division.name.clone(),
            level: division.level.into(),
            parent: division.parent.clone(),
        })
    });
    table::put(tx, table::insert::<Entity>(), rows).await
}

impl From<Model> for Division {
    fn from(row: Model) -> Self {
        Self {
            code: row.code,
            name: row.name,
            level: row.level.0,
            parent: row.parent,
        }
    }
}
