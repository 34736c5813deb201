//! Along which index a list is read: the tickets' own, a unit's tickets, or the hits of a search.
//! Not here: the order (`order`), lists of several states, which read the index of each (`list`).
//! The databases are held to the choice where their own would be worse.

use shared::access::Scope;
use shared::calendar::Instant;
use shared::place;
use shared::query::{Sort, TicketQuery};
use shared::ticket::TicketNo;

use super::super::filter::{Leave, conditions};
use super::super::{row, search};
use super::order::Phase;
use crate::scope::{root_of, within};
use crate::sql::{Sql, vals};

/// What a list is read along.
pub(super) enum Drive {
    /// The tickets' own index.
    Tickets,
    /// The tickets of a unit; `direct` leaves out those of units below it.
    Unit { unit: String, direct: bool },
    /// The hits of a search, SQLite only.
    Hits(String),
}

/// Whether SQLite, which knows no numbers of rows, would do worse with an index of the state: where another one has the list's order or
/// leads to fewer rows.
pub(super) fn leaves_state_index(drive: &Drive, scope: &Scope, query: &TicketQuery) -> bool {
    let of_scope = match scope {
        Scope::Region(prefix) => prefix.as_str(),
        _ => "",
    };
    let of_filter = query.filter.region.as_deref().map_or("", place::prefix);
    !matches!(drive, Drive::Tickets)
        || query.sort == Sort::UpdatedDesc
        || of_scope.len().max(of_filter.len()) >= 6
}

pub(super) fn drive(scope: &Scope, query: &TicketQuery, sqlite: bool) -> Drive {
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

pub(super) fn select(
    drive: &Drive,
    scope: &Scope,
    query: &TicketQuery,
    phase: Phase,
    (now, sqlite): (Instant, bool),
) -> Sql {
    let filter = &query.filter;
    let mut sql = Sql::new("select ", vals![]);
    sql.text(row::COLUMNS);
    let mut leave = Leave {
        state_index: sqlite && leaves_state_index(drive, scope, query),
        closed: query.sort == Sort::DueAsc,
        undated: query.sort == Sort::DueAsc && matches!(phase, Phase::WithKey),
        ..Leave::default()
    };
    // A cross join keeps SQLite from turning the order of the two tables round.
    match drive {
        Drive::Tickets => drop(sql.text(" from tickets t where 1 = 1")),
        Drive::Unit { unit, direct } => {
            leave.unit = true;
            // PostgreSQL would walk through all tickets beside those of the unit, since it counts a look-up once for every month;
            // behind `offset 0` it looks up one ticket after another until the page is full.
            let from = if sqlite {
                " from ticket_units d cross join tickets t where t.id = d.ticket_id and d.unit = ?"
            } else {
                " from ticket_units d cross join lateral (select t.* from tickets t where t.id = d.ticket_id offset 0) t where d.unit = ?"
            };
            sql.push(from, vals![unit]);
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
