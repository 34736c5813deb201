//! Signed-in sessions. The refresh token is kept as a hash and changes with every use; the hash before it is kept to notice a stolen one.
//! Not here: tokens themselves (services).
//! A revoked or expired session stays as a row until it is purged.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{
    FromQueryResult, JoinType, QueryOrder as _, QuerySelect as _, QueryTrait as _, UpdateMany,
};
use shared::calendar::Instant;
use shared::ids::{SessionId, UserId};

use crate::entity::Col;
use crate::entity::people::session::{ActiveModel, Column, Entity, Model, Relation};
use crate::entity::people::user;
use crate::sql::Sql;
use crate::{Conn, StoreError, Tx};

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Id, also inside the access token.
    pub id: SessionId,
    /// Whose.
    pub user: UserId,
    /// Hash of the refresh token that is good now.
    pub refresh_hash: Vec<u8>,
    /// Hash of the one before.
    pub previous_hash: Option<Vec<u8>>,
    /// When the person signed in.
    pub created_at: Instant,
    /// When the refresh token was last changed.
    pub rotated_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
    /// When it was ended.
    pub revoked_at: Option<Instant>,
    /// Address at sign-in.
    pub ip: Option<String>,
    /// Browser or program at sign-in.
    pub agent: Option<String>,
    /// When the person last proved to be himself.
    pub proved_at: Instant,
    /// The password was right, and the second factor is still asked.
    pub half: bool,
    /// The identity provider asked for a second factor, so that ours is not asked.
    pub vouched: bool,
}

/// What stands in `half` of a session whose second factor the provider has asked.
const VOUCHED: i64 = 2;

/// The change of a refresh token.
#[derive(Debug, Clone)]
pub struct Rotate {
    /// Hash that must be good now.
    pub from: Vec<u8>,
    /// Hash that is good from now on.
    pub to: Vec<u8>,
    /// Now.
    pub at: Instant,
    /// New end of the session.
    pub expires_at: Instant,
}

/// The session with this id; inside a write its row is locked.
pub async fn find(conn: &dyn Conn, id: SessionId) -> Result<Option<Session>, StoreError> {
    let h = conn.handle();
    let select = h.locked(Entity::find_by_id(Col(id)));
    Ok(h.find_one(select).await?.map(session))
}

/// The sessions of a person that have not ended, the newest first.
pub async fn of_user(
    conn: &dyn Conn,
    user: UserId,
    now: Instant,
) -> Result<Vec<Session>, StoreError> {
    let select = Entity::find()
        .filter(Column::UserId.eq(Col(user)))
        .filter(Column::ExpiresAt.gt(Col(now)))
        .filter(Column::RevokedAt.is_null())
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id);
    let rows = conn.handle().find(select).await?;
    Ok(rows.into_iter().map(session).collect())
}

fn session(row: Model) -> Session {
    Session {
        id: row.id.0,
        user: row.user_id.0,
        refresh_hash: row.refresh_hash,
        previous_hash: row.previous_hash,
        created_at: row.created_at.0,
        rotated_at: row.rotated_at.0,
        expires_at: row.expires_at.0,
        revoked_at: row.revoked_at.0,
        ip: row.ip,
        agent: row.agent,
        proved_at: row.proved_at.0.unwrap_or(row.created_at.0),
        half: row.half != 0 && row.half != VOUCHED,
        vouched: row.half == VOUCHED,
    }
}

/// What each request asks of its session: whether it still holds, and in which version the person's rights are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whose.
    pub user: UserId,
    /// When the person signed in.
    pub created_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
    /// Nobody has ended it, and the account is open.
    pub holds: bool,
    /// Raised with every change of roles, password or activity.
    pub user_version: i32,
    /// When the person last proved to be himself.
    pub proved_at: Instant,
    /// The second factor is still asked.
    pub half: bool,
    /// The identity provider has asked for one.
    pub vouched: bool,
}

#[derive(FromQueryResult)]
struct Seen {
    user_id: Col<UserId>,
    created_at: Col<Instant>,
    expires_at: Col<Instant>,
    revoked_at: Col<Option<Instant>>,
    proved_at: Col<Option<Instant>>,
    half: i64,
    active: bool,
    version: Col<i32>,
}

/// The standing of a session: two look-ups by primary key, cheap enough for every request.
pub async fn standing(conn: &dyn Conn, id: SessionId) -> Result<Option<Standing>, StoreError> {
    let h = conn.handle();
    let select = Entity::find_by_id(Col(id))
        .join(JoinType::InnerJoin, Relation::User.def())
        .select_only()
        .columns([
            Column::UserId,
            Column::CreatedAt,
            Column::ExpiresAt,
            Column::RevokedAt,
            Column::ProvedAt,
            Column::Half,
        ])
        .columns([user::Column::Active, user::Column::Version]);
    let seen = h.row::<Seen>(Sql::built(select.build(h.backend()))).await?;
    Ok(seen.map(|seen| Standing {
        user: seen.user_id.0,
        created_at: seen.created_at.0,
        expires_at: seen.expires_at.0,
        holds: seen.active && seen.revoked_at.0.is_none(),
        user_version: seen.version.0,
        proved_at: seen.proved_at.0.unwrap_or(seen.created_at.0),
        half: seen.half != 0 && seen.half != VOUCHED,
        vouched: seen.half == VOUCHED,
    }))
}

/// Begins a session.
pub async fn insert(tx: &Tx, s: &Session) -> Result<(), StoreError> {
    let row = Model {
        id: s.id.into(),
        user_id: s.user.into(),
        refresh_hash: s.refresh_hash.clone(),
        previous_hash: s.previous_hash.clone(),
        created_at: s.created_at.into(),
        rotated_at: s.rotated_at.into(),
        expires_at: s.expires_at.into(),
        revoked_at: s.revoked_at.into(),
        ip: s.ip.clone(),
        agent: s.agent.clone(),
        proved_at: Some(s.proved_at).into(),
        half: if s.half {
            1
        } else if s.vouched {
            VOUCHED
        } else {
            0
        },
    };
    tx.handle().add_row(row, "session").await.map(drop)
}

/// Changes the refresh token; false when another call did so first or the session has ended.
pub async fn rotate(tx: &Tx, id: SessionId, change: Rotate) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            previous_hash: Set(Some(change.from.clone())),
            refresh_hash: Set(change.to),
            rotated_at: Set(change.at.into()),
            expires_at: Set(change.expires_at.into()),
            ..Default::default()
        })
        .filter(Column::Id.eq(Col(id)))
        .filter(Column::RefreshHash.eq(change.from))
        .filter(Column::RevokedAt.is_null());
    Ok(tx.handle().change(&update).await? == 1)
}

/// The person has proved to be himself; false when the session has ended.
pub async fn prove(tx: &Tx, id: SessionId, now: Instant) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            proved_at: Set(Some(now).into()),
            ..Default::default()
        })
        .filter(Column::Id.eq(Col(id)))
        .filter(Column::RevokedAt.is_null());
    Ok(tx.handle().change(&update).await? == 1)
}

/// Ends sessions that have not ended.
fn ending(now: Instant) -> UpdateMany<Entity> {
    Entity::update_many()
        .set(ActiveModel {
            revoked_at: Set(Some(now).into()),
            ..Default::default()
        })
        .filter(Column::RevokedAt.is_null())
}

/// Ends a session.
pub async fn revoke(tx: &Tx, id: SessionId, now: Instant) -> Result<(), StoreError> {
    let update = ending(now).filter(Column::Id.eq(Col(id)));
    tx.handle().change(&update).await.map(drop)
}

/// Ends a session of this person; false when it is none of theirs or has ended already.
pub async fn revoke_own(
    tx: &Tx,
    id: SessionId,
    user: UserId,
    now: Instant,
) -> Result<bool, StoreError> {
    let update = ending(now)
        .filter(Column::Id.eq(Col(id)))
        .filter(Column::UserId.eq(Col(user)));
    Ok(tx.handle().change(&update).await? == 1)
}

/// Ends all sessions.
pub(crate) async fn revoke_all(tx: &Tx, now: Instant) -> Result<u64, StoreError> {
    tx.handle().change(&ending(now)).await
}

/// Ends all sessions of a person, except one to be kept.
pub async fn revoke_of_user(
    tx: &Tx,
    user: UserId,
    keep: Option<SessionId>,
    now: Instant,
) -> Result<u64, StoreError> {
    let mut update = ending(now).filter(Column::UserId.eq(Col(user)));
    if let Some(keep) = keep {
        update = update.filter(Column::Id.ne(Col(keep)));
    }
    tx.handle().change(&update).await
}

/// Removes sessions that ended before an instant.
pub async fn purge(tx: &Tx, before: Instant) -> Result<u64, StoreError> {
    let gone = Entity::delete_many().filter(Column::ExpiresAt.lt(Col(before)));
    tx.handle().change(&gone).await
}
