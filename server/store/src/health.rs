//! Reading a database through, to find damage before the first user does.
//! Not here: consistency of what is stored (`consistency`), keys (`installation`).
//! SQLite checks its own pages and references. PostgreSQL is read row by row with everything that lies beside the rows.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use crate::database::{OpenOptions, hold_postgres};
use crate::sql::only;
use crate::{Conn, Store, StoreError};

/// Findings listed at most.
const MOST: usize = 20;

/// What reading through came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// What was done, for people.
    pub done: String,
    /// What is damaged, in the database's words; empty when nothing was found.
    pub damage: Vec<String>,
}

/// What of the database and of the entities does not fit the other, column by column; empty when every table has its entity.
pub async fn misfits(conn: &dyn Conn) -> Result<Vec<String>, StoreError> {
    crate::entity::misfits(conn).await
}

/// Reads the whole database. Works beside a running server; takes as long as reading takes.
///
/// # Errors
/// Only when nothing could be read at all; damage is the answer.
pub async fn examine(store: &Store, url: &str) -> Result<Health, StoreError> {
    if store.kind() == "sqlite" {
        sqlite(&store.report_reader().conn).await
    } else {
        let conn = hold_postgres(url, &OpenOptions::default()).await?;
        let health = postgres(&conn).await;
        conn.close().await?;
        health
    }
}

async fn sqlite(conn: &DatabaseConnection) -> Result<Health, StoreError> {
    let mut damage = Vec::new();
    match texts(conn, "pragma integrity_check(20)").await {
        Ok(lines) => damage.extend(lines.into_iter().filter(|line| line != "ok")),
        Err(error) => damage.push(error.to_string()),
    }
    match texts(conn, "select \"table\" from pragma_foreign_key_check").await {
        Ok(tables) => damage.extend(
            tables
                .into_iter()
                .take(MOST)
                .map(|table| format!("a row of {table} points to one that is not there")),
        ),
        Err(error) => damage.push(error.to_string()),
    }
    damage.truncate(MOST);
    Ok(Health {
        done: "every page, index and reference was read".to_owned(),
        damage,
    })
}

async fn postgres(conn: &DatabaseConnection) -> Result<Health, StoreError> {
    conn.execute_unprepared("set statement_timeout = 0").await?;
    let mut damage = Vec::new();
    let amcheck = "select extname::text from pg_extension where extname = 'amcheck'";
    let has_amcheck = !texts(conn, amcheck).await?.is_empty();
    if has_amcheck {
        let indexes = "select format('select bt_index_check(%L::regclass)::text', i.indexrelid::regclass)
             from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
             where m.amname = 'btree' and c.relkind = 'i' and i.indisvalid and c.relnamespace = current_schema()::regnamespace";
        for check in texts(conn, indexes).await? {
            note(&mut damage, conn, &check).await;
        }
    }
    // The whole row as text: everything that lies beside the table is read as well, months through their table. The names come from the
    // catalogue, quoted by it.
    let tables = "select format('select coalesce(sum(length(x::text)), 0)::text from %s x', c.oid::regclass)
         from pg_class c where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = current_schema()::regnamespace order by 1";
    for read in texts(conn, tables).await? {
        note(&mut damage, conn, &read).await;
    }
    let checksums = texts(conn, "select current_setting('data_checksums')").await?;
    let on = checksums.first().is_some_and(|word| word == "on");
    let mut done = "every row was read".to_owned();
    if has_amcheck {
        done += " and every index checked";
    } else {
        done += "; indexes are checked as well when the extension amcheck is there";
    }
    if !on {
        done += "; the cluster has no data checksums, so a changed bit may stay unseen (pg_checksums --enable)";
    }
    Ok(Health { done, damage })
}

async fn note(damage: &mut Vec<String>, conn: &DatabaseConnection, sql: &str) {
    if let Err(error) = texts(conn, sql).await
        && damage.len() < MOST
    {
        damage.push(error.to_string());
    }
}

/// The only column of every row.
async fn texts(conn: &DatabaseConnection, sql: &str) -> Result<Vec<String>, StoreError> {
    let backend: DbBackend = conn.get_database_backend();
    let rows = conn
        .query_all_raw(Statement::from_string(backend, sql))
        .await?;
    rows.iter()
        .map(|row| only(row).map_err(StoreError::from))
        .collect()
}
