//! What scores are reckoned with: tickets of units and places, and open findings in a scope.
//! Not here: the formula (`shared::quality::score`).
//! Texts: one reads every ticket, once a night.

use std::sync::LazyLock;

use sea_orm::FromQueryResult;
use shared::access::Scope;
use shared::quality::Severity;

use super::{counted, reached};
use crate::entity::quality::quality_count::{Entity, Model};
use crate::entity::{Col, table};
use crate::record::QualityCount;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

static COLUMNS: LazyLock<&str> = LazyLock::new(|| table::columns::<Entity>("q"));

#[derive(FromQueryResult)]
struct Counted {
    region: String,
    unit: Option<String>,
    n: i64,
}

/// Tickets by division and leading unit, counted now.
pub async fn count(conn: &dyn Conn) -> Result<Vec<(String, Option<String>, i64)>, StoreError> {
    let sql = Sql::new(
        "select t.region, t.lead_unit as unit, count(*) as n from tickets t where t.state <> 'RE' group by t.region, t.lead_unit",
        vals![],
    );
    let rows = conn.handle().rows::<Counted>(sql).await?;
    let row = |row: Counted| (row.region, row.unit, row.n);
    Ok(rows.into_iter().map(row).collect())
}

/// What was counted last, as far as a scope reaches.
pub async fn counts(conn: &dyn Conn, scope: &Scope) -> Result<Vec<QualityCount>, StoreError> {
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*COLUMNS)
        .text(" from quality_counts q where 1 = 1")
        .append(counted(scope));
    let rows = conn.handle().rows::<Model>(sql).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Open findings of a unit (the centre without one) in a division.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The division.
    pub region: String,
    /// The unit.
    pub unit: Option<String>,
    /// How much each weighs.
    pub severity: Severity,
    /// How many.
    pub count: i64,
}

#[derive(FromQueryResult)]
struct Row {
    region: String,
    unit: Option<String>,
    severity: Col<Severity>,
    n: i64,
}

/// Open findings in a scope.
pub async fn opened(conn: &dyn Conn, scope: &Scope) -> Result<Vec<Opened>, StoreError> {
    let mut sql = Sql::new(
        "select f.region, f.unit, f.severity, count(*) as n from quality_findings f join tickets t on t.id = f.case_id where f.closed_at is null",
        vals![],
    );
    sql.append(reached(scope))
        .text(" group by f.region, f.unit, f.severity");
    let rows = conn.handle().rows::<Row>(sql).await?;
    let opened = |row: Row| Opened {
        region: row.region,
        unit: row.unit,
        severity: row.severity.0,
        count: row.n,
    };
    Ok(rows.into_iter().map(opened).collect())
}
