//! Administrative divisions.
//! Not here: the shipped list (`migration::basics`), codes as prefixes (`shared::place`).
//! Read whole by the services' reference cache.

use std::sync::LazyLock;

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder as _, Value};
use shared::place::Division;

use crate::bulk::rows::Insert;
use crate::entity::basics::division::{Column, Entity, Model};
use crate::entity::table;
use crate::sql::{Sql, vals};
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
    let rows = divisions.iter().map(values);
    table::put(tx, table::insert::<Entity>(), rows).await
}

static KEEP: LazyLock<Insert> = LazyLock::new(|| {
    table::upsert::<Entity>(vec![
        Column::Name,
        Column::Level,
        Column::Parent,
        Column::Ended,
        Column::Successor,
    ])
});

/// Adds divisions, or changes everything but the code of those that there are; each once.
pub async fn keep(tx: &Tx, divisions: &[Division]) -> Result<(), StoreError> {
    table::put(tx, *KEEP, divisions.iter().map(values)).await
}

fn values(division: &Division) -> Vec<Value> {
    table::values(&Model {
        code: division.code.clone(),
        name: division.name.clone(),
        level: division.level.into(),
        parent: division.parent.clone(),
        ended: division.ended,
        successor: division.successor.clone(),
    })
}

#[derive(FromQueryResult)]
struct Counted {
    place: String,
    n: i64,
}

/// How many open tickets lie in each of some divisions, in counties and streets alike.
pub async fn open_tickets(
    conn: &dyn Conn,
    codes: &[String],
) -> Result<Vec<(String, i64)>, StoreError> {
    let list = || codes.iter().map(crate::sql::Bind::bind).collect();
    // Text: counted once over the open ones.
    let mut sql = Sql::new(
        "select place, count(*) as n from (select region as place from tickets where is_open and region in ",
        vals![],
    );
    sql.list(list())
        .text(" union all select street as place from tickets where is_open and street in ")
        .list(list())
        .text(") x group by place order by place");
    let rows = conn.handle().rows::<Counted>(sql).await?;
    Ok(rows.into_iter().map(|row| (row.place, row.n)).collect())
}

impl From<Model> for Division {
    fn from(row: Model) -> Self {
        Self {
            code: row.code,
            name: row.name,
            level: row.level.0,
            parent: row.parent,
            ended: row.ended,
            successor: row.successor,
        }
    }
}
