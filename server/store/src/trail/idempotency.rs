//! Repeated requests: the same key and body get the same answer, in the transaction of the first one.
//! Not here: hashing the body (services).
//! Two at once: the second waits, then gets `Exists("idempotency_key")` and may read the stored answer in a new transaction.

use sea_orm::entity::prelude::*;
use shared::calendar::Instant;

use crate::entity::Col;
use crate::entity::trail::idempotency_key::{Column, Entity, Model};
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
    /// When it was given.
    pub at: Instant,
}

/// The answer under a key; `scope` keeps the keys of different callers and verbs apart.
pub async fn find(conn: &dyn Conn, scope: &str, key: &str) -> Result<Option<Stored>, StoreError> {
    let key = (scope.to_owned(), key.to_owned());
    let known = conn.handle().find_one(Entity::find_by_id(key)).await?;
    Ok(known.map(|known| Stored {
        body_hash: known.body_hash,
        status: known.status.0,
        response: known.response,
        at: known.created_at.0,
    }))
}

/// Keeps the answer with the change itself.
///
/// # Errors
/// `Exists("idempotency_key")`.
pub async fn put(tx: &Tx, scope: &str, key: &str, stored: &Stored) -> Result<(), StoreError> {
    let h = tx.handle();
    let row = Model {
        scope: scope.to_owned(),
        key: key.to_owned(),
        body_hash: stored.body_hash.clone(),
        status: Col(stored.status),
        response: stored.response.clone(),
        created_at: Col(stored.at),
    };
    h.add_row(row, "idempotency_key").await.map(drop)
}

/// Forgets answers from before an instant.
pub async fn purge(tx: &Tx, before: Instant) -> Result<u64, StoreError> {
    let gone = Entity::delete_many().filter(Column::CreatedAt.lt(Col(before)));
    tx.handle().change(&gone).await
}
