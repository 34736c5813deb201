//! Units' parts of tickets for which somebody is responsible, as long as they are open.
//! Not here: one's own list of them (`todo`), tasks that hang on a person (`host::held`).
//! Text: a walk along an index of its own, cut at the page.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use shared::calendar::Instant;
use shared::ids::{AssignmentId, UserId};

use crate::entity::Col;
use crate::sql::{Bind as _, Sql, vals};
use crate::{Conn, StoreError};

/// A part for which somebody is responsible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPart {
    /// The part.
    pub id: AssignmentId,
    /// Its version.
    pub version: i32,
    /// Code of its unit.
    pub unit: String,
    /// The unit's path.
    pub unit_path: String,
    /// Its deadline.
    pub due_at: Option<Instant>,
    /// Number of its ticket.
    pub ticket_no: String,
    /// Title of its ticket.
    pub title: String,
}

#[derive(FromQueryResult)]
struct Found {
    id: Col<AssignmentId>,
    version: Col<i32>,
    unit: String,
    unit_path: String,
    due_at: Col<Option<Instant>>,
    ticket_no: String,
    title: String,
}

/// The open parts for which somebody is responsible, the oldest ticket first.
pub async fn held_by(
    conn: &dyn Conn,
    user: UserId,
    limit: u32,
) -> Result<Vec<HeldPart>, StoreError> {
    let sql = Sql::new(
        "select a.id, a.version, a.unit, a.unit_path, a.due_at, t.ticket_no, t.title
         from assignments a join tickets t on t.id = a.ticket_id
         where a.responsible = ? and a.ended_at is null order by a.ticket_id, a.id limit ?",
        vals![user, limit],
    );
    let rows = conn.handle().rows::<Found>(sql).await?;
    let part = |row: Found| HeldPart {
        id: row.id.0,
        version: row.version.0,
        unit: row.unit,
        unit_path: row.unit_path,
        due_at: row.due_at.0,
        ticket_no: row.ticket_no,
        title: row.title,
    };
    Ok(rows.into_iter().map(part).collect())
}

#[derive(FromQueryResult)]
struct Named {
    id: Col<AssignmentId>,
    responsible: Col<UserId>,
    responsible_name: Option<String>,
}

/// Who answers for these parts, each with a name; parts for which nobody does are not there.
pub async fn of_parts(
    conn: &dyn Conn,
    parts: &[AssignmentId],
) -> Result<BTreeMap<AssignmentId, (UserId, String)>, StoreError> {
    if parts.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut sql = Sql::new(
        "select a.id, a.responsible, a.responsible_name from assignments a where a.responsible is not null and a.id in ",
        vals![],
    );
    sql.list(parts.iter().map(|id| id.bind()).collect());
    let rows = conn.handle().rows::<Named>(sql).await?;
    let named = |row: Named| {
        let name = row.responsible_name.unwrap_or_default();
        (row.id.0, (row.responsible.0, name))
    };
    Ok(rows.into_iter().map(named).collect())
}
