//! What each row of the audit says of itself, computed on all processors: whether its digest and its values fit.
//! Not here: the chain between rows, which is walked in order (`verify`).

use futures::future::try_join_all;
use sea_orm::{DbErr, QueryResult};
use uuid::Uuid;

use super::row::Digested;
use super::verify::PAGE;
use crate::entity::trail::audit::Model;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// Parts of a page that are computed beside each other.
const PARTS: usize = 4;

/// A position with its row as the database answers, not read yet.
pub(super) struct Raw {
    pub(super) seq: i64,
    n: i64,
    link: Vec<u8>,
    row: QueryResult,
}

/// A position with what its row says of itself.
pub(super) struct Seen {
    pub(super) seq: i64,
    pub(super) n: i64,
    pub(super) link: Vec<u8>,
    /// Nothing where the row is gone, or holds what no row can.
    pub(super) row: Option<Looked>,
}

/// A row that was looked at.
pub(super) struct Looked {
    pub(super) id: Uuid,
    /// As it is stored.
    pub(super) digest: Vec<u8>,
    pub(super) is_changed: bool,
    pub(super) values_fit: bool,
}

/// A page of the chain behind a position, with its rows; `read` knows the columns by their places.
pub(super) async fn page(conn: &dyn Conn, after: i64) -> Result<Vec<Raw>, StoreError> {
    // Text: one walk along the chain that looks each row up; two statements with lists of numbers cost three times as much.
    let sql = "select c.seq, c.n as chain_n, c.link, a.n, a.id, a.at, a.actor, a.actor_name, a.action, a.object, a.outcome, a.facts, a.salt, a.hashes, a.erasable, a.digest from audit_chain c left join audit a on a.n = c.n where c.seq > ? order by c.seq limit ?";
    let rows = conn.handle().all(Sql::new(sql, vals![after, PAGE])).await?;
    let read = |row: QueryResult| {
        Ok::<_, DbErr>(Raw {
            seq: row.try_get_by_index(0)?,
            n: row.try_get_by_index(1)?,
            link: row.try_get_by_index(2)?,
            row,
        })
    };
    let rows: Result<Vec<Raw>, DbErr> = rows.into_iter().map(read).collect();
    Ok(rows?)
}

/// Looks at the rows of a page, several at a time.
pub(super) async fn look_at(rows: Vec<Raw>) -> Result<Vec<Seen>, StoreError> {
    let each = rows.len().div_ceil(PARTS).max(1);
    let mut rows = rows.into_iter();
    let mut parts = Vec::with_capacity(PARTS);
    loop {
        let part: Vec<Raw> = rows.by_ref().take(each).collect();
        if part.is_empty() {
            break;
        }
        parts.push(tokio::task::spawn_blocking(move || {
            let mut buffer = Vec::with_capacity(512);
            let look = |raw| look(raw, &mut buffer);
            part.into_iter().map(look).collect::<Vec<Seen>>()
        }));
    }
    let parts = try_join_all(parts)
        .await
        .map_err(|error| StoreError::Broken(error.into()))?;
    Ok(parts.into_iter().flatten().collect())
}

/// The row of a position by the places of its columns: finding each by its name costs as much as digesting.
fn read(row: &QueryResult) -> Result<Digested, DbErr> {
    Ok(Digested(Model {
        n: row.try_get_by_index(3)?,
        id: row.try_get_by_index(4)?,
        at: row.try_get_by_index(5)?,
        actor: row.try_get_by_index(6)?,
        actor_name: row.try_get_by_index(7)?,
        action: row.try_get_by_index(8)?,
        object: row.try_get_by_index(9)?,
        outcome: row.try_get_by_index(10)?,
        facts: row.try_get_by_index(11)?,
        salt: row.try_get_by_index(12)?,
        hashes: row.try_get_by_index(13)?,
        erasable: row.try_get_by_index(14)?,
        digest: row.try_get_by_index(15)?,
    }))
}

fn look(raw: Raw, buffer: &mut Vec<u8>) -> Seen {
    // Whoever changes a column can leave what cannot be read; that is a row that does not fit, not an error of verifying.
    let row = read(&raw.row).ok().map(|row| Looked {
        is_changed: !row.digest_fits(buffer),
        values_fit: row.values_fit(),
        id: row.0.id,
        digest: row.0.digest,
    });
    Seen {
        seq: raw.seq,
        n: raw.n,
        link: raw.link,
        row,
    }
}
