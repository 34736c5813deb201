//! Digests of persons made anew after their forms have changed, a few at a time and in the order of the tickets.
//! Where it stands is a row of `person_rebuild`; without one nothing is to do, and a job that was killed goes on there.
//! Not here: the digests (`person`), when it runs (`services::jobs`).

use sea_orm::ActiveValue::Set;
use sea_orm::{EntityTrait as _, FromQueryResult};
use shared::ids::TicketId;

use crate::entity::Col;
use crate::entity::ticket::person_rebuild::{ActiveModel, Entity};
use crate::sql::{Sql, vals};
use crate::tickets::{person::Digests, row};
use crate::{Conn, StoreError, Tx};

/// How far digests are made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// So many tickets are done.
    pub done: i64,
    /// Of so many.
    pub total: i64,
}

impl Progress {
    /// Tickets that wait.
    pub fn waiting(self) -> i64 {
        self.total.saturating_sub(self.done).max(0)
    }
}

/// How far it is; nothing when all tickets can be found.
pub async fn progress(conn: &dyn Conn) -> Result<Option<Progress>, StoreError> {
    let row = conn.handle().find_one(Entity::find()).await?;
    Ok(row.map(|row| Progress {
        done: row.done,
        total: row.total,
    }))
}

/// Makes the digests of the next `limit` tickets anew; gives how many, and whether more are waiting.
pub async fn step(tx: &Tx, limit: u32) -> Result<(u64, bool), StoreError> {
    let h = tx.handle();
    let Some(rebuild) = h.find_one(Entity::find()).await? else {
        return Ok((0, false));
    };
    // Text: the sealed block alone, along the key.
    let mut sql = Sql::new(
        "select t.id, t.citizen_key as key_id, t.citizen as sealed from tickets t",
        vals![],
    );
    if let Some(upto) = rebuild.upto.0 {
        sql.push(" where t.id > ?", vals![upto]);
    }
    sql.push(" order by t.id limit ?", vals![limit]);
    let tickets = h.rows::<Block>(sql).await?;
    let mut last = rebuild.upto.0;
    for ticket in &tickets {
        last = Some(ticket.id.0);
        renew(tx, ticket).await?;
    }
    let count = u64::try_from(tickets.len()).unwrap_or_default();
    if count < u64::from(limit) {
        h.change(&Entity::delete_many()).await?;
        return Ok((count, false));
    }
    let done = rebuild.done.saturating_add(i64::from(limit));
    let update = Entity::update_many().set(ActiveModel {
        upto: Set(last.into()),
        done: Set(done),
        ..Default::default()
    });
    h.change(&update).await?;
    Ok((count, true))
}

/// A ticket with its citizen block as it stands in the row.
#[derive(FromQueryResult)]
struct Block {
    id: Col<TicketId>,
    key_id: Option<String>,
    sealed: Option<Vec<u8>>,
}

/// A block that does not open keeps its digests: the check of the keys tells of it.
async fn renew(tx: &Tx, ticket: &Block) -> Result<(), StoreError> {
    let h = tx.handle();
    let (key, sealed) = (ticket.key_id.clone(), ticket.sealed.clone());
    if sealed.is_none() {
        return Ok(());
    }
    let Ok(citizen) = row::open_citizen(h.seal(), ticket.id.0.0, key, sealed) else {
        return Ok(());
    };
    let found = Digests::of(h.seal(), citizen.as_ref());
    h.run(Sql::new(
        "update tickets set phone_hmac = ?, contact_hmac = ?, name_hmac = ?, id_number_hmac = ? where id = ?",
        vals![found.phone, found.contact, found.name, found.id_number, ticket.id.0],
    ))
    .await?;
    Ok(())
}
