//! Messages to citizens: written in the verb's transaction, sealed, delivered by a job after the commit (I9).
//! Not here: delivering (services).
//! A message is claimed for a while; who does not settle it in time loses the claim, so that nothing is lost with a process.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use shared::calendar::Instant;

use crate::database::Handle;
use crate::entity::Col;
use crate::entity::trail::outbox::{ActiveModel, Column, Entity, Model};
use crate::record::OutboxMessage;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

/// Where a sealed value belongs.
pub(crate) const PLACE: &str = "outbox";

#[derive(Serialize, Deserialize)]
struct Letter {
    to: String,
    body: String,
}

/// No pause is longer, in milliseconds. What is due later than this was written while the clock was ahead, and is due now.
const FARTHEST: i64 = 24 * 3_600_000;

fn farthest(now: Instant) -> Instant {
    Instant(now.0.saturating_add(FARTHEST))
}

/// Which messages to take.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// Now.
    pub now: Instant,
    /// Nobody else gets them before.
    pub until: Instant,
    /// At most so many.
    pub limit: u32,
}

/// A message in somebody's hands.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The message, opened.
    pub message: OutboxMessage,
    /// This try's number, from 1.
    pub tries: i32,
}

/// What became of a claimed message.
#[derive(Debug, Clone, Copy)]
pub enum Outcome {
    /// Delivered.
    Delivered,
    /// Not before then.
    Again(Instant),
    /// Never.
    GivenUp,
}

/// Puts a message into the outbox.
pub async fn put(tx: &Tx, message: &OutboxMessage) -> Result<(), StoreError> {
    let h = tx.handle();
    let letter = serde_json::to_vec(&Letter {
        to: message.to.clone(),
        body: message.body.clone(),
    })
    .map_err(|e| StoreError::Broken(e.into()))?;
    let sealed = h.seal().seal(PLACE, message.id.as_bytes(), &letter)?;
    let row = Model {
        id: message.id,
        ticket_id: message.ticket_id.into(),
        channel: message.channel.clone(),
        key_id: h.seal().key_id().to_owned(),
        sealed,
        created_at: message.at.into(),
        tries: Col(0),
        next_try_at: message.at.into(),
        delivered_at: Col(None),
        failed_at: Col(None),
    };
    h.add_row(row, "message").await.map(drop)
}

/// Whether a message waits for delivery now.
pub async fn is_waiting(conn: &dyn Conn, now: Instant) -> Result<bool, StoreError> {
    // Text: a look at the index of waiting messages.
    let sql = "select count(*) from (select 1 from outbox where delivered_at is null and failed_at is null and (next_try_at <= ? or next_try_at > ?) limit 1) x";
    let sql = Sql::new(sql, vals![now, farthest(now)]);
    Ok(conn.handle().number(sql).await? > 0)
}

/// Takes messages that wait, oldest first; each is counted as a try.
pub async fn claim(tx: &Tx, claim: Claim) -> Result<Vec<Claimed>, StoreError> {
    let h = tx.handle();
    // Text: one statement takes them, rows in others' hands are skipped.
    let mut inner = Sql::new(
        "select id from outbox where delivered_at is null and failed_at is null and (next_try_at <= ? or next_try_at > ?) order by next_try_at, id limit ?",
        vals![claim.now, farthest(claim.now), claim.limit],
    );
    if h.locks_rows() {
        inner.text(" for update skip locked");
    }
    let mut sql = Sql::new(
        "update outbox set tries = tries + 1, next_try_at = ? where id in (",
        vals![claim.until],
    );
    sql.append(inner).text(") returning *");
    let rows = h.rows::<Model>(sql).await?;
    let mut claimed = rows
        .into_iter()
        .map(|row| read(h, row))
        .collect::<Result<Vec<_>, _>>()?;
    claimed.sort_by_key(|c| (c.message.at, c.message.id));
    Ok(claimed)
}

fn read(h: Handle<'_>, row: Model) -> Result<Claimed, StoreError> {
    let letter = h
        .seal()
        .open(&row.key_id, PLACE, row.id.as_bytes(), &row.sealed)?;
    let letter: Letter =
        serde_json::from_slice(&letter).map_err(|e| StoreError::Broken(e.into()))?;
    Ok(Claimed {
        message: OutboxMessage {
            id: row.id,
            ticket_id: row.ticket_id.0,
            channel: row.channel,
            to: letter.to,
            body: letter.body,
            at: row.created_at.0,
        },
        tries: row.tries.0,
    })
}

/// Writes down what became of a message.
pub async fn settle(tx: &Tx, id: Uuid, outcome: Outcome, now: Instant) -> Result<(), StoreError> {
    let mut set = <ActiveModel as Default>::default();
    match outcome {
        Outcome::Delivered => set.delivered_at = Set(Some(now).into()),
        Outcome::Again(at) => set.next_try_at = Set(at.into()),
        Outcome::GivenUp => set.failed_at = Set(Some(now).into()),
    }
    let update = Entity::update_many()
        .set(set)
        .filter(Column::Id.eq(id))
        .filter(Column::DeliveredAt.is_null());
    tx.handle().change(&update).await.map(drop)
}
