//! Tasks of approvals whose deadline is near, for who is told of it.
//! Not here: to-do lists (`host::to_do`), telling (services).
//! Text: one walk along the index of warnings, beside the head and those who may take the task.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use shared::access::Role;
use shared::calendar::Instant;
use shared::ids::{ApprovalId, UserId};

use crate::entity::Col;
use crate::record::CaseKind;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// A task that warns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warned {
    /// The case.
    pub approval: ApprovalId,
    /// Its number.
    pub number: String,
    /// Its division.
    pub region: String,
    /// Since when it warns.
    pub at: Instant,
    /// Whose it is.
    pub assignee: Option<UserId>,
    /// Who may take it.
    pub candidates: Vec<UserId>,
    /// The role whose task it is.
    pub role: Option<Role>,
    /// And at which unit.
    pub unit: Option<String>,
}

#[derive(FromQueryResult)]
struct Found {
    case_id: Col<ApprovalId>,
    task_no: i64,
    part: i64,
    approval_no: String,
    region: String,
    warn_at: Col<Instant>,
    assignee: Col<Option<UserId>>,
    role: Col<Option<Role>>,
    unit: Option<String>,
    candidate: Col<Option<UserId>>,
}

/// Active tasks that have begun to warn behind one instant and up to another, the earliest first, at most so many.
pub async fn warned(
    conn: &dyn Conn,
    (from, to): (Instant, Instant),
    limit: u32,
) -> Result<Vec<Warned>, StoreError> {
    let sql = Sql::new(
        "select k.case_id, k.task_no, k.part, a.approval_no, a.region, k.warn_at, k.assignee, k.role, k.unit, c.user_id as candidate
         from (select case_id, task_no, part, warn_at, assignee, role, unit from tasks
               where case_kind = ? and active and warn_at is not null and warn_at > ? and warn_at <= ? order by warn_at, case_id, task_no, part limit ?) k
         join approvals a on a.id = k.case_id
         left join task_candidates c on k.part = 0 and k.assignee is null and c.case_id = k.case_id and c.task_no = k.task_no
         order by k.warn_at, k.case_id, k.task_no, k.part, c.user_id",
        vals![CaseKind::Approval, from, to, limit],
    );
    let mut all: Vec<Warned> = Vec::new();
    let mut place: BTreeMap<(ApprovalId, i64, i64), usize> = BTreeMap::new();
    for row in conn.handle().rows::<Found>(sql).await? {
        let key = (row.case_id.0, row.task_no, row.part);
        let at = *place.entry(key).or_insert_with(|| {
            all.push(Warned {
                approval: row.case_id.0,
                number: row.approval_no.clone(),
                region: row.region.clone(),
                at: row.warn_at.0,
                assignee: row.assignee.0,
                candidates: Vec::new(),
                role: row.role.0,
                unit: row.unit.clone(),
            });
            all.len() - 1
        });
        if let Some(known) = all.get_mut(at) {
            known.candidates.extend(row.candidate.0);
        }
    }
    Ok(all)
}
