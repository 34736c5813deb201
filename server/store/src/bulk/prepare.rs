//! Whole cases as rows, ready to be written: sealed, hashed, cut into bigrams and laid out as statements.
//! Needs no connection, so that a bulk door does it on one thread while another writes.
//! Not here: row numbers, which depend on what is there, and the transaction (`writer`).

use std::sync::LazyLock;

use sea_orm::{DbBackend, Value};
use shared::calendar::Instant;
use shared::ticket::{AssignmentStatus, SlotRole};

use super::rows::Insert;
use crate::applications;
use crate::entity::table;
use crate::entity::ticket::{application, follow_up, instance, rating, ticket_unit};
use crate::host::{clock, events, tasks, timers};
use crate::record::{
    Application, ApplicationEvent, Assignment, CaseKind, ClockEntry, Event, FollowUp, Instance,
    Rating, Task, Ticket, Timer,
};
use crate::sql::{Sql, vals};
use crate::tickets::case::{
    ASSIGNMENTS, EXTERNAL_KEYS, KEYS, assignment_values, check_id_time, external_key, ticket_key,
    unit_rows,
};
use crate::tickets::{ladder, pool, row, search};
use crate::todo::marks;
use crate::{Store, StoreError};

/// An application as a bulk door writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkApplication {
    /// The application in its final state.
    pub application: Application,
    /// Its history, gapless from 1.
    pub events: Vec<ApplicationEvent>,
    /// Open tasks.
    pub tasks: Vec<Task>,
}

/// A whole case as a bulk door writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkTicket {
    /// The ticket in its final state.
    pub ticket: Ticket,
    /// All assignments.
    pub assignments: Vec<Assignment>,
    /// All applications.
    pub applications: Vec<BulkApplication>,
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
        let lead = lead(&case.assignments);
        tickets.push(row::inserted(&case.ticket, lead, store.seal())?);
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
    rest.extend(assignments(&cases, backend));
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
        && case
            .applications
            .iter()
            .all(|a| a.application.ticket_id == id)
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
    KEYS.statements(backend, cases.iter().map(|c| ticket_key(&c.ticket)))
}

fn external(cases: &[BulkTicket], backend: DbBackend) -> Vec<Sql> {
    let rows = cases.iter().filter_map(|c| external_key(&c.ticket));
    EXTERNAL_KEYS.statements(backend, rows)
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

/// The lead assignment in force, whose deadline and reply stand in the ticket's row as `tickets::case::save` keeps them.
fn lead(assignments: &[Assignment]) -> Option<&Assignment> {
    let ended = |a: &&Assignment| {
        matches!(
            a.status,
            AssignmentStatus::Returned | AssignmentStatus::Recalled
        )
    };
    assignments
        .iter()
        .filter(|a| a.role == SlotRole::Lead && !ended(a))
        .max_by_key(|a| (a.cycle_no, a.dispatched_at, a.id))
}

fn assignments(cases: &[BulkTicket], backend: DbBackend) -> Vec<Sql> {
    let all = || cases.iter().flat_map(|c| &c.assignments);
    let mut out = ASSIGNMENTS.statements(backend, all().map(assignment_values));
    // Direct rows first, so that a unit above does not hide that it had the ticket itself.
    let of = |case: &BulkTicket| -> Vec<_> {
        let accused = case.ticket.accused_unit.as_deref();
        let parts = case.assignments.iter();
        parts.flat_map(|part| unit_rows(part, accused)).collect()
    };
    let mut units: Vec<_> = cases.iter().flat_map(of).collect();
    units.sort_by_key(|unit| !unit.direct);
    let units = units.iter().map(|unit| unit.values(ticket_unit::Beside {}));
    out.extend(UNITS.statements(backend, units));
    out
}

/// Units of tickets; the first row of a pair holds.
static UNITS: LazyLock<Insert> = LazyLock::new(|| Insert {
    tail: " on conflict (unit, ticket_id) do nothing",
    ..table::insert::<ticket_unit::Entity>()
});

/// History, clocks, calls, ratings, tasks, timers, processes, applications.
fn dependents(cases: &[BulkTicket], backend: DbBackend) -> Vec<Sql> {
    let all = || cases.iter();
    let follow_ups = all().flat_map(|c| &c.follow_ups);
    let ratings = all().flat_map(|c| &c.ratings);
    let processes = all().filter_map(|c| c.instance.as_ref());
    let asked = || all().flat_map(|c| &c.applications);
    [
        events::INSERT.statements(
            backend,
            all().flat_map(|c| c.events.iter().map(events::values)),
        ),
        clock::INSERT.statements(
            backend,
            all().flat_map(|c| c.clock.iter().map(clock::values)),
        ),
        table::insert::<follow_up::Entity>()
            .statements(backend, follow_ups.map(|f| f.values(follow_up::Beside {}))),
        table::insert::<rating::Entity>()
            .statements(backend, ratings.map(|r| r.values(rating::Beside {}))),
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
        table::insert::<instance::Entity>()
            .statements(backend, processes.map(|i| i.values(instance::Beside {}))),
        ladder::INSERT.statements(
            backend,
            all().flat_map(|c| ladder::rows_of(&c.ticket, &c.assignments)),
        ),
        pool::INSERT.statements(
            backend,
            all().filter_map(|c| pool::row_of(&c.ticket, &c.tasks, &c.follow_ups)),
        ),
        marks::PUT.statements(
            backend,
            all().flat_map(|c| marks::rows_of(&c.ticket, &c.assignments)),
        ),
        applications::INSERT.statements(
            backend,
            asked().map(|a| a.application.values(application::Beside {})),
        ),
        events::INSERT.statements(
            backend,
            asked().flat_map(|a| a.events.iter().map(events::values)),
        ),
        tasks::INSERT.statements(
            backend,
            asked().flat_map(|a| a.tasks.iter().map(tasks::values)),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}
