//! Batches: one run of the demo or of an import, with its figures; an import can be taken back as a whole.
//! Not here: the rows of a batch (`prepared`).
//! Taking back moves tickets to RECYCLED with an event each; nothing is deleted (I5).

use shared::calendar::Instant;
use shared::ids::{BatchId, TicketId};
use shared::ticket::{TicketState, Verb};
use uuid::Uuid;

use super::rows::insert_rows;
use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// Which door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchKind {
    /// The demo province.
    Demo,
    /// A file of another system.
    Import,
}

impl BatchKind {
    const fn word(self) -> &'static str {
        match self {
            Self::Demo => "demo",
            Self::Import => "import",
        }
    }
}

/// What became of the rows read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub read: u64,
    pub imported: u64,
    pub duplicate: u64,
    pub rejected: u64,
}

/// One run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    pub id: BatchId,
    /// Unique name.
    pub name: String,
    /// File or seed.
    pub source: String,
    pub undone_at: Option<Instant>,
}

/// Begins a batch.
///
/// # Errors
/// `Exists` when the name is taken.
pub async fn start(tx: &Tx, kind: BatchKind, batch: &Batch, at: Instant) -> Result<(), StoreError> {
    let sql = Sql::new(
        "insert into batches (id, kind, name, source, started_at, rows_read, rows_imported, rows_duplicate, rows_rejected) values (?, ?, ?, ?, ?, 0, 0, 0, 0)",
        vals![batch.id, kind.word(), &batch.name, &batch.source, at],
    );
    tx.handle().insert(sql, "batch").await.map(drop)
}

/// Writes the figures of a batch that has ended.
pub async fn finish(tx: &Tx, id: BatchId, tally: Tally, at: Instant) -> Result<(), StoreError> {
    let sql = Sql::new(
        "update batches set finished_at = ?, rows_read = ?, rows_imported = ?, rows_duplicate = ?, rows_rejected = ? where id = ?",
        vals![at, tally.read, tally.imported, tally.duplicate, tally.rejected, id],
    );
    tx.handle().run(sql).await.map(drop)
}

/// An import by its id.
pub async fn batch(conn: &dyn Conn, id: BatchId) -> Result<Option<Batch>, StoreError> {
    let sql = Sql::new("select id, name, source, undone_at from batches where id = ? and kind = 'import'", vals![id]);
    let row = conn.handle().one(sql).await?;
    row.map(|row| {
        let mut r = Reader::new(&row);
        Ok(Batch { id: BatchId(r.get()?), name: r.get()?, source: r.get()?, undone_at: r.opt_at()? })
    })
    .transpose()
}

/// Moves up to `limit` tickets of a batch to RECYCLED; how many were moved, 0 when all are. The last call marks the batch.
/// Their external keys go as well, so that a corrected file can be imported again.
pub async fn undo(tx: &Tx, id: BatchId, at: Instant, limit: u32) -> Result<u64, StoreError> {
    let recycled = TicketState::Recycled;
    let sql = Sql::new(
        "select t.id, t.state, (select coalesce(max(e.seq), 0) from events e where e.ticket_id = t.id) from tickets t where t.batch_id = ? and t.state <> ? order by t.id limit ?",
        vals![id, recycled, limit],
    );
    let rows = tx.handle().all(sql).await?;
    let mut moved = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut r = Reader::new(row);
        let (ticket, state, seq): (Uuid, TicketState, i32) = (r.get()?, r.code()?, r.int()?);
        moved.push((TicketId(ticket), state, seq));
    }
    if moved.is_empty() {
        tx.handle().run(Sql::new("update batches set undone_at = ? where id = ? and undone_at is null", vals![at, id])).await?;
        return Ok(0);
    }
    for (table, with) in [
        ("delete from tasks where ticket_id in ", None),
        ("delete from instances where ticket_id in ", None),
        ("delete from external_keys where ticket_id in ", None),
        ("update tickets set version = version + 1, state = ?, is_open = ?, updated_at = ?, closed_at = coalesce(closed_at, ?) where id in ", Some(())),
    ] {
        let mut sql = Sql::new(table, with.map(|()| vals![recycled, false, at, at]).unwrap_or_default());
        sql.list(moved.iter().map(|(ticket, ..)| crate::sql::Bind::bind(*ticket)).collect());
        tx.handle().run(sql).await?;
    }
    let events = moved.iter().map(|(ticket, state, seq)| vals![*ticket, *seq + 1, Verb::Withdraw, at, None::<String>, *state, recycled, r#"{"undo":"import"}"#]);
    insert_rows(tx, "insert into events (ticket_id, seq, verb, at, by_name, from_state, to_state, facts) values ", 8, events).await?;
    Ok(moved.len() as u64)
}
