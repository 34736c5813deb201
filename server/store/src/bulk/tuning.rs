//! What the writing connection is told while a bulk door is at work, and the order in which it is put back.
//! Not here: the connection's own settings (`database::pen`); PostgreSQL, whose settings fit both; counting rows afterwards (`settle`).
//! Everything stays durable: each transaction is still on the disk before it is answered.

use crate::sql::Sql;
use crate::{Store, StoreError};

/// The search index gathers a whole transaction before it writes, and merges eight parts at a time. Col in the database itself.
const BULK: &[&str] = &[
    "insert into ticket_search (ticket_search, rank) values ('hashsize', 33554432)",
    "insert into ticket_search (ticket_search, rank) values ('automerge', 8)",
];

/// As the schema has it.
const USUAL: &[&str] = &[
    "insert into ticket_search (ticket_search, rank) values ('automerge', 4)",
    "insert into ticket_search (ticket_search, rank) values ('hashsize', 1048576)",
];

/// For many rows.
pub async fn begin(store: &Store) -> Result<(), StoreError> {
    store.tune(true).await?;
    tell(store, BULK).await
}

/// For verbs again.
pub async fn end(store: &Store) -> Result<(), StoreError> {
    tell(store, USUAL).await?;
    store.tune(false).await
}

async fn tell(store: &Store, words: &'static [&'static str]) -> Result<(), StoreError> {
    if store.kind() != "sqlite" {
        return Ok(());
    }
    store
        .write(move |tx| {
            Box::pin(async move {
                for word in words {
                    tx.handle().run(Sql::new(word, Vec::new())).await?;
                }
                Ok(())
            })
        })
        .await
}
