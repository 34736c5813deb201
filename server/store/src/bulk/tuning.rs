//! What the writing connection is told while a bulk door is at work, and the order in which it is put back.
//! Not here: PostgreSQL, whose settings fit both; counting rows afterwards (`settle`).
//! Everything stays durable: each transaction is still on the disk before it is answered.

use sea_orm::{ConnectionTrait as _, DbBackend};

use crate::{Store, StoreError};

/// Pages stay in memory and are copied from the log to the file once for many transactions; the search index gathers a whole transaction
/// before it writes and merges eight parts at a time. References are not looked up again: `prepare` has compared them with their tickets.
const BULK: &[&str] = &[
    "pragma cache_size = -262144",
    "pragma wal_autocheckpoint = 49152",
    "pragma foreign_keys = off",
    "insert into ticket_search (ticket_search, rank) values ('hashsize', 33554432)",
    "insert into ticket_search (ticket_search, rank) values ('automerge', 8)",
];

/// As `open` and the schema have it.
const USUAL: &[&str] = &[
    "insert into ticket_search (ticket_search, rank) values ('automerge', 4)",
    "insert into ticket_search (ticket_search, rank) values ('hashsize', 1048576)",
    "pragma foreign_keys = on",
    "pragma wal_autocheckpoint = 8192",
    "pragma cache_size = -65536",
    "pragma wal_checkpoint(passive)",
];

/// For many rows.
pub async fn begin(store: &Store) -> Result<(), StoreError> {
    tell(store, BULK).await
}

/// For verbs again.
pub async fn end(store: &Store) -> Result<(), StoreError> {
    tell(store, USUAL).await
}

async fn tell(store: &Store, words: &[&str]) -> Result<(), StoreError> {
    let conn = store.main();
    if conn.get_database_backend() == DbBackend::Sqlite {
        for word in words {
            conn.execute_unprepared(word).await?;
        }
    }
    Ok(())
}
