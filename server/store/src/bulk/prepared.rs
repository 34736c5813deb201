//! New cases turned into rows outside the transaction, then written in one: sealing and cutting search terms cost no writer's time.
//! Not here: the columns (`columns`), which cases there are (the services).
//! The caller keeps a transaction short: some hundred cases each.

use std::sync::Arc;

use sea_orm::Value;

use super::rows::{insert_rows, insert_rows_tail};
use super::{columns, search};
use crate::record::{Case, ClockEntry, Event};
use crate::sql::{Bind as _, Sql, vals};
use crate::{Seal, StoreError, Tx};

/// A whole case as one of the bulk doors makes it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCase {
    /// Ticket, assignments, open tasks, process.
    pub case: Case,
    /// Its history from the first event on.
    pub events: Vec<Event>,
    /// Its clock ledger.
    pub clock: Vec<ClockEntry>,
    /// Hash of the source's text, for tickets with an external number.
    pub text_hash: Option<Vec<u8>>,
}

type Row = Vec<Value>;

/// The rows of some cases. Cheap to clone.
#[derive(Clone)]
pub struct Prepared(Arc<Rows>);

#[derive(Default)]
struct Rows {
    tickets: Vec<Row>,
    keys: Vec<Row>,
    external: Vec<Row>,
    units: Vec<Row>,
    grams: Vec<Row>,
    assignments: Vec<Row>,
    applications: Vec<Row>,
    follow_ups: Vec<Row>,
    ratings: Vec<Row>,
    instances: Vec<Row>,
    tasks: Vec<Row>,
    events: Vec<Row>,
    clock: Vec<Row>,
}

impl Prepared {
    /// Makes the rows for one kind of database (`Store::kind`).
    ///
    /// # Errors
    /// `Broken` for a case whose process does not fit its state.
    pub fn of(seal: &Seal, kind: &str, cases: &[NewCase]) -> Result<Self, StoreError> {
        let mut rows = Rows::default();
        for new in cases {
            rows.add(seal, kind == "sqlite", new)?;
        }
        Ok(Self(Arc::new(rows)))
    }

    /// How many cases.
    pub fn len(&self) -> usize {
        self.0.tickets.len()
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Rows {
    fn add(&mut self, seal: &Seal, sqlite: bool, new: &NewCase) -> Result<(), StoreError> {
        let case = &new.case;
        let ticket = &case.ticket;
        if !columns::is_sound(ticket.state, case.instance.as_ref()) {
            return Err(StoreError::broken(format!("ticket {} is {} with {} process", ticket.id, ticket.state, if case.instance.is_some() { "a" } else { "no" })));
        }
        self.tickets.push(columns::ticket(seal, ticket, &case.assignments)?);
        self.keys.push(vals![ticket.ticket_no.as_str(), ticket.id, &ticket.query_code_hash]);
        if let (Some(source), Some(number), Some(hash)) = (&ticket.source_system, &ticket.external_no, &new.text_hash) {
            self.external.push(vals![source, number, ticket.id, hash]);
        }
        self.units.extend(columns::units(ticket, &case.assignments));
        if sqlite {
            self.grams.push(vals![search::for_sqlite(ticket)]);
        } else {
            self.grams.extend(search::for_postgres(ticket).into_iter().enumerate().map(|(chunk, text)| vals![ticket.id, chunk, text]));
        }
        for assignment in &case.assignments {
            self.assignments.push(columns::assignment(assignment)?);
        }
        self.applications.extend(case.applications.iter().map(columns::application));
        self.follow_ups.extend(case.follow_ups.iter().map(columns::follow_up));
        self.ratings.extend(case.ratings.iter().map(columns::rating));
        self.instances.extend(case.instance.iter().map(columns::instance));
        self.tasks.extend(case.tasks.iter().map(columns::task));
        self.events.extend(new.events.iter().map(columns::event));
        self.clock.extend(new.clock.iter().map(columns::clock));
        Ok(())
    }
}

/// Writes the rows.
pub async fn write(tx: &Tx, prepared: &Prepared) -> Result<(), StoreError> {
    let rows = &*prepared.0;
    if tx.handle().is_sqlite() {
        tickets_on_sqlite(tx, rows).await?;
    } else {
        insert_rows(tx, columns::TICKETS, columns::TICKET_COLUMNS, rows.tickets.iter().cloned()).await?;
        let head = "insert into ticket_search (ticket_id, chunk, grams) select t.i, t.c, t.g::tsvector from (values ";
        insert_rows_tail(tx, head, 3, ") as t(i, c, g)", rows.grams.iter().cloned()).await?;
    }
    insert_rows(tx, "insert into ticket_keys (ticket_no, ticket_id, query_code_hash) values ", 3, rows.keys.iter().cloned()).await?;
    insert_rows(tx, "insert into external_keys (source_system, external_no, ticket_id, text_hash) values ", 4, rows.external.iter().cloned()).await?;
    insert_rows(tx, columns::UNITS, 3, rows.units.iter().cloned()).await?;
    insert_rows(tx, columns::ASSIGNMENTS, columns::ASSIGNMENT_COLUMNS, rows.assignments.iter().cloned()).await?;
    insert_rows(tx, columns::APPLICATIONS, 12, rows.applications.iter().cloned()).await?;
    insert_rows(tx, columns::FOLLOW_UPS, 13, rows.follow_ups.iter().cloned()).await?;
    insert_rows(tx, columns::RATINGS, 8, rows.ratings.iter().cloned()).await?;
    insert_rows(tx, columns::INSTANCES, 4, rows.instances.iter().cloned()).await?;
    insert_rows(tx, columns::TASKS, 15, rows.tasks.iter().cloned()).await?;
    insert_rows(tx, columns::EVENTS, 12, rows.events.iter().cloned()).await?;
    insert_rows(tx, columns::CLOCK, 7, rows.clock.iter().cloned()).await
}

/// The search table has the ticket's row number; SQLite has one writer, so the next numbers are ours.
async fn tickets_on_sqlite(tx: &Tx, rows: &Rows) -> Result<(), StoreError> {
    let last = tx.handle().number(Sql::new("select coalesce(max(rid), 0) from tickets", vals![])).await?;
    let numbered = |rows: &'_ [Row]| -> Vec<Row> {
        let with = |(index, row): (usize, &Row)| [vec![(last + 1 + index as i64).bind()], row.clone()].concat();
        rows.iter().enumerate().map(with).collect()
    };
    insert_rows(tx, columns::TICKETS_WITH_RID, columns::TICKET_COLUMNS + 1, numbered(&rows.tickets).into_iter()).await?;
    insert_rows(tx, "insert into ticket_search (rowid, grams) values ", 2, numbered(&rows.grams).into_iter()).await
}
