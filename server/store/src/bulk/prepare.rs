//! Whole cases as rows, ready to be written: sealed, hashed, cut into bigrams and laid out as statements.
//! Needs no connection, so that a bulk door does it on one thread while another writes.
//! Not here: row numbers, which depend on what is there, and the transaction (`writer`).

use sea_orm::{DbBackend, Value};
use shared::calendar::Instant;
use shared::ticket::{AssignmentStatus, SlotRole};

use super::rows::Insert;
use crate::cases::{
    ASSIGNMENT_COLUMNS, FOLLOW_UPS, RATINGS, assignment_values, check_id_time, follow_up_values,
    rating_values, text_hash, unit_rows,
};
use crate::host::{clock, events, tasks, timers};
use crate::record::{
    Application, Assignment, CaseKind, ClockEntry, Event, FollowUp, Instance, Rating, Task, Ticket,
    Timer,
};
use crate::sql::{Sql, vals};
use crate::tickets::{row, search};
use crate::{Store, StoreError};

/// A whole case as a bulk door writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkTicket {
    /// The ticket in its final state.
    pub ticket: Ticket,
    /// All assignments.
    pub assignments: Vec<Assignment>,
    /// All applications.
    pub applications: Vec<Application>,
    /// All follow-up calls.
    pub follow_ups: Vec<FollowUp>,
    /// All ratings.
    pub ratings: Vec<Rating>,
    /// The history, gapless from 1.
    pub events: Vec<Event>,
    /// The clock ledger.
    pub clock: Vec<ClockEntry>,
    /// Open tasks.
    pub tasks: Vec<Task>,
    /// Timers that run.
    pub timers: Vec<Timer>,
    /// The process, unless it has ended.
    pub instance: Option<Instance>,
}

/// Cases ready to be written by `bulk::write_prepared`.
#[derive(Debug)]
pub struct Prepared {
    /// Moments of acceptance, in the order of the tickets.
    pub(super) accepted: Vec<Instant>,
    /// The unique ticket numbers.
    pub(super) keys: Vec<Sql>,
    /// The unique numbers of other systems.
    pub(super) external: Vec<Sql>,
    /// The tickets' values but for SQLite's row number.
    pub(super) tickets: Vec<Vec<Value>>,
    /// What is searched, in the order of the tickets; SQLite only.
    pub(super) grams: Vec<String>,
    /// Everything that refers to the tickets.
    pub(super) rest: Vec<Sql>,
}

impl Prepared {
    /// How many cases.
    pub fn len(&self) -> usize {
        self.tickets.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.tickets.is_empty()
    }
}

/// Lays cases out as rows for the store's database.
///
/// # Errors
/// `Broken` for an id that does not carry its ticket's acceptance, or values that cannot be sealed.
pub fn prepare(store: &Store, mut cases: Vec<BulkTicket>) -> Result<Prepared, StoreError> {
    // Sorted by id, rows go to the end of most indexes.
    cases.sort_by_key(|c| c.ticket.id);
    let sqlite = store.kind() == "sqlite";
    let backend = if sqlite {
        DbBackend::Sqlite
    } else {
        DbBackend::Postgres
    };
    let mut tickets = Vec::with_capacity(cases.len());
    for case in &cases {
        check_id_time(&case.ticket)?;
        check_references(case)?;
        let mut values = row::inserted(&case.ticket, store.seal())?;
        values.extend(lead(&case.assignments));
        tickets.push(values);
    }
    let mut rest = Vec::new();
    let mut grams = Vec::new();
    if sqlite {
        grams = cases
            .iter()
            .map(|c| search::fts_text(&search::runs(&c.ticket)))
            .collect();
    } else {
        rest.extend(vectors(&cases, backend));
    }
    rest.extend(assignments(&cases, backend)?);
    rest.extend(dependents(&cases, backend));
    Ok(Prepared {
        accepted: cases.iter().map(|c| c.ticket.accepted_at).collect(),
        keys: keys(&cases, backend),
        external: external(&cases, backend),
        tickets,
        grams,
        rest,
    })
}

/// Everything of a case belongs to its ticket; the database does not look again while a bulk door is at work (`tuning`).
fn check_references(case: &BulkTicket) -> Result<(), StoreError> {
    let id = case.ticket.id;
    let belongs = case.assignments.iter().all(|a| a.ticket_id == id)
        && case.applications.iter().all(|a| a.ticket_id == id)
        && case.follow_ups.iter().all(|f| f.ticket_id == id)
        && case.ratings.iter().all(|r| r.ticket_id == id)
        && case.events.iter().all(|e| e.case_id == id.into())
        && case.clock.iter().all(|c| c.case_id == id.into())
        && case.tasks.iter().all(|t| t.case_id == id.into())
        && case.instance.as_ref().is_none_or(|i| i.ticket_id == id);
    if belongs {
        Ok(())
    } else {
        Err(StoreError::broken(format!(
            "a row of the case of ticket {id} belongs to another ticket"
        )))
    }
}

fn keys(cases: &[BulkTicket], backend: DbBackend) -> Vec<Sql> {
    let rows = cases.iter().map(|c| {
        vals![
            c.ticket.ticket_no.as_str(),
            c.ticket.id,
            &c.ticket.query_code_hash
        ]
    });
    Insert::plain(
        "insert into ticket_keys (ticket_no, ticket_id, query_code_hash) values ",
        3,
    )
    .statements(backend, rows)
}

fn external(cases: &[BulkTicket], backend: DbBackend) -> Vec<Sql> {
    let rows = cases.iter().filter_map(|c| {
        let (system, no) = (
            c.ticket.source_system.as_ref()?,
            c.ticket.external_no.as_ref()?,
        );
        Some(vals![system, no, c.ticket.id, text_hash(&c.ticket)])
    });
    Insert::plain(
        "insert into external_keys (source_system, external_no, ticket_id, text_hash) values ",
        4,
    )
    .statements(backend, rows)
}

fn vectors(cases: &[BulkTicket], backend: DbBackend) -> Vec<Sql> {
    let rows = cases.iter().flat_map(|c| {
        let id = c.ticket.id;
        search::vectors(&search::runs(&c.ticket))
            .into_iter()
            .enumerate()
            .map(move |(chunk, vector)| vals![id, chunk, vector])
    });
    let insert = Insert {
        head: "insert into ticket_search (ticket_id, chunk, grams) select v.id, v.chunk, cast(v.grams as tsvector) from (values ",
        tail: ") as v (id, chunk, grams)",
        columns: 3,
    };
    insert.statements(backend, rows)
}

/// Deadline and reply of the lead assignment in force, as `cases::save` keeps them.
fn lead(assignments: &[Assignment]) -> Vec<Value> {
    let ended = |a: &&Assignment| {
        matches!(
            a.status,
            AssignmentStatus::Returned | AssignmentStatus::Recalled
        )
    };
    let lead = assignments
        .iter()
        .filter(|a| a.role == SlotRole::Lead && !ended(a))
        .max_by_key(|a| (a.cycle_no, a.dispatched_at, a.id));
    vals![lead.and_then(|a| a.due_at), lead.and_then(|a| a.replied_at)]
}

fn assignments(cases: &[BulkTicket], backend: DbBackend) -> Result<Vec<Sql>, StoreError> {
    let all: Vec<&Assignment> = cases.iter().flat_map(|c| &c.assignments).collect();
    let rows = all
        .iter()
        .map(|a| assignment_values(a))
        .collect::<Result<Vec<_>, _>>()?;
    let insert = Insert::plain(ASSIGNMENT_INSERT, ASSIGNMENT_COLUMNS.split(',').count());
    let mut out = insert.statements(backend, rows.into_iter());
    // Direct rows first, so that a unit above does not hide that it had the ticket itself.
    let mut units: Vec<(bool, Vec<Value>)> = all
        .iter()
        .flat_map(|a| unit_rows(a))
        .map(|row| (row[2] == Value::Bool(Some(true)), row))
        .collect();
    units.sort_by_key(|(direct, _)| !direct);
    let insert = Insert {
        head: "insert into ticket_units (unit, ticket_id, direct) values ",
        tail: " on conflict (unit, ticket_id) do nothing",
        columns: 3,
    };
    out.extend(insert.statements(backend, units.into_iter().map(|(_, row)| row)));
    Ok(out)
}

const ASSIGNMENT_INSERT: &str = "insert into assignments (id, ticket_id, version, cycle_no, slot, role, unit, unit_path, status, dispatched_at, dispatched_by,
 sign_due_at, due_at, warn_at, provisional, limit_rule, limit_value, limit_unit, signed_at, signed_by, replied_at, replied_by, return_count, final_ruling,
 reply_passed, ended_at, updated_at, advice, reply) values ";

/// History, clocks, calls, ratings, tasks, timers, processes, applications.
fn dependents(cases: &[BulkTicket], backend: DbBackend) -> Vec<Sql> {
    let all = || cases.iter();
    let instances = Insert::plain(
        "insert into instances (ticket_id, definition, definition_version, state) values ",
        4,
    );
    let applications = Insert::plain(
        "insert into applications (id, ticket_id, assignment_id, reason, explanation, suggested_unit, asked_at, asked_by, status, decided_at, decided_by,
         opinion) values ",
        12,
    );
    [
        events::INSERT.statements(
            backend,
            all().flat_map(|c| c.events.iter().map(events::values)),
        ),
        clock::INSERT.statements(
            backend,
            all().flat_map(|c| c.clock.iter().map(clock::values)),
        ),
        FOLLOW_UPS.statements(
            backend,
            all().flat_map(|c| c.follow_ups.iter().map(follow_up_values)),
        ),
        RATINGS.statements(
            backend,
            all().flat_map(|c| c.ratings.iter().map(rating_values)),
        ),
        tasks::INSERT.statements(
            backend,
            all().flat_map(|c| c.tasks.iter().map(tasks::values)),
        ),
        timers::INSERT.statements(
            backend,
            all().flat_map(|c| {
                let case = (c.ticket.id.into(), CaseKind::Ticket);
                c.timers
                    .iter()
                    .map(move |timer| timers::values(case, timer))
            }),
        ),
        instances.statements(
            backend,
            all()
                .filter_map(|c| c.instance.as_ref())
                .map(|i| vals![i.ticket_id, &i.definition, i.definition_version, &i.state]),
        ),
        applications.statements(
            backend,
            all().flat_map(|c| c.applications.iter().map(application_values)),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn application_values(a: &Application) -> Vec<Value> {
    vals![
        a.id,
        a.ticket_id,
        a.assignment_id,
        a.reason,
        &a.explanation,
        a.suggested_unit.clone(),
        a.asked_at,
        a.asked_by,
        a.status,
        a.decided_at,
        a.decided_by,
        a.opinion.clone()
    ]
}
