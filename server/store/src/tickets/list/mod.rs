//! Pages of tickets inside a scope.
//! Not here: what the filter means (`filter`), single tickets (`find`), numbers (`count`), the way to the rows (`way`, `drive`), the order (`order`), several posts (`joined`), searches by day (`days`).
//! Texts: the way to a page is chosen for every person alike. A page reads one row more than asked for, to know whether another page follows; no page counts.

mod back;
mod count;
mod cubes;
mod days;
pub(crate) mod drive;
mod facets;
mod found;
mod joined;
pub(crate) mod lead;
mod order;
mod quantiles;
mod way;

use std::collections::BTreeSet;

use shared::access::Scope;
use shared::calendar::Instant;
use shared::query::{Sort, TicketFilter, TicketQuery};
use shared::ticket::TicketState;

use self::days::{found_on, is_search, newest_day, windows};
use self::drive::{Asked, Drive, from, reading};
use self::joined::joined;
use self::lead::{Area, Reading, open};
use self::order::{Phase, Place, order, phases};
use self::way::{Way, way};
use super::cursor::Cursor;
use super::filter::{number_of, words_of};
use super::{row, search};
use crate::database::Handle;
use crate::record::Ticket;
use crate::scope::parts;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

pub use self::count::{Tally, count_capped, tally};
pub use self::cubes::{CubeCounted, cube, touched_cube};
pub use self::facets::facet;

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

/// A page of the tickets that the scope reaches and the filter names; for the best of a search, its newest hits.
///
/// # Errors
/// `Cursor` for a cursor that is not of this order.
pub async fn list(
    conn: &dyn Conn,
    scope: &Scope,
    query: &TicketQuery,
    now: Instant,
) -> Result<ListPage<Ticket>, StoreError> {
    around(conn, scope, query, now).await.map(|(page, _)| page)
}

/// The same with the cursor of the page before it; `None` on the first one.
///
/// # Errors
/// As `list`.
pub async fn around(
    conn: &dyn Conn,
    scope: &Scope,
    query: &TicketQuery,
    now: Instant,
) -> Result<(ListPage<Ticket>, Option<String>), StoreError> {
    let can_turn = back::is_turnable(query.sort);
    let query = &TicketQuery {
        sort: query.sort.read_by(),
        ..query.clone()
    };
    let mut cursor = query
        .cursor
        .as_deref()
        .map(|text| Cursor::decode(text, query.sort))
        .transpose()?;
    if cursor.is_some_and(|cursor| cursor.back && !can_turn) {
        return Err(StoreError::Cursor);
    }
    let h = conn.handle();
    let before = match cursor.filter(|cursor| cursor.back) {
        Some(place) => {
            // Where less than a page lies before, the first page is read as it is now.
            cursor = None;
            back::before(h, scope, query, (now, place)).await?
        }
        None => None,
    };
    // What comes of a page before has others on both sides.
    let has_both = before.is_some();
    let Rows { found, more } = match before {
        Some(rows) => rows,
        None => page(h, scope, query, (now, cursor)).await?,
    };
    let is_behind = has_both || cursor.is_some();
    let first = found.first().filter(|_| can_turn && is_behind);
    let prev_cursor = first.map(|(place, _)| {
        let place = Cursor {
            back: true,
            ..*place
        };
        place.encode(query.sort)
    });
    let last = found.last().filter(|_| has_both || more);
    let next_cursor = last.map(|(place, _)| place.encode(query.sort));
    let items = found.into_iter().map(|(_, ticket)| ticket).collect();
    Ok((ListPage { items, next_cursor }, prev_cursor))
}

/// The rows of a page, whatever the number of posts.
async fn page(
    h: Handle<'_>,
    scope: &Scope,
    query: &TicketQuery,
    at: (Instant, Option<Cursor>),
) -> Result<Rows, StoreError> {
    match parts(scope) {
        [one] => rows(h, one, query, at).await,
        several => joined(h, several, query, at).await,
    }
}

/// The rows of a page in its order, each with its place.
struct Rows {
    found: Vec<(Cursor, Ticket)>,
    /// Others follow.
    more: bool,
}

/// How many rows a page has.
fn limit_of(query: &TicketQuery) -> usize {
    query.limit.clamp(1, PAGE) as usize
}

/// The page of one scope.
async fn rows(
    h: Handle<'_>,
    scope: &Scope,
    query: &TicketQuery,
    (now, cursor): (Instant, Option<Cursor>),
) -> Result<Rows, StoreError> {
    let limit = limit_of(query);
    let way = way(h, scope, &query.filter, Some(query.sort)).await?;
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
    let asked = Asked {
        scope,
        filter: &query.filter,
        now,
        sqlite: h.is_sqlite(),
    };
    for phase in phases(query.sort, cursor) {
        if rows.len() > limit {
            break;
        }
        let at = Place {
            phase,
            cursor,
            limit: limit + 1,
            back: cursor.is_some_and(|cursor| cursor.back),
        };
        rows.extend(h.all(ordered(&way, asked, query.sort, at)).await?);
    }
    let more = rows.len() > limit;
    rows.truncate(limit);
    let mut found = Vec::with_capacity(rows.len());
    for r in &rows {
        let ticket = row::read(r, h.seal())?;
        found.push((place_of(r, &ticket, &way.drive, query.sort)?, ticket));
    }
    Ok(Rows { found, more })
}

/// The statement of a list's first page, for measurements.
pub(crate) async fn statement(
    h: Handle<'_>,
    scope: &Scope,
    query: &TicketQuery,
    now: Instant,
) -> Result<Sql, StoreError> {
    let at = Place {
        phase: Phase::WithKey,
        cursor: None,
        limit: query.limit as usize + 1,
        back: false,
    };
    let asked = Asked {
        scope,
        filter: &query.filter,
        now,
        sqlite: h.is_sqlite(),
    };
    let way = way(h, scope, &query.filter, Some(query.sort)).await?;
    Ok(ordered(&way, asked, query.sort, at))
}

/// The statements of a list's count and of its first page, the way that is chosen for them: for the test on plans.
pub(crate) async fn statements(
    h: Handle<'_>,
    scope: &Scope,
    query: &TicketQuery,
    now: Instant,
) -> Result<Vec<Sql>, StoreError> {
    let mut all = count::statements(h, scope, &query.filter, now).await?;
    for part in parts(scope) {
        let asked = Asked {
            scope: part,
            filter: &query.filter,
            now,
            sqlite: h.is_sqlite(),
        };
        let listed = way(h, part, &query.filter, Some(query.sort)).await?;
        for phase in phases(query.sort, None) {
            let at = Place {
                phase,
                cursor: None,
                limit: query.limit as usize + 1,
                back: false,
            };
            all.push(ordered(&listed, asked, query.sort, at));
        }
    }
    Ok(all)
}

/// A part of the list from a place on, in its order.
fn ordered(way: &Way, asked: Asked<'_>, sort: Sort, at: Place) -> Sql {
    if let Some(states) = states_of(way, asked, sort) {
        return by_state(way, asked, (sort, &states), at);
    }
    if way.gathers {
        return gathered(way, asked, sort, at);
    }
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*row::COLUMNS);
    if let Drive::Hits(_) = way.drive {
        sql.text(", f.rowid");
    }
    sql.append(from(&way.drive, asked, reading(sort, at.phase)));
    order(&mut sql, way, sort, at);
    sql.limit(at.limit);
    sql
}

/// The page of a set that is sorted, SQLite only: row numbers are sorted, and what a page shows is read for its own tickets.
fn gathered(way: &Way, asked: Asked<'_>, sort: Sort, at: Place) -> Sql {
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*row::COLUMNS)
        .text(" from (select t.rid")
        .append(from(&way.drive, asked, reading(sort, at.phase)));
    order(&mut sql, way, sort, at);
    sql.limit(at.limit)
        .text(") m cross join tickets t where t.rid = m.rid");
    let first = Place { cursor: None, ..at };
    let mut sorted = Sql::default();
    order(&mut sorted, way, sort, first);
    sql.append(sorted);
    sql
}

/// The states whose pages are read one beside the other: several states in the order of acceptance, of which no index has all rows in that
/// order, unless it belongs to a smaller set; and, from the oldest on, all open states where only open tickets are asked for, since a walk
/// through all tickets would pass whatever is closed.
fn states_of(way: &Way, asked: Asked<'_>, sort: Sort) -> Option<BTreeSet<TicketState>> {
    let filter = asked.filter;
    let area = Area::of(asked.scope, filter.region.as_deref());
    let in_part = matches!(area, Area::Street(_) | Area::Division(_));
    let by_set = asked.sqlite && (matches!(asked.scope, Scope::Own(_)) || in_part);
    let is_walked = matches!(way.drive, Drive::Tickets) && !way.gathers;
    let by_acceptance = matches!(sort, Sort::AcceptedDesc | Sort::AcceptedAsc);
    if !is_walked || !by_acceptance || words_of(filter).is_some() || by_set {
        return None;
    }
    if filter.state.len() > 1 {
        // Each once: a page would be too short with the same ticket twice.
        return Some(filter.state.iter().copied().collect());
    }
    let is_alone = filter.state.is_empty() && filter.category.is_none() && !in_part;
    let from_oldest = sort == Sort::AcceptedAsc && is_alone && number_of(filter).is_none();
    (from_oldest && open(asked.scope, filter).is_some()).then(|| {
        let all = TicketState::ALL.iter().copied();
        all.filter(|state| state.is_open()).collect()
    })
}

/// The page of each state from the state's own index, and of these the page of all.
fn by_state(
    way: &Way,
    asked: Asked<'_>,
    (sort, states): (Sort, &BTreeSet<TicketState>),
    at: Place,
) -> Sql {
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*row::COLUMNS)
        .text(" from tickets t where t.id in (select x.id from (");
    for (index, state) in states.iter().copied().enumerate() {
        let filter = TicketFilter {
            state: vec![state],
            ..asked.filter.clone()
        };
        let of_state = Asked {
            filter: &filter,
            ..asked
        };
        sql.text(if index > 0 { " union all " } else { "" })
            .text("select s.id from (select t.id")
            .append(from(&way.drive, of_state, Reading::Accepted));
        order(&mut sql, way, sort, at);
        sql.limit(at.limit).text(") s");
    }
    let order = if sort == Sort::AcceptedAsc {
        ["x.id", "t.id"]
    } else {
        ["x.id desc", "t.id desc"]
    };
    sql.text(") x order by ").text(order[0]);
    sql.limit(at.limit).text(")");
    sql.text(" order by ").text(order[1]);
    sql
}

/// Where a row stands in a list.
fn place_of(
    row: &sea_orm::QueryResult,
    ticket: &Ticket,
    drive: &Drive,
    sort: Sort,
) -> Result<Cursor, StoreError> {
    let mut place = place_after(ticket, sort);
    if let (Drive::Hits(_), Sort::AcceptedDesc | Sort::AcceptedAsc) = (drive, sort) {
        place.key = Some(row.try_get("", "rowid").map_err(StoreError::from)?);
    }
    Ok(place)
}

/// Where a ticket stands in a list that no search leads.
fn place_after(ticket: &Ticket, sort: Sort) -> Cursor {
    let key = match sort {
        Sort::DueAsc => ticket.due_at.map(|at| at.0),
        Sort::UpdatedDesc => Some(ticket.updated_at.0),
        Sort::AcceptedDesc | Sort::AcceptedAsc | Sort::Best => None,
    };
    Cursor {
        key,
        id: ticket.id.0,
        back: false,
    }
}

/// The cursor of what lies before a ticket in a list.
#[must_use]
pub fn before(ticket: &Ticket, sort: Sort) -> String {
    let sort = sort.read_by();
    let place = Cursor {
        back: true,
        ..place_after(ticket, sort)
    };
    place.encode(sort)
}

/// The cursor of what follows a ticket in a list.
#[must_use]
pub fn after(ticket: &Ticket, sort: Sort) -> String {
    let sort = sort.read_by();
    place_after(ticket, sort).encode(sort)
}

#[cfg(test)]
mod tests {
    use shared::ticket::Light;

    use super::*;

    /// How often the statement of a list that is walked asks for one state.
    fn states_named(filter: &TicketFilter, scope: &Scope, sort: Sort) -> usize {
        let way = Way {
            drive: Drive::Tickets,
            gathers: false,
        };
        let asked = Asked {
            scope,
            filter,
            now: Instant(1_700_000_000_000),
            sqlite: true,
        };
        states_of(&way, asked, sort).map_or(0, |states| states.len())
    }

    #[test]
    fn open_tickets_from_the_oldest_on_are_read_state_by_state() {
        let red = TicketFilter {
            light: Some(Light::Red),
            ..TicketFilter::default()
        };
        let open = TicketState::ALL.iter().filter(|s| s.is_open()).count();
        let city = Scope::Region("3201".to_owned());
        for scope in [&Scope::All, &city] {
            assert_eq!(states_named(&red, scope, Sort::AcceptedAsc), open);
            assert_eq!(states_named(&red, scope, Sort::AcceptedDesc), 0);
            let any = TicketFilter::default();
            assert_eq!(states_named(&any, scope, Sort::AcceptedAsc), 0);
        }
        let district = Scope::Region("320106".to_owned());
        assert_eq!(states_named(&red, &district, Sort::AcceptedAsc), 0);
    }
}
