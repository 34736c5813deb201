//! Signed-in sessions. The refresh token is kept as a hash and changes with every use; the hash before it is kept to notice a stolen one.
//! Not here: tokens themselves (services).
//! A revoked or expired session stays as a row until it is purged.

use shared::calendar::Instant;
use shared::ids::{SessionId, UserId};

use crate::sql::{Reader, Sql, vals};
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
}

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
    let mut sql = Sql::new(
        "select id, user_id, refresh_hash, previous_hash, created_at, rotated_at, expires_at, revoked_at, ip, agent from sessions where id = ?",
        vals![id],
    );
    if h.locks_rows() {
        sql.text(" for update");
    }
    let row = h.one(sql).await?;
    row.map(|row| {
        let mut r = Reader::new(&row);
        Ok(Session {
            id: SessionId(r.get()?),
            user: UserId(r.get()?),
            refresh_hash: r.get()?,
            previous_hash: r.get()?,
            created_at: r.at()?,
            rotated_at: r.at()?,
            expires_at: r.at()?,
            revoked_at: r.opt_at()?,
            ip: r.get()?,
            agent: r.get()?,
        })
    })
    .transpose()
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
}

/// The standing of a session: two look-ups by primary key, cheap enough for every request.
pub async fn standing(conn: &dyn Conn, id: SessionId) -> Result<Option<Standing>, StoreError> {
    let sql = "select s.user_id, s.created_at, s.expires_at, s.revoked_at, u.active, u.version from sessions s join users u on u.id = s.user_id where s.id = ?";
    let row = conn.handle().one(Sql::new(sql, vals![id])).await?;
    row.map(|row| {
        let mut r = Reader::new(&row);
        let (user, created_at) = (UserId(r.get()?), r.at()?);
        let (expires_at, revoked_at) = (r.at()?, r.opt_at()?);
        let active: bool = r.get()?;
        Ok(Standing {
            user,
            created_at,
            expires_at,
            holds: active && revoked_at.is_none(),
            user_version: r.int()?,
        })
    })
    .transpose()
}

/// Begins a session.
pub async fn insert(tx: &Tx, s: &Session) -> Result<(), StoreError> {
    let sql = Sql::new(
        "insert into sessions (id, user_id, refresh_hash, previous_hash, created_at, rotated_at, expires_at, revoked_at, ip, agent)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        vals![
            s.id, s.user, &s.refresh_hash, s.previous_hash.clone(), s.created_at, s.rotated_at, s.expires_at, s.revoked_at, s.ip.clone(), s.agent.clone()
        ],
    );
    tx.handle().insert(sql, "session").await.map(drop)
}

/// Changes the refresh token; false when another call did so first or the session has ended.
pub async fn rotate(tx: &Tx, id: SessionId, change: Rotate) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "update sessions set previous_hash = refresh_hash, refresh_hash = ?, rotated_at = ?, expires_at = ? where id = ? and refresh_hash = ? and revoked_at is null",
        vals![change.to, change.at, change.expires_at, id, change.from],
    );
    Ok(tx.handle().run(sql).await? == 1)
}

/// Ends a session.
pub async fn revoke(tx: &Tx, id: SessionId, now: Instant) -> Result<(), StoreError> {
    tx.handle()
        .run(Sql::new(
            "update sessions set revoked_at = ? where id = ? and revoked_at is null",
            vals![now, id],
        ))
        .await
        .map(drop)
}

/// Ends all sessions of a person, except one to be kept.
pub async fn revoke_of_user(
    tx: &Tx,
    user: UserId,
    keep: Option<SessionId>,
    now: Instant,
) -> Result<u64, StoreError> {
    let mut sql = Sql::new(
        "update sessions set revoked_at = ? where user_id = ? and revoked_at is null",
        vals![now, user],
    );
    if let Some(keep) = keep {
        sql.push(" and id <> ?", vals![keep]);
    }
    tx.handle().run(sql).await
}

/// Removes sessions that ended before an instant.
pub async fn purge(tx: &Tx, before: Instant) -> Result<u64, StoreError> {
    tx.handle()
        .run(Sql::new(
            "delete from sessions where expires_at < ?",
            vals![before],
        ))
        .await
}
