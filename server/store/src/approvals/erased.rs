//! Approvals that ended long ago and in which people still stand.
//! Not here: what is erased (services).
//! Text: a walk along the index of just these.

use sea_orm::FromQueryResult;
use shared::calendar::Instant;
use shared::ids::ApprovalId;

use crate::entity::Col;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

#[derive(FromQueryResult)]
struct Due {
    id: Col<ApprovalId>,
}

/// Those that ended before then, the oldest first.
pub async fn to_erase(
    conn: &dyn Conn,
    before: Instant,
    limit: u32,
) -> Result<Vec<ApprovalId>, StoreError> {
    // Text: the condition of the partial index.
    let sql = Sql::new(
        "select a.id from approvals a where a.ended_at is not null and a.erased_at is null and a.ended_at < ?
         order by a.ended_at, a.id limit ?",
        vals![before, limit],
    );
    let rows = conn.handle().rows::<Due>(sql).await?;
    Ok(rows.into_iter().map(|row| row.id.0).collect())
}
