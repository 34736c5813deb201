//! Links that set a new password once. Kept as HMACs, so that nobody who reads the table can use one.
//! Not here: making and checking links (services).
//! Of two that use a link at once, one succeeds: the statement that marks it as used says who.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::people::reset_link::{ActiveModel, Column, Entity, Model};
use crate::entity::{Col, table};
use crate::{Conn, StoreError, Tx};

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResetLink {
    /// HMAC of its secret.
    pub hash: Vec<u8>,
    /// Whose password it sets.
    pub user: UserId,
    /// Who made it; nobody for the machine's owner.
    pub made_by: Option<UserId>,
    /// When.
    pub made_at: Instant,
    /// Until when it can be used.
    pub expires_at: Instant,
}

/// Adds a link; those of the same person that were not used are void from now on.
pub async fn put(tx: &Tx, link: &ResetLink) -> Result<(), StoreError> {
    void(tx, link.user).await?;
    tx.handle().add_row(row(link), "reset link").await.map(drop)
}

/// Adds links of people who have none.
pub async fn put_all(tx: &Tx, links: &[ResetLink]) -> Result<(), StoreError> {
    let rows = links.iter().map(|link| table::values(&row(link)));
    table::put(tx, table::insert::<Entity>(), rows).await
}

fn row(link: &ResetLink) -> Model {
    Model {
        hash: link.hash.clone().into(),
        user_id: link.user.into(),
        made_by: link.made_by.into(),
        made_at: link.made_at.into(),
        expires_at: link.expires_at.into(),
        used_at: None.into(),
    }
}

/// Whose password a link sets, while it can be used.
pub async fn find(
    conn: &dyn Conn,
    hash: &[u8],
    now: Instant,
) -> Result<Option<UserId>, StoreError> {
    let select = Entity::find_by_id(Col(hash.to_vec()))
        .filter(Column::UsedAt.is_null())
        .filter(Column::ExpiresAt.gt(Col(now)));
    Ok(conn
        .handle()
        .find_one(select)
        .await?
        .map(|row| row.user_id.0))
}

/// Uses a link; false when it was used before, is void or too old.
pub async fn take(tx: &Tx, hash: &[u8], now: Instant) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            used_at: Set(Some(now).into()),
            ..Default::default()
        })
        .filter(Column::Hash.eq(Col(hash.to_vec())))
        .filter(Column::UsedAt.is_null())
        .filter(Column::ExpiresAt.gt(Col(now)));
    Ok(tx.handle().change(&update).await? == 1)
}

/// Makes links of a person void that were not used.
pub async fn void(tx: &Tx, user: UserId) -> Result<u64, StoreError> {
    let gone = Entity::delete_many()
        .filter(Column::UserId.eq(Col(user)))
        .filter(Column::UsedAt.is_null());
    tx.handle().change(&gone).await
}

/// Forgets links that ended before an instant.
pub async fn purge(tx: &Tx, before: Instant) -> Result<u64, StoreError> {
    let gone = Entity::delete_many().filter(Column::ExpiresAt.lt(Col(before)));
    tx.handle().change(&gone).await
}
