//! Pages and counts of tickets inside a scope.
//! Not here: what the filter means (`filter`), single tickets (`find`), the index (`drive`), the order (`order`), searches by day (`days`).
//! A page reads one row more than asked for, to know whether another page follows; no page counts.

mod days;
mod drive;
mod order;

use std::collections::BTreeSet;

use shared::access::Scope;
use shared::calendar::Instant;
use shared::query::{Sort, TicketFilter, TicketQuery};

use self::days::{found_on, is_search, newest_day, windows};
use self::drive::{Drive, drive, leaves_state_index, select};
use self::order::{Phase, Place, order, phases};
use super::cursor::Cursor;
use super::filter::{Leave, conditions};
use super::{row, search};
use crate::record::Ticket;
use crate::scope::within;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// Rows of a page at most; pages of people are smaller, exports use it whole.
const PAGE: u32 = 5_000;

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListPage<T> {
    /// The rows in the list's order.
    pub items: Vec<T>,
    /// Where the next page begins; `None` on the last one.
    pub next_cursor: Option<String>,
}

/// A page of the tickets that the scope reaches and the filter names.
///
/// # Errors
/// `Cursor` for a cursor that is not of this order.
pub async fn list(
    conn: &dyn Conn,
    scope: &Scope,
    query: &TicketQuery,
    now: Instant,
) -> Result<ListPage<Ticket>, StoreError> {
    let h = conn.handle();
    let limit = query.limit.clamp(1, PAGE) as usize;
    let cursor = query
        .cursor
        .as_deref()
        .map(|text| Cursor::decode(text, query.sort))
        .transpose()?;
    let drive = drive(scope, query, h.is_sqlite());
    let mut rows = Vec::new();
    let mut rest = query.clone();
    if !h.is_sqlite() && is_search(query) {
        let newest = newest_day(h, query, cursor).await?;
        for days in windows(newest) {
            let mut sql = found_on(scope, query, (now, cursor), days.clone());
            sql.limit(limit + 1);
            rows.extend(h.all(sql).await?);
            if rows.len() > limit {
                break;
            }
            // What is older is asked for in one statement: there cannot be many hits.
            let older = search::begin_of(*days.start()).0;
            rest.filter.accepted_to =
                Some(query.filter.accepted_to.map_or(older, |to| to.min(older)));
        }
    }
    let query = &rest;
    for phase in phases(query.sort, cursor) {
        if rows.len() > limit {
            break;
        }
        let at = Place {
            phase,
            cursor,
            limit: limit + 1,
        };
        let sql = ordered(&drive, scope, query, at, (now, h.is_sqlite()));
        rows.extend(h.all(sql).await?);
    }
    let more = rows.len() > limit;
    rows.truncate(limit);
    let items = rows
        .iter()
        .map(|r| row::read(r, h.seal()))
        .collect::<Result<Vec<_>, _>>()?;
    let next_cursor = if more {
        last_cursor(&rows, &items, &drive, query.sort)?
    } else {
        None
    };
    Ok(ListPage { items, next_cursor })
}

/// How many tickets the scope and the filter reach, counted up to `cap`; ask for one more than is shown to know whether there are more.
pub async fn count_capped(
    conn: &dyn Conn,
    scope: &Scope,
    filter: &TicketFilter,
    cap: i64,
    now: Instant,
) -> Result<i64, StoreError> {
    let h = conn.handle();
    let mut sql = Sql::new(
        "select count(*) from (select 1 from tickets t where 1 = 1",
        vals![],
    );
    sql.append(within(scope))
        .append(conditions(filter, now, h.is_sqlite(), Leave::default()));
    sql.push(" limit ?) x", vals![cap]);
    h.number(sql).await
}

/// The statement of a list's first page, for measurements.
pub(crate) fn statement(scope: &Scope, query: &TicketQuery, now: Instant, sqlite: bool) -> Sql {
    let drive = drive(scope, query, sqlite);
    let at = Place {
        phase: Phase::WithKey,
        cursor: None,
        limit: query.limit as usize + 1,
    };
    ordered(&drive, scope, query, at, (now, sqlite))
}

/// A part of the list from a place on, in its order.
fn ordered(
    drive: &Drive,
    scope: &Scope,
    query: &TicketQuery,
    at: Place,
    (now, sqlite): (Instant, bool),
) -> Sql {
    if is_split(drive, query) {
        return by_state(scope, query, at, (now, sqlite));
    }
    let mut sql = select(drive, scope, query, at.phase, (now, sqlite));
    order(&mut sql, drive, query.sort, at);
    sql.limit(at.limit);
    sql
}

/// Several states in the order of acceptance: no index has the rows of all of them in that order.
fn is_split(drive: &Drive, query: &TicketQuery) -> bool {
    matches!(drive, Drive::Tickets)
        && matches!(query.sort, Sort::AcceptedDesc | Sort::AcceptedAsc)
        && query.filter.state.len() > 1
        && query.filter.q.is_none()
}

/// The page of each state from the state's own index, and of these the page of all.
fn by_state(scope: &Scope, query: &TicketQuery, at: Place, (now, sqlite): (Instant, bool)) -> Sql {
    let leave = Leave {
        state_index: sqlite && leaves_state_index(&Drive::Tickets, scope, query),
        ..Leave::default()
    };
    let mut sql = Sql::new("select ", vals![]);
    sql.text(row::COLUMNS)
        .text(" from tickets t where t.id in (select x.id from (");
    // Each once: a page would be too short with the same ticket twice.
    let states: BTreeSet<_> = query.filter.state.iter().copied().collect();
    for (index, state) in states.into_iter().enumerate() {
        let mut filter = query.filter.clone();
        filter.state = vec![state];
        sql.text(if index > 0 { " union all " } else { "" })
            .text("select s.id from (select t.id from tickets t where 1 = 1")
            .append(within(scope))
            .append(conditions(&filter, now, sqlite, leave));
        order(&mut sql, &Drive::Tickets, query.sort, at);
        sql.limit(at.limit).text(") s");
    }
    let order = if query.sort == Sort::AcceptedAsc {
        ["x.id", "t.id"]
    } else {
        ["x.id desc", "t.id desc"]
    };
    sql.text(") x order by ").text(order[0]);
    sql.limit(at.limit).text(")");
    sql.text(" order by ").text(order[1]);
    sql
}

fn last_cursor(
    rows: &[sea_orm::QueryResult],
    items: &[Ticket],
    drive: &Drive,
    sort: Sort,
) -> Result<Option<String>, StoreError> {
    let (Some(row), Some(ticket)) = (rows.last(), items.last()) else {
        return Ok(None);
    };
    let key = match (drive, sort) {
        (Drive::Hits(_), _) => Some(
            row.try_get_by::<i64, _>("rowid")
                .map_err(StoreError::from)?,
        ),
        (_, Sort::DueAsc) => ticket.due_at.map(|at| at.0),
        (_, Sort::UpdatedDesc) => Some(ticket.updated_at.0),
        _ => None,
    };
    Ok(Some(
        Cursor {
            key,
            id: ticket.id.0,
        }
        .encode(sort),
    ))
}
