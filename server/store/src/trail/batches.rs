//! Runs of the bulk doors: the demo and imports. A batch can be undone; nothing is deleted.
//! Not here: reading files (services), writing tickets (`bulk`).
//! Numbers of rows keep the sum: read = imported + duplicate + rejected.

use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder as _;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::ids::BatchId;

use crate::entity::Col;
use crate::entity::trail::batch::{ActiveModel, Column, Entity, Model};
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

/// Begins a run.
///
/// # Errors
/// `Exists("batch")` for a name that is taken.
pub async fn begin(tx: &Tx, b: &Batch) -> Result<(), StoreError> {
    let row = Model {
        id: b.id.into(),
        kind: b.kind.clone(),
        name: b.name.clone(),
        source: b.source.clone(),
        started_at: b.started_at.into(),
        finished_at: Col(None),
        undone_at: Col(None),
        rows_read: b.counts.read,
        rows_imported: b.counts.imported,
        rows_duplicate: b.counts.duplicate,
        rows_rejected: b.counts.rejected,
    };
    tx.handle().add_row(row, "batch").await.map(drop)
}

/// Writes down how far a run is, and its end.
pub async fn progress(
    tx: &Tx,
    id: BatchId,
    counts: Counts,
    finished_at: Option<Instant>,
) -> Result<(), StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            rows_read: Set(counts.read),
            rows_imported: Set(counts.imported),
            rows_duplicate: Set(counts.duplicate),
            rows_rejected: Set(counts.rejected),
            finished_at: Set(finished_at.into()),
            ..Default::default()
        })
        .filter(Column::Id.eq(Col(id)));
    tx.handle().change(&update).await.map(drop)
}

/// Marks a run as undone; false when it was before.
pub async fn mark_undone(tx: &Tx, id: BatchId, now: Instant) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            undone_at: Set(Some(now).into()),
            ..Default::default()
        })
        .filter(Column::Id.eq(Col(id)))
        .filter(Column::UndoneAt.is_null());
    Ok(tx.handle().change(&update).await? == 1)
}

/// The run with this name.
pub async fn find_by_name(conn: &dyn Conn, name: &str) -> Result<Option<Batch>, StoreError> {
    let select = Entity::find().filter(Column::Name.eq(name));
    Ok(conn.handle().find_one(select).await?.map(Into::into))
}

/// All runs, newest first.
pub async fn list(conn: &dyn Conn) -> Result<Vec<Batch>, StoreError> {
    let select = Entity::find()
        .order_by_desc(Column::StartedAt)
        .order_by_asc(Column::Name);
    conn.handle().records(select).await
}

impl From<Model> for Batch {
    fn from(row: Model) -> Self {
        Self {
            id: row.id.0,
            kind: row.kind,
            name: row.name,
            source: row.source,
            started_at: row.started_at.0,
            finished_at: row.finished_at.0,
            undone_at: row.undone_at.0,
            counts: Counts {
                read: row.rows_read,
                imported: row.rows_imported,
                duplicate: row.rows_duplicate,
                rejected: row.rows_rejected,
            },
        }
    }
}
