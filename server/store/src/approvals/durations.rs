//! How long approvals took that ended in a time, by their definition.
//! Not here: names of definitions (services).
//! Text: the scope is one, and the sum is one of 64 bits on both databases.

use sea_orm::FromQueryResult;
use shared::access::Scope;
use shared::calendar::Instant;

use super::reach::within;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// The approvals of a definition that ended.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Duration {
    /// Key of the definition.
    pub definition: String,
    /// How many.
    pub cases: i64,
    /// Milliseconds of all together, as the clock on the wall goes.
    pub millis: i64,
}

/// Those of a scope that ended from one instant until another.
pub async fn durations(
    conn: &dyn Conn,
    scope: &Scope,
    (from, until): (Instant, Instant),
) -> Result<Vec<Duration>, StoreError> {
    let mut sql = Sql::new(
        "select a.definition, count(*) as cases, cast(sum(a.ended_at - a.started_at) as bigint) as millis
         from approvals a where a.ended_at >= ? and a.ended_at < ?",
        vals![from, until],
    );
    sql.append(within(scope))
        .text(" group by a.definition order by a.definition");
    conn.handle().rows(sql).await
}
