//! Reading the audit, newest first, and erasing values that may be erased.
//! Not here: who may (services).
//! The cursor is the row number of the last row of the page before.

use shared::calendar::Instant;
use shared::ids::UserId;
use uuid::Uuid;

use super::row::{COLUMNS, Digested, entry};
use crate::record::AuditEntry;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

/// What to read; everything is "and".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// By whom.
    pub actor: Option<UserId>,
    /// Action code.
    pub action: Option<String>,
    /// Object, for example `ticket:<uuid>`.
    pub object: Option<String>,
    /// From, inclusive.
    pub from: Option<Instant>,
    /// To, exclusive.
    pub to: Option<Instant>,
    /// From the page before.
    pub cursor: Option<String>,
    /// 1 to 500.
    pub limit: u32,
}

/// A row with its number.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditRow {
    /// Number of the row.
    pub n: i64,
    /// The entry, without erased values.
    pub entry: AuditEntry,
}

/// A page of rows.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditPage {
    /// Newest first.
    pub items: Vec<AuditRow>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
}

/// A page of the audit.
pub async fn list(conn: &dyn Conn, query: &AuditQuery) -> Result<AuditPage, StoreError> {
    let limit = query.limit.clamp(1, 500) as usize;
    let mut sql = Sql::new("select ", vals![]);
    sql.text(COLUMNS).text(" from audit a where 1 = 1");
    if let Some(actor) = query.actor {
        sql.push(" and a.actor = ?", vals![actor]);
    }
    if let Some(action) = &query.action {
        sql.push(" and a.action = ?", vals![action]);
    }
    if let Some(object) = &query.object {
        sql.push(" and a.object = ?", vals![object]);
    }
    if let Some(from) = query.from {
        sql.push(" and a.at >= ?", vals![from]);
    }
    if let Some(to) = query.to {
        sql.push(" and a.at < ?", vals![to]);
    }
    if let Some(cursor) = &query.cursor {
        sql.push(
            " and a.n < ?",
            vals![cursor.parse::<i64>().map_err(|_| StoreError::Cursor)?],
        );
    }
    sql.push(" order by a.n desc limit ?", vals![limit + 1]);
    let rows = conn.handle().all(sql).await?;
    let more = rows.len() > limit;
    let items = rows
        .iter()
        .take(limit)
        .map(|row| {
            let row = Digested::read(row)?;
            Ok(AuditRow {
                n: row.n,
                entry: entry(row)?,
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    let next_cursor = items.last().filter(|_| more).map(|row| row.n.to_string());
    Ok(AuditPage { items, next_cursor })
}

/// Erases the erasable values of a row; the chain still holds, since it covers their salted hashes only.
pub async fn erase(tx: &Tx, id: Uuid) -> Result<bool, StoreError> {
    Ok(tx
        .handle()
        .run(Sql::new(
            "update audit set erasable = null where id = ?",
            vals![id],
        ))
        .await?
        == 1)
}
