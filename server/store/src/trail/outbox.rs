//! Messages to citizens: written in the verb's transaction, sealed, delivered by a job after the commit (I9).
//! Not here: delivering (services).
//! A message is claimed for a while; who does not settle it in time loses the claim, so that nothing is lost with a process.

use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::ids::TicketId;
use uuid::Uuid;

use crate::database::Handle;
use crate::record::OutboxMessage;
use crate::sql::{Reader, Sql, vals};
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
    let sql = Sql::new(
        "insert into outbox (id, ticket_id, channel, key_id, sealed, created_at, tries, next_try_at) values (?, ?, ?, ?, ?, ?, 0, ?)",
        vals![
            message.id,
            message.ticket_id,
            &message.channel,
            h.seal().key_id(),
            sealed,
            message.at,
            message.at
        ],
    );
    h.insert(sql, "message").await.map(drop)
}

/// Whether a message waits for delivery now.
pub async fn is_waiting(conn: &dyn Conn, now: Instant) -> Result<bool, StoreError> {
    let sql = "select count(*) from (select 1 from outbox where delivered_at is null and failed_at is null and (next_try_at <= ? or next_try_at > ?) limit 1) x";
    let sql = Sql::new(sql, vals![now, farthest(now)]);
    Ok(conn.handle().number(sql).await? > 0)
}

/// Takes messages that wait, oldest first; each is counted as a try.
pub async fn claim(tx: &Tx, claim: Claim) -> Result<Vec<Claimed>, StoreError> {
    let h = tx.handle();
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
    sql.append(inner)
        .text(") returning id, ticket_id, channel, key_id, sealed, created_at, tries");
    let mut claimed = h
        .all(sql)
        .await?
        .iter()
        .map(|row| read(h, row))
        .collect::<Result<Vec<_>, _>>()?;
    claimed.sort_by_key(|c| (c.message.at, c.message.id));
    Ok(claimed)
}

fn read(h: Handle<'_>, row: &sea_orm::QueryResult) -> Result<Claimed, StoreError> {
    let mut r = Reader::new(row);
    let id: Uuid = r.get()?;
    let ticket_id = r.get::<Option<Uuid>>()?.map(TicketId);
    let channel: String = r.get()?;
    let (key, sealed): (String, Vec<u8>) = (r.get()?, r.get()?);
    let letter: Letter =
        serde_json::from_slice(&h.seal().open(&key, PLACE, id.as_bytes(), &sealed)?)
            .map_err(|e| StoreError::Broken(e.into()))?;
    let at = r.at()?;
    Ok(Claimed {
        message: OutboxMessage {
            id,
            ticket_id,
            channel,
            to: letter.to,
            body: letter.body,
            at,
        },
        tries: r.int()?,
    })
}

/// Writes down what became of a message.
pub async fn settle(tx: &Tx, id: Uuid, outcome: Outcome, now: Instant) -> Result<(), StoreError> {
    let sql = match outcome {
        Outcome::Delivered => Sql::new(
            "update outbox set delivered_at = ? where id = ? and delivered_at is null",
            vals![now, id],
        ),
        Outcome::Again(at) => Sql::new(
            "update outbox set next_try_at = ? where id = ? and delivered_at is null",
            vals![at, id],
        ),
        Outcome::GivenUp => Sql::new(
            "update outbox set failed_at = ? where id = ? and delivered_at is null",
            vals![now, id],
        ),
    };
    tx.handle().run(sql).await.map(drop)
}
