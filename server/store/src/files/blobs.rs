//! Bytes of files: entered with their wrapped key, checked for viruses, destroyed by destroying the key. A picture's small one goes wherever it goes.
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
pub(crate) const PLACE: &str = "blobs.key";

/// What the virus check said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scan {
    /// Nothing was found.
    Clean,
    /// The name of what was found; the key is destroyed with it.
    Infected(String),
}

/// What lies where nobody reads it any more; it goes after the commit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Freed {
    /// Keys of sealed objects.
    pub sealed: Vec<String>,
    /// Of an earlier release, in the clear.
    pub open: Vec<String>,
}

impl Freed {
    fn of(rows: Vec<Model>) -> Self {
        let mut freed = Self::default();
        for row in rows {
            match row.open_path {
                Some(path) => freed.open.push(path),
                None => freed.sealed.push(row.path),
            }
        }
        freed
    }
}

/// Where bytes lie sealed that lay in the clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Key of the object.
    pub path: String,
    /// Sealed bytes.
    pub size: i64,
    /// Digest of the sealed bytes.
    pub sha256: Vec<u8>,
    /// The key that opens them.
    pub key: Vec<u8>,
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
        picture_of: row.picture_of.map(BlobId),
        width: row.width,
        height: row.height,
        open_path: row.open_path,
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
        picture_of: blob.picture_of.map(|id| id.0),
        width: blob.width,
        height: blob.height,
        open_path: blob.open_path.clone(),
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

/// Bytes that can be read.
fn there() -> Condition {
    Condition::any()
        .add(Column::SealedKey.is_not_null())
        .add(Column::OpenPath.is_not_null())
}

/// The bytes themselves and their small picture.
fn with_small(ids: &[Uuid]) -> Condition {
    Condition::any()
        .add(Column::Id.is_in(ids.iter().copied()))
        .add(Column::PictureOf.is_in(ids.iter().copied()))
}

/// Keeps others from taking bytes away until the transaction ends; false when they are destroyed or gone.
pub async fn hold(tx: &Tx, id: BlobId) -> Result<bool, StoreError> {
    // An update without effect locks the row on PostgreSQL; SQLite has one writer anyway.
    let same = Entity::update_many()
        .col_expr(Column::Tries, Expr::col(Column::Tries))
        .filter(Column::Id.eq(id.0))
        .filter(there());
    Ok(tx.handle().change(&same).await? == 1)
}

/// The small picture that belongs to a picture.
pub async fn small_of(conn: &dyn Conn, id: BlobId) -> Result<Option<Blob>, StoreError> {
    let small = Entity::find().filter(Column::PictureOf.eq(id.0));
    let row = conn.handle().find_one(small).await?;
    row.map(read).transpose()
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

/// Writes what the virus check said and gives what may go with it; nothing when somebody else was faster.
pub async fn scanned(
    tx: &Tx,
    id: BlobId,
    scan: &Scan,
    now: Instant,
) -> Result<Option<Freed>, StoreError> {
    let h = tx.handle();
    let base = ActiveModel {
        scanned_at: Set(Some(now.0)),
        scan_at: Set(None),
        ..Default::default()
    };
    let Scan::Infected(finding) = scan else {
        let set = ActiveModel {
            state: Set(FileState::Clean.code().to_owned()),
            ..base
        };
        let first = h.change(&quarantined(id).set(set)).await? == 1;
        return Ok(first.then(Freed::default));
    };
    let set = ActiveModel {
        state: Set(FileState::Refused.code().to_owned()),
        finding: Set(Some(finding.clone())),
        ..base
    };
    if h.change(&quarantined(id).set(set)).await? == 0 {
        return Ok(None);
    }
    without_key(tx, id, FileState::Refused).await.map(Some)
}

/// Destroys the key of bytes and of their small picture.
async fn without_key(tx: &Tx, id: BlobId, state: FileState) -> Result<Freed, StoreError> {
    let h = tx.handle();
    let rows = h
        .find(Entity::find().filter(with_small(&[id.0])).filter(there()))
        .await?;
    let gone = Entity::update_many()
        .filter(with_small(&[id.0]))
        .filter(there())
        .set(ActiveModel {
            state: Set(state.code().to_owned()),
            sha256: Set(None),
            key_id: Set(None),
            sealed_key: Set(None),
            open_path: Set(None),
            scan_at: Set(None),
            ..Default::default()
        });
    h.change(&gone).await?;
    Ok(Freed::of(rows))
}

/// The virus check did not answer, or bytes in the clear could not be sealed: tried again later.
pub async fn scan_later(tx: &Tx, id: BlobId, at: Instant) -> Result<(), StoreError> {
    let waits = Condition::any()
        .add(Column::State.eq(FileState::Quarantined.code()))
        .add(Column::OpenPath.is_not_null());
    let later = Entity::update_many()
        .filter(Column::Id.eq(id.0))
        .filter(waits)
        .col_expr(Column::ScanAt, Expr::value(at.0))
        .col_expr(Column::Tries, Expr::col(Column::Tries).add(1_i64));
    tx.handle().change(&later).await.map(drop)
}

/// Destroys the key, and with it the bytes wherever copies of them lie; `None` when there is none any more.
pub async fn erase(tx: &Tx, id: BlobId) -> Result<Option<Freed>, StoreError> {
    if !hold(tx, id).await? {
        return Ok(None);
    }
    without_key(tx, id, FileState::Erased).await.map(Some)
}

/// Nothing refers to them.
fn unused() -> Condition {
    let referred = Query::select()
        .expr(Expr::value(1))
        .from(file_reference::Entity)
        .and_where(
            Expr::col((file_reference::Entity, file_reference::Column::Blob))
                .equals((Entity, Column::Id)),
        )
        .to_owned();
    Condition::all()
        .add(Column::PictureOf.is_null())
        .add(Condition::all().not().add(Expr::exists(referred)))
}

/// Takes away rows of bytes to which nothing refers, made before an instant; gives their objects.
pub async fn unreferenced(tx: &Tx, before: Instant, limit: u32) -> Result<Freed, StoreError> {
    let free = Entity::find()
        .filter(Column::CreatedAt.lt(before.0))
        .filter(unused())
        .order_by_asc(Column::Id)
        .limit(u64::from(limit));
    let rows = tx.handle().find(free).await?;
    let ids: Vec<Uuid> = rows.into_iter().map(|row| row.id).collect();
    taken_away(tx, &ids).await
}

/// Takes away those of these bytes to which nothing refers any more; gives their objects. A reference that somebody makes meanwhile keeps them.
pub async fn release(tx: &Tx, ids: &[BlobId]) -> Result<Freed, StoreError> {
    let mut ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    ids.sort_unstable();
    ids.dedup();
    // Locked one after the other and always in the same order, before anybody is asked who refers to them.
    for id in &ids {
        hold(tx, BlobId(*id)).await?;
    }
    let free = Entity::find()
        .filter(Column::Id.is_in(ids))
        .filter(unused());
    let rows = tx.handle().find(free).await?;
    let ids: Vec<Uuid> = rows.into_iter().map(|row| row.id).collect();
    taken_away(tx, &ids).await
}

async fn taken_away(tx: &Tx, ids: &[Uuid]) -> Result<Freed, StoreError> {
    if ids.is_empty() {
        return Ok(Freed::default());
    }
    let h = tx.handle();
    let rows = h.find(Entity::find().filter(with_small(ids))).await?;
    h.change(&Entity::delete_many().filter(with_small(ids)))
        .await?;
    Ok(Freed::of(rows))
}

/// Bytes that lie in the clear, those first that were tried in vain least lately.
pub async fn to_seal(conn: &dyn Conn, now: Instant, limit: u32) -> Result<Vec<Blob>, StoreError> {
    let due = Condition::any()
        .add(Column::ScanAt.is_null())
        .add(Column::ScanAt.lte(now.0));
    let open = Entity::find()
        .filter(Column::OpenPath.is_not_null())
        .filter(due)
        .order_by_asc(Column::Tries)
        .order_by_asc(Column::Id)
        .limit(u64::from(limit));
    let rows = conn.handle().find(open).await?;
    rows.into_iter().map(read).collect()
}

/// Says where bytes lie sealed that lay in the clear; false when they are gone or somebody else was faster.
pub async fn seal(tx: &Tx, id: BlobId, sealed: &Sealed) -> Result<bool, StoreError> {
    let h = tx.handle();
    let wrapped = h.seal().seal(PLACE, id.0.as_bytes(), &sealed.key)?;
    let moved = Entity::update_many()
        .filter(Column::Id.eq(id.0))
        .filter(Column::OpenPath.is_not_null())
        .set(ActiveModel {
            path: Set(sealed.path.clone()),
            sealed_size: Set(sealed.size),
            sealed_sha256: Set(sealed.sha256.clone()),
            key_id: Set(Some(h.seal().key_id().to_owned())),
            sealed_key: Set(Some(wrapped)),
            open_path: Set(None),
            scan_at: Set(None),
            tries: Set(0),
            ..Default::default()
        });
    if h.change(&moved).await? == 0 {
        return Ok(false);
    }
    super::references::seal_names(tx, id).await?;
    Ok(true)
}

/// Which of these files in the clear are still read.
pub async fn known_open(conn: &dyn Conn, paths: &[String]) -> Result<BTreeSet<String>, StoreError> {
    let known = Entity::find().filter(Column::OpenPath.is_in(paths));
    let rows = conn.handle().find(known).await?;
    Ok(rows.into_iter().filter_map(|row| row.open_path).collect())
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
