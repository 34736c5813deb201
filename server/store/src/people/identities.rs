//! Identities of a provider: whose account they are, the ways to the provider that browsers are on, and the sessions that they opened.
//! Not here: what a provider says and when it is believed (services).
//! What is good once is taken by deleting or inserting its row: of two that come at once, one succeeds.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder as _, QuerySelect as _, QueryTrait as _};
use shared::calendar::Instant;
use shared::ids::{SessionId, UserId};

use crate::entity::Col;
use crate::entity::identities::identity::{ActiveModel, Column, Entity, Model};
use crate::entity::identities::{flow, log_out, opened};
use crate::sql::Sql;
use crate::{Conn, StoreError, Tx};

/// Where what a way asked is sealed.
const FLOWS: &str = "provider_flows";
/// Where identity tokens are sealed.
const TOKENS: &str = "provider_sessions";

/// An identity and the account that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Id.
    pub id: Uuid,
    /// Who vouches for it.
    pub issuer: String,
    /// What the issuer calls the person; never used for anybody else.
    pub subject: String,
    /// Whose account.
    pub user: UserId,
    /// Since when.
    pub linked_at: Instant,
    /// Who linked it; nobody for the machine's owner.
    pub linked_by: Option<UserId>,
    /// When it signed in last.
    pub used_at: Option<Instant>,
}

/// A way to the provider that a browser is on.
#[derive(Clone, PartialEq, Eq)]
pub struct Flow {
    /// HMAC of the word that comes back.
    pub state: Vec<u8>,
    /// HMAC of the browser's secret.
    pub device: Vec<u8>,
    /// What was asked, to be sealed.
    pub asked: Vec<u8>,
    /// Until when it is good.
    pub expires_at: Instant,
}

/// The session that an identity opened.
#[derive(Clone, PartialEq, Eq)]
pub struct Opened {
    /// Ours.
    pub session: SessionId,
    /// Who vouched.
    pub issuer: String,
    /// For whom.
    pub subject: String,
    /// The provider's name for its own session.
    pub sid: Option<String>,
    /// The identity token, to be sealed.
    pub token: Vec<u8>,
    /// When it is over at the latest.
    pub expires_at: Instant,
}

fn read(row: Model) -> Identity {
    Identity {
        id: row.id,
        issuer: row.issuer,
        subject: row.subject,
        user: row.user_id.0,
        linked_at: row.linked_at.0,
        linked_by: row.linked_by.0,
        used_at: row.used_at.0,
    }
}

/// The identities of somebody, the oldest first.
pub async fn list(conn: &dyn Conn, user: UserId) -> Result<Vec<Identity>, StoreError> {
    let select = Entity::find()
        .filter(Column::UserId.eq(Col(user)))
        .order_by_asc(Column::LinkedAt)
        .order_by_asc(Column::Id);
    let rows = conn.handle().find(select).await?;
    Ok(rows.into_iter().map(read).collect())
}

/// An identity by issuer and subject.
pub async fn find(
    conn: &dyn Conn,
    issuer: &str,
    subject: &str,
) -> Result<Option<Identity>, StoreError> {
    let select = Entity::find()
        .filter(Column::Issuer.eq(issuer))
        .filter(Column::Subject.eq(subject));
    Ok(conn.handle().find_one(select).await?.map(read))
}

/// Links one to an account.
///
/// # Errors
/// `Exists("identity")` when it is an account's already, or the account has another of this issuer.
pub async fn link(tx: &Tx, identity: &Identity) -> Result<(), StoreError> {
    let row = Model {
        id: identity.id,
        issuer: identity.issuer.clone(),
        subject: identity.subject.clone(),
        user_id: identity.user.into(),
        linked_at: identity.linked_at.into(),
        linked_by: identity.linked_by.into(),
        used_at: identity.used_at.into(),
    };
    tx.handle().add_row(row, "identity").await.map(drop)
}

/// Takes one of somebody's away; false when there is none of this id.
pub async fn unlink(tx: &Tx, user: UserId, id: Uuid) -> Result<bool, StoreError> {
    let gone = Entity::delete_many()
        .filter(Column::Id.eq(id))
        .filter(Column::UserId.eq(Col(user)));
    Ok(tx.handle().change(&gone).await? == 1)
}

/// Takes all of somebody's away; how many there were.
pub async fn unlink_all(tx: &Tx, user: UserId) -> Result<u64, StoreError> {
    let gone = Entity::delete_many().filter(Column::UserId.eq(Col(user)));
    tx.handle().change(&gone).await
}

/// Notes that one signs in; false when it is linked to this account no longer.
pub async fn used(tx: &Tx, user: UserId, id: Uuid, now: Instant) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            used_at: Set(Some(now).into()),
            ..Default::default()
        })
        .filter(Column::Id.eq(id))
        .filter(Column::UserId.eq(Col(user)));
    Ok(tx.handle().change(&update).await? == 1)
}

/// Keeps a way to the provider.
pub async fn begin(tx: &Tx, flow: &Flow) -> Result<(), StoreError> {
    let h = tx.handle();
    let row = flow::Model {
        state: flow.state.clone().into(),
        device: flow.device.clone(),
        key_id: h.seal().key_id().to_owned(),
        sealed: h.seal().seal(FLOWS, &flow.state, &flow.asked)?,
        expires_at: flow.expires_at.into(),
    };
    h.add_row(row, "provider flow").await.map(drop)
}

/// What a way that this browser is on asked, while it is good.
pub async fn asked(
    conn: &dyn Conn,
    state: &[u8],
    device: &[u8],
    now: Instant,
) -> Result<Option<Vec<u8>>, StoreError> {
    let h = conn.handle();
    let select = flow::Entity::find_by_id(Col(state.to_vec()))
        .filter(flow::Column::Device.eq(device))
        .filter(flow::Column::ExpiresAt.gt(Col(now)));
    let Some(row) = h.find_one(select).await? else {
        return Ok(None);
    };
    let asked = h.seal().open(&row.key_id, FLOWS, state, &row.sealed)?;
    Ok(Some(asked))
}

/// Takes a way that this browser is on, once: what it asked.
pub async fn take(
    tx: &Tx,
    state: &[u8],
    device: &[u8],
    now: Instant,
) -> Result<Option<Vec<u8>>, StoreError> {
    let found = asked(tx, state, device, now).await?;
    let gone = flow::Entity::delete_by_id(Col(state.to_vec()));
    let gone = gone.filter(flow::Column::Device.eq(device));
    let is_taken = tx.handle().change(&gone).await? == 1;
    Ok(found.filter(|_| is_taken))
}

/// Notes that an identity has opened a session.
pub async fn opened(tx: &Tx, it: &Opened) -> Result<(), StoreError> {
    let h = tx.handle();
    let row = opened::Model {
        session_id: it.session.into(),
        issuer: it.issuer.clone(),
        subject: it.subject.clone(),
        sid: it.sid.clone(),
        key_id: h.seal().key_id().to_owned(),
        sealed: h.seal().seal(TOKENS, it.subject.as_bytes(), &it.token)?,
        expires_at: it.expires_at.into(),
    };
    h.add_row(row, "provider session").await.map(drop)
}

/// The identity that opened a session, with its token.
pub async fn of_session(conn: &dyn Conn, session: SessionId) -> Result<Option<Opened>, StoreError> {
    let h = conn.handle();
    let Some(row) = h.find_one(opened::Entity::find_by_id(Col(session))).await? else {
        return Ok(None);
    };
    let subject = row.subject.as_bytes();
    let token = h.seal().open(&row.key_id, TOKENS, subject, &row.sealed)?;
    Ok(Some(Opened {
        session: row.session_id.0,
        issuer: row.issuer,
        subject: row.subject,
        sid: row.sid,
        token,
        expires_at: row.expires_at.0,
    }))
}

/// A session takes the place of another, which its identity goes along with until it is over.
pub async fn pass_on(
    tx: &Tx,
    (from, to): (SessionId, SessionId),
    expires_at: Instant,
) -> Result<(), StoreError> {
    let update = opened::Entity::update_many()
        .set(opened::ActiveModel {
            session_id: Set(to.into()),
            expires_at: Set(expires_at.into()),
            ..Default::default()
        })
        .filter(opened::Column::SessionId.eq(Col(from)));
    tx.handle().change(&update).await.map(drop)
}

#[derive(FromQueryResult)]
struct Found {
    session_id: Col<SessionId>,
}

/// The sessions that an identity opened: all, or those of one session of the provider. A word of signing out names either or both.
pub async fn sessions(
    conn: &dyn Conn,
    issuer: &str,
    subject: Option<&str>,
    sid: Option<&str>,
) -> Result<Vec<SessionId>, StoreError> {
    if subject.is_none() && sid.is_none() {
        return Ok(Vec::new());
    }
    let h = conn.handle();
    let mut select = opened::Entity::find()
        .select_only()
        .column(opened::Column::SessionId)
        .filter(opened::Column::Issuer.eq(issuer));
    if let Some(subject) = subject {
        select = select.filter(opened::Column::Subject.eq(subject));
    }
    if let Some(sid) = sid {
        select = select.filter(opened::Column::Sid.eq(sid));
    }
    let rows = h
        .rows::<Found>(Sql::built(select.build(h.backend())))
        .await?;
    Ok(rows.into_iter().map(|row| row.session_id.0).collect())
}

/// Takes a word of signing out; false when it was taken before.
///
/// # Errors
/// Of the database; that the word is known already is no error.
pub async fn log_out(tx: &Tx, jti: &[u8], expires_at: Instant) -> Result<bool, StoreError> {
    let h = tx.handle();
    let known = log_out::Entity::find_by_id(Col(jti.to_vec()));
    if h.count(known).await? > 0 {
        return Ok(false);
    }
    let row = log_out::Model {
        jti: jti.to_vec().into(),
        expires_at: expires_at.into(),
    };
    match h.add_row(row, "log-out").await {
        Ok(_) => Ok(true),
        Err(StoreError::Exists(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Forgets ways that nobody came back on, sessions that are over and words that would be too old by now.
pub async fn purge(tx: &Tx, now: Instant) -> Result<u64, StoreError> {
    let h = tx.handle();
    let ways = flow::Entity::delete_many().filter(flow::Column::ExpiresAt.lt(Col(now)));
    let over = opened::Entity::delete_many().filter(opened::Column::ExpiresAt.lt(Col(now)));
    let words = log_out::Entity::delete_many().filter(log_out::Column::ExpiresAt.lt(Col(now)));
    Ok(h.change(&ways).await? + h.change(&over).await? + h.change(&words).await?)
}
