//! Running tickets by the version of their process, inside a scope, for whoever moves them to another one.
//! Not here: moving (services), how each stood before (`host::migrations`).
//! Texts: the scope is one. Processes are read along the index of definitions; tickets only where the scope asks for them.

use sea_orm::FromQueryResult;
use shared::access::Scope;
use shared::ids::CaseId;

use crate::entity::Col;
use crate::scope::reaches;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// Ids of running tickets of a version behind `after`, in order.
pub async fn open_of_version(
    conn: &dyn Conn,
    scope: &Scope,
    version: (&str, i32),
    page: (Option<CaseId>, u32),
) -> Result<Vec<CaseId>, StoreError> {
    let sql = of_version("select i.ticket_id as id", scope, version, page);
    let rows = conn.handle().rows::<Found>(sql).await?;
    Ok(rows.into_iter().map(|row| row.id.0).collect())
}

/// The same, each with its process: for counting where they would stand.
pub async fn states_of_version(
    conn: &dyn Conn,
    scope: &Scope,
    version: (&str, i32),
    page: (Option<CaseId>, u32),
) -> Result<Vec<(CaseId, Option<String>)>, StoreError> {
    let head = "select i.ticket_id as id, i.state as state";
    let sql = of_version(head, scope, version, page);
    let rows = conn.handle().rows::<Standing>(sql).await?;
    let both = |row: Standing| (row.id.0, Some(row.state));
    Ok(rows.into_iter().map(both).collect())
}

fn of_version(
    head: &'static str,
    scope: &Scope,
    (definition, version): (&str, i32),
    (after, limit): (Option<CaseId>, u32),
) -> Sql {
    let mut sql = Sql::new(head, vals![]);
    sql.text(" from instances i");
    if *scope != Scope::All {
        sql.text(" join tickets t on t.id = i.ticket_id");
    }
    sql.push(
        " where i.definition = ? and i.definition_version = ?",
        vals![definition, version],
    )
    .append(reaches(scope));
    if let Some(after) = after {
        sql.push(" and i.ticket_id > ?", vals![after]);
    }
    sql.push(" order by i.ticket_id limit ?", vals![limit]);
    sql
}

#[derive(FromQueryResult)]
struct Found {
    id: Col<CaseId>,
}

#[derive(FromQueryResult)]
struct Standing {
    id: Col<CaseId>,
    state: String,
}
