//! Search rows made anew after the tokeniser has changed, a few at a time and in the order of the tickets.
//! Where it stands is a row of `search_rebuild`; without one nothing is to do, and a job that was killed goes on there.
//! Not here: what is searched (`search`), when it runs (`services::jobs`).

use sea_orm::ActiveValue::Set;
use sea_orm::{EntityTrait as _, FromQueryResult};
use shared::ids::TicketId;

use crate::entity::Col;
use crate::entity::ticket::search_rebuild::{ActiveModel, Entity};
use crate::sql::{Sql, vals};
use crate::tickets::search;
use crate::{Conn, StoreError, Tx};

/// Whether search rows wait for being made anew.
pub async fn is_waiting(conn: &dyn Conn) -> Result<bool, StoreError> {
    let waiting = conn.handle().find_one(Entity::find()).await?;
    Ok(waiting.is_some())
}

/// Makes the search rows of the next `limit` tickets anew; gives how many, and whether more are waiting.
pub async fn step(tx: &Tx, limit: u32) -> Result<(u64, bool), StoreError> {
    let h = tx.handle();
    let Some(rebuild) = h.find_one(Entity::find()).await? else {
        return Ok((0, false));
    };
    let upto = rebuild.upto.0;
    let mut sql = searched(h.is_sqlite());
    if let Some(upto) = upto {
        sql.push(" where t.id > ?", vals![upto]);
    }
    sql.push(" order by t.id limit ?", vals![limit]);
    let tickets = h.rows::<Searched>(sql).await?;
    let mut last = upto;
    for ticket in &tickets {
        last = Some(renew(tx, ticket).await?);
    }
    if tickets.len() < limit as usize {
        h.change(&Entity::delete_many()).await?;
        return Ok((tickets.len() as u64, false));
    }
    let update = Entity::update_many().set(ActiveModel {
        upto: Set(last.into()),
        ..Default::default()
    });
    h.change(&update).await?;
    Ok((tickets.len() as u64, true))
}

/// Makes the search row of one ticket anew, whose words a verb has changed.
pub(crate) async fn of_ticket(tx: &Tx, id: TicketId) -> Result<(), StoreError> {
    let h = tx.handle();
    let mut sql = searched(h.is_sqlite());
    sql.push(" where t.id = ?", vals![id]);
    for ticket in &h.rows::<Searched>(sql).await? {
        renew(tx, ticket).await?;
    }
    Ok(())
}

/// Text: the row number is SQLite's own and no column of the entity.
fn searched(sqlite: bool) -> Sql {
    let mut sql = Sql::new("select t.id, ", vals![]);
    sql.text(if sqlite {
        "t.rid as rid"
    } else {
        "cast(0 as bigint) as rid"
    });
    sql.text(", t.ticket_no, t.title, t.content, t.address from tickets t");
    sql
}

/// What is searched of a ticket, and its row number on SQLite.
#[derive(FromQueryResult)]
struct Searched {
    id: Col<TicketId>,
    rid: i64,
    ticket_no: String,
    title: String,
    content: String,
    address: Option<String>,
}

async fn renew(tx: &Tx, row: &Searched) -> Result<TicketId, StoreError> {
    let h = tx.handle();
    let (id, rid) = (row.id.0, row.rid);
    let texts = [row.title.as_str(), row.content.as_str()];
    let runs = search::runs_of(&row.ticket_no, texts, row.address.as_deref());
    if h.is_sqlite() {
        h.run(Sql::new(
            "delete from ticket_search where rowid = ?",
            vals![rid],
        ))
        .await?;
        h.run(Sql::new(
            "insert into ticket_search (rowid, grams) values (?, ?)",
            vals![rid, search::fts_text(&runs)],
        ))
        .await?;
        return Ok(id);
    }
    h.run(Sql::new(
        "delete from ticket_search where ticket_id = ?",
        vals![id],
    ))
    .await?;
    for (chunk, vector) in search::vectors(&runs).into_iter().enumerate() {
        h.run(Sql::new(
            "insert into ticket_search (ticket_id, chunk, grams) values (?, ?, cast(? as tsvector))",
            vals![id, chunk, vector],
        ))
        .await?;
    }
    Ok(id)
}
