//! What lists hold at an instant, of all areas at once: for those whose readers know no table but the register itself.
//! Not here: one state of one list (`rows`).
//! Text: the newest revision of each part joined with the rows that it left, along the tables' own order.

use std::collections::BTreeSet;

use sea_orm::FromQueryResult;
use shared::calendar::Instant;
use shared::register::{ListCode, RevisionState};

use crate::entity::Col;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// A row that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRow {
    /// Of which list.
    pub list: ListCode,
    /// Division code of the area that owns it; empty for the base.
    pub area: String,
    /// The row as JSON.
    pub body: String,
}

/// What lists hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holding {
    /// The rows.
    pub rows: Vec<HeldRow>,
    /// The lists of whose base something was published.
    pub published: BTreeSet<ListCode>,
}

#[derive(FromQueryResult)]
struct Found {
    list: Col<ListCode>,
    area: String,
    body: Option<String>,
}

/// What lists hold at an instant.
pub async fn holding(
    conn: &dyn Conn,
    lists: &[ListCode],
    at: Instant,
) -> Result<Holding, StoreError> {
    let mut sql = Sql::new(
        "select v.list as list, v.area as area, r.body as body from
         (select list, area, max(number) as number from register_revisions where state = ? and valid_from <= ? and list in ",
        vals![RevisionState::Published, at],
    );
    sql.list(
        lists
            .iter()
            .map(|list| crate::sql::Bind::bind(*list))
            .collect(),
    );
    sql.text(
        " group by list, area) v left join register_rows r on r.list = v.list and r.area = v.area
         and r.since <= v.number and (r.ended is null or r.ended > v.number)",
    );
    let mut holding = Holding::default();
    for found in conn.handle().rows::<Found>(sql).await? {
        if found.area.is_empty() {
            holding.published.insert(found.list.0);
        }
        if let Some(body) = found.body {
            holding.rows.push(HeldRow {
                list: found.list.0,
                area: found.area,
                body,
            });
        }
    }
    Ok(holding)
}
