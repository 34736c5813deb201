//! Notifications: written in the verb's transaction, sealed, sent by a job after the commit (I9), then told by the gateway what became of them.
//! Not here: sending (services), those that were not delivered (`undelivered`).
//! A notification is claimed for a while; who does not settle it in time loses the claim, so that nothing is lost with a process.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::notification::{Receipt, Spent, Trouble};

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
    /// Those that leave the house, or those that stay.
    pub which: Which,
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

/// What a gateway said when it took a notification.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// Its own number, under which receipts come.
    pub no: Option<String>,
    /// In how many parts it goes.
    pub parts: i64,
    /// What that costs, in thousandths of a yuan.
    pub fee: i64,
}

/// What became of a claimed notification.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// The gateway has it.
    Sent(Sent),
    /// Not before then. A wait that is no failed try (night, quota) counts none.
    Again(Instant, Trouble),
    /// Never.
    GivenUp(Trouble),
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
    let row = row(message, h.seal().key_id(), sealed);
    h.add_row(row, "notification").await.map(drop)
}

/// The row of one that was just written.
pub(crate) fn row(message: &OutboxMessage, key_id: &str, sealed: Vec<u8>) -> Model {
    Model {
        id: message.id,
        ticket_id: message.ticket_id.into(),
        channel: message.channel.clone(),
        key_id: key_id.to_owned(),
        sealed,
        created_at: message.at.into(),
        tries: Col(0),
        next_try_at: message.at.into(),
        failed_at: Col(None),
        sent_at: Col(None),
        delivered_at: Col(None),
        area: message.area.clone(),
        about: message.about.into(),
        urgent: message.urgent,
        gateway_no: None,
        parts: 0,
        fee: 0,
        why: Col(None),
        settled_at: Col(None),
        settled_by: Col(None),
        settled_how: Col(None),
    }
}

/// The channel of what stays in the house: notices to its people.
pub const DESK: &str = "desk";

/// Which of the messages that wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// What leaves the house.
    Outside,
    /// Notices to its people.
    Inside,
}

impl Which {
    const fn condition(self) -> &'static str {
        match self {
            Self::Outside => " and channel <> 'desk'",
            Self::Inside => " and channel = 'desk'",
        }
    }
}

/// Whether a message waits for delivery now.
pub async fn is_waiting(conn: &dyn Conn, which: Which, now: Instant) -> Result<bool, StoreError> {
    // Text: a look at the index of waiting messages.
    let mut sql = Sql::new(
        "select count(*) from (select 1 from outbox where sent_at is null and failed_at is null and (next_try_at <= ? or next_try_at > ?)",
        vals![now, farthest(now)],
    );
    sql.text(which.condition()).text(" limit 1) x");
    Ok(conn.handle().number(sql).await? > 0)
}

/// Takes messages that wait; each is counted as a try. Those tried least come first, then the oldest: one that is refused at every try does
/// not keep the others from their turn.
pub async fn claim(tx: &Tx, claim: Claim) -> Result<Vec<Claimed>, StoreError> {
    let h = tx.handle();
    // Text: one statement takes them, rows in others' hands are skipped.
    let mut inner = Sql::new(
        "select id from outbox where sent_at is null and failed_at is null and (next_try_at <= ? or next_try_at > ?)",
        vals![claim.now, farthest(claim.now)],
    );
    inner
        .text(claim.which.condition())
        .push(" order by next_try_at, id limit ?", vals![claim.limit]);
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
    claimed.sort_by_key(|c| (c.tries, c.message.at, c.message.id));
    Ok(claimed)
}

pub(super) fn read(h: Handle<'_>, row: Model) -> Result<Claimed, StoreError> {
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
            about: row.about.0,
            area: row.area,
            urgent: row.urgent,
        },
        tries: row.tries.0,
    })
}

/// Writes down what became of a notification.
pub async fn settle(tx: &Tx, id: Uuid, outcome: Outcome, now: Instant) -> Result<(), StoreError> {
    let mut set = <ActiveModel as Default>::default();
    match outcome {
        Outcome::Sent(sent) => {
            set.sent_at = Set(Some(now).into());
            set.gateway_no = Set(sent.no);
            set.parts = Set(sent.parts);
            set.fee = Set(sent.fee);
            set.why = Set(Col(None));
        }
        Outcome::Again(at, why) => {
            set.next_try_at = Set(at.into());
            set.why = Set(Some(why).into());
        }
        Outcome::GivenUp(why) => {
            set.failed_at = Set(Some(now).into());
            set.why = Set(Some(why).into());
        }
    }
    let update = Entity::update_many()
        .set(set)
        .filter(Column::Id.eq(id))
        .filter(Column::SentAt.is_null());
    tx.handle().change(&update).await.map(drop)
}

/// Empties one that is of no use to anybody any more, sent or given up: what it said is gone at once, and nobody has to see to it.
pub async fn let_go(tx: &Tx, id: Uuid, now: Instant) -> Result<(), StoreError> {
    let set = ActiveModel {
        sealed: Set(Vec::new()),
        settled_at: Set(Some(now).into()),
        ..Default::default()
    };
    let update = Entity::update_many().set(set).filter(Column::Id.eq(id));
    tx.handle().change(&update).await.map(drop)
}

/// One waits for the morning or for tomorrow's quota: that was no try.
pub async fn put_off(
    tx: &Tx,
    id: Uuid,
    (until, why): (Instant, Trouble),
) -> Result<(), StoreError> {
    let update = Entity::update_many()
        .col_expr(Column::NextTryAt, Expr::value(until.0))
        .col_expr(Column::Tries, Expr::col(Column::Tries).sub(1))
        .col_expr(Column::Why, Expr::value(why.code()))
        .filter(Column::Id.eq(id))
        .filter(Column::SentAt.is_null());
    tx.handle().change(&update).await.map(drop)
}

/// What a gateway tells of one that it took, and where it was sent. `None` for a number that is none of ours, and for one of which that is
/// known already: receipts come more than once.
pub async fn receive(
    tx: &Tx,
    receipt: &Receipt,
    now: Instant,
) -> Result<Option<String>, StoreError> {
    let h = tx.handle();
    let known = Entity::find()
        .filter(Column::GatewayNo.eq(receipt.no.as_str()))
        .filter(Column::SentAt.is_not_null())
        .filter(Column::DeliveredAt.is_null())
        .filter(Column::FailedAt.is_null());
    let Some(row) = h.find_one(known).await? else {
        return Ok(None);
    };
    let mut set = <ActiveModel as Default>::default();
    match receipt.state.trouble() {
        None => set.delivered_at = Set(Some(now).into()),
        Some(why) => {
            set.failed_at = Set(Some(now).into());
            set.why = Set(Some(why).into());
        }
    }
    let update = Entity::update_many()
        .set(set)
        .filter(Column::Id.eq(row.id))
        .filter(Column::DeliveredAt.is_null())
        .filter(Column::FailedAt.is_null());
    if h.change(&update).await? == 0 {
        return Ok(None);
    }
    if row.sealed.is_empty() {
        return Ok(Some(String::new()));
    }
    Ok(Some(read(h, row)?.message.to))
}

/// What gateways took since an instant.
pub async fn spent(conn: &dyn Conn, since: Instant) -> Result<Spent, StoreError> {
    // Text: a sum along the index of what was sent.
    let sql = Sql::new(
        "select count(*) as sent, cast(coalesce(sum(parts), 0) as bigint) as parts, cast(coalesce(sum(fee), 0) as bigint) as fee from outbox where sent_at >= ? and channel <> 'desk'",
        vals![since],
    );
    let sums = conn.handle().rows::<Sums>(sql).await?.pop();
    Ok(sums.map_or_else(Spent::default, |it| Spent {
        sent: it.sent.0,
        parts: it.parts.0,
        fee: it.fee.0,
    }))
}

#[derive(sea_orm::FromQueryResult)]
struct Sums {
    sent: Col<i64>,
    parts: Col<i64>,
    fee: Col<i64>,
}

/// Empties notifications that were sent before an instant: that they were sent stays, what they said and to whom does not.
pub async fn empty(tx: &Tx, before: Instant, limit: u32) -> Result<u64, StoreError> {
    // Text: a portion along the index of what was sent.
    let sql = Sql::new(
        "update outbox set sealed = ? where id in (select id from outbox where sent_at < ? and (failed_at is null or settled_at is not null)
         and length(sealed) > 0 order by sent_at limit ?)",
        vals![Vec::<u8>::new(), before, limit],
    );
    tx.handle().run(sql).await
}
