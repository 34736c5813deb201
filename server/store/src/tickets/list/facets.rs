//! How a list divides: one statement each, along the way of its count and up to the same cap.
//! Not here: the ways (`way`, `count`), names (services).
//! Texts: what is counted lies inside the bounded part of the statement.

use sea_orm::{DbErr, QueryResult};
use shared::access::Scope;
use shared::calendar::Instant;
use shared::query::TicketFilter;
use shared::query::facet::Facet;

use super::count::ways;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// Most shares that are shown.
const MOST: usize = 12;

/// The largest shares among at most `cap` tickets of the list, by their codes.
pub async fn facet(
    conn: &dyn Conn,
    (scope, filter): (&Scope, &TicketFilter),
    facet: Facet,
    (cap, now): (i64, Instant),
) -> Result<Vec<(String, i64)>, StoreError> {
    let h = conn.handle();
    let froms = ways(h, scope, filter, now).await?;
    let rows = h
        .all(statement(&froms, (facet, h.is_sqlite()), (cap, now)))
        .await?;
    let share = |row: &QueryResult| -> Result<(String, i64), DbErr> {
        let code: String = row.try_get("", "code")?;
        let n: i64 = row.try_get("", "n")?;
        Ok((code, n))
    };
    let shares: Result<Vec<_>, DbErr> = rows.iter().map(share).collect();
    shares.map_err(StoreError::from)
}

/// Each ticket once, however many parts of the scope reach it.
fn statement(froms: &[Sql], (facet, sqlite): (Facet, bool), (cap, now): (i64, Instant)) -> Sql {
    let mut sql = Sql::new(
        "select x.code as code, count(*) as n from (select * from (",
        vals![],
    );
    for (index, from) in froms.iter().enumerate() {
        sql.text(if index > 0 { " union " } else { "" })
            .text("select * from (select ")
            // As counts: every index has the row number on SQLite.
            .text(if sqlite { "t.rid," } else { "t.id," })
            .append(code_of(facet, now))
            .text(" as code")
            .append(from.clone())
            .push(" limit ?) u", vals![cap]);
    }
    sql.push(
        ") m limit ?) x where x.code is not null group by x.code order by count(*) desc, x.code",
        vals![cap],
    );
    sql.limit(MOST);
    sql
}

/// What is counted of a ticket.
fn code_of(facet: Facet, now: Instant) -> Sql {
    match facet {
        Facet::State => Sql::new(" t.state", vals![]),
        // As `filter::lit`: what is not open has none.
        Facet::Light => Sql::new(
            " case when not t.is_open then null when t.due_at < ? then 'R' when t.due_at >= ? and t.warn_at <= ? then 'Y' else 'G' end",
            vals![now, now, now],
        ),
        Facet::Kind => Sql::new(" t.kind", vals![]),
        Facet::Channel => Sql::new(" t.channel", vals![]),
        // Of six digits always, as `area =` asks for them.
        Facet::Area => Sql::new(" t.region", vals![]),
        Facet::Category => Sql::new(" substr(t.category, 1, 2)", vals![]),
        Facet::Unit => Sql::new(" t.lead_unit", vals![]),
    }
}
