//! What became of send-backs of a matter: who sent it back, whether that was upheld, and whose it was ruled to be.
//! Not here: what follows for a dispatch (services), the send-backs themselves (`load`).
//! Counted by unit, of a category and a city since an instant; nothing of a single ticket leaves.

use sea_orm::FromQueryResult;
use shared::application::ApplicationStatus;
use shared::calendar::Instant;

use crate::scope::above;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// Which matter is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Matter<'a> {
    /// Category code, as tickets have it.
    pub category: &'a str,
    /// Division prefix, for example `3201`.
    pub city: &'a str,
    /// Send-backs asked for from then on.
    pub since: Instant,
}

/// Send-backs of one unit that were ruled alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The unit that sent them back.
    pub unit: String,
    /// Whether they were upheld.
    pub is_granted: bool,
    /// The unit that got them or kept them.
    pub ruled_unit: Option<String>,
    /// How many.
    pub n: i64,
}

#[derive(FromQueryResult)]
struct Row {
    unit: String,
    status: String,
    ruled_unit: Option<String>,
    n: i64,
}

/// The rulings on send-backs of such a matter, most first.
pub async fn verdicts(conn: &dyn Conn, matter: &Matter<'_>) -> Result<Vec<Verdict>, StoreError> {
    // Text: the index is one of this condition.
    let sql = Sql::new(
        "select q.unit as unit, q.status as status, q.ruled_unit as ruled_unit, count(*) as n from applications q
         where q.sort = 'B' and q.category is not null and q.category = ? and q.asked_at >= ? and q.region >= ? and q.region < ? and q.status in (?, ?)
         group by q.unit, q.status, q.ruled_unit order by count(*) desc, q.unit, q.ruled_unit",
        vals![
            matter.category,
            matter.since,
            matter.city,
            above(matter.city),
            ApplicationStatus::Granted,
            ApplicationStatus::Refused
        ],
    );
    let rows = conn.handle().rows::<Row>(sql).await?;
    let verdict = |row: Row| Verdict {
        is_granted: row.status == ApplicationStatus::Granted.code(),
        unit: row.unit,
        ruled_unit: row.ruled_unit,
        n: row.n,
    };
    Ok(rows.into_iter().map(verdict).collect())
}
