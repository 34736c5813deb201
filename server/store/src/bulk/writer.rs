//! Writing whole cases, many in one transaction: tickets with keys, search, assignments, history, clocks, tasks, processes.
//! Not here: single verbs (`cases::save`), audit and messages (the bulk doors write one audit row per run).
//! Sorted by id, rows go to the end of most indexes; a few hundred cases per call keep the transaction short.

use std::collections::BTreeSet;
use std::sync::Arc;

use sea_orm::Value;
use shared::ticket::{AssignmentStatus, SlotRole};

use super::rows::{Around, insert_rows, insert_rows_tail};
use crate::cases::{
    ASSIGNMENT_COLUMNS, assignment_values, check_id_time, free_row_number, insert_clock_entries,
    insert_events, insert_follow_ups, insert_ratings, insert_tasks, unit_rows,
};
use crate::record::{
    Application, Assignment, ClockEntry, Event, FollowUp, Instance, Rating, Task, Ticket,
};
use crate::sql::{Sql, vals};
use crate::tickets::{row, search};
use crate::{Store, StoreError, Tx};

pub use crate::cases::text_hash;

/// Row numbers that are looked at together when a batch lies close together in time.
const NEAR: usize = 20_000;

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
    /// The process, unless it has ended.
    pub instance: Option<Instance>,
}

/// Writes cases in one transaction. On PostgreSQL the caller has prepared the months before (`Store::prepare_months`).
///
/// # Errors
/// `Exists("ticket_no" | "external_no")`; then nothing of the call is written.
pub async fn write(store: &Store, mut cases: Vec<BulkTicket>) -> Result<(), StoreError> {
    cases.sort_by_key(|c| c.ticket.id);
    let cases = Arc::new(cases);
    store
        .write(move |tx| Box::pin(async move { write_in(tx, &cases).await }))
        .await
}

async fn write_in(tx: &Tx, cases: &[BulkTicket]) -> Result<(), StoreError> {
    keys(tx, cases).await?;
    tickets(tx, cases).await?;
    assignments(tx, cases).await?;
    insert_events(tx, cases.iter().flat_map(|c| &c.events)).await?;
    insert_clock_entries(tx, cases.iter().flat_map(|c| &c.clock)).await?;
    insert_follow_ups(
        tx,
        &cases
            .iter()
            .flat_map(|c| &c.follow_ups)
            .cloned()
            .collect::<Vec<_>>(),
    )
    .await?;
    insert_ratings(
        tx,
        &cases
            .iter()
            .flat_map(|c| &c.ratings)
            .cloned()
            .collect::<Vec<_>>(),
    )
    .await?;
    insert_tasks(
        tx,
        &cases
            .iter()
            .flat_map(|c| &c.tasks)
            .cloned()
            .collect::<Vec<_>>(),
    )
    .await?;
    let instances = cases.iter().filter_map(|c| c.instance.as_ref());
    let rows = instances.map(|i| vals![i.ticket_id, &i.definition, i.definition_version, &i.state]);
    insert_rows(
        tx,
        "insert into instances (ticket_id, definition, definition_version, state) values ",
        4,
        rows,
    )
    .await?;
    applications(tx, cases).await
}

async fn keys(tx: &Tx, cases: &[BulkTicket]) -> Result<(), StoreError> {
    let rows = cases.iter().map(|c| {
        vals![
            c.ticket.ticket_no.as_str(),
            c.ticket.id,
            &c.ticket.query_code_hash
        ]
    });
    let exists = |what: &'static str| {
        move |e: StoreError| {
            if matches!(&e, StoreError::Broken(c) if is_unique(c)) {
                StoreError::Exists(what)
            } else {
                e
            }
        }
    };
    insert_rows(
        tx,
        "insert into ticket_keys (ticket_no, ticket_id, query_code_hash) values ",
        3,
        rows,
    )
    .await
    .map_err(exists("ticket_no"))?;
    let rows = cases.iter().filter_map(|c| {
        let (system, no) = (
            c.ticket.source_system.as_ref()?,
            c.ticket.external_no.as_ref()?,
        );
        Some(vals![system, no, c.ticket.id, text_hash(&c.ticket)])
    });
    let head =
        "insert into external_keys (source_system, external_no, ticket_id, text_hash) values ";
    insert_rows(tx, head, 4, rows)
        .await
        .map_err(exists("external_no"))
}

fn is_unique(cause: &anyhow::Error) -> bool {
    let error = cause
        .downcast_ref::<sea_orm::DbErr>()
        .and_then(sea_orm::DbErr::sql_err);
    matches!(error, Some(sea_orm::SqlErr::UniqueConstraintViolation(_)))
}

async fn tickets(tx: &Tx, cases: &[BulkTicket]) -> Result<(), StoreError> {
    let h = tx.handle();
    let mut rows = Vec::with_capacity(cases.len());
    for case in cases {
        check_id_time(&case.ticket)?;
        let mut values = row::inserted(&case.ticket, h.seal())?;
        values.extend(lead(&case.assignments));
        rows.push(values);
    }
    if h.is_sqlite() {
        let numbers = row_numbers(tx, cases).await?;
        rows.iter_mut()
            .zip(&numbers)
            .for_each(|(row, rid)| row.extend(vals![*rid]));
        insert_rows(
            tx,
            row::BULK_INSERT_SQLITE,
            row::INSERTED + 3,
            rows.into_iter(),
        )
        .await?;
        // One by one: inside a statement of many rows each of the index's own statements walks through the journal of all before it.
        for (case, rid) in cases.iter().zip(&numbers) {
            let grams = search::fts_text(&search::runs(&case.ticket));
            let sql = Sql::new(
                "insert into ticket_search (rowid, grams) values (?, ?)",
                vals![*rid, grams],
            );
            h.run(sql).await?;
        }
        return Ok(());
    }
    insert_rows(tx, row::BULK_INSERT, row::INSERTED + 2, rows.into_iter()).await?;
    let vectors = cases.iter().flat_map(|c| {
        let id = c.ticket.id;
        search::vectors(&search::runs(&c.ticket))
            .into_iter()
            .enumerate()
            .map(move |(chunk, vector)| vals![id, chunk, vector])
    });
    let around = Around {
        head: "insert into ticket_search (ticket_id, chunk, grams) select v.id, v.chunk, cast(v.grams as tsvector) from (values ",
        tail: ") as v (id, chunk, grams)",
    };
    insert_rows_tail(tx, around, 3, vectors).await
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

/// A free row number for every ticket, near its moment of acceptance.
async fn row_numbers(tx: &Tx, cases: &[BulkTicket]) -> Result<Vec<i64>, StoreError> {
    let wanted: Vec<i64> = cases
        .iter()
        .map(|c| search::row_number(c.ticket.accepted_at))
        .collect();
    let (Some(first), Some(last)) = (wanted.iter().min(), wanted.iter().max()) else {
        return Ok(Vec::new());
    };
    let end = last + i64::try_from(NEAR).unwrap_or(0);
    let sql = Sql::new(
        "select rid from tickets where rid >= ? and rid <= ? limit ?",
        vals![*first, end, NEAR + 1],
    );
    let rows = tx.handle().all(sql).await?;
    let near = rows.len() <= NEAR;
    let mut taken: BTreeSet<i64> = BTreeSet::new();
    for row in rows.iter().filter(|_| near) {
        taken.insert(row.try_get_by_index(0).map_err(StoreError::from)?);
    }
    let mut numbers = Vec::with_capacity(wanted.len());
    for mut next in wanted {
        loop {
            while taken.contains(&next) {
                next += 1;
            }
            let free = if near {
                next
            } else {
                free_row_number(tx, next).await?
            };
            if taken.insert(free) {
                numbers.push(free);
                break;
            }
            next = free + 1;
        }
    }
    Ok(numbers)
}

async fn assignments(tx: &Tx, cases: &[BulkTicket]) -> Result<(), StoreError> {
    let all: Vec<&Assignment> = cases.iter().flat_map(|c| &c.assignments).collect();
    let rows = all
        .iter()
        .map(|a| assignment_values(a))
        .collect::<Result<Vec<_>, _>>()?;
    insert_rows(
        tx,
        ASSIGNMENT_INSERT,
        ASSIGNMENT_COLUMNS.split(',').count(),
        rows.into_iter(),
    )
    .await?;
    // Direct rows first, so that a unit above does not hide that it had the ticket itself.
    let mut units: Vec<(bool, Vec<Value>)> = all
        .iter()
        .flat_map(|a| unit_rows(a))
        .map(|row| (row[2] == Value::Bool(Some(true)), row))
        .collect();
    units.sort_by_key(|(direct, _)| !direct);
    let around = Around {
        head: "insert into ticket_units (unit, ticket_id, direct) values ",
        tail: " on conflict (unit, ticket_id) do nothing",
    };
    insert_rows_tail(tx, around, 3, units.into_iter().map(|(_, row)| row)).await
}

const ASSIGNMENT_INSERT: &str = "insert into assignments (id, ticket_id, version, cycle_no, slot, role, unit, unit_path, status, dispatched_at, dispatched_by,
 sign_due_at, due_at, warn_at, provisional, limit_rule, limit_value, limit_unit, signed_at, signed_by, replied_at, replied_by, return_count, final_ruling,
 reply_passed, ended_at, updated_at, advice, reply) values ";

async fn applications(tx: &Tx, cases: &[BulkTicket]) -> Result<(), StoreError> {
    let rows = cases.iter().flat_map(|c| &c.applications).map(|a| {
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
    });
    let head = "insert into applications (id, ticket_id, assignment_id, reason, explanation, suggested_unit, asked_at, asked_by, status, decided_at, decided_by,
         opinion) values ";
    insert_rows(tx, head, 12, rows).await
}
