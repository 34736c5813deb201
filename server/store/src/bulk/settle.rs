//! After many rows at once: the database counts what it has, so that the next statements are planned for the tables as they are now.
//! PostgreSQL's own autovacuum would do the same some minutes later; until then a report would read whole tables and a list the wrong index.
//! SQLite counts as well, for what is rarely asked; the plans of lists and reports do not hang on it (`tickets::list::lead`).

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use crate::database::WRITER_CACHE;
use crate::sql::{Sql, only};
use crate::{Store, StoreError};

/// Puts the connection back, and brings the planner's numbers up to date, table by table, since each statement has a time limit.
/// Does no harm at any time.
pub async fn settle(store: &Store) -> Result<(), StoreError> {
    super::tuning::end(store).await?;
    if store.main().get_database_backend() == DbBackend::Sqlite {
        return count_months(store).await;
    }
    let conn = store.main();
    // Months are vacuumed as well: then reports find all they need in their index, and searches no heap of words that are not sorted in yet.
    let sql = "select case when p.oid is not null then 'vacuum (analyze) ' else 'analyze ' end || format('%I', c.relname)
         from pg_class c left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent
         where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and pg_has_role(c.relowner, 'usage') order by c.relname";
    let rows = conn
        .query_all_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await?;
    for row in rows {
        let statement: String = only(&row)?;
        conn.execute_unprepared(&statement).await?;
    }
    count_months(store).await
}

/// Counts what holds over all months together, which PostgreSQL never does by itself, and everything on SQLite: without it a search is taken for one with
/// thousands of hits, and walks through the tickets instead of its index.
pub async fn count_months(store: &Store) -> Result<(), StoreError> {
    let conn = store.main();
    if conn.get_database_backend() == DbBackend::Sqlite {
        // A thousand rows of each index tell how many rows a value has, in some milliseconds whatever the size. A write like any other,
        // in the queue of writes.
        return store
            .write(|tx| {
                Box::pin(async move {
                    let h = tx.handle();
                    // The pages that it passes are wanted by nobody afterwards: they would fill the writer's cache, 64 MB of a server's
                    // memory from its start on.
                    for sql in [
                        "pragma cache_size = -1024",
                        "pragma analysis_limit = 1000",
                        "analyze",
                        WRITER_CACHE,
                        "pragma shrink_memory",
                    ] {
                        h.run(Sql::new(sql, Vec::new())).await?;
                    }
                    Ok(())
                })
            })
            .await;
    }
    for table in ["tickets", "ticket_search"] {
        // Both statements are one transaction, so that the longer time holds for this one only. The names are ours.
        let sql = format!("set local statement_timeout = '10min'; analyze {table}");
        conn.execute_unprepared(&sql).await?;
    }
    Ok(())
}
