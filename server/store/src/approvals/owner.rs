//! What a process owner looks at: how many cases run on which version and where they stand, and what stopped some.
//! Not here: single cases (`load`), migrations (`migrations`).
//! Texts: scopes are, and counts are read along their indexes. Counts come from `places` and the index of definitions, never from the cases' states.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use shared::access::Scope;
use shared::approval::ApprovalStatus;
use shared::calendar::Instant;
use shared::ids::{ApprovalId, CaseId};

use super::load::Found;
use super::reach::within;
use super::row;
use crate::entity::Col;
use crate::host::incidents;
use crate::record::Incident;
use crate::sql::{Bind, Sql, vals};
use crate::{Conn, StoreError};

/// How many cases stand at an element.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Standing {
    pub element: String,
    pub cases: i64,
}

/// Statuses of cases whose process runs.
fn running() -> Vec<sea_orm::Value> {
    [
        ApprovalStatus::Running,
        ApprovalStatus::Correcting,
        ApprovalStatus::Suspended,
    ]
    .map(Bind::bind)
    .to_vec()
}

/// Open approvals of a scope by definition and version; of everything the tickets and applications as well.
pub async fn running_by_version(
    conn: &dyn Conn,
    scope: &Scope,
) -> Result<BTreeMap<(String, i32), i64>, StoreError> {
    let mut sql = Sql::new(
        "select a.definition, a.definition_version, count(*) as n from approvals a where a.status in ",
        vals![],
    );
    sql.list(running())
        .append(within(scope))
        .text(" group by a.definition, a.definition_version");
    if *scope == Scope::All {
        sql.text(" union all select definition, definition_version, count(*) as n from instances group by definition, definition_version
             union all select 'application', definition_version, count(*) as n from applications where process is not null group by definition_version");
    }
    let mut counts = BTreeMap::new();
    for row in conn.handle().rows::<OfVersion>(sql).await? {
        counts.insert((row.definition, row.definition_version.0), row.n);
    }
    Ok(counts)
}

#[derive(FromQueryResult)]
struct OfVersion {
    definition: String,
    definition_version: Col<i32>,
    n: i64,
}

/// At which steps the open tasks of tickets are whose process is of a version.
pub async fn tickets_standing(
    conn: &dyn Conn,
    (definition, version): (&str, i32),
) -> Result<Vec<Standing>, StoreError> {
    let sql = "select k.element, count(*) as cases from instances i join tasks k on k.case_id = i.ticket_id where i.definition = ? and i.definition_version = ? group by k.element order by k.element";
    let sql = Sql::new(sql, vals![definition, version]);
    conn.handle().rows(sql).await
}

/// Where the open cases of a version stand, in a scope.
pub async fn standing(
    conn: &dyn Conn,
    scope: &Scope,
    (definition, version): (&str, i32),
) -> Result<Vec<Standing>, StoreError> {
    let mut sql = Sql::new("select p.element, count(*) as cases from places p", vals![]);
    if *scope != Scope::All {
        sql.text(" join approvals a on a.id = p.case_id");
    }
    sql.push(
        " where p.definition = ? and p.definition_version = ?",
        vals![definition, version],
    )
    .append(within(scope))
    .text(" group by p.element order by p.element");
    conn.handle().rows(sql).await
}

/// Open cases of a version behind `after`, in order, each with its process: for counting where they would stand.
pub async fn states_of_version(
    conn: &dyn Conn,
    scope: &Scope,
    (definition, version): (&str, i32),
    (after, limit): (Option<CaseId>, u32),
) -> Result<Vec<(CaseId, Option<String>)>, StoreError> {
    let h = conn.handle();
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*row::COLUMNS).push(
        " from approvals a where a.definition = ? and a.definition_version = ? and a.status in ",
        vals![definition, version],
    );
    sql.list(running()).append(within(scope));
    if let Some(after) = after {
        sql.push(" and a.id > ?", vals![after]);
    }
    sql.push(" order by a.id limit ?", vals![limit]);
    let state = |found| {
        let (approval, _) = row::read(found, h.seal())?;
        Ok((approval.id.into(), approval.inside.state))
    };
    h.all(sql).await?.iter().map(state).collect()
}

/// Ids of open cases of a version behind `after`, in order.
pub async fn open_of_version(
    conn: &dyn Conn,
    scope: &Scope,
    (definition, version): (&str, i32),
    (after, limit): (Option<CaseId>, u32),
) -> Result<Vec<CaseId>, StoreError> {
    let mut sql = Sql::new(
        "select a.id from approvals a where a.definition = ? and a.definition_version = ? and a.status in ",
        vals![definition, version],
    );
    sql.list(running()).append(within(scope));
    if let Some(after) = after {
        sql.push(" and a.id > ?", vals![after]);
    }
    sql.push(" order by a.id limit ?", vals![limit]);
    let rows = conn.handle().rows::<Found>(sql).await?;
    Ok(rows.into_iter().map(|row| row.id.0.into()).collect())
}

/// Open incidents of a scope by definition.
pub async fn incident_counts(
    conn: &dyn Conn,
    scope: &Scope,
) -> Result<BTreeMap<String, i64>, StoreError> {
    let mut sql = Sql::new(
        "select i.definition, count(*) as n from incidents i",
        vals![],
    );
    if *scope != Scope::All {
        sql.text(" join approvals a on a.id = i.case_id");
    }
    sql.text(" where i.settled_at is null")
        .append(within(scope))
        .text(" group by i.definition");
    let mut counts = BTreeMap::new();
    for row in conn.handle().rows::<OfDefinition>(sql).await? {
        counts.insert(row.definition, row.n);
    }
    Ok(counts)
}

#[derive(FromQueryResult)]
struct OfDefinition {
    definition: String,
    n: i64,
}

/// Open incidents of a definition in a scope, oldest first, with id and number of their cases.
pub async fn incidents(
    conn: &dyn Conn,
    scope: &Scope,
    definition: &str,
    (after, limit): (Option<(Instant, ApprovalId, i32)>, u32),
) -> Result<Vec<(ApprovalId, String, i32, Incident)>, StoreError> {
    let mut sql = Sql::new("select a.id, a.approval_no, a.version, ", vals![]);
    sql.text(*incidents::NAMED).push(
        " from incidents k cross join approvals a where k.settled_at is null and k.definition = ? and a.id = k.case_id",
        vals![definition],
    )
    .append(within(scope));
    if let Some((at, approval, n)) = after {
        sql.push(
            " and (k.opened_at, k.case_id, k.n) > (?, ?, ?)",
            vals![at, approval, n],
        );
    }
    sql.push(
        " order by k.opened_at, k.case_id, k.n limit ?",
        vals![limit],
    );
    conn.handle()
        .all(sql)
        .await?
        .iter()
        .map(|found| {
            let of = Stopped::from_query_result(found, "")?;
            let incident = incidents::read(found)?;
            Ok((of.id.0, of.approval_no, of.version.0, incident))
        })
        .collect()
}

#[derive(FromQueryResult)]
struct Stopped {
    id: Col<ApprovalId>,
    approval_no: String,
    version: Col<i32>,
}
