//! The category tree: three levels, codes of 2, 4 and 6 digits.
//! Not here: the shipped tree (`shared::category`).
//! Read whole by the services' reference cache.

use std::sync::LazyLock;

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder as _};
use shared::calendar::Instant;
use shared::category::Category;

use crate::bulk::rows::Insert;
use crate::entity::basics::category::{Column, Entity, Model};
use crate::entity::table;
use crate::migration::floor;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

/// Every active category in the order of codes.
pub async fn all(conn: &dyn Conn) -> Result<Vec<Category>, StoreError> {
    let active = Entity::find()
        .filter(Column::Active.eq(true))
        .order_by_asc(Column::Code);
    conn.handle().records(active).await
}

/// Categories that are switched off: tickets of before carry them.
pub async fn retired(conn: &dyn Conn) -> Result<Vec<Category>, StoreError> {
    let retired = Entity::find()
        .filter(Column::Active.eq(false))
        .order_by_asc(Column::Code);
    conn.handle().records(retired).await
}

/// Adds a category or changes its names, and switches it on or off.
pub async fn keep(tx: &Tx, category: &Category, active: bool) -> Result<(), StoreError> {
    let row = row(category.clone(), active);
    table::put(tx, *KEEP, std::iter::once(table::values(&row))).await
}

/// A category anew, all but its code.
static KEEP: LazyLock<Insert> = LazyLock::new(|| {
    table::upsert::<Entity>(vec![
        Column::Parent,
        Column::Level,
        Column::NameZh,
        Column::NameEn,
        Column::Active,
    ])
});

/// Open tickets per category that is among these.
pub async fn open_tickets(
    conn: &dyn Conn,
    codes: &[String],
) -> Result<Vec<(String, i64)>, StoreError> {
    // Text: counted once over the open ones.
    let mut sql = Sql::new(
        "select category, count(*) as n from tickets where is_open and category in ",
        vals![],
    );
    sql.list(codes.iter().map(crate::sql::Bind::bind).collect())
        .text(" group by category order by category");
    let rows = conn.handle().rows::<Counted>(sql).await?;
    Ok(rows.into_iter().map(|row| (row.category, row.n)).collect())
}

/// Tickets that were accepted since an instant, per category that is among these; what was taken back is not counted.
pub async fn tickets_since(
    conn: &dyn Conn,
    codes: &[String],
    since: Instant,
) -> Result<Vec<(String, i64)>, StoreError> {
    // Text: counted once over the latest ones, whose ids carry the time.
    let mut sql = Sql::new(
        "select category, count(*) as n from tickets where accepted_at >= ? and id >= ? and state <> 'RE' and category in ",
        vals![since, floor(since)],
    );
    sql.list(codes.iter().map(crate::sql::Bind::bind).collect())
        .text(" group by category order by category");
    let rows = conn.handle().rows::<Counted>(sql).await?;
    Ok(rows.into_iter().map(|row| (row.category, row.n)).collect())
}

/// A category and how many tickets carry it.
#[derive(FromQueryResult)]
struct Counted {
    category: String,
    n: i64,
}

/// Adds categories.
pub async fn put(tx: &Tx, categories: Vec<Category>) -> Result<(), StoreError> {
    let rows = categories
        .into_iter()
        .map(|category| table::values(&row(category, true)));
    table::put(tx, table::insert::<Entity>(), rows).await
}

fn row(category: Category, active: bool) -> Model {
    Model {
        level: i64::try_from(category.code.len() / 2).unwrap_or(0),
        code: category.code,
        parent: category.parent,
        name_zh: category.name_zh,
        name_en: category.name_en,
        active,
    }
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
