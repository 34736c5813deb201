//! Runs of the bulk doors: the demo and imports. A batch can be undone; nothing is deleted.
//! Not here: reading files (services), writing tickets (`bulk`).
//! Numbers of rows keep the sum: read = imported + duplicate + rejected.

use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::ids::BatchId;

use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// A run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Id, also on its tickets.
    pub id: BatchId,
    /// `import` or `demo`.
    pub kind: String,
    /// Unique name for people.
    pub name: String,
    /// Source name.
    pub source: String,
    /// When it began.
    pub started_at: Instant,
    /// When it ended.
    pub finished_at: Option<Instant>,
    /// When it was undone.
    pub undone_at: Option<Instant>,
    /// Rows.
    pub counts: Counts,
}

/// Rows of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Read from the source.
    pub read: i64,
    /// Became tickets.
    pub imported: i64,
    /// Were there already.
    pub duplicate: i64,
    /// Were refused.
    pub rejected: i64,
}

const SELECT: &str = "select id, kind, name, source, started_at, finished_at, undone_at, rows_read, rows_imported, rows_duplicate, rows_rejected from batches ";

/// Begins a run.
///
/// # Errors
/// `Exists("batch")` for a name that is taken.
pub async fn begin(tx: &Tx, b: &Batch) -> Result<(), StoreError> {
    let sql = Sql::new(
        "insert into batches (id, kind, name, source, started_at, rows_read, rows_imported, rows_duplicate, rows_rejected) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        vals![
            b.id,
            &b.kind,
            &b.name,
            &b.source,
            b.started_at,
            b.counts.read,
            b.counts.imported,
            b.counts.duplicate,
            b.counts.rejected
        ],
    );
    tx.handle().insert(sql, "batch").await.map(drop)
}

/// Writes down how far a run is, and its end.
pub async fn progress(
    tx: &Tx,
    id: BatchId,
    counts: Counts,
    finished_at: Option<Instant>,
) -> Result<(), StoreError> {
    let sql = "update batches set rows_read = ?, rows_imported = ?, rows_duplicate = ?, rows_rejected = ?, finished_at = ? where id = ?";
    tx.handle()
        .run(Sql::new(
            sql,
            vals![
                counts.read,
                counts.imported,
                counts.duplicate,
                counts.rejected,
                finished_at,
                id
            ],
        ))
        .await
        .map(drop)
}

/// Marks a run as undone; false when it was before.
pub async fn mark_undone(tx: &Tx, id: BatchId, now: Instant) -> Result<bool, StoreError> {
    Ok(tx
        .handle()
        .run(Sql::new(
            "update batches set undone_at = ? where id = ? and undone_at is null",
            vals![now, id],
        ))
        .await?
        == 1)
}

/// The run with this name.
pub async fn find_by_name(conn: &dyn Conn, name: &str) -> Result<Option<Batch>, StoreError> {
    let mut sql = Sql::new(SELECT, vals![]);
    sql.push("where name = ?", vals![name]);
    conn.handle().one(sql).await?.as_ref().map(read).transpose()
}

/// All runs, newest first.
pub async fn list(conn: &dyn Conn) -> Result<Vec<Batch>, StoreError> {
    let mut sql = Sql::new(SELECT, vals![]);
    sql.text("order by started_at desc, name");
    conn.handle().all(sql).await?.iter().map(read).collect()
}

fn read(row: &sea_orm::QueryResult) -> Result<Batch, StoreError> {
    let mut r = Reader::new(row);
    Ok(Batch {
        id: BatchId(r.get()?),
        kind: r.get()?,
        name: r.get()?,
        source: r.get()?,
        started_at: r.at()?,
        finished_at: r.opt_at()?,
        undone_at: r.opt_at()?,
        counts: Counts {
            read: r.get()?,
            imported: r.get()?,
            duplicate: r.get()?,
            rejected: r.get()?,
        },
    })
}
