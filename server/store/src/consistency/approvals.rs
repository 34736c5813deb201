//! The same check for approvals: history gapless and as long as the case says, the status that it led to, nothing left open in a case that has
//! ended; and tasks of no case at all.
//! Not here: tickets (`mod`), what the engine's state says (services).
//! Read page by page in the order of ids.

use sea_orm::QueryResult;
use shared::approval::ApprovalStatus;
use shared::ids::ApprovalId;
use uuid::Uuid;

use super::{MOST, PAGE};
use crate::sql::{Reader, Sql, vals};
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
        "select a.id, a.status, a.last_seq, (select count(*) from events e where e.case_id = a.id),
             (select max(e.seq) from events e where e.case_id = a.id),
             (select e.to_state from events e where e.case_id = a.id order by e.seq desc limit 1),
             (select count(*) from tasks k where k.case_id = a.id and k.active),
             (select count(*) from timers t where t.case_id = a.id and t.due_at is not null)
               + (select count(*) from calls c where c.case_id = a.id) + (select count(*) from listeners l where l.case_id = a.id)
             from approvals a where a.id > ? order by a.id limit ?",
        vals![after.map_or(Uuid::nil(), |id| id.0), PAGE],
    );
    let rows = conn.handle().all(sql).await?;
    let mut last = None;
    for row in &rows {
        last = Some(judge(row, found)?);
    }
    if rows.len() < PAGE {
        strays(conn, found).await?;
        return Ok(None);
    }
    Ok(last)
}

fn judge(row: &QueryResult, found: &mut ApprovalFindings) -> Result<ApprovalId, StoreError> {
    let mut r = Reader::new(row);
    let (id, status, last): (Uuid, ApprovalStatus, i64) = (r.get()?, r.code()?, r.get()?);
    let (events, newest): (i64, Option<i64>) = (r.get()?, r.get()?);
    // Lines of before the states were kept have none.
    let told: Option<ApprovalStatus> = r.opt_code()?;
    let (tasks, timers): (i64, i64) = (r.get()?, r.get()?);
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
    Ok(ApprovalId(id))
}

/// Open tasks of no case: the table serves every kind, so no foreign key forbids them.
async fn strays(conn: &dyn Conn, found: &mut ApprovalFindings) -> Result<(), StoreError> {
    let sql = Sql::new(
        "select k.case_id from tasks k where not exists (select 1 from tickets t where t.id = k.case_id)
         and not exists (select 1 from approvals a where a.id = k.case_id) order by k.case_id limit ?",
        vals![MOST],
    );
    for row in &conn.handle().all(sql).await? {
        found.add(
            "stray",
            Reader::new(row).get()?,
            "a task is open, and there is no such case",
        );
    }
    Ok(())
}
