//! What people of the house typed into a form and have not sent: one a person and form, the last one stays. Sealed, bound to person and form.
//! Not here: which forms and which fields (services).
//! What was sent is forgotten by whoever took it.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::todo::typed_form::{Column, Entity, Model};
use crate::entity::{Col, table};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

/// Where a sealed form belongs.
pub(crate) const PLACE: &str = "typed_forms";

/// Address of a form, and its fields.
pub type Typed = (String, Vec<(String, String)>);

fn bound(user: UserId, address: &str) -> Vec<u8> {
    [user.0.as_bytes(), address.as_bytes()].concat()
}

/// Keeps a form in the place of what was kept of it.
pub async fn put(
    tx: &Tx,
    (user, address): (UserId, &str),
    fields: &[(String, String)],
    at: Instant,
) -> Result<(), StoreError> {
    forget(tx, (user, address)).await?;
    let h = tx.handle();
    let plain = serde_json::to_vec(fields).map_err(|e| StoreError::Broken(e.into()))?;
    let row = Model {
        user_id: user.into(),
        address: address.to_owned(),
        saved_at: at.into(),
        key_id: h.seal().key_id().to_owned(),
        sealed: h.seal().seal(PLACE, &bound(user, address), &plain)?,
    };
    let rows = std::iter::once(table::values(&row));
    table::put(tx, table::insert::<Entity>(), rows).await
}

/// What is kept of somebody's forms, the latest first, each with its address.
pub async fn all(conn: &dyn Conn, user: UserId, limit: u64) -> Result<Vec<Typed>, StoreError> {
    let h = conn.handle();
    let own = Entity::find()
        .filter(Column::UserId.eq(Col(user)))
        .order_by_desc(Column::SavedAt)
        .limit(limit);
    let opened = |row: Model| -> Result<Typed, StoreError> {
        let bound = bound(user, &row.address);
        let plain = h.seal().open(&row.key_id, PLACE, &bound, &row.sealed)?;
        let fields = serde_json::from_slice(&plain).map_err(|e| StoreError::Broken(e.into()))?;
        Ok((row.address, fields))
    };
    h.find(own).await?.into_iter().map(opened).collect()
}

/// Whether anything is kept of a form.
pub async fn has(conn: &dyn Conn, (user, address): (UserId, &str)) -> Result<bool, StoreError> {
    let one = Entity::find_by_id((Col(user), address.to_owned()));
    Ok(conn.handle().find_one(one).await?.is_some())
}

/// Forgets what is kept of a form; whether there was anything.
pub async fn forget(tx: &Tx, (user, address): (UserId, &str)) -> Result<bool, StoreError> {
    let gone = Entity::delete_many()
        .filter(Column::UserId.eq(Col(user)))
        .filter(Column::Address.eq(address));
    Ok(tx.handle().change(&gone).await? > 0)
}

/// The same for the forms of one address, which have a time of their own.
pub async fn purge_of(
    tx: &Tx,
    address: &str,
    before: Instant,
    limit: u32,
) -> Result<u64, StoreError> {
    // Text: as below.
    let sql = Sql::new(
        "delete from typed_forms where (user_id, address) in (select user_id, address from typed_forms where saved_at < ? and address = ? order by saved_at limit ?)",
        vals![before, address, limit],
    );
    tx.handle().run(sql).await
}

/// Forgets forms that nobody went on with, a portion at once; gives how many.
pub async fn purge(tx: &Tx, before: Instant, limit: u32) -> Result<u64, StoreError> {
    // Text: a portion along the index of their time.
    let sql = Sql::new(
        "delete from typed_forms where (user_id, address) in (select user_id, address from typed_forms where saved_at < ? order by saved_at limit ?)",
        vals![before, limit],
    );
    tx.handle().run(sql).await
}
