//! The same check for approvals: history gapless and as long as the case says, the status that it led to, nothing left open in a case that has
//! ended; and tasks of no case at all.
//! Not here: tickets (`mod`), what the engine's state says (services).
//! Texts, read page by page in the order of ids.

use sea_orm::FromQueryResult;
use shared::approval::ApprovalStatus;
use shared::ids::ApprovalId;
use shared::process::CaseKind;
use shared::process::mismatch::Mismatch;
use uuid::Uuid;

use super::{Findings, MOST, PAGE};
use crate::entity::Col;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// What is read of an approval.
#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    status: Col<ApprovalStatus>,
    last_seq: i64,
    events: i64,
    newest: Option<i64>,
    told: Col<Option<ApprovalStatus>>,
    tasks: i64,
    /// Timers, calls and listeners.
    waits: i64,
}

/// Checks every approval.
pub async fn approvals(conn: &dyn Conn) -> Result<Findings, StoreError> {
    let mut found = Findings::default();
    let mut after = None;
    loop {
        after = page(conn, after, &mut found).await?;
        if after.is_none() {
            return Ok(found);
        }
    }
}

/// Checks a page of approvals behind one; the last of them, or nothing at the end. The last page looks for what belongs to no case as well.
pub async fn page(
    conn: &dyn Conn,
    after: Option<ApprovalId>,
    found: &mut Findings,
) -> Result<Option<ApprovalId>, StoreError> {
    let sql = Sql::new(
        "select a.id, a.status, a.last_seq, (select count(*) from events e where e.case_id = a.id) as events,
             (select max(e.seq) from events e where e.case_id = a.id) as newest,
             (select e.to_state from events e where e.case_id = a.id order by e.seq desc limit 1) as told,
             (select count(*) from tasks k where k.case_id = a.id and k.active) as tasks,
             (select count(*) from timers t where t.case_id = a.id and t.due_at is not null)
               + (select count(*) from calls c where c.case_id = a.id) + (select count(*) from listeners l where l.case_id = a.id) as waits
             from approvals a where a.id > ? order by a.id limit ?",
        vals![after.map_or(Uuid::nil(), |id| id.0), PAGE],
    );
    let rows = conn.handle().rows::<Row>(sql).await?;
    let mut last = None;
    for row in &rows {
        last = Some(judge(row, found));
    }
    if rows.len() < PAGE {
        strays(conn, found).await?;
        return Ok(None);
    }
    Ok(last)
}

fn judge(row: &Row, found: &mut Findings) -> ApprovalId {
    let (id, status, last) = (row.id, row.status.0, row.last_seq);
    let (events, newest) = (row.events, row.newest);
    // Lines of before the states were kept have none.
    let told = row.told.0;
    let (tasks, timers) = (row.tasks, row.waits);
    found.cases += 1;
    if events != newest.unwrap_or(0) || last != newest.unwrap_or(0) || events == 0 {
        let what = Mismatch::History {
            events,
            newest: newest.unwrap_or(0),
            counted: last,
        };
        found.add(CaseKind::Approval, id, what);
    }
    if let Some(told) = told.filter(|told| *told != status) {
        let what = Mismatch::LastState {
            state: status.to_string(),
            told: told.to_string(),
        };
        found.add(CaseKind::Approval, id, what);
    }
    let is_open = matches!(
        status,
        ApprovalStatus::Running | ApprovalStatus::Correcting | ApprovalStatus::Suspended
    );
    if !is_open && tasks + timers > 0 {
        let what = Mismatch::StillWaits {
            state: status.to_string(),
            tasks,
            waits: timers,
        };
        found.add(CaseKind::Approval, id, what);
    }
    ApprovalId(id)
}

/// What is read of a task of no case.
#[derive(FromQueryResult)]
struct Stray {
    case_id: Uuid,
    case_kind: Col<CaseKind>,
}

/// Open tasks of no case: the table serves every kind, so no foreign key forbids them.
async fn strays(conn: &dyn Conn, found: &mut Findings) -> Result<(), StoreError> {
    let sql = Sql::new(
        "select k.case_id, k.case_kind from tasks k where not exists (select 1 from tickets t where t.id = k.case_id)
         and not exists (select 1 from approvals a where a.id = k.case_id)
         and not exists (select 1 from applications q where q.id = k.case_id) order by k.case_id limit ?",
        vals![MOST],
    );
    for stray in conn.handle().rows::<Stray>(sql).await? {
        found.add(stray.case_kind.0, stray.case_id, Mismatch::Stray);
    }
    Ok(())
}
