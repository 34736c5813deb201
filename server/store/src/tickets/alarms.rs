//! What waits too long (超时报警): tasks of the gate that are open longer than allowed, signing of emergencies past its limit, and
//! what rungs of the ladder give the centre to do, inside a scope.
//! Not here: which kinds there are (`shared::ladder`), whose task something is (`host::to_do`).
//! Text: each kind is one walk along the tasks of a role in the order of time left, cut at the page; the rest is looked at row by row.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _};
use shared::access::{Role, Scope};
use shared::calendar::Instant;
use shared::ids::{TicketId, UserId};
use shared::ladder::Alarm;
use shared::ticket::{TicketNo, Urgency, Verb};

use crate::entity::Col;
use crate::entity::trail::alarm_told;
use crate::scope::within;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

/// Rows that are asked for together.
const TOGETHER: usize = 500;
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

/// Something that waits too long, for whoever is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ringing {
    /// Its ticket.
    pub ticket: TicketId,
    /// The ticket's number.
    pub no: TicketNo,
    /// Where it lies.
    pub region: String,
    /// The task.
    pub task_no: i64,
    /// Since when it is open.
    pub opened_at: Instant,
}

#[derive(FromQueryResult)]
struct Rung {
    case_id: Col<TicketId>,
    ticket_no: Col<TicketNo>,
    region: String,
    task_no: i64,
    opened_at: Col<Instant>,
}

/// Everything of one kind wherever it lies, for the job that tells people; as many as are asked for.
pub async fn ringing(conn: &dyn Conn, wanted: &Wanted) -> Result<Vec<Ringing>, StoreError> {
    let h = conn.handle();
    let mut sql = Sql::new(
        "select k.case_id, t.ticket_no, t.region, k.task_no, k.opened_at",
        vals![],
    );
    sql.append(waiting(&Scope::All, wanted, h.is_sqlite()));
    sql.text(" order by k.due_key, k.case_id, k.task_no");
    sql.limit(wanted.limit);
    let rows = h.rows::<Rung>(sql).await?;
    let row = |row: Rung| Ringing {
        ticket: row.case_id.0,
        no: row.ticket_no.0,
        region: row.region,
        task_no: row.task_no,
        opened_at: row.opened_at.0,
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
    if wanted.alarm.is_duty() {
        let mut sql = Sql::new(
            " from ladder_duties k cross join tickets t where t.id = k.case_id and k.act = ?",
            vals![wanted.alarm.as_str()],
        );
        sql.append(within(scope).aside(sqlite));
        return sql;
    }
    let (role, verb) = match wanted.alarm {
        Alarm::Queue => (Role::Dispatcher, Verb::Dispatch),
        Alarm::Review => (Role::Supervisor, Verb::ReviewDispatch),
        // The others are no tasks (`is_duty`).
        Alarm::Sign | Alarm::Phone | Alarm::Order => (Role::UnitLiaison, Verb::Sign),
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

/// Notes what somebody is told of; `false` where he knew some of it, and then the caller's transaction must not stay.
pub async fn tell(
    tx: &Tx,
    person: UserId,
    (what, at): (&[String], Instant),
) -> Result<bool, StoreError> {
    for what in what {
        // Text: one statement decides who was first.
        let sql = Sql::new(
            "insert into alarms_told (person, what, at) values (?, ?, ?) on conflict (person, what) do nothing",
            vals![person, what.as_str(), at],
        );
        if tx.handle().run(sql).await? != 1 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What of this somebody was told of.
pub async fn known(
    conn: &dyn Conn,
    person: UserId,
    what: &[String],
) -> Result<BTreeSet<String>, StoreError> {
    let mut known = BTreeSet::new();
    for some in what.chunks(TOGETHER) {
        let rows = alarm_told::Entity::find()
            .filter(alarm_told::Column::Person.eq(Col(person)))
            .filter(alarm_told::Column::What.is_in(some.iter().cloned()));
        let rows = conn.handle().find(rows).await?;
        known.extend(rows.into_iter().map(|row| row.what));
    }
    Ok(known)
}

/// Forgets what people were told of before then.
pub async fn forget(tx: &Tx, before: Instant) -> Result<u64, StoreError> {
    let old = alarm_told::Entity::delete_many().filter(alarm_told::Column::At.lt(Col(before)));
    tx.handle().change(&old).await
}
