//! Apps that show codes, and recovery codes. Secrets are sealed under their owner's id; of codes only HMACs are kept.
//! Not here: what a code is (services), the other second factor (`passkeys`).
//! Of two that use one code at once, one succeeds: the statement that marks it says who.

use sea_orm::ActiveValue::Set;
use sea_orm::Condition;
use sea_orm::entity::prelude::*;
use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::people::factor::{ActiveModel, Column, Entity, Model};
use crate::entity::people::recovery_code as codes;
use crate::entity::{Col, table};
use crate::{Conn, StoreError, Tx};

/// Where secrets are sealed.
pub(crate) const PLACE: &str = "factors";

/// The second factor of somebody.
#[derive(Clone, PartialEq, Eq)]
pub struct Factor {
    /// The secret.
    pub secret: Vec<u8>,
    /// Since when it is asked; absent while it is being set up.
    pub confirmed_at: Option<Instant>,
    /// The step of the last code that was taken.
    pub used_step: Option<i64>,
}

impl std::fmt::Debug for Factor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Factor")
            .field("confirmed_at", &self.confirmed_at)
            .finish_non_exhaustive()
    }
}

/// The second factor of somebody, confirmed or not.
pub async fn find(conn: &dyn Conn, user: UserId) -> Result<Option<Factor>, StoreError> {
    let h = conn.handle();
    let Some(row) = h.find_one(Entity::find_by_id(Col(user))).await? else {
        return Ok(None);
    };
    let secret = h
        .seal()
        .open(&row.key_id, PLACE, user.0.as_bytes(), &row.sealed)?;
    Ok(Some(Factor {
        secret,
        confirmed_at: row.confirmed_at.0,
        used_step: row.used_step.0,
    }))
}

/// Whether somebody has a confirmed one, or a passkey.
pub async fn has(conn: &dyn Conn, user: UserId) -> Result<bool, StoreError> {
    Ok(has_app(conn, user).await? || super::passkeys::count(conn, user).await? > 0)
}

/// Whether somebody has a confirmed one.
pub async fn has_app(conn: &dyn Conn, user: UserId) -> Result<bool, StoreError> {
    let select = Entity::find_by_id(Col(user)).filter(Column::ConfirmedAt.is_not_null());
    Ok(conn.handle().count(select).await? > 0)
}

/// Begins one anew, in the place of another that nobody has confirmed; false when there is a confirmed one.
pub async fn begin(tx: &Tx, user: UserId, secret: &[u8], now: Instant) -> Result<bool, StoreError> {
    let h = tx.handle();
    let old = Entity::delete_by_id(Col(user)).filter(Column::ConfirmedAt.is_null());
    h.change(&old).await?;
    if h.count(Entity::find_by_id(Col(user))).await? > 0 {
        return Ok(false);
    }
    let row = Model {
        user_id: user.into(),
        key_id: h.seal().key_id().to_owned(),
        sealed: h.seal().seal(PLACE, user.0.as_bytes(), secret)?,
        made_at: now.into(),
        confirmed_at: None.into(),
        used_step: None.into(),
    };
    h.add_row(row, "factor").await?;
    Ok(true)
}

/// Confirms one by its first code; false when it is confirmed already or gone.
pub async fn confirm(tx: &Tx, user: UserId, step: i64, now: Instant) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            confirmed_at: Set(Some(now).into()),
            used_step: Set(Some(step).into()),
            ..Default::default()
        })
        .filter(Column::UserId.eq(Col(user)))
        .filter(Column::ConfirmedAt.is_null());
    if tx.handle().change(&update).await? == 0 {
        return Ok(false);
    }
    // Posts that ask for a factor wake up.
    super::users::touch(tx, user, now).await?;
    Ok(true)
}

/// Takes the code of a step; false when that one or a later one was taken before.
pub async fn take_step(tx: &Tx, user: UserId, step: i64) -> Result<bool, StoreError> {
    let unused = Condition::any()
        .add(Column::UsedStep.is_null())
        .add(Column::UsedStep.lt(Col(step)));
    let update = Entity::update_many()
        .set(ActiveModel {
            used_step: Set(Some(step).into()),
            ..Default::default()
        })
        .filter(Column::UserId.eq(Col(user)))
        .filter(Column::ConfirmedAt.is_not_null())
        .filter(unused);
    Ok(tx.handle().change(&update).await? == 1)
}

/// Forgets the app of somebody, and the recovery codes with the last factor; false when there was none.
pub async fn remove(tx: &Tx, user: UserId, now: Instant) -> Result<bool, StoreError> {
    if tx.handle().change(&Entity::delete_by_id(Col(user))).await? == 0 {
        return Ok(false);
    }
    after_removal(tx, user, now).await?;
    Ok(true)
}

/// Forgets everything that somebody could give after the password; false when there was nothing.
pub async fn remove_all(tx: &Tx, user: UserId, now: Instant) -> Result<bool, StoreError> {
    let app = tx.handle().change(&Entity::delete_by_id(Col(user))).await?;
    let passkeys = super::passkeys::remove_all(tx, user).await?;
    if app + passkeys == 0 {
        return Ok(false);
    }
    after_removal(tx, user, now).await?;
    Ok(true)
}

/// A factor went: without another one recovery codes stand in for nothing, and posts that ask for one fall asleep.
pub(super) async fn after_removal(tx: &Tx, user: UserId, now: Instant) -> Result<(), StoreError> {
    if !has(tx, user).await? {
        let gone = codes::Entity::delete_many().filter(codes::Column::UserId.eq(Col(user)));
        tx.handle().change(&gone).await?;
    }
    super::users::touch(tx, user, now).await
}

/// Replaces the recovery codes of somebody.
pub async fn put_codes(
    tx: &Tx,
    user: UserId,
    hashes: &[Vec<u8>],
    now: Instant,
) -> Result<(), StoreError> {
    let gone = codes::Entity::delete_many().filter(codes::Column::UserId.eq(Col(user)));
    tx.handle().change(&gone).await?;
    let rows = hashes.iter().map(|hash| {
        let row = codes::Model {
            hash: hash.clone().into(),
            user_id: user.into(),
            made_at: now.into(),
            used_at: None.into(),
        };
        table::values(&row)
    });
    table::put(tx, table::insert::<codes::Entity>(), rows).await
}

/// Uses a recovery code, which has one of these hashes; false when it is none of theirs or was used before.
pub async fn take_code(
    tx: &Tx,
    user: UserId,
    hashes: &[Vec<u8>],
    now: Instant,
) -> Result<bool, StoreError> {
    let hashes = hashes.iter().map(|hash| Col(hash.clone()));
    let update = codes::Entity::update_many()
        .set(codes::ActiveModel {
            used_at: Set(Some(now).into()),
            ..Default::default()
        })
        .filter(codes::Column::Hash.is_in(hashes))
        .filter(codes::Column::UserId.eq(Col(user)))
        .filter(codes::Column::UsedAt.is_null());
    Ok(tx.handle().change(&update).await? == 1)
}

/// How many recovery codes of somebody were not used.
pub async fn codes_left(conn: &dyn Conn, user: UserId) -> Result<i64, StoreError> {
    let select = codes::Entity::find()
        .filter(codes::Column::UserId.eq(Col(user)))
        .filter(codes::Column::UsedAt.is_null());
    conn.handle().count(select).await
}
