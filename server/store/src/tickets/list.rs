//! Pages and counts of tickets inside a scope.
//! Not here: what the filter means (`filter`), single tickets (`find`).
//! A page reads one row more than asked for, to know whether another page follows; no page counts.

use std::collections::BTreeSet;

use shared::access::Scope;
use shared::calendar::Instant;
use shared::place;
use shared::query::{Sort, TicketFilter, TicketQuery};
use shared::ticket::TicketNo;
use uuid::Uuid;

use super::cursor::Cursor;
use super::filter::{Leave, conditions};
use super::{row, search};
use crate::database::Handle;
use crate::record::Ticket;
use crate::scope::{root_of, within};
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

/// What a list is read along.
enum Drive {
    /// The tickets' own index.
    Tickets,
    /// The tickets of a unit; `direct` leaves out those of units below it.
    Unit { unit: String, direct: bool },
    /// The hits of a search, SQLite only.
    Hits(String),
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
            sql.push(" limit ?", vals![limit + 1 - rows.len()]);
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
            limit: limit + 1 - rows.len(),
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

/// Days of the windows in which a search looks first: at ten million tickets a day has thirty thousand.
const WINDOWS: [i64; 4] = [1, 3, 9, 27];

/// Whether a list is a search by newest acceptance, which reads day by day.
fn is_search(query: &TicketQuery) -> bool {
    let q = query.filter.q.as_deref().map(str::trim).unwrap_or_default();
    query.sort == Sort::AcceptedDesc
        && TicketNo::parse(q).is_none()
        && search::fts_query(q).is_some()
}

/// The newest day that a search has to look at: of the cursor, or of the newest ticket that the filter allows.
async fn newest_day(
    h: Handle<'_>,
    query: &TicketQuery,
    cursor: Option<Cursor>,
) -> Result<i64, StoreError> {
    let time_of = |id: Uuid| i64::try_from(id.as_u128() >> 80).unwrap_or(i64::MAX);
    let newest = match cursor {
        Some(cursor) => Some(time_of(cursor.id)),
        None => {
            let sql = Sql::new(
                "select t.id from tickets t order by t.id desc limit 1",
                vals![],
            );
            let row = h.one(sql).await?;
            row.map(|row| row.try_get_by_index(0).map(time_of))
                .transpose()
                .map_err(StoreError::from)?
        }
    };
    let newest = newest.unwrap_or_default();
    let bound = query.filter.accepted_to.unwrap_or(newest).min(newest);
    Ok(search::day(Instant(bound)))
}

/// From the newest day backwards, each window longer than the one before.
fn windows(newest: i64) -> impl Iterator<Item = std::ops::RangeInclusive<i64>> {
    let mut last = newest;
    WINDOWS.into_iter().map(move |days| {
        let window = last - days + 1..=last;
        last -= days;
        window
    })
}

/// The hits of these days, newest first; PostgreSQL only.
fn found_on(
    scope: &Scope,
    query: &TicketQuery,
    (now, cursor): (Instant, Option<Cursor>),
    days: std::ops::RangeInclusive<i64>,
) -> Sql {
    let leave = Leave {
        q: true,
        ..Leave::default()
    };
    let mut sql = Sql::new("select ", vals![]);
    sql.text(row::COLUMNS)
        .text(" from tickets t where 1 = 1")
        .append(within(scope))
        .append(conditions(&query.filter, now, false, leave))
        .append(search::matching_on(
            query.filter.q.as_deref().unwrap_or_default(),
            days,
        ));
    let id = cursor.map(|c| c.id);
    keyset(&mut sql, " and t.id < ?", id, " order by t.id desc");
    sql
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
    let mut sql = select(drive, scope, query, now, sqlite);
    order(&mut sql, drive, query.sort, at);
    sql.push(" limit ?", vals![at.limit]);
    sql
}

/// Whether SQLite, which knows no numbers of rows, would do worse with an index of the state: where another one has the list's order or
/// leads to fewer rows.
fn leaves_state_index(drive: &Drive, scope: &Scope, query: &TicketQuery) -> bool {
    let of_scope = match scope {
        Scope::Region(prefix) => prefix.as_str(),
        _ => "",
    };
    let of_filter = query.filter.region.as_deref().map_or("", place::prefix);
    !matches!(drive, Drive::Tickets)
        || query.sort == Sort::UpdatedDesc
        || of_scope.len().max(of_filter.len()) >= 6
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
        sql.push(" limit ?) s", vals![at.limit]);
    }
    let order = if query.sort == Sort::AcceptedAsc {
        ["x.id", "t.id"]
    } else {
        ["x.id desc", "t.id desc"]
    };
    sql.text(") x order by ").text(order[0]);
    sql.push(" limit ?)", vals![at.limit]);
    sql.text(" order by ").text(order[1]);
    sql
}

fn drive(scope: &Scope, query: &TicketQuery, sqlite: bool) -> Drive {
    if !matches!(query.sort, Sort::AcceptedDesc | Sort::AcceptedAsc) {
        return Drive::Tickets;
    }
    let q = query
        .filter
        .q
        .as_deref()
        .map(str::trim)
        .filter(|q| !q.is_empty() && TicketNo::parse(q).is_none());
    if let Some(q) = q {
        return match search::fts_query(q) {
            Some(text) if sqlite => Drive::Hits(text),
            _ => Drive::Tickets,
        };
    }
    match (&query.filter.unit, scope) {
        (Some(unit), _) => Drive::Unit {
            unit: unit.clone(),
            direct: false,
        },
        (None, Scope::Unit(unit)) => Drive::Unit {
            unit: unit.clone(),
            direct: true,
        },
        (None, Scope::UnitTree(path)) => Drive::Unit {
            unit: root_of(path).to_owned(),
            direct: false,
        },
        _ => Drive::Tickets,
    }
}

fn select(drive: &Drive, scope: &Scope, query: &TicketQuery, now: Instant, sqlite: bool) -> Sql {
    let filter = &query.filter;
    let mut sql = Sql::new("select ", vals![]);
    sql.text(row::COLUMNS);
    let mut leave = Leave {
        state_index: sqlite && leaves_state_index(drive, scope, query),
        closed: query.sort == Sort::DueAsc,
        ..Leave::default()
    };
    // A cross join keeps SQLite from turning the order of the two tables round.
    match drive {
        Drive::Tickets => drop(sql.text(" from tickets t where 1 = 1")),
        Drive::Unit { unit, direct } => {
            leave.unit = true;
            sql.push(
                " from ticket_units d cross join tickets t where t.id = d.ticket_id and d.unit = ?",
                vals![unit],
            );
            if *direct {
                sql.text(" and d.direct");
            }
        }
        Drive::Hits(text) => {
            leave.q = true;
            sql.push(", f.rowid from ticket_search f cross join tickets t where t.rid = f.rowid and f.ticket_search match ?", vals![text]);
        }
    }
    let driven_by_scope = matches!(
        (drive, scope),
        (Drive::Unit { .. }, Scope::Unit(_) | Scope::UnitTree(_))
    ) && filter.unit.is_none();
    if !driven_by_scope {
        sql.append(within(scope));
    }
    sql.append(conditions(filter, now, sqlite, leave));
    sql
}

/// The parts of a list: rows with a sort value, then rows without one (only deadlines can be absent).
fn phases(sort: Sort, cursor: Option<Cursor>) -> Vec<Phase> {
    match (sort, cursor) {
        (Sort::DueAsc, Some(Cursor { key: None, .. })) => vec![Phase::WithoutKey { after: true }],
        (Sort::DueAsc, _) => vec![Phase::WithKey, Phase::WithoutKey { after: false }],
        _ => vec![Phase::WithKey],
    }
}

/// Where in a list a statement begins.
#[derive(Clone, Copy)]
struct Place {
    phase: Phase,
    cursor: Option<Cursor>,
    limit: usize,
}

#[derive(Clone, Copy)]
enum Phase {
    WithKey,
    WithoutKey { after: bool },
}

fn order(sql: &mut Sql, drive: &Drive, sort: Sort, Place { phase, cursor, .. }: Place) {
    let id = cursor.map(|c| c.id);
    let key = cursor.and_then(|c| c.key);
    match (sort, phase, drive) {
        (Sort::AcceptedDesc, _, Drive::Hits(_)) => {
            keyset(sql, " and f.rowid < ?", key, " order by f.rowid desc");
        }
        (Sort::AcceptedAsc, _, Drive::Hits(_)) => {
            keyset(sql, " and f.rowid > ?", key, " order by f.rowid");
        }
        (Sort::AcceptedDesc, _, Drive::Unit { .. }) => keyset(
            sql,
            " and d.ticket_id < ?",
            id,
            " order by d.ticket_id desc",
        ),
        (Sort::AcceptedAsc, _, Drive::Unit { .. }) => {
            keyset(sql, " and d.ticket_id > ?", id, " order by d.ticket_id");
        }
        (Sort::AcceptedDesc, ..) => keyset(sql, " and t.id < ?", id, " order by t.id desc"),
        (Sort::AcceptedAsc, ..) => keyset(sql, " and t.id > ?", id, " order by t.id"),
        (Sort::DueAsc, Phase::WithoutKey { after }, _) => {
            sql.text(" and t.due_at is null");
            keyset(sql, " and t.id > ?", id.filter(|_| after), " order by t.id");
        }
        (Sort::DueAsc, Phase::WithKey, _) => {
            sql.text(" and t.due_at is not null");
            pair(
                sql,
                " and (t.due_at, t.id) > (?, ?)",
                key,
                id,
                " order by t.due_at, t.id",
            );
        }
        (Sort::UpdatedDesc, ..) => pair(
            sql,
            " and (t.updated_at, t.id) < (?, ?)",
            key,
            id,
            " order by t.updated_at desc, t.id desc",
        ),
    }
}

fn keyset<T: crate::sql::Bind>(
    sql: &mut Sql,
    after: &'static str,
    value: Option<T>,
    order: &'static str,
) {
    if let Some(value) = value {
        sql.push(after, vals![value]);
    }
    sql.text(order);
}

fn pair(
    sql: &mut Sql,
    after: &'static str,
    key: Option<i64>,
    id: Option<Uuid>,
    order: &'static str,
) {
    if let (Some(key), Some(id)) = (key, id) {
        sql.push(after, vals![key, id]);
    }
    sql.text(order);
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
