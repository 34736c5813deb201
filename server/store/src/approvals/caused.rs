//! Approvals that a case's message or signal started, for whom the case is about.
//! Not here: what they hold (`load`).
//! Text: along the index of what was caused.

use sea_orm::FromQueryResult;
use shared::approval::ApprovalStatus;
use shared::calendar::Instant;
use shared::ids::{ApprovalId, CaseId};

use crate::entity::Col;
use crate::sql::{Bind as _, Sql, vals};
use crate::{Conn, StoreError};

/// An approval that a case started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caused {
    pub id: ApprovalId,
    /// The case that started it.
    pub by: CaseId,
    pub approval_no: String,
    pub status: ApprovalStatus,
    pub started_at: Instant,
    /// When the people in it were erased.
    pub erased_at: Option<Instant>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Col<ApprovalId>,
    caused_by: Col<CaseId>,
    approval_no: String,
    status: Col<ApprovalStatus>,
    started_at: Col<Instant>,
    erased_at: Col<Option<Instant>>,
}

/// Those that some cases started, the newest first.
pub async fn caused_by(conn: &dyn Conn, cases: &[CaseId]) -> Result<Vec<Caused>, StoreError> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "select a.id, a.caused_by, a.approval_no, a.status, a.started_at, a.erased_at from approvals a
         where a.caused_by is not null and a.caused_by in ",
        vals![],
    );
    sql.list(cases.iter().map(|case| case.bind()).collect());
    sql.text(" order by a.started_at desc, a.id");
    let rows = conn.handle().rows::<Row>(sql).await?;
    let read = |row: Row| Caused {
        id: row.id.0,
        by: row.caused_by.0,
        approval_no: row.approval_no,
        status: row.status.0,
        started_at: row.started_at.0,
        erased_at: row.erased_at.0,
    };
    Ok(rows.into_iter().map(read).collect())
}
