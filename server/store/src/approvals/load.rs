//! Loading an approval inside a scope, with everything that is open of it, in a constant number of queries.
//! Not here: saving (`save`), lists (`list`).
//! Inside a write transaction on PostgreSQL the row is locked, so that two verbs on one approval follow each other.

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder as _};
use shared::ids::{ApprovalId, CaseId};

use super::reach::{Reach, reached};
use super::row;
use crate::database::Handle;
use crate::entity::Col;
use crate::entity::approval::approval_paper;
use crate::host::{events, hung};
use crate::record::{ApprovalCase, ApprovalEvent};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Warrant};

/// An approval in somebody's reach; `None` outside of it.
pub async fn load(
    conn: &dyn Conn,
    reach: Reach<'_>,
    id: ApprovalId,
) -> Result<Option<ApprovalCase>, StoreError> {
    let mut condition = Sql::new(" where a.id = ?", vals![id]);
    condition.append(reached(reach));
    Box::pin(find(conn.handle(), condition)).await
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
    let found = conn.handle().row::<Found>(sql).await?;
    Ok(found.map(|row| row.id.0))
}

/// An approval of which only the id is asked for.
#[derive(FromQueryResult)]
pub(super) struct Found {
    pub(super) id: Col<ApprovalId>,
}

/// Any approval, for jobs of the system itself; never on behalf of a person.
pub async fn load_unscoped(
    conn: &dyn Conn,
    _: &Warrant,
    id: ApprovalId,
) -> Result<Option<ApprovalCase>, StoreError> {
    Box::pin(find(conn.handle(), Sql::new(" where a.id = ?", vals![id]))).await
}

async fn find(h: Handle<'_>, condition: Sql) -> Result<Option<ApprovalCase>, StoreError> {
    // Text: the scope is one, and the row is locked.
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*row::COLUMNS)
        .text(" from approvals a")
        .append(condition);
    if h.locks_rows() {
        sql.text(" for update");
    }
    let Some(found) = h.one(sql).await? else {
        return Ok(None);
    };
    let (approval, steps) = row::read(&found, h.seal())?;
    let id = approval.id;
    let of = CaseId::from(id);
    let papers = approval_paper::Entity::find()
        .filter(approval_paper::Column::ApprovalId.eq(Col(id)))
        .order_by_asc(approval_paper::Column::N);
    let mut hung = hung::of_case(h, of).await?;
    hung.places = serde_json::from_str(&steps).map_err(|e| StoreError::Broken(e.into()))?;
    Ok(Some(ApprovalCase {
        papers: h.records(papers).await?,
        hung,
        approval,
    }))
}

/// The history of an approval, oldest first. The caller has loaded it inside the scope.
pub async fn history(conn: &dyn Conn, id: ApprovalId) -> Result<Vec<ApprovalEvent>, StoreError> {
    events::of_case(conn, id.into()).await
}
