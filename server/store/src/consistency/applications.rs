//! The same check for applications: history gapless and as long as the case says, the status that it led to; one that waits has a process with
//! a task for somebody, or is ruled on by its ticket's process as before applications had their own; nothing is open of one that is decided.
//! Not here: tickets (`mod`), approvals (`approvals`, which looks for tasks of no case as well).
//! Text, read page by page in the order of ids.

use sea_orm::FromQueryResult;
use shared::application::ApplicationStatus;
use shared::ids::ApplicationId;
use shared::process::CaseKind;
use shared::process::mismatch::Mismatch;
use uuid::Uuid;

use super::{Findings, PAGE};
use crate::entity::Col;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// What is read of an application.
#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    status: Col<ApplicationStatus>,
    last_seq: i64,
    runs: bool,
    events: i64,
    newest: Option<i64>,
    told: Col<Option<ApplicationStatus>>,
    tasks: i64,
    /// Timers, calls and listeners.
    waits: i64,
    /// Tasks of its ticket that rule on it.
    elsewhere: i64,
}

/// Checks every application.
pub async fn applications(conn: &dyn Conn) -> Result<Findings, StoreError> {
    let mut found = Findings::default();
    let mut after = None;
    loop {
        after = page(conn, after, &mut found).await?;
        if after.is_none() {
            return Ok(found);
        }
    }
}

/// Checks a page of applications behind one; the last of them, or nothing at the end.
pub async fn page(
    conn: &dyn Conn,
    after: Option<ApplicationId>,
    found: &mut Findings,
) -> Result<Option<ApplicationId>, StoreError> {
    let sql = Sql::new(
        "select q.id, q.status, q.last_seq, q.process is not null as runs, (select count(*) from events e where e.case_id = q.id) as events,
             (select max(e.seq) from events e where e.case_id = q.id) as newest,
             (select e.to_state from events e where e.case_id = q.id order by e.seq desc limit 1) as told,
             (select count(*) from tasks k where k.case_id = q.id) as tasks,
             (select count(*) from timers t where t.case_id = q.id) + (select count(*) from calls c where c.case_id = q.id)
               + (select count(*) from listeners l where l.case_id = q.id) as waits,
             (select count(*) from tasks k where k.case_id = q.ticket_id and k.assignment_id = q.assignment_id and k.verbs = 'rule') as elsewhere
             from applications q where q.id > ? order by q.id limit ?",
        vals![after.map_or(Uuid::nil(), |id| id.0), PAGE],
    );
    let rows = conn.handle().rows::<Row>(sql).await?;
    let mut last = None;
    for row in &rows {
        judge(row, found);
        last = Some(ApplicationId(row.id));
    }
    Ok(last.filter(|_| rows.len() == PAGE))
}

fn judge(row: &Row, found: &mut Findings) {
    let (id, status, last) = (row.id, row.status.0, row.last_seq);
    let (events, newest) = (row.events, row.newest);
    found.cases += 1;
    if events == 0 || events != newest.unwrap_or(0) || last != events {
        let what = Mismatch::History {
            events,
            newest: newest.unwrap_or(0),
            counted: last,
        };
        found.add(CaseKind::Application, id, what);
    }
    if let Some(told) = row.told.0.filter(|told| *told != status) {
        let what = Mismatch::LastState {
            state: status.to_string(),
            told: told.to_string(),
        };
        found.add(CaseKind::Application, id, what);
    }
    let fits = match (status.is_open(), row.runs) {
        (true, true) => row.tasks + row.waits > 0,
        (true, false) => row.elsewhere > 0,
        (false, runs) => !runs && row.tasks + row.waits == 0,
    };
    if !fits {
        let what = Mismatch::Waits {
            state: status.to_string(),
            processes: i64::from(row.runs),
            tasks: row.tasks,
            waits: row.waits,
        };
        found.add(CaseKind::Application, id, what);
    }
}
