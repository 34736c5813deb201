//! Writing prepared cases, many in one transaction: tickets with keys and search, then everything that refers to them.
//! Not here: single verbs (`tickets::case::save`), audit and messages (the bulk doors write one audit row per run).
//! Read next: `prepare` (the rows), `tuning` (what the connection is told before and after).

use std::collections::BTreeSet;
use std::sync::Arc;

use sea_orm::Value;
use shared::calendar::Instant;
use shared::ids::BatchId;

use super::prepare::{BulkTicket, Prepared, prepare};
use super::rows::insert_rows;
use crate::batches::{self, Counts};
use crate::feed;
use crate::sql::{Sql, vals};
use crate::tickets::case::{RowNumber, free_row_number};
use crate::tickets::{row, search};
use crate::{Store, StoreError, Tx};

pub use crate::tickets::case::text_hash;

/// Row numbers that are looked at together when a batch lies close together in time.
const NEAR: usize = 20_000;
/// Rows of the search index that go to the database together.
const SEARCHED: usize = 32;

/// Writes cases in one transaction. On PostgreSQL the caller has prepared the months before (`Store::prepare_months`).
///
/// # Errors
/// `Exists("ticket_no" | "external_no")`; then nothing of the call is written.
pub async fn write(store: &Store, cases: Vec<BulkTicket>) -> Result<(), StoreError> {
    write_prepared(store, prepare(store, cases)?).await
}

/// The same for cases that were laid out before.
pub async fn write_prepared(store: &Store, cases: Prepared) -> Result<(), StoreError> {
    let cases = Arc::new(cases);
    store
        .write(move |tx| {
            Box::pin(async move {
                write_in(tx, &cases).await?;
                feed::rebuild(tx, BatchId(uuid::Uuid::nil())).await
            })
        })
        .await
}

/// The same, and in the same transaction how far the run is: what is counted is kept, and what is kept is counted, also when the answer of
/// the commit is lost.
pub async fn write_counted(
    store: &Store,
    cases: Prepared,
    batch: BatchId,
    counts: Counts,
) -> Result<(), StoreError> {
    let cases = Arc::new(cases);
    store
        .write(move |tx| Box::pin(async move { write_counted_in(tx, &cases, batch, counts).await }))
        .await
}

/// The same in a transaction that is open already.
pub async fn write_counted_in(
    tx: &Tx,
    cases: &Prepared,
    batch: BatchId,
    counts: Counts,
) -> Result<(), StoreError> {
    write_in(tx, cases).await?;
    feed::rebuild(tx, batch).await?;
    batches::progress(tx, batch, counts, None).await
}

async fn write_in(tx: &Tx, cases: &Prepared) -> Result<(), StoreError> {
    let exists = |what: &'static str| {
        move |e: StoreError| {
            if matches!(&e, StoreError::Broken(c) if is_unique(c)) {
                StoreError::Exists(what)
            } else {
                e
            }
        }
    };
    run(tx, &cases.keys).await.map_err(exists("ticket_no"))?;
    run(tx, &cases.external)
        .await
        .map_err(exists("external_no"))?;
    if tx.handle().is_sqlite() {
        tickets_with_search(tx, cases).await?;
    } else {
        insert_rows(tx, *row::INSERT, cases.tickets.iter().cloned()).await?;
    }
    run(tx, &cases.rest).await
}

async fn run(tx: &Tx, statements: &[Sql]) -> Result<(), StoreError> {
    for sql in statements {
        tx.handle().run(sql.clone()).await?;
    }
    Ok(())
}

fn is_unique(cause: &anyhow::Error) -> bool {
    let error = cause
        .downcast_ref::<sea_orm::DbErr>()
        .and_then(sea_orm::DbErr::sql_err);
    matches!(error, Some(sea_orm::SqlErr::UniqueConstraintViolation(_)))
}

/// SQLite: tickets and their rows of the search index share row numbers.
async fn tickets_with_search(tx: &Tx, cases: &Prepared) -> Result<(), StoreError> {
    let h = tx.handle();
    let numbers = row_numbers(tx, &cases.accepted).await?;
    let rows = cases.tickets.iter().zip(&numbers).map(|(row, rid)| {
        let mut row: Vec<Value> = row.clone();
        row.extend(vals![*rid]);
        row
    });
    insert_rows(tx, *row::INSERT_SQLITE, rows).await?;
    // A statement each: inside one of many rows each of the index's own statements walks through the journal of all before it.
    let all: Vec<_> = cases.grams.iter().zip(&numbers).collect();
    for group in all.chunks(SEARCHED) {
        let mut sql = Sql::default();
        for (grams, rid) in group {
            sql.push(
                "insert into ticket_search (rowid, grams) values (?, ?);",
                vals![**rid, *grams],
            );
        }
        h.run(sql).await?;
    }
    Ok(())
}

/// A free row number for every ticket, near its moment of acceptance.
async fn row_numbers(tx: &Tx, accepted: &[Instant]) -> Result<Vec<i64>, StoreError> {
    let wanted: Vec<i64> = accepted.iter().map(|at| search::row_number(*at)).collect();
    let (Some(first), Some(last)) = (wanted.iter().min(), wanted.iter().max()) else {
        return Ok(Vec::new());
    };
    let end = last + i64::try_from(NEAR).unwrap_or(0);
    // Text: the row number is SQLite's own and no column of the entity.
    let sql = Sql::new(
        "select rid from tickets where rid >= ? and rid <= ? limit ?",
        vals![*first, end, NEAR + 1],
    );
    let rows = tx.handle().rows::<RowNumber>(sql).await?;
    let near = rows.len() <= NEAR;
    let mut taken: BTreeSet<i64> = BTreeSet::new();
    taken.extend(rows.iter().filter(|_| near).map(|row| row.rid));
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
