//! Scores by month: open findings of the tickets that were accepted in it, and what was frozen of earlier months.
//! Not here: the formula (`shared::quality::score`), the number of tickets (`tickets::cube`).
//! Texts: the scope is one.

use std::sync::LazyLock;

use sea_orm::FromQueryResult;
use shared::access::Scope;
use shared::calendar::Instant;
use shared::quality::{QualityRule, Severity};

use super::{counted, reached};
use crate::bulk::rows::Insert;
use crate::entity::quality::quality_month::{Beside, Entity, Model};
use crate::entity::{Col, table};
use crate::record::QualityMonth;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

static COLUMNS: LazyLock<&str> = LazyLock::new(|| table::columns::<Entity>("q"));

/// What is there already stays: two servers may freeze the same month.
static INSERT: LazyLock<Insert> = LazyLock::new(|| Insert {
    tail: " on conflict do nothing",
    ..table::insert::<Entity>()
});

/// Open findings of a rule, of a unit (the centre without one) in a division.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedOf {
    /// The division.
    pub region: String,
    /// The unit.
    pub unit: Option<String>,
    /// The rule.
    pub rule: QualityRule,
    /// How much each weighs.
    pub severity: Severity,
    /// How many.
    pub count: i64,
}

#[derive(FromQueryResult)]
struct Row {
    region: String,
    unit: Option<String>,
    rule: Col<QualityRule>,
    severity: Col<Severity>,
    n: i64,
}

/// Open findings in a scope, of tickets accepted between two moments, the second exclusive.
pub async fn opened_of(
    conn: &dyn Conn,
    scope: &Scope,
    (from, to): (Instant, Instant),
) -> Result<Vec<OpenedOf>, StoreError> {
    let mut sql = Sql::new(
        "select f.region, f.unit, f.rule, f.severity, count(*) as n from quality_findings f join tickets t on t.id = f.case_id where f.closed_at is null",
        vals![],
    );
    sql.push_bounds(
        " and t.accepted_at >= ? and t.accepted_at < ?",
        vals![from, to],
    );
    sql.append(reached(scope))
        .text(" group by f.region, f.unit, f.rule, f.severity");
    let rows = conn.handle().rows::<Row>(sql).await?;
    let opened = |row: Row| OpenedOf {
        region: row.region,
        unit: row.unit,
        rule: row.rule.0,
        severity: row.severity.0,
        count: row.n,
    };
    Ok(rows.into_iter().map(opened).collect())
}

/// What was frozen of a month, as far as a scope reaches; nobody's below a city.
pub async fn months(
    conn: &dyn Conn,
    scope: &Scope,
    month: &str,
) -> Result<Vec<QualityMonth>, StoreError> {
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*COLUMNS)
        .push(" from quality_months q where q.month = ?", vals![month])
        .append(counted(scope));
    let rows = conn.handle().rows::<Model>(sql).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Whether a month is frozen.
pub async fn is_month_frozen(conn: &dyn Conn, month: &str) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "select count(*) from (select 1 from quality_months q where q.month = ? limit 1) x",
        vals![month],
    );
    Ok(conn.handle().number(sql).await? > 0)
}

/// Freezes scores.
pub async fn put_months(tx: &Tx, months: &[QualityMonth]) -> Result<(), StoreError> {
    let rows = months.iter().map(|month| month.values(Beside {}));
    table::put(tx, *INSERT, rows).await
}
