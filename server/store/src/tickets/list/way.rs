//! Which way a list or a count is read: usually along an index in its order; along a small set where the request names one.
//! Not here: the statements (`drive`), the tickets' own index (`lead`).
//! SQLite knows no numbers of rows that hold for every person, so the sets are counted first, up to a bound; PostgreSQL decides itself.

use shared::access::Scope;
use shared::query::{Sort, TicketFilter};

use super::super::filter::{led_by, number_of, of_answer, of_people, of_tag, words_of};
use super::super::{person, search};
use super::drive::{Asked, Drive, unit_of};
use super::lead::{Area, accepted, all_open, open};
use crate::StoreError;
use crate::database::Handle;
use crate::scope::among;
use crate::sql::{Sql, vals};

/// A set up to this size is read whole and sorted. Beyond it, a walk in the list's order meets one of the set's tickets soon enough: at a
/// hundred thousand tickets every twentieth, at ten millions every two-thousandth.
const FEW: i64 = 5_000;

/// How a list is read.
pub(super) struct Way {
    pub(super) drive: Drive,
    /// The rows do not come in the list's order: they are gathered and sorted.
    pub(super) gathers: bool,
}

/// A set that scope or filter name, beyond cities and states.
struct Set {
    drive: Drive,
    /// Its tickets come by acceptance.
    ordered: bool,
}

impl Set {
    /// Whether its tickets come in the order of a list; those of a unit by last change as well.
    fn comes(&self, sort: Option<Sort>) -> bool {
        match sort {
            Some(Sort::UpdatedDesc) => matches!(self.drive, Drive::Unit { .. }),
            Some(Sort::DueAsc) => false,
            Some(Sort::AcceptedDesc | Sort::AcceptedAsc | Sort::Best) | None => self.ordered,
        }
    }
}

/// The way of a list of this order, or of a count (`None`), as far as it needs no look at the data.
fn usual(scope: &Scope, filter: &TicketFilter, sort: Option<Sort>, sqlite: bool) -> Way {
    let by_acceptance = !matches!(sort, Some(Sort::DueAsc | Sort::UpdatedDesc));
    let drive = match (by_acceptance, number_of(filter), words_of(filter)) {
        (true, None, Some(q)) => search::fts_query(q)
            .filter(|_| sqlite)
            .map_or(Drive::Tickets, Drive::Hits),
        (true, None, None) if sort.is_some() || sqlite => {
            of_unit(scope, filter).unwrap_or(Drive::Tickets)
        }
        (false, None, None) if sort == Some(Sort::UpdatedDesc) => {
            of_unit(scope, filter).unwrap_or(Drive::Tickets)
        }
        _ => Drive::Tickets,
    };
    Way {
        drive,
        gathers: sqlite && number_of(filter).is_some(),
    }
}

/// The way of a list or a count on this database.
pub(super) async fn way(
    h: Handle<'_>,
    scope: &Scope,
    filter: &TicketFilter,
    sort: Option<Sort>,
) -> Result<Way, StoreError> {
    let sqlite = h.is_sqlite();
    let usual = usual(scope, filter, sort, sqlite);
    if !sqlite || number_of(filter).is_some() {
        return Ok(usual);
    }
    let by_acceptance = !matches!(sort, Some(Sort::DueAsc | Sort::UpdatedDesc));
    let mut sets = sets(scope, filter);
    if sort == Some(Sort::AcceptedAsc) {
        // From the oldest on, a walk would pass everything that is closed.
        sets.extend(open(scope, filter).map(|condition| Set {
            drive: Drive::Led(condition),
            ordered: false,
        }));
    }
    let rest = sort.and_then(|sort| of_expression(scope, filter, sort));
    if by_acceptance && sets.len() < 2 && sets.iter().all(|set| set.ordered) {
        return Ok(rest.filter(|_| sets.is_empty()).unwrap_or(usual));
    }
    let (mut best, mut least) = (None, FEW);
    for set in sets {
        let size = size(h, &set.drive, least).await?;
        if size < least {
            (best, least) = (Some(set), size);
        }
    }
    let Some(set) = best else {
        // A unit's own tickets in their order are fewer than all that are open.
        let is_of_unit = matches!(usual.drive, Drive::Unit { .. });
        return Ok(rest.filter(|_| !is_of_unit).unwrap_or(usual));
    };
    Ok(Way {
        gathers: !set.comes(sort) && sort.is_some(),
        drive: set.drive,
    })
}

/// The way of what is left of an expression, where no small set leads: what it names may be rare, so that a walk in the list's order could pass
/// everything, and neither the open tickets nor those of a bounded time are that many.
fn of_expression(scope: &Scope, filter: &TicketFilter, sort: Sort) -> Option<Way> {
    filter.expr.as_ref()?;
    let by_acceptance = matches!(sort, Sort::AcceptedDesc | Sort::AcceptedAsc);
    let bounded = filter.accepted_from.is_some() && filter.accepted_to.is_some();
    // In the order of acceptance, a bounded time and each state have an index of their own.
    if by_acceptance && (bounded || !filter.state.is_empty()) {
        return None;
    }
    let led = if bounded {
        let area = Area::of(scope, filter.region.as_deref());
        accepted(scope, area, filter)
    } else {
        all_open(scope, filter)?
    };
    Some(Way {
        drive: Drive::Led(led),
        gathers: true,
    })
}

/// The smallest set that scope or filter name, if it is read whole and has fewer tickets than a search has hits.
pub(super) async fn small_set(
    h: Handle<'_>,
    asked: Asked<'_>,
    hits: i64,
) -> Result<Option<Drive>, StoreError> {
    let (mut best, mut least) = (None, FEW.min(hits));
    for set in sets(asked.scope, asked.filter) {
        if matches!(set.drive, Drive::Hits(_)) {
            continue;
        }
        let size = size(h, &set.drive, least).await?;
        if size < least {
            (best, least) = (Some(set.drive), size);
        }
    }
    Ok(best)
}

fn of_unit(scope: &Scope, filter: &TicketFilter) -> Option<Drive> {
    let of_scope = unit_of(scope);
    let (unit, direct) = match &filter.unit {
        Some(unit) => (unit.as_str(), false),
        None => of_scope?,
    };
    Some(Drive::Unit {
        unit: unit.to_owned(),
        direct,
    })
}

fn sets(scope: &Scope, filter: &TicketFilter) -> Vec<Set> {
    let ordered = |drive| Set {
        drive,
        ordered: true,
    };
    let mut sets = Vec::new();
    if let Some((unit, direct)) = unit_of(scope) {
        sets.push(ordered(Drive::Unit {
            unit: unit.to_owned(),
            direct,
        }));
    }
    if let Some(unit) = &filter.unit {
        sets.push(ordered(Drive::Unit {
            unit: unit.clone(),
            direct: false,
        }));
    }
    if let Scope::Own(user) = scope {
        let own = Sql::new(" and t.accepted_by = ?", vals![*user]);
        sets.push(ordered(Drive::Led(own)));
    }
    if let Scope::Team(people) = scope {
        sets.push(Set {
            drive: Drive::Led(among(" and t.accepted_by in ", people)),
            ordered: false,
        });
    }
    match Area::of(scope, filter.region.as_deref()) {
        Area::Street(code) => sets.push(ordered(Drive::Led(Sql::new(
            " and t.street = ?",
            vals![code],
        )))),
        Area::Division(code) => sets.push(ordered(Drive::Led(Sql::new(
            " and t.region = ?",
            vals![code],
        )))),
        Area::City(_) | Area::Wide => {}
    }
    if let Some(text) = words_of(filter).and_then(search::fts_query) {
        sets.push(ordered(Drive::Hits(text)));
    }
    if let Some(tag) = &filter.tag {
        sets.push(Set {
            drive: Drive::Led(of_tag(tag)),
            ordered: false,
        });
    }
    sets.extend(persons(filter));
    if filter.mine == Some(true) {
        sets.push(Set {
            drive: Drive::Led(of_people(&filter.mine_of)),
            ordered: false,
        });
    }
    if filter.ruling.is_some() {
        sets.push(Set {
            drive: Drive::Led(Sql::new(" and t.not_counted", vals![])),
            ordered: false,
        });
    }
    for (field, value) in &filter.own {
        sets.push(Set {
            drive: Drive::Led(of_answer(field, value)),
            ordered: false,
        });
    }
    if let Some(unit) = &filter.lead_unit {
        sets.push(Set {
            drive: Drive::Led(led_by(unit)),
            ordered: false,
        });
    }
    sets
}

/// The tickets of persons whom an expression names.
fn persons(filter: &TicketFilter) -> impl Iterator<Item = Set> {
    person::leads(filter).into_iter().map(|lead| Set {
        drive: Drive::Led(lead),
        ordered: false,
    })
}

/// How many tickets a set has, counted up to a bound, from its index alone.
async fn size(h: Handle<'_>, drive: &Drive, most: i64) -> Result<i64, StoreError> {
    let mut sql = Sql::new("select count(*) from (select 1", vals![]);
    match drive {
        Drive::Tickets => return Ok(most),
        Drive::Led(condition) => {
            sql.text(" from tickets t where 1 = 1")
                .append(condition.clone());
        }
        Drive::Unit { unit, direct } => {
            sql.push(" from ticket_units d where d.unit = ?", vals![unit]);
            if *direct {
                sql.text(" and d.direct");
            }
        }
        Drive::Hits(text) => {
            sql.push(
                " from ticket_search f where f.ticket_search match ?",
                vals![text],
            );
        }
    }
    sql.limit(usize::try_from(most).unwrap_or(0)).text(") x");
    h.beside().number(sql).await
}
