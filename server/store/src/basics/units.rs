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
use crate::scope::{above, region};
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

/// A unit and everything below it, inactive ones included, by the path of that unit.
pub async fn subtree(conn: &dyn Conn, path: &str) -> Result<Vec<Unit>, StoreError> {
    let below = Entity::find()
        .filter(Column::Path.gte(path))
        .filter(Column::Path.lt(above(path)))
        .order_by_asc(Column::Path);
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
        successor: unit.successor.clone(),
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

/// What a unit has to do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Workload {
    /// Open assignments.
    pub open: i64,
    /// Of those: due from now until then.
    pub due_soon: i64,
    /// Of those: overdue.
    pub overdue: i64,
}

#[derive(FromQueryResult)]
struct Loaded {
    unit: String,
    n: i64,
    due_soon: i64,
    overdue: i64,
}

/// Workload per unit, for the dispatcher's choice.
pub async fn workload(
    conn: &dyn Conn,
    units: &[String],
    (now, soon): (Instant, Instant),
) -> Result<std::collections::BTreeMap<String, Workload>, StoreError> {
    // Text: counted along the index of units, which has status and deadline.
    let mut sql = Sql::new(
        "select unit, count(*) as n,
         cast(coalesce(sum(case when due_at >= ? and due_at < ? then 1 else 0 end), 0) as bigint) as due_soon,
         cast(coalesce(sum(case when due_at < ? then 1 else 0 end), 0) as bigint) as overdue
         from assignments where status in ('TS', 'SI', 'SA', 'HA', 'UR') and unit in ",
        vals![now, soon, now],
    );
    sql.list(units.iter().map(crate::sql::Bind::bind).collect())
        .text(" group by unit");
    let rows = conn.handle().rows::<Loaded>(sql).await?;
    let load = |row: Loaded| {
        let load = Workload {
            open: row.n,
            due_soon: row.due_soon,
            overdue: row.overdue,
        };
        (row.unit, load)
    };
    Ok(rows.into_iter().map(load).collect())
}

/// People with an account in use, per unit.
pub async fn active_people(
    conn: &dyn Conn,
    units: &[String],
) -> Result<std::collections::BTreeMap<String, i64>, StoreError> {
    // Text: counted along the index of units.
    let mut sql = Sql::new(
        "select unit, count(*) as n from users where active = ? and unit in ",
        vals![true],
    );
    sql.list(units.iter().map(crate::sql::Bind::bind).collect())
        .text(" group by unit");
    let rows = conn.handle().rows::<Counted>(sql).await?;
    Ok(rows.into_iter().map(|row| (row.unit, row.n)).collect())
}

/// A unit stands elsewhere in the tree: everything that it has or had to do with goes along, so that whoever looks after a subtree sees it.
pub async fn move_cases(tx: &Tx, unit: &str, (from, path): (&str, &str)) -> Result<(), StoreError> {
    let h = tx.handle();
    // Texts: one statement a table, along its index of units.
    for text in [
        "update assignments set unit_path = ? where unit = ?",
        "update tasks set unit_path = ? where unit = ?",
        "update approvals set unit_path = ? where unit = ?",
    ] {
        h.run(Sql::new(text, vals![path, unit])).await?;
    }
    let above = |path: &str| -> Vec<String> {
        let ends = path
            .match_indices('/')
            .map(|(at, _)| path[..=at].to_owned());
        ends.filter(|prefix| prefix != path).collect()
    };
    let (was, is) = (above(from), above(path));
    for prefix in is.iter().filter(|prefix| !was.contains(prefix)) {
        let mut sql = Sql::new(
            "insert into ticket_units (unit, ticket_id, direct) select ?, u.ticket_id, ? from ticket_units u where u.unit = ?
             and not exists (select 1 from tickets t where t.id = u.ticket_id and t.accused_unit in ",
            vals![last_code(prefix), false, unit],
        );
        sql.list(codes(prefix))
            .text(") on conflict (unit, ticket_id) do nothing");
        h.run(sql).await?;
    }
    for prefix in was.iter().filter(|prefix| !is.contains(prefix)) {
        let end = format!("{}0", prefix.trim_end_matches('/'));
        // `0` follows `/`: what begins with the prefix lies between the two.
        let sql = Sql::new(
            "delete from ticket_units where unit = ? and direct = ? and ticket_id in (select u.ticket_id from ticket_units u where u.unit = ?)
             and not exists (select 1 from assignments a where a.ticket_id = ticket_units.ticket_id and a.unit_path >= ? and a.unit_path < ?)",
            vals![last_code(prefix), false, unit, prefix.as_str(), end],
        );
        h.run(sql).await?;
    }
    // What is about a unit above it now is none of its tickets any more.
    let mut sql = Sql::new(
        "delete from ticket_units where unit = ? and exists (select 1 from tickets t where t.id = ticket_units.ticket_id and t.accused_unit in ",
        vals![unit],
    );
    sql.list(codes(path)).text(")");
    h.run(sql).await.map(drop)
}

/// The codes of a path.
fn codes(path: &str) -> Vec<sea_orm::Value> {
    let codes = path.split('/').filter(|code| !code.is_empty());
    codes.map(crate::sql::Bind::bind).collect()
}

/// The last code of a path.
fn last_code(path: &str) -> &str {
    path.trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or(path)
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
            successor: row.successor,
        }
    }
}
