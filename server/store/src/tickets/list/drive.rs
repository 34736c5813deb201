//! Along which index a list is read: the tickets' own, a unit's tickets, the hits of a search, or a set so small that it is sorted.
//! Not here: which of them (`way`), the tickets' own index on SQLite (`lead`), the order (`order`), lists of several states (`list`).
//! The databases are held to the choice where their own would be worse.

use shared::access::Scope;
use shared::calendar::Instant;
use shared::query::{Sort, TicketFilter};

use super::super::filter::{Leave, conditions};
use super::super::search;
use super::lead::{Reading, id_bounds, lead};
use super::order::Phase;
use crate::migration::floor;
use crate::scope::{reaches, unit_known, within};
use crate::sql::{Sql, vals};

/// What a list is read along.
#[derive(Debug, Clone)]
pub(crate) enum Drive {
    /// The tickets' own index.
    Tickets,
    /// The tickets that a condition leads to, SQLite only.
    Led(Sql),
    /// The tickets of a unit; `direct` leaves out those of units below it.
    Unit { unit: String, direct: bool },
    /// The hits of a search, SQLite only.
    Hits(String),
}

/// What is asked of the tickets, for lists, counts and reports alike.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) scope: &'a Scope,
    pub(crate) filter: &'a TicketFilter,
    pub(crate) now: Instant,
    pub(crate) sqlite: bool,
}

/// The order of a sort, in a phase of it.
pub(super) fn reading(sort: Sort, phase: Phase) -> Reading {
    match sort {
        Sort::AcceptedDesc | Sort::AcceptedAsc | Sort::Best => Reading::Accepted,
        Sort::DueAsc => Reading::Due(phase),
        Sort::UpdatedDesc => Reading::Updated,
    }
}

/// ` from … where …` of the tickets asked for: what is driven along first, everything else aside.
pub(super) fn from(drive: &Drive, asked: Asked<'_>, reading: Reading) -> Sql {
    let Asked {
        scope,
        filter,
        now,
        sqlite,
    } = asked;
    let mut leave = Leave {
        closed: matches!(reading, Reading::Due(_)),
        undated: matches!(reading, Reading::Due(Phase::WithKey)),
        ..Leave::default()
    };
    let mut sql = Sql::default();
    // A cross join keeps SQLite from turning the order of the two tables round.
    match drive {
        Drive::Tickets => {
            sql.text(" from tickets t where 1 = 1");
            if sqlite {
                sql.append(lead(scope, filter, reading, now));
            }
        }
        Drive::Led(condition) => {
            sql.text(" from tickets t where 1 = 1")
                .append(condition.clone());
        }
        Drive::Unit { unit, direct } => {
            leave.unit = filter.unit.as_ref() == Some(unit);
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
            // By last change, bounds of the id would lead away from the index that has the order.
            if sqlite && !matches!(reading, Reading::Updated) {
                sql.append(id_bounds("d.ticket_id", filter));
            }
        }
        Drive::Hits(text) => {
            leave.q = true;
            sql.push(" from ticket_search f cross join tickets t where t.rid = f.rowid and f.ticket_search match ?", vals![text])
                .append(rid_bounds(filter));
        }
    }
    let mut rest = Sql::default();
    if !drives_scope(drive, scope) {
        rest.append(if sqlite {
            reaches(scope)
        } else {
            within(scope)
        });
    }
    rest.append(unit_known(scope, filter))
        .append(conditions(filter, now, sqlite, leave));
    sql.append(rest.aside(sqlite));
    sql
}

/// Whether what is driven along has nothing outside the scope.
fn drives_scope(drive: &Drive, scope: &Scope) -> bool {
    matches!((drive, unit_of(scope)), (Drive::Unit { unit, direct }, Some(of_scope)) if (unit.as_str(), *direct) == of_scope)
}

/// The unit of a scope, and whether units below it are left out.
pub(super) fn unit_of(scope: &Scope) -> Option<(&str, bool)> {
    match scope {
        Scope::Unit(unit) => Some((unit, true)),
        Scope::UnitTree(path) => Some((crate::scope::root_of(path), false)),
        _ => None,
    }
}

/// Row numbers follow the times of acceptance, where many tickets of one moment are numbered on (`search::row_number`).
pub(super) fn rid_bounds(filter: &TicketFilter) -> Sql {
    /// Five days of row numbers.
    const SLACK: i64 = 100_000_000;
    let mut sql = Sql::default();
    if let Some(from) = filter.accepted_from {
        let first = search::row_number(Instant(from));
        sql.push_bounds(" and f.rowid >= ?", vals![first]);
    }
    if let Some(to) = filter.accepted_to {
        let last = search::row_number(Instant(to)).saturating_add(SLACK);
        sql.push_bounds(" and f.rowid < ?", vals![last]);
    }
    sql
}

/// ` from … where …` of a report's tickets of a unit, SQLite only: the unit's own, between two moments of acceptance where they are given.
pub(crate) fn from_unit(scope: &Scope, between: Option<(Instant, Instant)>) -> Option<Sql> {
    let (unit, direct) = unit_of(scope)?;
    let mut sql = Sql::new(
        " from ticket_units d cross join tickets t where t.id = d.ticket_id and d.unit = ?",
        vals![unit],
    );
    if direct {
        sql.text(" and d.direct");
    }
    if let Some((from, to)) = between {
        sql.push_bounds(
            " and d.ticket_id >= ? and d.ticket_id < ?",
            vals![floor(from), floor(to)],
        );
    }
    Some(sql)
}
