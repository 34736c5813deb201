//! Search rows made anew after the tokeniser has changed, a few at a time and in the order of the tickets.
//! Where it stands is a row of `search_rebuild`; without one nothing is to do, and a job that was killed goes on there.
//! Not here: what is searched (`search`), when it runs (`services::jobs`).

use sea_orm::QueryResult;
use uuid::Uuid;

use super::search;
use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// Whether search rows wait for being made anew.
pub async fn is_waiting(conn: &dyn Conn) -> Result<bool, StoreError> {
    let rows = conn
        .handle()
        .all(Sql::new("select 1 from search_rebuild", vals![]))
        .await?;
    Ok(!rows.is_empty())
}

/// Makes the search rows of the next `limit` tickets anew; gives how many, and whether more are waiting.
pub async fn step(tx: &Tx, limit: u32) -> Result<(u64, bool), StoreError> {
    let h = tx.handle();
    let rows = h
        .all(Sql::new("select upto from search_rebuild", vals![]))
        .await?;
    let Some(row) = rows.first() else {
        return Ok((0, false));
    };
    let upto: Option<Uuid> = Reader::new(row).get()?;
    let mut sql = Sql::new("select t.id, ", vals![]);
    sql.text(if h.is_sqlite() {
        "t.rid"
    } else {
        "cast(0 as bigint)"
    });
    sql.text(", t.ticket_no, t.title, t.content, t.address from tickets t");
    if let Some(upto) = upto {
        sql.push(" where t.id > ?", vals![upto]);
    }
    sql.push(" order by t.id limit ?", vals![limit]);
    let tickets = h.all(sql).await?;
    let mut last = upto;
    for ticket in &tickets {
        last = Some(renew(tx, ticket).await?);
    }
    if tickets.len() < limit as usize {
        h.run(Sql::new("delete from search_rebuild", vals![]))
            .await?;
        return Ok((tickets.len() as u64, false));
    }
    h.run(Sql::new("update search_rebuild set upto = ?", vals![last]))
        .await?;
    Ok((tickets.len() as u64, true))
}

async fn renew(tx: &Tx, row: &QueryResult) -> Result<Uuid, StoreError> {
    let h = tx.handle();
    let mut r = Reader::new(row);
    let (id, rid): (Uuid, i64) = (r.get()?, r.get()?);
    let (no, title, content): (String, String, String) = (r.get()?, r.get()?, r.get()?);
    let address: Option<String> = r.get()?;
    let runs = search::runs_of(&no, [&title, &content], address.as_deref());
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
