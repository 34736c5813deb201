//! Passkeys of accounts, and the challenges that they sign. Of a passkey only the public key is kept.
//! Not here: what a signature has to say (services), recovery codes (`factors`).
//! A challenge is taken by deleting it, and a count goes only up: of two that use one at once, one succeeds.

use sea_orm::ActiveValue::Set;
use sea_orm::Condition;
use sea_orm::QueryOrder as _;
use sea_orm::entity::prelude::*;
use shared::calendar::Instant;
use shared::ids::{PasskeyId, SessionId, UserId};

use crate::entity::Col;
use crate::entity::passkeys::challenge;
use crate::entity::passkeys::passkey::{ActiveModel, Column, Entity, Model};
use crate::{Conn, StoreError, Tx};

/// A passkey of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Id.
    pub id: PasskeyId,
    /// Whose.
    pub user: UserId,
    /// What browsers call it.
    pub credential: Vec<u8>,
    /// What its owner calls it.
    pub name: String,
    /// The public key (SubjectPublicKeyInfo).
    pub public_key: Vec<u8>,
    /// Its COSE algorithm.
    pub algorithm: i64,
    /// How often it has signed, where it counts; 0 where it does not.
    pub signed: i64,
    /// When it was added.
    pub made_at: Instant,
    /// When it was used last.
    pub used_at: Option<Instant>,
}

/// What a signature is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Adding a passkey.
    Add,
    /// The second step of signing in.
    SignIn,
    /// A proof of the person.
    Prove,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::SignIn => "sign_in",
            Self::Prove => "prove",
        }
    }
}

/// What a passkey is asked to sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// In which session.
    pub session: SessionId,
    /// What for.
    pub purpose: Purpose,
    /// Who is asked.
    pub user: UserId,
    /// Unpredictable bytes.
    pub bytes: Vec<u8>,
    /// Until when it can be answered.
    pub expires_at: Instant,
}

/// The passkeys of somebody, the oldest first.
pub async fn list(conn: &dyn Conn, user: UserId) -> Result<Vec<Passkey>, StoreError> {
    let select = Entity::find()
        .filter(Column::UserId.eq(Col(user)))
        .order_by_asc(Column::MadeAt)
        .order_by_asc(Column::Id);
    let rows = conn.handle().find(select).await?;
    Ok(rows.into_iter().map(read).collect())
}

/// A passkey of this person, by what browsers call it.
pub async fn find(
    conn: &dyn Conn,
    user: UserId,
    credential: &[u8],
) -> Result<Option<Passkey>, StoreError> {
    let select = Entity::find()
        .filter(Column::UserId.eq(Col(user)))
        .filter(Column::Credential.eq(credential));
    Ok(conn.handle().find_one(select).await?.map(read))
}

/// How many passkeys somebody has.
pub async fn count(conn: &dyn Conn, user: UserId) -> Result<i64, StoreError> {
    let select = Entity::find().filter(Column::UserId.eq(Col(user)));
    conn.handle().count(select).await
}

fn read(row: Model) -> Passkey {
    Passkey {
        id: row.id.0,
        user: row.user_id.0,
        credential: row.credential,
        name: row.name,
        public_key: row.public_key,
        algorithm: row.algorithm.0,
        signed: row.signed.0,
        made_at: row.made_at.0,
        used_at: row.used_at.0,
    }
}

/// Adds one. Posts that ask for a factor wake up.
///
/// # Errors
/// `Exists("passkey")` when an account has it already.
pub async fn add(tx: &Tx, passkey: &Passkey) -> Result<(), StoreError> {
    let row = Model {
        id: passkey.id.into(),
        user_id: passkey.user.into(),
        credential: passkey.credential.clone(),
        name: passkey.name.clone(),
        public_key: passkey.public_key.clone(),
        algorithm: passkey.algorithm.into(),
        signed: passkey.signed.into(),
        made_at: passkey.made_at.into(),
        used_at: passkey.used_at.into(),
    };
    tx.handle().add_row(row, "passkey").await?;
    super::users::touch(tx, passkey.user, passkey.made_at).await
}

/// Gives one of somebody's another name; false when there is none of this id.
pub async fn rename(tx: &Tx, user: UserId, id: PasskeyId, name: &str) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            name: Set(name.to_owned()),
            ..Default::default()
        })
        .filter(Column::Id.eq(Col(id)))
        .filter(Column::UserId.eq(Col(user)));
    Ok(tx.handle().change(&update).await? == 1)
}

/// Forgets one of somebody's, and the recovery codes with the last factor; false when there is none of this id.
pub async fn remove(
    tx: &Tx,
    user: UserId,
    id: PasskeyId,
    now: Instant,
) -> Result<bool, StoreError> {
    let gone = Entity::delete_many()
        .filter(Column::Id.eq(Col(id)))
        .filter(Column::UserId.eq(Col(user)));
    if tx.handle().change(&gone).await? == 0 {
        return Ok(false);
    }
    super::factors::after_removal(tx, user, now).await?;
    Ok(true)
}

/// Forgets all of somebody with what they were asked; how many there were.
pub(super) async fn remove_all(tx: &Tx, user: UserId) -> Result<u64, StoreError> {
    let asked = challenge::Entity::delete_many().filter(challenge::Column::UserId.eq(Col(user)));
    tx.handle().change(&asked).await?;
    let gone = Entity::delete_many().filter(Column::UserId.eq(Col(user)));
    tx.handle().change(&gone).await
}

/// Notes that one has signed, so many times by its own count. False when it is gone, or when it has counted as far before: then somebody
/// signs with a copy of it.
pub async fn signed(
    tx: &Tx,
    user: UserId,
    id: PasskeyId,
    count: i64,
    now: Instant,
) -> Result<bool, StoreError> {
    let mut goes_up = Condition::any().add(Column::Signed.lt(Col(count)));
    if count == 0 {
        // One that does not count at all.
        goes_up = goes_up.add(Column::Signed.eq(Col(0_i64)));
    }
    let update = Entity::update_many()
        .set(ActiveModel {
            signed: Set(count.into()),
            used_at: Set(Some(now).into()),
            ..Default::default()
        })
        .filter(Column::Id.eq(Col(id)))
        .filter(Column::UserId.eq(Col(user)))
        .filter(goes_up);
    Ok(tx.handle().change(&update).await? == 1)
}

/// Keeps a challenge in the place of the session's last one for the purpose.
pub async fn ask(tx: &Tx, asked: &Challenge) -> Result<(), StoreError> {
    let h = tx.handle();
    let old = challenge::Entity::delete_many()
        .filter(challenge::Column::SessionId.eq(Col(asked.session)))
        .filter(challenge::Column::Purpose.eq(asked.purpose.as_str()));
    h.change(&old).await?;
    let row = challenge::Model {
        session_id: asked.session.into(),
        purpose: asked.purpose.as_str().to_owned(),
        user_id: asked.user.into(),
        challenge: asked.bytes.clone(),
        expires_at: asked.expires_at.into(),
    };
    h.add_row(row, "passkey challenge").await.map(drop)
}

/// Takes the session's challenge of these bytes, once; false when there is none, or it was asked too long ago.
pub async fn take(
    tx: &Tx,
    session: SessionId,
    purpose: Purpose,
    bytes: &[u8],
    now: Instant,
) -> Result<bool, StoreError> {
    let asked = challenge::Entity::delete_many()
        .filter(challenge::Column::SessionId.eq(Col(session)))
        .filter(challenge::Column::Purpose.eq(purpose.as_str()))
        .filter(challenge::Column::Challenge.eq(bytes))
        .filter(challenge::Column::ExpiresAt.gt(Col(now)));
    Ok(tx.handle().change(&asked).await? == 1)
}

/// Forgets challenges that nobody has answered in time.
pub async fn purge(tx: &Tx, now: Instant) -> Result<u64, StoreError> {
    let gone = challenge::Entity::delete_many().filter(challenge::Column::ExpiresAt.lt(Col(now)));
    tx.handle().change(&gone).await
}
