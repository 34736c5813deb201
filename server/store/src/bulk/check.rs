//! What the consistency check after a bulk run reads: tickets of a batch with what can be counted again.
//! Not here: counting again (`services::consistency`).
//! Reads by keyset, so that a million tickets need no memory.

use shared::calendar::Instant;
use shared::ids::{BatchId, TicketId};
use shared::process::limit::Limit;
use shared::ticket::{AssignmentStatus, Channel, RequestKind, TicketState, Urgency};
use uuid::Uuid;

use crate::sql::{Bind as _, Reader, Sql, vals};
use crate::{Conn, StoreError};

/// A ticket with what depends on it.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedTicket {
    pub id: TicketId,
    pub state: TicketState,
    pub kind: RequestKind,
    pub channel: Channel,
    pub category: Option<String>,
    pub urgency: Urgency,
    pub region: String,
    pub cycle_no: i32,
    pub due_at: Option<Instant>,
    pub limit: Option<Limit>,
    /// When the clock began, by its ledger.
    pub clock_from: Option<Instant>,
    /// Events there are, and the highest sequence.
    pub events: i64,
    pub last_seq: i64,
    /// State that the last event led to.
    pub last_state: Option<TicketState>,
    pub has_instance: bool,
    pub open_tasks: i64,
}

/// An assignment's clock and status.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedAssignment {
    pub ticket_id: TicketId,
    pub cycle_no: i32,
    pub status: AssignmentStatus,
    pub dispatched_at: Instant,
    pub due_at: Option<Instant>,
    pub limit: Option<Limit>,
}

/// The next tickets of a batch after an id.
pub async fn checked(conn: &dyn Conn, batch: BatchId, after: Option<TicketId>, limit: u32) -> Result<Vec<CheckedTicket>, StoreError> {
    let sql = Sql::new(
        "select t.id, t.state, t.kind, t.channel, t.category, t.urgency, t.region, t.cycle_no, t.due_at, t.limit_value, t.limit_unit,
         (select min(c.at) from clock_entries c where c.ticket_id = t.id and c.assignment_id is null and c.kind = 'start'),
         (select count(*) from events e where e.ticket_id = t.id), (select coalesce(max(e.seq), 0) from events e where e.ticket_id = t.id),
         (select e.to_state from events e where e.ticket_id = t.id order by e.seq desc limit 1),
         (select count(*) from instances i where i.ticket_id = t.id), (select count(*) from tasks k where k.ticket_id = t.id)
         from tickets t where t.batch_id = ? and t.id > ? order by t.id limit ?",
        vals![batch, after.map_or(Uuid::nil(), |id| id.0), limit],
    );
    let rows = conn.handle().all(sql).await?;
    rows.iter()
        .map(|row| {
            let mut r = Reader::new(row);
            Ok(CheckedTicket {
                id: TicketId(r.get()?),
                state: r.code()?,
                kind: r.code()?,
                channel: r.code()?,
                category: r.get()?,
                urgency: r.code()?,
                region: r.get()?,
                cycle_no: r.int()?,
                due_at: r.opt_at()?,
                limit: limit_of(&mut r)?,
                clock_from: r.opt_at()?,
                events: r.get()?,
                last_seq: r.get()?,
                last_state: r.opt_code()?,
                has_instance: r.get::<i64>()? > 0,
                open_tasks: r.get()?,
            })
        })
        .collect()
}

/// The assignments of some tickets.
pub async fn assignments(conn: &dyn Conn, tickets: &[TicketId]) -> Result<Vec<CheckedAssignment>, StoreError> {
    let mut sql = Sql::new("select ticket_id, cycle_no, status, dispatched_at, due_at, limit_value, limit_unit from assignments where ticket_id in ", vals![]);
    sql.list(tickets.iter().map(|id| id.bind()).collect());
    let rows = conn.handle().all(sql).await?;
    rows.iter()
        .map(|row| {
            let mut r = Reader::new(row);
            Ok(CheckedAssignment {
                ticket_id: TicketId(r.get()?),
                cycle_no: r.int()?,
                status: r.code()?,
                dispatched_at: r.at()?,
                due_at: r.opt_at()?,
                limit: limit_of(&mut r)?,
            })
        })
        .collect()
}

/// The elements of the open tasks of some tickets.
pub async fn task_elements(conn: &dyn Conn, tickets: &[TicketId]) -> Result<Vec<(TicketId, String)>, StoreError> {
    let mut sql = Sql::new("select ticket_id, element from tasks where ticket_id in ", vals![]);
    sql.list(tickets.iter().map(|id| id.bind()).collect());
    let rows = conn.handle().all(sql).await?;
    rows.iter()
        .map(|row| {
            let mut r = Reader::new(row);
            Ok((TicketId(r.get()?), r.get()?))
        })
        .collect()
}

fn limit_of(r: &mut Reader<'_>) -> Result<Option<Limit>, StoreError> {
    let (value, unit) = (r.opt_int()?, r.opt_code()?);
    Ok(value.zip(unit).map(|(value, unit)| Limit { value, unit }))
}
