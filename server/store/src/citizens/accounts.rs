//! Accounts of citizens.
//! Not here: sessions (`sessions`).
//! Number and name are sealed under the account's id.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::ids::CitizenId;

use crate::database::Handle;
use crate::entity::Col;
use crate::entity::citizen::citizen::{ActiveModel, Column, Entity, Model};
use crate::entity::citizen::citizen_session as sessions;
use crate::{Conn, StoreError, Tx};

/// Where number and name are sealed.
pub(crate) const PLACE: &str = "citizens";

/// An account.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: CitizenId,
    /// The number.
    pub phone: String,
    /// What the forms begin with.
    pub name: Option<String>,
    /// When it was made.
    pub made_at: Instant,
    /// The last sign-in.
    pub seen_at: Instant,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

#[derive(Serialize, Deserialize)]
struct Kept {
    phone: String,
    name: Option<String>,
}

fn sealed(h: Handle<'_>, id: CitizenId, kept: &Kept) -> Result<Vec<u8>, StoreError> {
    let plain = serde_json::to_vec(kept).map_err(|e| StoreError::Broken(e.into()))?;
    h.seal().seal(PLACE, id.0.as_bytes(), &plain)
}

fn opened(h: Handle<'_>, row: Model) -> Result<Account, StoreError> {
    let id = row.id.0;
    let plain = h
        .seal()
        .open(&row.key_id, PLACE, id.0.as_bytes(), &row.sealed)?;
    let kept: Kept = serde_json::from_slice(&plain).map_err(|e| StoreError::Broken(e.into()))?;
    Ok(Account {
        id,
        phone: kept.phone,
        name: kept.name,
        made_at: row.made_at.0,
        seen_at: row.seen_at.0,
    })
}

/// The number in what was sealed of an account.
pub(crate) fn phone_in(plain: &[u8]) -> Option<String> {
    let kept: Kept = serde_json::from_slice(plain).ok()?;
    Some(kept.phone)
}

/// An account by its id.
pub async fn find(conn: &dyn Conn, id: CitizenId) -> Result<Option<Account>, StoreError> {
    let h = conn.handle();
    let row = h.find_one(Entity::find_by_id(Col(id))).await?;
    row.map(|row| opened(h, row)).transpose()
}

/// Several accounts by their ids; those that were closed are missing.
pub async fn all_of(conn: &dyn Conn, ids: &[CitizenId]) -> Result<Vec<Account>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let h = conn.handle();
    let select = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| Col(*id))));
    let rows = h.find(select).await?;
    rows.into_iter().map(|row| opened(h, row)).collect()
}

/// The account of a number, however it was typed.
pub async fn by_phone(conn: &dyn Conn, phone: &str) -> Result<Option<Account>, StoreError> {
    let h = conn.handle();
    let select = Entity::find().filter(Column::PhoneHmac.is_in(super::phone_hashes(conn, phone)));
    let row = h.find_one(select).await?;
    row.map(|row| opened(h, row)).transpose()
}

/// When the privacy statement was agreed to, and the digest of its words.
pub async fn agreed(
    conn: &dyn Conn,
    id: CitizenId,
) -> Result<Option<(Instant, Vec<u8>)>, StoreError> {
    let row = conn.handle().find_one(Entity::find_by_id(Col(id))).await?;
    Ok(row.map(|row| (row.agreed_at.0, row.agreed_to)))
}

/// Makes one; `agreed_to` is the digest of the words that were agreed to.
pub async fn put(tx: &Tx, account: &Account, agreed_to: &[u8]) -> Result<(), StoreError> {
    let h = tx.handle();
    let kept = Kept {
        phone: account.phone.clone(),
        name: account.name.clone(),
    };
    let row = Model {
        id: account.id.into(),
        phone_hmac: super::phone_hash(tx, &account.phone),
        key_id: h.seal().key_id().to_owned(),
        sealed: sealed(h, account.id, &kept)?,
        made_at: account.made_at.into(),
        agreed_at: account.made_at.into(),
        agreed_to: agreed_to.to_vec(),
        seen_at: account.seen_at.into(),
    };
    h.add_row(row, "citizen").await.map(drop)
}

/// Its owner has signed in again.
pub async fn seen(tx: &Tx, id: CitizenId, now: Instant) -> Result<(), StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            seen_at: Set(now.into()),
            ..Default::default()
        })
        .filter(Column::Id.eq(Col(id)));
    tx.handle().change(&update).await.map(drop)
}

/// Gives it another name, or none.
pub async fn rename(tx: &Tx, id: CitizenId, name: Option<&str>) -> Result<(), StoreError> {
    let h = tx.handle();
    let Some(account) = find(tx, id).await? else {
        return Ok(());
    };
    let kept = Kept {
        phone: account.phone,
        name: name.map(str::to_owned),
    };
    let update = Entity::update_many()
        .set(ActiveModel {
            // Under the key that finds now, as it is sealed with the one that seals now.
            phone_hmac: Set(super::phone_hash(tx, &kept.phone)),
            key_id: Set(h.seal().key_id().to_owned()),
            sealed: Set(sealed(h, id, &kept)?),
            ..Default::default()
        })
        .filter(Column::Id.eq(Col(id)));
    h.change(&update).await.map(drop)
}

/// Forgets an account with its sessions. Its requests stay: they are the office's.
pub async fn forget(tx: &Tx, id: CitizenId) -> Result<(), StoreError> {
    let h = tx.handle();
    let gone = sessions::Entity::delete_many().filter(sessions::Column::CitizenId.eq(Col(id)));
    h.change(&gone).await?;
    h.change(&Entity::delete_by_id(Col(id))).await.map(drop)
}
