//! The plan of a slow statement, in the database's own words without a value.
//! Not here: what follows from it (`shared::slow`).
//! PostgreSQL writes values into its conditions: only the lines that name a step are kept.

use sea_orm::DbErr;

use super::Met;
use crate::{Conn, StoreError};

/// Steps that are kept.
const MOST: usize = 60;

/// The steps of a reading statement; nothing of any other.
pub async fn explain(conn: &dyn Conn, met: &Met) -> Result<Option<Vec<String>>, StoreError> {
    let text = met.statement.trim_start().to_ascii_lowercase();
    if !["select", "with"].iter().any(|word| text.starts_with(word)) {
        return Ok(None);
    }
    let h = conn.handle();
    let is_sqlite = h.is_sqlite();
    let (head, column) = if is_sqlite {
        ("explain query plan ", 3)
    } else {
        ("explain (costs off) ", 0)
    };
    let rows = h.all(met.sql.clone().behind(head)).await?;
    let lines: Result<Vec<String>, DbErr> = rows
        .iter()
        .map(|row| row.try_get_by_index::<String>(column))
        .collect();
    let lines = lines.map_err(StoreError::from)?;
    let steps = lines.into_iter().enumerate().filter_map(|(at, line)| {
        let is_step = is_sqlite || at == 0 || line.trim_start().starts_with("->");
        // What is quoted in a step would be a value.
        is_step.then(|| line.split('\'').next().unwrap_or_default().to_owned())
    });
    Ok(Some(steps.take(MOST).collect()))
}
