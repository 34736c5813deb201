//! Handling units and centres.
//! Not here: who works in them (`people::users`), rights.
//! A unit's path is a chain of codes, each followed by `/`, so that a subtree is a range.

use std::sync::LazyLock;

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, Iterable as _, QueryOrder as _};
use shared::calendar::Instant;
use shared::organisation::Unit;

use crate::bulk::rows::Insert;
use crate::entity::basics::unit::{Column, Entity, Model};
use crate::entity::table;
use crate::migration::floor;
use crate::scope::region;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

/// Every unit in the order of paths, inactive ones included, since history names them.
pub async fn all(conn: &dyn Conn) -> Result<Vec<Unit>, StoreError> {
    let all = Entity::find().order_by_asc(Column::Path);
    conn.handle().records(all).await
}

/// One unit.
pub async fn get(conn: &dyn Conn, code: &str) -> Result<Option<Unit>, StoreError> {
    let one = conn.handle().find_one(Entity::find_by_id(code)).await?;
    Ok(one.map(Into::into))
}

/// The active units directly below a unit; the roots without one.
pub async fn below(conn: &dyn Conn, parent: Option<&str>) -> Result<Vec<Unit>, StoreError> {
    let below = match parent {
        Some(code) => Column::Parent.eq(code),
        None => Column::Parent.is_null(),
    };
    let below = Entity::find()
        .filter(Column::Active.eq(true))
        .filter(below)
        .order_by_asc(Column::Code);
    conn.handle().records(below).await
}

/// A unit anew, all but its code.
static PUT: LazyLock<Insert> = LazyLock::new(|| {
    let all_but_code = Column::iter().filter(|column| !matches!(column, Column::Code));
    table::upsert::<Entity>(all_but_code.collect())
});

/// Adds a unit or changes everything but its code.
pub async fn put(tx: &Tx, unit: &Unit) -> Result<(), StoreError> {
    let row = Model {
        code: unit.code.clone(),
        name: unit.name.clone(),
        parent: unit.parent.clone(),
        path: unit.path.clone(),
        level: unit.level.into(),
        region: unit.region.clone(),
        active: unit.active,
    };
    table::put(tx, *PUT, std::iter::once(table::values(&row))).await
}

/// A unit and how many of something it has.
#[derive(FromQueryResult)]
struct Counted {
    unit: String,
    n: i64,
}

/// Open assignments per unit, for the dispatcher's choice.
pub async fn open_assignments(
    conn: &dyn Conn,
    units: &[String],
) -> Result<std::collections::BTreeMap<String, i64>, StoreError> {
    // Text: counted along the index of units.
    let mut sql = Sql::new(
        "select unit, count(*) as n from assignments where status in ('TS', 'SI', 'SA', 'HA', 'UR') and unit in ",
        vals![],
    );
    sql.list(units.iter().map(crate::sql::Bind::bind).collect())
        .text(" group by unit");
    let rows = conn.handle().rows::<Counted>(sql).await?;
    Ok(rows.into_iter().map(|row| (row.unit, row.n)).collect())
}

/// Which lead units a category usually goes to.
#[derive(Debug, Clone, Copy)]
pub struct Habits<'a> {
    /// Category code.
    pub category: &'a str,
    /// Division prefix, for example `3201`.
    pub city: &'a str,
    /// Tickets accepted from then on.
    pub since: Instant,
}

/// Lead units of such tickets with their counts, most first.
pub async fn habits(conn: &dyn Conn, query: &Habits<'_>) -> Result<Vec<(String, i64)>, StoreError> {
    // Text: areas are, here as everywhere.
    let mut sql = Sql::new(
        "select t.lead_unit as unit, count(*) as n from tickets t where t.lead_unit is not null and t.state <> 'RE' and t.category = ? and t.id >= ?",
        vals![query.category, floor(query.since)],
    );
    sql.append(region(query.city))
        .text(" group by t.lead_unit order by count(*) desc, t.lead_unit");
    let rows = conn.handle().rows::<Counted>(sql).await?;
    Ok(rows.into_iter().map(|row| (row.unit, row.n)).collect())
}

impl From<Model> for Unit {
    fn from(row: Model) -> Self {
        Self {
            code: row.code,
            name: row.name,
            parent: row.parent,
            path: row.path,
            level: row.level.0,
            region: row.region,
            active: row.active,
        }
    }
}
