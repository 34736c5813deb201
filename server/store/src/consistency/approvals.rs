//! The same check for approvals: history gapless and as long as the case says, the status that it led to, nothing left open in a case that has
//! ended; and tasks of no case at all.
//! Not here: tickets (`mod`), what the engine's state says (services).
//! Texts, read page by page in the order of ids.

use sea_orm::FromQueryResult;
use shared::approval::ApprovalStatus;
use shared::ids::ApprovalId;
use uuid::Uuid;

use super::{MOST, PAGE};
use crate::entity::Col;
use crate::sql::{Sql, only, vals};
use crate::{Conn, StoreError};

/// The result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApprovalFindings {
    /// Approvals looked at.
    pub approvals: i64,
    /// How many things do not fit.
    pub count: i64,
    /// The first of them, in words for administrators.
    pub first: Vec<String>,
}

impl ApprovalFindings {
    fn add(&mut self, rule: &str, id: Uuid, words: &str) {
        self.count += 1;
        if self.first.len() < MOST {
            self.first.push(format!("{rule} approval {id}: {words}"));
        }
    }
}

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
pub async fn approvals(conn: &dyn Conn) -> Result<ApprovalFindings, StoreError> {
    let mut found = ApprovalFindings::default();
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
    found: &mut ApprovalFindings,
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

fn judge(row: &Row, found: &mut ApprovalFindings) -> ApprovalId {
    let (id, status, last) = (row.id, row.status.0, row.last_seq);
    let (events, newest) = (row.events, row.newest);
    // Lines of before the states were kept have none.
    let told = row.told.0;
    let (tasks, timers) = (row.tasks, row.waits);
    found.approvals += 1;
    if events != newest.unwrap_or(0) || last != newest.unwrap_or(0) || events == 0 {
        let words = format!("{events} events, the last is {newest:?}, it counts {last}");
        found.add("history", id, &words);
    }
    if let Some(told) = told.filter(|told| *told != status) {
        let words = format!("status {status} but the last event says {told}");
        found.add("state", id, &words);
    }
    let is_open = matches!(
        status,
        ApprovalStatus::Running | ApprovalStatus::Correcting | ApprovalStatus::Suspended
    );
    if !is_open && tasks + timers > 0 {
        let words =
            format!("it has ended with {tasks} tasks and {timers} timers, calls and listeners");
        found.add("process", id, &words);
    }
    ApprovalId(id)
}

/// Open tasks of no case: the table serves every kind, so no foreign key forbids them.
async fn strays(conn: &dyn Conn, found: &mut ApprovalFindings) -> Result<(), StoreError> {
    let sql = Sql::new(
        "select k.case_id from tasks k where not exists (select 1 from tickets t where t.id = k.case_id)
         and not exists (select 1 from approvals a where a.id = k.case_id)
         and not exists (select 1 from applications q where q.id = k.case_id) order by k.case_id limit ?",
        vals![MOST],
    );
    for row in &conn.handle().all(sql).await? {
        let case = only(row)?;
        found.add("stray", case, "a task is open, and there is no such case");
    }
    Ok(())
}
