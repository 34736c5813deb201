//! Provisional deadlines: clocks that were computed without a year's notice, and moving them once when it comes.
//! Not here: computing (`shared::calendar`), when (services).
//! A page holds all provisional clocks of its tickets, so that the last ticket's id is the next page's begin.

use shared::calendar::{Due, Instant};
use shared::ids::{AssignmentId, TicketId};
use shared::process::limit::Stage;
use shared::ticket::LimitUnit;
use uuid::Uuid;

use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// A clock of an open ticket whose deadline is provisional.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provisional {
    /// The ticket.
    pub ticket_id: TicketId,
    /// The assignment; `None` for the ticket's own clock.
    pub assignment_id: Option<AssignmentId>,
    /// When the clock began.
    pub from: Instant,
    /// The deadline now.
    pub due_at: Option<Instant>,
    /// Row of the limit table.
    pub limit_rule: Option<i64>,
    /// How many.
    pub limit_value: Option<i32>,
    /// Of what.
    pub limit_unit: Option<LimitUnit>,
}

/// Provisional clocks of the next tickets behind `after`, in the order of ids.
pub async fn provisional(
    conn: &dyn Conn,
    after: Option<TicketId>,
    limit: u32,
) -> Result<Vec<Provisional>, StoreError> {
    let after = after.map_or(Uuid::nil(), |id| id.0);
    let h = conn.handle();
    let mut sql = Sql::new(
        "with p as (select id from tickets where provisional and is_open and id > ?
           union select a.ticket_id from assignments a join tickets o on o.id = a.ticket_id
           where a.provisional and o.is_open and a.ended_at is null and a.ticket_id > ? order by 1 limit ?)
         select t.id, "
        , vals![after, after, limit],
    );
    sql.text(if h.is_sqlite() {
        "null"
    } else {
        "cast(null as uuid)"
    });
    sql.text(
        ", coalesce((select max(c.at) from clock_entries c where c.case_id = t.id and c.assignment_id is null and c.kind = 'start'),
           t.accepted_at), t.due_at, t.limit_rule, t.limit_value, t.limit_unit from p join tickets t on t.id = p.id where t.provisional
         union all select a.ticket_id, a.id, a.dispatched_at, a.due_at, a.limit_rule, a.limit_value, a.limit_unit from p join assignments a on a.ticket_id = p.id
           where a.provisional and a.ended_at is null order by 1",
    );
    h.all(sql).await?.iter().map(read).collect()
}

fn read(row: &sea_orm::QueryResult) -> Result<Provisional, StoreError> {
    let mut r = Reader::new(row);
    Ok(Provisional {
        ticket_id: TicketId(r.get()?),
        assignment_id: r.get::<Option<Uuid>>()?.map(AssignmentId),
        from: r.at()?,
        due_at: r.opt_at()?,
        limit_rule: r.get()?,
        limit_value: r.opt_int()?,
        limit_unit: r.opt_code()?,
    })
}

/// Sets the final deadline of a clock, of the tasks that show it and the timers that ring at it; false when a verb has changed the clock in the meantime.
pub async fn move_deadline(tx: &Tx, clock: &Provisional, due: Due) -> Result<bool, StoreError> {
    let h = tx.handle();
    let seen = crate::feed::Seen::of(tx, clock.ticket_id).await?;
    let set = match clock.assignment_id {
        None => Sql::new(
            "update tickets set due_at = ?, warn_at = ?, provisional = ? where id = ? and provisional and due_at = ?",
            vals![
                due.at,
                due.warn_at,
                due.provisional,
                clock.ticket_id,
                clock.due_at
            ],
        ),
        Some(id) => Sql::new(
            "update assignments set due_at = ?, warn_at = ?, provisional = ? where id = ? and provisional and due_at = ?",
            vals![due.at, due.warn_at, due.provisional, id, clock.due_at],
        ),
    };
    if h.run(set).await? != 1 {
        return Ok(false);
    }
    let mut tasks = Sql::new(
        "update tasks set due_at = ?, due_key = ?, warn_at = ?, provisional = ? where case_id = ? and provisional and due_at = ?",
        vals![
            due.at,
            due.at,
            due.warn_at,
            due.provisional,
            clock.ticket_id,
            clock.due_at
        ],
    );
    if let Some(id) = clock.assignment_id {
        tasks.push(" and assignment_id = ?", vals![id]);
        h.run(Sql::new(
            "update tickets set lead_due_at = ? where id = ? and lead_due_at = ?",
            vals![due.at, clock.ticket_id, clock.due_at],
        ))
        .await?;
    } else {
        tasks.text(" and assignment_id is null");
    }
    h.run(tasks).await?;
    let mut timers = Sql::new(
        "update timers set due_at = ? where case_id = ? and due_at = ?",
        vals![due.at, clock.ticket_id, clock.due_at],
    );
    match clock.assignment_id {
        Some(id) => timers.push(
            " and assignment_id = ? and stage = ?",
            vals![id, Stage::Handle],
        ),
        None => timers.push(
            " and assignment_id is null and stage = ?",
            vals![Stage::Ticket],
        ),
    };
    h.run(timers).await?;
    seen.recomputed(tx).await?;
    Ok(true)
}
