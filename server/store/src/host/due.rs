//! What is due: timers whose time has come and services to be called, oldest first.
//! Not here: ringing and calling (services).
//! Text: both are walks along one index, cut at the page. A timer rings in the transaction that takes its row away, so two servers ring it once; a call is claimed before it is made.

use sea_orm::FromQueryResult;
use shared::calendar::Instant;
use shared::ids::CaseId;

use crate::entity::Col;
use crate::record::CaseKind;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

/// No call waits or is claimed for longer, in milliseconds. What lies behind was written while the clock was ahead, and is due now.
const FARTHEST: i64 = 24 * 3_600_000;

fn farthest(now: Instant) -> Instant {
    Instant(now.0.saturating_add(FARTHEST))
}

/// A timer whose time has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimerDue {
    pub case: CaseId,
    pub kind: CaseKind,
    pub timer_no: i64,
    pub due_at: Instant,
}

/// A service to be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallDue {
    pub case: CaseId,
    pub kind: CaseKind,
    pub task_no: i64,
    pub service: String,
}

#[derive(FromQueryResult)]
struct TimerRow {
    case_id: Col<CaseId>,
    case_kind: Col<CaseKind>,
    timer_no: i64,
    due_at: Col<Instant>,
}

#[derive(FromQueryResult)]
struct CallRow {
    case_id: Col<CaseId>,
    case_kind: Col<CaseKind>,
    task_no: i64,
    service: String,
}

/// Timers that are due, in the order of their times.
pub async fn timers_due(
    conn: &dyn Conn,
    now: Instant,
    limit: u32,
) -> Result<Vec<TimerDue>, StoreError> {
    let sql = Sql::new(
        "select case_id, case_kind, timer_no, due_at from timers where due_at is not null and due_at <= ? order by due_at, case_id, timer_no limit ?",
        vals![now, limit],
    );
    let rows = conn.handle().rows::<TimerRow>(sql).await?;
    let due = |row: TimerRow| TimerDue {
        case: row.case_id.0,
        kind: row.case_kind.0,
        timer_no: row.timer_no,
        due_at: row.due_at.0,
    };
    Ok(rows.into_iter().map(due).collect())
}

/// Services to be called that nobody has claimed, oldest first.
pub async fn calls_due(
    conn: &dyn Conn,
    now: Instant,
    limit: u32,
) -> Result<Vec<CallDue>, StoreError> {
    let sql = Sql::new(
        "select case_id, case_kind, task_no, service from calls where next_try_at is not null and (next_try_at <= ? or next_try_at > ?) and (claimed_until <= ? or claimed_until > ?)
         order by next_try_at, case_id, task_no limit ?",
        vals![now, farthest(now), now, farthest(now), limit],
    );
    let rows = conn.handle().rows::<CallRow>(sql).await?;
    let due = |row: CallRow| CallDue {
        case: row.case_id.0,
        kind: row.case_kind.0,
        task_no: row.task_no,
        service: row.service,
    };
    Ok(rows.into_iter().map(due).collect())
}

/// Takes a call for a while; false when another server has it, or it is over.
pub async fn claim_call(
    tx: &Tx,
    call: &CallDue,
    now: Instant,
    until: Instant,
) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "update calls set claimed_until = ? where case_id = ? and task_no = ? and next_try_at is not null and (next_try_at <= ? or next_try_at > ?) and (claimed_until <= ? or claimed_until > ?)",
        vals![
            until,
            call.case,
            call.task_no,
            now,
            farthest(now),
            now,
            farthest(now)
        ],
    );
    Ok(tx.handle().run(sql).await? == 1)
}
