//! Bytes sealed anew under another key: how many there are, the key with the object that it opens, and the write in which both change.
//! Not here: sealing them (`services::files`), wrapping keys anew (`installation::reseal`).

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use shared::ids::BlobId;

use super::blobs::{PLACE, Sealed};
use crate::entity::file::blob::{ActiveModel, Column, Entity};
use crate::{Conn, StoreError, Tx};

/// The key that opens the bytes and the object that it opens, of one row; nothing once the key is destroyed.
pub async fn keyed(conn: &dyn Conn, id: BlobId) -> Result<Option<(Vec<u8>, String)>, StoreError> {
    let h = conn.handle();
    let Some(row) = h.find_one(Entity::find_by_id(id.0)).await? else {
        return Ok(None);
    };
    let Some((key_id, wrapped)) = row.key_id.zip(row.sealed_key) else {
        return Ok(None);
    };
    let key = h.seal().open(&key_id, PLACE, id.0.as_bytes(), &wrapped)?;
    Ok(Some((key, row.path)))
}

/// How many bytes lie sealed.
pub async fn sealed_rows(conn: &dyn Conn) -> Result<i64, StoreError> {
    let sealed = Entity::find().filter(Column::SealedKey.is_not_null());
    conn.handle().count(sealed).await
}

/// Says where bytes lie now that lay at `before`, and with which key; false when they are destroyed or somebody else was faster.
pub async fn reseal(
    tx: &Tx,
    id: BlobId,
    before: &str,
    sealed: &Sealed,
) -> Result<bool, StoreError> {
    let h = tx.handle();
    let wrapped = h.seal().seal(PLACE, id.0.as_bytes(), &sealed.key)?;
    let moved = Entity::update_many()
        .filter(Column::Id.eq(id.0))
        .filter(Column::Path.eq(before))
        .filter(Column::SealedKey.is_not_null())
        .set(ActiveModel {
            path: Set(sealed.path.clone()),
            sealed_size: Set(sealed.size),
            sealed_sha256: Set(sealed.sha256.clone()),
            key_id: Set(Some(h.seal().key_id().to_owned())),
            sealed_key: Set(Some(wrapped)),
            ..Default::default()
        });
    Ok(h.change(&moved).await? == 1)
}
