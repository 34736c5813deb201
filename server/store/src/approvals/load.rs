//! Loading an approval inside a scope, with everything that is open of it, in a constant number of queries.
//! Not here: saving (`save`), lists (`list`).
//! Inside a write transaction on PostgreSQL the row is locked, so that two verbs on one approval follow each other.

use std::collections::BTreeMap;

use shared::ids::{ApprovalId, CaseId};

use super::reach::{Reach, reached};
use super::row;
use crate::database::Handle;
use crate::host::{events, hung};
use crate::record::{ApprovalCase, ApprovalEvent};
use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError};

/// An approval in somebody's reach; `None` outside of it.
pub async fn load(
    conn: &dyn Conn,
    reach: Reach<'_>,
    id: ApprovalId,
) -> Result<Option<ApprovalCase>, StoreError> {
    let mut condition = Sql::new(" where a.id = ?", vals![id]);
    condition.append(reached(reach));
    find(conn.handle(), condition).await
}

/// The id of an approval in somebody's reach by its number; `None` outside of it.
pub async fn id_of(
    conn: &dyn Conn,
    reach: Reach<'_>,
    approval_no: &str,
) -> Result<Option<ApprovalId>, StoreError> {
    let mut sql = Sql::new(
        "select a.id from approvals a where a.approval_no = ?",
        vals![approval_no],
    );
    sql.append(reached(reach));
    let found = conn.handle().one(sql).await?;
    found
        .map(|row| Ok(ApprovalId(Reader::new(&row).get()?)))
        .transpose()
}

/// Any approval, for jobs of the system itself; never on behalf of a person.
pub async fn load_unscoped(
    conn: &dyn Conn,
    id: ApprovalId,
) -> Result<Option<ApprovalCase>, StoreError> {
    find(conn.handle(), Sql::new(" where a.id = ?", vals![id])).await
}

async fn find(h: Handle<'_>, condition: Sql) -> Result<Option<ApprovalCase>, StoreError> {
    let mut sql = Sql::new("select ", vals![]);
    sql.text(row::COLUMNS)
        .text(" from approvals a")
        .append(condition);
    if h.locks_rows() {
        sql.text(" for update");
    }
    let Some(found) = h.one(sql).await? else {
        return Ok(None);
    };
    let mut case = ApprovalCase::of(row::read(&found, h.seal())?);
    let id = case.approval.id;
    let of = CaseId::from(id);
    case.hung = hung::of_case(h, of).await?;
    let papers = "select n, name, asked_at, due_at, supplied_at, note from approval_papers where approval_id = ? order by n";
    for found in h.all(Sql::new(papers, row::one(id))).await? {
        case.papers.push(row::read_paper(&mut Reader::new(&found))?);
    }
    places(h, &mut case).await?;
    Ok(Some(case))
}

async fn places(h: Handle<'_>, case: &mut ApprovalCase) -> Result<(), StoreError> {
    let approval = &case.approval;
    let steps = Sql::new(
        "select steps from approvals where id = ?",
        row::one(approval.id),
    );
    let Some(found) = h.one(steps).await? else {
        return Ok(());
    };
    let text: String = found.try_get_by_index(0)?;
    case.hung.places = serde_json::from_str::<BTreeMap<String, i64>>(&text)
        .map_err(|e| StoreError::Broken(e.into()))?;
    Ok(())
}

/// The history of an approval, oldest first. The caller has loaded it inside the scope.
pub async fn history(conn: &dyn Conn, id: ApprovalId) -> Result<Vec<ApprovalEvent>, StoreError> {
    events::of_case(conn, id.into()).await
}
