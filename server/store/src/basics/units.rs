//! Handling units and centres.
//! Not here: who works in them (`people::users`), rights.
//! A unit's path is a chain of codes, each followed by `/`, so that a subtree is a range.

use shared::calendar::Instant;
use shared::organisation::Unit;

use crate::migration::floor;
use crate::scope::region;
use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

const SELECT: &str = "select code, name, parent, path, level, region, active from units ";

/// Every unit in the order of paths, inactive ones included, since history names them.
pub async fn all(conn: &dyn Conn) -> Result<Vec<Unit>, StoreError> {
    let mut sql = Sql::new(SELECT, vals![]);
    sql.text("order by path");
    conn.handle().all(sql).await?.iter().map(read).collect()
}

/// One unit.
pub async fn get(conn: &dyn Conn, code: &str) -> Result<Option<Unit>, StoreError> {
    let mut sql = Sql::new(SELECT, vals![]);
    sql.push("where code = ?", vals![code]);
    conn.handle().one(sql).await?.as_ref().map(read).transpose()
}

/// The active units directly below a unit; the roots without one.
pub async fn below(conn: &dyn Conn, parent: Option<&str>) -> Result<Vec<Unit>, StoreError> {
    let mut sql = Sql::new(SELECT, vals![]);
    match parent {
        Some(code) => sql.push("where active and parent = ? order by code", vals![code]),
        None => sql.text("where active and parent is null order by code"),
    };
    conn.handle().all(sql).await?.iter().map(read).collect()
}

/// Adds a unit or changes everything but its code.
pub async fn put(tx: &Tx, unit: &Unit) -> Result<(), StoreError> {
    let sql = Sql::new(
        "insert into units (code, name, parent, path, level, region, active) values (?, ?, ?, ?, ?, ?, ?)
         on conflict (code) do update set name = excluded.name, parent = excluded.parent, path = excluded.path,
         level = excluded.level, region = excluded.region, active = excluded.active",
        vals![&unit.code, &unit.name, unit.parent.clone(), &unit.path, unit.level, &unit.region, unit.active],
    );
    tx.handle().run(sql).await.map(drop)
}

/// Open assignments per unit, for the dispatcher's choice.
pub async fn open_assignments(
    conn: &dyn Conn,
    units: &[String],
) -> Result<std::collections::BTreeMap<String, i64>, StoreError> {
    let mut sql = Sql::new(
        "select unit, count(*) from assignments where status in ('TS', 'SI', 'SA', 'HA', 'UR') and unit in ",
        vals![],
    );
    sql.list(units.iter().map(crate::sql::Bind::bind).collect())
        .text(" group by unit");
    let rows = conn.handle().all(sql).await?;
    rows.iter()
        .map(|row| {
            let mut r = Reader::new(row);
            Ok((r.get()?, r.get()?))
        })
        .collect()
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
    let mut sql = Sql::new(
        "select t.lead_unit, count(*) from tickets t where t.lead_unit is not null and t.state <> 'RE' and t.category = ? and t.id >= ?",
        vals![query.category, floor(query.since)],
    );
    sql.append(region(query.city))
        .text(" group by t.lead_unit order by count(*) desc, t.lead_unit");
    let rows = conn.handle().all(sql).await?;
    rows.iter()
        .map(|row| {
            let mut r = Reader::new(row);
            Ok((r.get()?, r.get()?))
        })
        .collect()
}

fn read(row: &sea_orm::QueryResult) -> Result<Unit, StoreError> {
    let mut r = Reader::new(row);
    Ok(Unit {
        code: r.get()?,
        name: r.get()?,
        parent: r.get()?,
        path: r.get()?,
        level: r.code()?,
        region: r.get()?,
        active: r.get()?,
    })
}
