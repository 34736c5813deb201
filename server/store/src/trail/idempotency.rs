//! Repeated requests: the same key and body get the same answer, in the transaction of the first one.
//! Not here: hashing the body (services).
//! Two at once: the second waits, then gets `Exists("idempotency_key")` and may read the stored answer in a new transaction.

use shared::calendar::Instant;

use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// A stored answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Hash of the request's body.
    pub body_hash: Vec<u8>,
    /// HTTP status.
    pub status: i32,
    /// JSON.
    pub response: String,
}

/// The answer under a key; `scope` keeps the keys of different callers and verbs apart.
pub async fn find(conn: &dyn Conn, scope: &str, key: &str) -> Result<Option<Stored>, StoreError> {
    let sql = Sql::new(
        "select body_hash, status, response from idempotency_keys where scope = ? and key = ?",
        vals![scope, key],
    );
    let row = conn.handle().one(sql).await?;
    row.map(|row| {
        let mut r = Reader::new(&row);
        Ok(Stored {
            body_hash: r.get()?,
            status: r.int()?,
            response: r.get()?,
        })
    })
    .transpose()
}

/// Keeps the answer with the change itself. Its age is the database's own time, used by `purge` only.
///
/// # Errors
/// `Exists("idempotency_key")`.
pub async fn put(tx: &Tx, scope: &str, key: &str, stored: &Stored) -> Result<(), StoreError> {
    let h = tx.handle();
    let mut sql = Sql::new(
        "insert into idempotency_keys (scope, key, body_hash, status, response, created_at) values (?, ?, ?, ?, ?, ",
        vals![
            scope,
            key,
            &stored.body_hash,
            stored.status,
            &stored.response
        ],
    );
    sql.text(if h.is_sqlite() {
        "unixepoch() * 1000)"
    } else {
        "cast(extract(epoch from now()) * 1000 as bigint))"
    });
    h.insert(sql, "idempotency_key").await.map(drop)
}

/// Forgets answers from before an instant.
pub async fn purge(tx: &Tx, before: Instant) -> Result<u64, StoreError> {
    tx.handle()
        .run(Sql::new(
            "delete from idempotency_keys where created_at < ?",
            vals![before],
        ))
        .await
}
