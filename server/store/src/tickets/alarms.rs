//! What waits too long (超时报警): tasks of the gate that are open longer than allowed, and signing of emergencies past its limit, inside a scope.
//! Not here: which kinds there are (`shared::ladder`), whose task something is (`host::to_do`).
//! Text: each kind is one walk along the tasks of a role in the order of time left, cut at the page; the rest is looked at row by row.

use sea_orm::FromQueryResult;
use shared::access::{Role, Scope};
use shared::calendar::Instant;
use shared::ids::TicketId;
use shared::ladder::Alarm;
use shared::ticket::{Urgency, Verb};

use crate::entity::Col;
use crate::scope::within;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// Counts stop here.
const MOST: i64 = 100;

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The kind.
    pub alarm: Alarm,
    /// The present.
    pub now: Instant,
    /// What was opened before that waits too long.
    pub opened: Instant,
    /// Behind this place: deadline, ticket and task.
    pub after: Option<(i64, TicketId, i64)>,
    /// How many at most.
    pub limit: usize,
}

/// Something that waits too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarmed {
    /// Its ticket.
    pub ticket: TicketId,
    /// The task.
    pub task_no: i64,
    /// Its deadline, or the end of time.
    pub due_key: i64,
    /// Since when it is open.
    pub opened_at: Instant,
    /// The unit whose it is.
    pub unit: Option<String>,
}

#[derive(FromQueryResult)]
struct Found {
    case_id: Col<TicketId>,
    task_no: i64,
    due_key: i64,
    opened_at: Col<Instant>,
    unit: Option<String>,
}

/// A page of one kind, what is due first before the rest.
pub async fn list(
    conn: &dyn Conn,
    scope: &Scope,
    wanted: &Wanted,
) -> Result<Vec<Alarmed>, StoreError> {
    let h = conn.handle();
    let mut sql = Sql::new(
        "select k.case_id, k.task_no, k.due_key, k.opened_at, k.unit",
        vals![],
    );
    sql.append(waiting(scope, wanted, h.is_sqlite()));
    if let Some((due, ticket, task)) = wanted.after {
        sql.push(
            " and (k.due_key, k.case_id, k.task_no) > (?, ?, ?)",
            vals![due, ticket, task],
        );
    }
    sql.text(" order by k.due_key, k.case_id, k.task_no");
    sql.limit(wanted.limit);
    let rows = h.rows::<Found>(sql).await?;
    let row = |row: Found| Alarmed {
        ticket: row.case_id.0,
        task_no: row.task_no,
        due_key: row.due_key,
        opened_at: row.opened_at.0,
        unit: row.unit,
    };
    Ok(rows.into_iter().map(row).collect())
}

/// How many there are of one kind, counted up to 100.
pub async fn count(conn: &dyn Conn, scope: &Scope, wanted: &Wanted) -> Result<i64, StoreError> {
    let h = conn.handle();
    let mut sql = Sql::new("select count(*) from (select k.task_no", vals![]);
    sql.append(waiting(scope, wanted, h.is_sqlite()));
    sql.push(" limit ?) x", vals![MOST]);
    h.number(sql).await
}

fn waiting(scope: &Scope, wanted: &Wanted, sqlite: bool) -> Sql {
    let (role, verb) = match wanted.alarm {
        Alarm::Queue => (Role::Dispatcher, Verb::Dispatch),
        Alarm::Review => (Role::Supervisor, Verb::ReviewDispatch),
        Alarm::Sign => (Role::UnitLiaison, Verb::Sign),
    };
    let mut sql = Sql::new(
        " from tasks k cross join tickets t where t.id = k.case_id and k.case_kind = 'T' and k.active and k.assignee is null and k.role = ?",
        vals![role],
    );
    let mut aside = Sql::new(
        " and (' ' || k.verbs || ' ') like ?",
        vals![format!("% {} %", verb.as_str())],
    );
    if wanted.alarm == Alarm::Sign {
        sql.push(" and k.due_key < ?", vals![wanted.now]);
        aside.push(" and t.urgency = ?", vals![Urgency::Critical]);
    } else {
        aside.push(" and k.opened_at < ?", vals![wanted.opened]);
    }
    aside.append(within(scope));
    sql.append(aside.aside(sqlite));
    sql
}
