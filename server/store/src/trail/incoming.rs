//! Messages that came in: kept once by the provider's number, lists of an area, and the one move from waiting to what became of it.
//! Not here: where one belongs, who may do what (services). What a message says stands sealed.
//! Ids are drawn when it is kept, so their order is that of coming in.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder as _, QuerySelect as _, Select};
use shared::calendar::Instant;
use shared::file::FileCase;
use shared::ids::IncomingId;
use shared::incoming::{DismissReason, IncomingState, IncomingWay};

use crate::database::Handle;
use crate::entity::trail::incoming_message::{ActiveModel, Beside, Column, Entity, Model};
use crate::entity::trail::incoming_receipt;
use crate::entity::{Col, table};
use crate::files::{self, Freed};
use crate::scope::above;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

pub use crate::entity::trail::incoming_message::{IncomingMessage, Letter};

/// Where a sealed value belongs.
pub(crate) const PLACE: &str = "incoming_messages";
/// Messages whose files are taken off together.
const TOGETHER: usize = 500;
/// Those that wait for somebody.
const WAITING: [Col<IncomingState>; 2] = [Col(IncomingState::New), Col(IncomingState::Quarantined)];

/// Which messages a list shows.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// What the codes of the area begin with; nothing for everywhere.
    pub prefix: String,
    /// How they stand.
    pub state: IncomingState,
    /// The message behind which the page begins.
    pub after: Option<IncomingId>,
    /// How many at most.
    pub limit: u64,
}

/// Keeps a message; `Exists("incoming_message")` where one with its number is there.
pub async fn add(tx: &Tx, message: &IncomingMessage) -> Result<(), StoreError> {
    let h = tx.handle();
    let letter = serde_json::to_vec(&message.letter).map_err(|e| StoreError::Broken(e.into()))?;
    let beside = Beside {
        key_id: h.seal().key_id().to_owned(),
        sealed: h.seal().seal(PLACE, message.id.0.as_bytes(), &letter)?,
    };
    let mut sql = Sql::new(table::insert::<Entity>().head, vals![]);
    sql.list(message.values(beside));
    h.insert(sql, "incoming_message").await.map(drop)
}

fn read(h: Handle<'_>, row: Model) -> Result<IncomingMessage, StoreError> {
    let (mut message, beside) = row.split();
    if !beside.sealed.is_empty() {
        let bound = message.id.0;
        let plain = h
            .seal()
            .open(&beside.key_id, PLACE, bound.as_bytes(), &beside.sealed)?;
        message.letter =
            serde_json::from_slice(&plain).map_err(|e| StoreError::Broken(e.into()))?;
    }
    Ok(message)
}

/// The message of a provider's number.
pub async fn known(
    conn: &dyn Conn,
    (way, no): (IncomingWay, &str),
) -> Result<Option<IncomingMessage>, StoreError> {
    let h = conn.handle();
    let one = Entity::find()
        .filter(Column::Way.eq(Col(way)))
        .filter(Column::ProviderNo.eq(no.to_owned()));
    let row = h.find_one(one).await?;
    row.map(|row| read(h, row)).transpose()
}

/// One message; inside a write its row is locked.
pub async fn find(conn: &dyn Conn, id: IncomingId) -> Result<Option<IncomingMessage>, StoreError> {
    let h = conn.handle();
    let one = h.locked(Entity::find_by_id(Col(id)));
    let row = h.find_one(one).await?;
    row.map(|row| read(h, row)).transpose()
}

fn of_area(select: Select<Entity>, prefix: &str) -> Select<Entity> {
    if prefix.is_empty() {
        return select;
    }
    select
        .filter(Column::Area.gte(prefix.to_owned()))
        .filter(Column::Area.lt(above(prefix)))
}

/// A page of an area's messages: those that wait as they came, others the latest first.
pub async fn page(conn: &dyn Conn, wanted: &Wanted) -> Result<Vec<IncomingMessage>, StoreError> {
    let select = Entity::find().filter(Column::State.eq(Col(wanted.state)));
    let mut select = of_area(select, &wanted.prefix);
    let upwards = wanted.state.waits();
    if let Some(after) = wanted.after {
        select = select.filter(if upwards {
            Column::Id.gt(Col(after))
        } else {
            Column::Id.lt(Col(after))
        });
    }
    select = if upwards {
        select.order_by_asc(Column::Id)
    } else {
        select.order_by_desc(Column::Id)
    };
    let h = conn.handle();
    let rows = h.find(select.limit(wanted.limit)).await?;
    rows.into_iter().map(|row| read(h, row)).collect()
}

/// How many of an area stand so.
pub async fn count(conn: &dyn Conn, prefix: &str, state: IncomingState) -> Result<i64, StoreError> {
    let select = Entity::find().filter(Column::State.eq(Col(state)));
    conn.handle().count(of_area(select, prefix)).await
}

/// How many came from a number or address since then.
pub async fn sent_since(conn: &dyn Conn, sender: &[u8], since: Instant) -> Result<i64, StoreError> {
    let select = Entity::find()
        .filter(Column::SenderHmac.eq(Col(sender.to_vec())))
        .filter(Column::KeptAt.gte(Col(since)));
    conn.handle().count(select).await
}

/// Whether anything from a number or address was dismissed as spam since then.
pub async fn is_spammer(
    conn: &dyn Conn,
    sender: &[u8],
    since: Instant,
) -> Result<bool, StoreError> {
    let select = Entity::find()
        .filter(Column::SenderHmac.eq(Col(sender.to_vec())))
        .filter(Column::KeptAt.gte(Col(since)))
        .filter(Column::Reason.eq(Col(Some(DismissReason::Spam))));
    Ok(conn.handle().count(select).await? > 0)
}

/// Writes what became of a message that waits; `false` where somebody was quicker.
pub async fn settle(tx: &Tx, message: &IncomingMessage) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(message.moved())
        .filter(Column::Id.eq(Col(message.id)))
        .filter(Column::State.is_in(WAITING));
    Ok(tx.handle().change(&update).await? == 1)
}

/// Notes that a number or address is answered on a day; `false` where it was already.
pub async fn answered(
    tx: &Tx,
    sender: &[u8],
    (day, at): (&str, Instant),
) -> Result<bool, StoreError> {
    // Text: one statement decides who was first.
    let sql = Sql::new(
        "insert into incoming_receipts (sender_hmac, day, at) values (?, ?, ?) on conflict (sender_hmac, day) do nothing",
        vals![sender.to_vec(), day, at],
    );
    Ok(tx.handle().run(sql).await? == 1)
}

/// Forgets who was answered before then.
pub async fn forget_answered(tx: &Tx, before: Instant) -> Result<u64, StoreError> {
    let old = incoming_receipt::Entity::delete_many()
        .filter(incoming_receipt::Column::At.lt(Col(before)));
    tx.handle().change(&old).await
}

/// What `empty` took away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Emptied {
    /// How many messages.
    pub messages: u64,
    /// What lay there of their files.
    pub freed: Freed,
}

#[derive(FromQueryResult)]
struct Old {
    id: Col<IncomingId>,
}

/// Empties what was seen to before then: that it came stays, who sent it, its text and its files do not. A portion at once; the caller removes what
/// lay there after the commit.
pub async fn empty(tx: &Tx, before: Instant, limit: u32) -> Result<Emptied, StoreError> {
    let h = tx.handle();
    // Text: a portion, by the key.
    let sql = Sql::new(
        "select id from incoming_messages where settled_at < ? and length(sealed) > 0 order by id limit ?",
        vals![before, limit],
    );
    let old = h.rows::<Old>(sql).await?;
    let ids: Vec<IncomingId> = old.into_iter().map(|row| row.id.0).collect();
    let mut emptied = Emptied::default();
    for some in ids.chunks(TOGETHER) {
        let cases: Vec<Uuid> = some.iter().map(|id| id.0).collect();
        let hung = files::drop_all(tx, FileCase::Message, &cases).await?;
        let freed = files::release(tx, &hung).await?;
        emptied.freed.sealed.extend(freed.sealed);
        emptied.freed.open.extend(freed.open);
        let update = Entity::update_many()
            .set(ActiveModel {
                sealed: Set(Col(Vec::<u8>::new())),
                ..Default::default()
            })
            .filter(Column::Id.is_in(some.iter().copied().map(Col)));
        emptied.messages += h.change(&update).await?;
    }
    Ok(emptied)
}
