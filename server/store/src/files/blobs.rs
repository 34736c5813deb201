//! Bytes of files: entered with their wrapped key, checked for viruses, destroyed by destroying the key.
//! Not here: where they hang (`references`).
//! A row never leaves while something refers to it; what is destroyed keeps its row, so that people read what became of it.

use std::collections::BTreeSet;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use shared::calendar::Instant;
use shared::file::{FileKind, FileState};
use shared::ids::BlobId;
use uuid::Uuid;

use super::Blob;
use crate::entity::file::blob::{ActiveModel, Column, Entity, Model};
use crate::entity::file::file_reference;
use crate::{Conn, StoreError, Tx};

/// Place of the wrapped key.
const PLACE: &str = "blobs.key";

/// What the virus check said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scan {
    /// Nothing was found.
    Clean,
    /// The name of what was found; the key is destroyed with it.
    Infected(String),
}

/// Bytes whose key is destroyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// The object that may go as well.
    pub path: String,
}

pub(super) fn read(row: Model) -> Result<Blob, StoreError> {
    let unknown = |what: &str| StoreError::broken(format!("unknown {what} of a file"));
    Ok(Blob {
        id: BlobId(row.id),
        sha256: row.sha256,
        size: row.size,
        kind: FileKind::parse(&row.kind).ok_or_else(|| unknown("kind"))?,
        state: FileState::parse(&row.state).ok_or_else(|| unknown("state"))?,
        path: row.path,
        sealed_size: row.sealed_size,
        sealed_sha256: row.sealed_sha256,
        created_at: Instant(row.created_at),
        scanned_at: row.scanned_at.map(Instant),
        finding: row.finding,
        tries: row.tries,
    })
}

/// Enters bytes that lie sealed in their place, with the key that opens them.
pub async fn put(tx: &Tx, blob: &Blob, key: &[u8]) -> Result<(), StoreError> {
    let h = tx.handle();
    let row = Model {
        id: blob.id.0,
        sha256: blob.sha256.clone(),
        size: blob.size,
        kind: blob.kind.code().to_owned(),
        state: blob.state.code().to_owned(),
        path: blob.path.clone(),
        sealed_size: blob.sealed_size,
        sealed_sha256: blob.sealed_sha256.clone(),
        key_id: Some(h.seal().key_id().to_owned()),
        sealed_key: Some(h.seal().seal(PLACE, blob.id.0.as_bytes(), key)?),
        created_at: blob.created_at.0,
        scanned_at: blob.scanned_at.map(|at| at.0),
        finding: blob.finding.clone(),
        scan_at: (blob.state == FileState::Quarantined).then_some(blob.created_at.0),
        tries: blob.tries,
    };
    h.add_row(row, "blob").await.map(drop)
}

/// The key that opens the bytes; nothing once it is destroyed.
pub async fn key(conn: &dyn Conn, id: BlobId) -> Result<Option<Vec<u8>>, StoreError> {
    let h = conn.handle();
    let row = h.find_one(Entity::find_by_id(id.0)).await?;
    let wrapped = row.and_then(|row| row.key_id.zip(row.sealed_key));
    wrapped
        .map(|(key_id, key)| h.seal().open(&key_id, PLACE, id.0.as_bytes(), &key))
        .transpose()
}

/// Bytes that wait for the virus check, who waited longest first.
pub async fn to_scan(conn: &dyn Conn, now: Instant, limit: u32) -> Result<Vec<Blob>, StoreError> {
    let waiting = Entity::find()
        .filter(Column::State.eq(FileState::Quarantined.code()))
        .filter(Column::ScanAt.lte(now.0))
        .order_by_asc(Column::ScanAt)
        .order_by_asc(Column::Id)
        .limit(u64::from(limit));
    let rows = conn.handle().find(waiting).await?;
    rows.into_iter().map(read).collect()
}

fn quarantined(id: BlobId) -> sea_orm::UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq(FileState::Quarantined.code()))
}

/// Writes what the virus check said; false when somebody else was faster.
pub async fn scanned(tx: &Tx, id: BlobId, scan: &Scan, now: Instant) -> Result<bool, StoreError> {
    let base = ActiveModel {
        scanned_at: Set(Some(now.0)),
        scan_at: Set(None),
        ..Default::default()
    };
    let set = match scan {
        Scan::Clean => ActiveModel {
            state: Set(FileState::Clean.code().to_owned()),
            ..base
        },
        Scan::Infected(finding) => ActiveModel {
            state: Set(FileState::Refused.code().to_owned()),
            finding: Set(Some(finding.clone())),
            sha256: Set(None),
            key_id: Set(None),
            sealed_key: Set(None),
            ..base
        },
    };
    Ok(tx.handle().change(&quarantined(id).set(set)).await? == 1)
}

/// The virus check did not answer: tried again later.
pub async fn scan_later(tx: &Tx, id: BlobId, at: Instant) -> Result<(), StoreError> {
    let later = quarantined(id)
        .col_expr(Column::ScanAt, Expr::value(at.0))
        .col_expr(Column::Tries, Expr::col(Column::Tries).add(1_i64));
    tx.handle().change(&later).await.map(drop)
}

/// Destroys the key, and with it the bytes wherever copies of them lie; `None` when there is none any more.
pub async fn erase(tx: &Tx, id: BlobId) -> Result<Option<Erased>, StoreError> {
    let h = tx.handle();
    let Some(row) = h.find_one(Entity::find_by_id(id.0)).await? else {
        return Ok(None);
    };
    let gone = Entity::update_many()
        .filter(Column::Id.eq(id.0))
        .filter(Column::SealedKey.is_not_null())
        .set(ActiveModel {
            state: Set(FileState::Erased.code().to_owned()),
            sha256: Set(None),
            key_id: Set(None),
            sealed_key: Set(None),
            scan_at: Set(None),
            ..Default::default()
        });
    Ok((h.change(&gone).await? == 1).then_some(Erased { path: row.path }))
}

/// Takes away rows of bytes to which nothing refers, made before an instant; gives their objects.
pub async fn unreferenced(tx: &Tx, before: Instant, limit: u32) -> Result<Vec<String>, StoreError> {
    let h = tx.handle();
    let referred = Query::select()
        .expr(Expr::value(1))
        .from(file_reference::Entity)
        .and_where(
            Expr::col((file_reference::Entity, file_reference::Column::Blob))
                .equals((Entity, Column::Id)),
        )
        .to_owned();
    let free = Entity::find()
        .filter(Column::CreatedAt.lt(before.0))
        .filter(Condition::all().not().add(Expr::exists(referred)))
        .order_by_asc(Column::Id)
        .limit(u64::from(limit));
    let rows = h.find(free).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids = rows.iter().map(|row| row.id);
    h.change(&Entity::delete_many().filter(Column::Id.is_in(ids)))
        .await?;
    Ok(rows.into_iter().map(|row| row.path).collect())
}

/// Which of these objects have a row whose key is there.
pub async fn known_paths(
    conn: &dyn Conn,
    paths: &[String],
) -> Result<BTreeSet<String>, StoreError> {
    let known = Entity::find()
        .filter(Column::Path.is_in(paths))
        .filter(Column::SealedKey.is_not_null());
    let rows = conn.handle().find(known).await?;
    Ok(rows.into_iter().map(|row| row.path).collect())
}

/// A page of all bytes that are not destroyed, in the order of ids.
pub async fn page(
    conn: &dyn Conn,
    after: Option<BlobId>,
    limit: u32,
) -> Result<Vec<Blob>, StoreError> {
    let page = Entity::find()
        .filter(Column::Id.gt(after.map_or_else(Uuid::nil, |id| id.0)))
        .filter(Column::SealedKey.is_not_null())
        .order_by_asc(Column::Id)
        .limit(u64::from(limit));
    let rows = conn.handle().find(page).await?;
    rows.into_iter().map(read).collect()
}
