//! The rows of a ticket in the index: written with it, and made anew when what is searched of it has changed.
//! Not here: its terms (`terms`), many tickets at once (`bulk`).
//! Texts: no database's full-text table is an entity.

use shared::ids::TicketId;

use super::{Phrase, fts_text, vectors};
use crate::sql::{Sql, vals};
use crate::tickets::case::RowNumber;
use crate::{StoreError, Tx};

/// Writes the rows of a ticket of which there are none; SQLite's row number is the ticket's, PostgreSQL has none.
pub(crate) async fn write(
    tx: &Tx,
    (id, rid): (TicketId, i64),
    runs: &[Phrase],
) -> Result<(), StoreError> {
    let h = tx.handle();
    if h.is_sqlite() {
        h.run(Sql::new(
            "insert into ticket_search (rowid, grams) values (?, ?)",
            vals![rid, fts_text(runs)],
        ))
        .await?;
        return Ok(());
    }
    for (chunk, vector) in vectors(runs).into_iter().enumerate() {
        h.run(Sql::new(
            "insert into ticket_search (ticket_id, chunk, grams) values (?, ?, cast(? as tsvector))",
            vals![id, chunk, vector],
        ))
        .await?;
    }
    Ok(())
}

/// Writes them anew.
pub(crate) async fn renew(tx: &Tx, id: TicketId, runs: &[Phrase]) -> Result<(), StoreError> {
    let h = tx.handle();
    if !h.is_sqlite() {
        h.run(Sql::new(
            "delete from ticket_search where ticket_id = ?",
            vals![id],
        ))
        .await?;
        return write(tx, (id, 0), runs).await;
    }
    // Text: the row number is SQLite's own and no column of the entity.
    let sql = Sql::new("select t.rid from tickets t where t.id = ?", vals![id]);
    let Some(RowNumber { rid }) = h.rows::<RowNumber>(sql).await?.into_iter().next() else {
        return Ok(());
    };
    h.run(Sql::new(
        "delete from ticket_search where rowid = ?",
        vals![rid],
    ))
    .await?;
    write(tx, (id, rid), runs).await
}
