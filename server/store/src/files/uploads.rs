//! Files on their way: what is wanted, how far it has come, and the key under which it is staged.
//! Not here: the staged bytes (`services::files::staging`).
//! The offset here is what was acknowledged; bytes beyond it in the staged file count for nothing.

use std::collections::BTreeSet;

use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::ids::{FileId, UploadId, UserId};
use uuid::Uuid;

use super::Upload;
use crate::entity::file::upload::{Column, Entity, Model};
use crate::{Conn, Seal, StoreError, Tx};

/// Place of what is sealed.
pub(crate) const PLACE: &str = "uploads.inside";

#[derive(Serialize, Deserialize)]
struct Inside {
    name: String,
    key: Vec<u8>,
}

fn json<T>(result: Result<T, serde_json::Error>) -> Result<T, StoreError> {
    result.map_err(|error| StoreError::Broken(error.into()))
}

fn read(seal: &Seal, row: Model) -> Result<Upload, StoreError> {
    let plain = seal.open(&row.key_id, PLACE, row.id.as_bytes(), &row.inside)?;
    let inside: Inside = json(serde_json::from_slice(&plain))?;
    Ok(Upload {
        id: UploadId(row.id),
        owner: UserId(row.owner),
        owner_name: row.owner_name,
        hook: json(serde_json::from_str(&row.hook))?,
        name: inside.name,
        key: inside.key,
        size: row.size,
        received: row.received,
        file: row.file.map(FileId),
        made_at: Instant(row.made_at),
        expires_at: Instant(row.expires_at),
    })
}

/// Begins an upload.
pub async fn begin(tx: &Tx, upload: &Upload) -> Result<(), StoreError> {
    let h = tx.handle();
    let inside = Inside {
        name: upload.name.clone(),
        key: upload.key.clone(),
    };
    let inside = json(serde_json::to_vec(&inside))?;
    let row = Model {
        id: upload.id.0,
        owner: upload.owner.0,
        owner_name: upload.owner_name.clone(),
        hook: json(serde_json::to_string(&upload.hook))?,
        size: upload.size,
        received: upload.received,
        key_id: h.seal().key_id().to_owned(),
        inside: h.seal().seal(PLACE, upload.id.0.as_bytes(), &inside)?,
        file: upload.file.map(|file| file.0),
        made_at: upload.made_at.0,
        expires_at: upload.expires_at.0,
    };
    h.add_row(row, "upload").await.map(drop)
}

/// An upload; whose it is, is the caller's question.
pub async fn find(conn: &dyn Conn, id: UploadId) -> Result<Option<Upload>, StoreError> {
    let h = conn.handle();
    let row = h.find_one(Entity::find_by_id(id.0)).await?;
    row.map(|row| read(h.seal(), row)).transpose()
}

/// Acknowledges bytes that are on the disk; false when the upload does not stand where the caller saw it.
pub async fn advance(tx: &Tx, id: UploadId, from: i64, to: i64) -> Result<bool, StoreError> {
    let moved = Entity::update_many()
        .filter(Column::Id.eq(id.0))
        .filter(Column::Received.eq(from))
        .filter(Column::File.is_null())
        .col_expr(Column::Received, Expr::value(to));
    Ok(tx.handle().change(&moved).await? == 1)
}

/// Says that an upload is complete with what has come, where nobody knew its length beforehand.
pub async fn ends_at(tx: &Tx, id: UploadId, size: i64) -> Result<(), StoreError> {
    let ends = Entity::update_many()
        .filter(Column::Id.eq(id.0))
        .filter(Column::Received.eq(size))
        .col_expr(Column::Size, Expr::value(size));
    tx.handle().change(&ends).await.map(drop)
}

/// Says what a complete upload became; false when somebody else was faster.
pub async fn complete(tx: &Tx, id: UploadId, file: FileId) -> Result<bool, StoreError> {
    let done = Entity::update_many()
        .filter(Column::Id.eq(id.0))
        .filter(Column::File.is_null())
        .filter(Expr::col(Column::Received).equals(Column::Size))
        .col_expr(Column::File, Expr::value(file.0));
    Ok(tx.handle().change(&done).await? == 1)
}

/// Takes uploads away, and with them the keys of what was staged.
pub async fn give_up(tx: &Tx, ids: &[UploadId]) -> Result<u64, StoreError> {
    let gone = Entity::delete_many().filter(Column::Id.is_in(ids.iter().map(|id| id.0)));
    tx.handle().change(&gone).await
}

/// Uploads whose time is over.
pub async fn expired(
    conn: &dyn Conn,
    now: Instant,
    limit: u32,
) -> Result<Vec<UploadId>, StoreError> {
    let old = Entity::find()
        .filter(Column::ExpiresAt.lte(now.0))
        .order_by_asc(Column::ExpiresAt)
        .limit(u64::from(limit));
    let rows = conn.handle().find(old).await?;
    Ok(rows.into_iter().map(|row| UploadId(row.id)).collect())
}

/// How many uploads of a person are under way.
pub async fn open_of(conn: &dyn Conn, owner: UserId) -> Result<i64, StoreError> {
    let open = Entity::find()
        .filter(Column::Owner.eq(owner.0))
        .filter(Column::File.is_null());
    conn.handle().count(open).await
}

/// Which of these uploads still need what was staged.
pub async fn known(conn: &dyn Conn, ids: &[Uuid]) -> Result<BTreeSet<Uuid>, StoreError> {
    let known = Entity::find()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::File.is_null());
    let rows = conn.handle().find(known).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
