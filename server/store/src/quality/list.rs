//! The work list: findings in a scope, those that are due first, closed ones the newest first.
//! Not here: scores (`counts`).
//! Text: the scope is one.

use std::sync::LazyLock;

use sea_orm::FromQueryResult;
use sea_orm::entity::prelude::*;
use shared::access::Scope;
use shared::quality::{FindingState, QualityRule};
use shared::ticket::TicketNo;

use super::reached;
use crate::entity::quality::quality_finding::{Entity, Model};
use crate::entity::{Col, table};
use crate::record::QualityFinding;
use crate::scope::region;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

static COLUMNS: LazyLock<&str> = LazyLock::new(|| table::columns::<Entity>("f"));

/// Which findings a list shows.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Of one rule.
    pub rule: Option<QualityRule>,
    /// Of one unit; an empty code: the centres'.
    pub unit: Option<String>,
    /// In one division and below.
    pub region: Option<String>,
    /// How they stand; everything open where absent.
    pub state: Option<FindingState>,
    /// Time and id behind which the page begins.
    pub after: Option<(i64, Uuid)>,
    /// How many at most.
    pub limit: usize,
}

/// A finding with its ticket's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The finding.
    pub finding: QualityFinding,
    /// The number.
    pub ticket_no: TicketNo,
}

#[derive(FromQueryResult)]
struct Numbered {
    ticket_no: Col<TicketNo>,
}

fn head() -> Sql {
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*COLUMNS).text(
        ", t.ticket_no from quality_findings f join tickets t on t.id = f.case_id where f.case_kind = 'T'",
    );
    sql
}

async fn rows(conn: &dyn Conn, sql: Sql) -> Result<Vec<Listed>, StoreError> {
    let rows = conn.handle().all(sql).await?;
    rows.iter()
        .map(|row| {
            let finding = Model::from_query_result(row, "")?.into();
            let ticket_no = Numbered::from_query_result(row, "")?.ticket_no.0;
            Ok(Listed { finding, ticket_no })
        })
        .collect()
}

/// A page of them.
pub async fn list(
    conn: &dyn Conn,
    scope: &Scope,
    wanted: Wanted,
) -> Result<Vec<Listed>, StoreError> {
    let mut sql = head();
    let is_open = wanted.state.is_none_or(FindingState::is_open);
    match (is_open, wanted.after) {
        (true, None) => sql.text(" and f.closed_at is null"),
        (true, Some((at, id))) => sql.push(
            " and f.closed_at is null and (f.due_at, f.id) > (?, ?)",
            vals![at, id],
        ),
        (false, None) => sql.text(" and f.closed_at is not null"),
        (false, Some((at, id))) => sql.push(
            " and f.closed_at is not null and (f.closed_at, f.id) < (?, ?)",
            vals![at, id],
        ),
    };
    if let Some(state) = wanted.state {
        sql.push(" and f.state = ?", vals![state]);
    }
    if let Some(rule) = wanted.rule {
        sql.push(" and f.rule = ?", vals![rule]);
    }
    match wanted.unit.as_deref() {
        Some("") => {
            sql.text(" and f.unit is null");
        }
        Some(unit) => {
            sql.push(" and f.unit = ?", vals![unit]);
        }
        None => {}
    }
    if let Some(prefix) = &wanted.region {
        sql.append(region(prefix));
    }
    sql.append(reached(scope));
    sql.text(if is_open {
        " order by f.due_at, f.id"
    } else {
        " order by f.closed_at desc, f.id desc"
    });
    sql.limit(wanted.limit);
    rows(conn, sql).await
}

/// One of them, as far as the scope reaches.
pub async fn get(conn: &dyn Conn, scope: &Scope, id: Uuid) -> Result<Option<Listed>, StoreError> {
    let mut sql = head();
    sql.push(" and f.id = ?", vals![id]).append(reached(scope));
    Ok(rows(conn, sql).await?.pop())
}
