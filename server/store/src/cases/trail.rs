//! Rows that only grow: history events and the clock ledger; and open tasks beside them.
//! Not here: the audit (`audit`), messages (`outbox`).
//! Columns are read and written in one order.

use sea_orm::{QueryResult, Value};
use shared::ids::{AssignmentId, TicketId, UserId};
use uuid::Uuid;

use crate::StoreError;
use crate::bulk::rows::Insert;
use crate::record::{ClockEntry, Event, Task};
use crate::scope::city_of;
use crate::sql::{Reader, Sql, json_or_null, vals};

pub(crate) const EVENT_COLUMNS: &str = "ticket_id, seq, verb, at, by_user, by_name, unit, assignment_id, from_state, to_state, note, facts";
pub(crate) const TASK_COLUMNS: &str = "k.ticket_id, k.task_no, k.element, k.assignment_id, k.role, k.unit, k.unit_path, k.region, k.verbs, k.opened_at, k.due_at, k.warn_at, k.provisional";
/// Tasks without a limit come last.
const NO_LIMIT: i64 = i64::MAX;

/// Events of the history.
pub(crate) const EVENTS: Insert = Insert::plain(
    "insert into events (ticket_id, seq, verb, at, by_user, by_name, unit, assignment_id, from_state, to_state, note, facts) values ",
    12,
);

/// Values of an event.
pub(crate) fn event_values(e: &Event) -> Vec<Value> {
    vals![
        e.ticket_id,
        e.seq,
        e.verb,
        e.at,
        e.by,
        e.by_name.clone(),
        e.unit.clone(),
        e.assignment_id,
        e.from_state,
        e.to_state,
        e.note.clone(),
        json_or_null(&e.facts),
    ]
}

pub(super) fn read_event(row: &QueryResult) -> Result<Event, StoreError> {
    let mut r = Reader::new(row);
    Ok(Event {
        ticket_id: TicketId(r.get()?),
        seq: r.int()?,
        verb: r.code()?,
        at: r.at()?,
        by: r.get::<Option<Uuid>>()?.map(UserId),
        by_name: r.get()?,
        unit: r.get()?,
        assignment_id: r.get::<Option<Uuid>>()?.map(AssignmentId),
        from_state: r.opt_code()?,
        to_state: r.code()?,
        note: r.get()?,
        facts: r.json()?,
    })
}

/// Entries of the clock ledger.
pub(crate) const CLOCK: Insert = Insert::plain(
    "insert into clock_entries (ticket_id, assignment_id, at, kind, due_at, limit_rule, provisional) values ",
    7,
);

/// Values of a clock entry.
pub(crate) fn clock_values(c: &ClockEntry) -> Vec<Value> {
    vals![
        c.ticket_id,
        c.assignment_id,
        c.at,
        c.kind,
        c.due_at,
        c.limit_rule,
        c.provisional
    ]
}

pub(super) fn read_task(row: &QueryResult) -> Result<Task, StoreError> {
    task(&mut Reader::new(row))
}

/// A task from the columns behind the first `at`.
pub(crate) fn task_of(row: &QueryResult, at: usize) -> Result<Task, StoreError> {
    task(&mut Reader::behind(row, at))
}

fn task(r: &mut Reader<'_>) -> Result<Task, StoreError> {
    Ok(Task {
        ticket_id: TicketId(r.get()?),
        task_no: r.get()?,
        element: r.get()?,
        assignment_id: r.get::<Option<Uuid>>()?.map(AssignmentId),
        role: r.code()?,
        unit: r.get()?,
        unit_path: r.get()?,
        region: r.get()?,
        verbs: r.get()?,
        opened_at: r.at()?,
        due_at: r.opt_at()?,
        warn_at: r.opt_at()?,
        provisional: r.get()?,
    })
}

/// Open tasks.
pub(crate) const TASKS: Insert = Insert::plain(
    "insert into tasks (ticket_id, task_no, element, assignment_id, role, unit, unit_path, region, city, verbs, opened_at, due_at,
 due_key, warn_at, provisional) values ",
    15,
);

/// Values of a task.
pub(crate) fn task_values(t: &Task) -> Vec<Value> {
    vals![
        t.ticket_id,
        t.task_no,
        &t.element,
        t.assignment_id,
        t.role,
        t.unit.clone(),
        t.unit_path.clone(),
        &t.region,
        city_of(&t.region),
        &t.verbs,
        t.opened_at,
        t.due_at,
        t.due_at.map_or(NO_LIMIT, |at| at.0),
        t.warn_at,
        t.provisional,
    ]
}

/// All events of a ticket in order.
pub(super) fn events_of(ticket: TicketId) -> Sql {
    let mut sql = Sql::new("select ", vals![]);
    sql.text(EVENT_COLUMNS).push(
        " from events where ticket_id = ? order by seq",
        vals![ticket],
    );
    sql
}
