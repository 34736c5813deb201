//! Sessions of citizens: a token that the browser keeps, of which the HMAC stands here.
//! Not here: staff's sessions (`people::sessions`), which are another table and another cookie.
//! A session ends when it is not used; each use within an hour of the last one writes nothing.

use sea_orm::ActiveValue::Set;
use sea_orm::UpdateMany;
use sea_orm::entity::prelude::*;
use shared::calendar::Instant;
use shared::ids::{CitizenId, SessionId};

use super::accounts::{self, Account};
use super::codes;
use crate::entity::Col;
use crate::entity::citizen::citizen_session::{ActiveModel, Column, Entity, Model};
use crate::{Conn, StoreError, Tx};

/// A session that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whose.
    pub citizen: CitizenId,
    /// HMAC of the token.
    pub token_hash: Vec<u8>,
    /// Now.
    pub at: Instant,
    /// When it ends if it is not used.
    pub ends_at: Instant,
    /// Browser or program.
    pub agent: Option<String>,
}

/// A session that holds, with its account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The session.
    pub session: SessionId,
    /// When it was last used, to the hour.
    pub used_at: Instant,
    /// Whose.
    pub account: Account,
}

/// Begins a session.
pub async fn begin(tx: &Tx, s: &Session) -> Result<(), StoreError> {
    let row = Model {
        id: s.id.into(),
        citizen_id: s.citizen.into(),
        token_hmac: s.token_hash.clone(),
        created_at: s.at.into(),
        used_at: s.at.into(),
        ends_at: s.ends_at.into(),
        revoked_at: Col(None),
        agent: s.agent.clone(),
    };
    tx.handle().add_row(row, "citizen_session").await.map(drop)
}

/// The session of a token, while it holds.
pub async fn standing(
    conn: &dyn Conn,
    token_hash: &[u8],
    now: Instant,
) -> Result<Option<Standing>, StoreError> {
    let select = Entity::find()
        .filter(Column::TokenHmac.eq(token_hash))
        .filter(Column::RevokedAt.is_null())
        .filter(Column::EndsAt.gt(Col(now)));
    let Some(row) = conn.handle().find_one(select).await? else {
        return Ok(None);
    };
    let account = accounts::find(conn, row.citizen_id.0).await?;
    Ok(account.map(|account| Standing {
        session: row.id.0,
        used_at: row.used_at.0,
        account,
    }))
}

/// It was used now, and ends so much later.
pub async fn touch(
    tx: &Tx,
    id: SessionId,
    now: Instant,
    ends_at: Instant,
) -> Result<(), StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            used_at: Set(now.into()),
            ends_at: Set(ends_at.into()),
            ..Default::default()
        })
        .filter(Column::Id.eq(Col(id)))
        .filter(Column::RevokedAt.is_null());
    tx.handle().change(&update).await.map(drop)
}

/// How many sessions of an account hold.
pub async fn count(conn: &dyn Conn, citizen: CitizenId, now: Instant) -> Result<i64, StoreError> {
    let select = Entity::find()
        .filter(Column::CitizenId.eq(Col(citizen)))
        .filter(Column::RevokedAt.is_null())
        .filter(Column::EndsAt.gt(Col(now)));
    conn.handle().count(select).await
}

fn ending(now: Instant) -> UpdateMany<Entity> {
    Entity::update_many()
        .set(ActiveModel {
            revoked_at: Set(Some(now).into()),
            ..Default::default()
        })
        .filter(Column::RevokedAt.is_null())
}

/// Ends a session.
pub async fn end(tx: &Tx, id: SessionId, now: Instant) -> Result<(), StoreError> {
    let update = ending(now).filter(Column::Id.eq(Col(id)));
    tx.handle().change(&update).await.map(drop)
}

/// Ends every session of an account; how many there were.
pub async fn end_all(tx: &Tx, citizen: CitizenId, now: Instant) -> Result<u64, StoreError> {
    let update = ending(now).filter(Column::CitizenId.eq(Col(citizen)));
    tx.handle().change(&update).await
}

/// Ends every session of everybody.
pub(crate) async fn end_everybody(tx: &Tx, now: Instant) -> Result<u64, StoreError> {
    tx.handle().change(&ending(now)).await
}

/// Removes sessions that ended before an instant, and codes of before another.
pub async fn purge(tx: &Tx, sessions: Instant, offered: Instant) -> Result<u64, StoreError> {
    let gone = Entity::delete_many().filter(Column::EndsAt.lt(Col(sessions)));
    let count = tx.handle().change(&gone).await?;
    Ok(count + codes::purge(tx, offered).await?)
}
