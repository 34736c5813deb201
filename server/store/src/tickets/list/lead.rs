//! What leads SQLite to the one index by which a list, a count or a report is read, whoever asks; all other conditions stand aside (`Sql::aside`).
//! Not here: sets so small that they are sorted instead (`way`), PostgreSQL, which counts rows and decides itself.
//! A condition of a lead is there a second time among those aside; what it names must be the beginning of an index.

use shared::access::Scope;
use shared::calendar::Instant;
use shared::measure::Predicate;
use shared::place;
use shared::query::TicketFilter;
use shared::ticket::Light;

use super::super::filter::{by_number, number_of, of_lead};
use super::drive::unit_of;
use super::order::Phase;
use crate::migration::floor;
use crate::scope::city_of;
use crate::sql::{Sql, vals};

/// The order in which rows come out of the index.
#[derive(Clone, Copy)]
pub(crate) enum Reading {
    /// By acceptance.
    Accepted,
    /// By deadline, or those without one by acceptance.
    Due(Phase),
    /// By last change.
    Updated,
    /// In any order: counts.
    Any,
}

/// The smallest area that scope and filter name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Area<'a> {
    /// Nine digits.
    Street(&'a str),
    /// Six digits, without what lies below it.
    Division(&'a str),
    /// Four digits.
    City(&'a str),
    /// A province or everything: whether it leaves anything out is seen row by row.
    Wide,
}

impl<'a> Area<'a> {
    pub(crate) fn of(scope: &'a Scope, region: Option<&'a str>) -> Self {
        let of_scope = match scope {
            Scope::Region(prefix) => prefix.as_str(),
            _ => "",
        };
        let of_filter = region.map_or("", place::prefix);
        let narrower = if of_filter.len() > of_scope.len() {
            of_filter
        } else {
            of_scope
        };
        if let Some(itself) = narrower.strip_suffix('-') {
            return Self::Division(itself);
        }
        match narrower.len() {
            4 => Self::City(narrower),
            6 => Self::Division(narrower),
            9 => Self::Street(narrower),
            0..=3 => Self::Wide,
            _ => Self::City(city_of(narrower)),
        }
    }

    /// The city in which the area lies.
    pub(crate) fn city(self) -> Option<&'a str> {
        match self {
            Self::Street(code) | Self::Division(code) | Self::City(code) => Some(city_of(code)),
            Self::Wide => None,
        }
    }
}

/// ` and …` that leads to the index.
pub(crate) fn lead(scope: &Scope, filter: &TicketFilter, reading: Reading, now: Instant) -> Sql {
    if let Some(no) = number_of(filter) {
        return by_number(&no);
    }
    let area = Area::of(scope, filter.region.as_deref());
    match reading {
        Reading::Accepted => accepted(scope, area, filter),
        Reading::Any if is_open(filter) && filter.state.len() != 1 => {
            let mut sql = by_deadline(area, filter);
            sql.append(due_bounds(filter, now));
            sql
        }
        Reading::Any => accepted(scope, area, filter),
        Reading::Due(phase) => {
            let mut sql = by_deadline(area, filter);
            if matches!(phase, Phase::WithKey) {
                sql.append(due_bounds(filter, now));
            }
            sql
        }
        Reading::Updated => in_city(area),
    }
}

/// ` and …` for the open tickets of the area, where the filter names only such and not by a state, which has an index of its own.
pub(super) fn open(scope: &Scope, filter: &TicketFilter) -> Option<Sql> {
    let by_state = !filter.state.is_empty() && filter.unit.is_none() && unit_of(scope).is_none();
    all_open(scope, filter).filter(|_| !by_state)
}

/// ` and …` for the open tickets of the area, whatever their states, where the filter names only such.
pub(super) fn all_open(scope: &Scope, filter: &TicketFilter) -> Option<Sql> {
    is_open(filter).then(|| {
        let mut sql = in_city(Area::of(scope, filter.region.as_deref()));
        sql.text(" and t.is_open");
        sql
    })
}

/// By acceptance: the area's own tickets, those of one state or category, in the time that is asked for.
pub(super) fn accepted(scope: &Scope, area: Area<'_>, filter: &TicketFilter) -> Sql {
    let mut sql = match (scope, area) {
        (Scope::Own(user), _) => Sql::new(" and t.accepted_by = ?", vals![*user]),
        (_, Area::Street(code)) => Sql::new(" and t.street = ?", vals![code]),
        (_, Area::Division(code)) => Sql::new(" and t.region = ?", vals![code]),
        (_, Area::City(_)) => {
            let mut sql = in_city(area);
            sql.append(one_state(filter));
            sql
        }
        (_, Area::Wide) => match filter.category.as_deref() {
            Some("-") => Sql::new(" and t.category is null", vals![]),
            Some(code) if code.len() >= 6 => Sql::new(" and t.category = ?", vals![code]),
            _ => one_state(filter),
        },
    };
    sql.append(id_bounds("t.id", filter));
    sql
}

/// By deadline: the indexes of open tickets where only these are asked for, else those of one state, else that of all.
fn by_deadline(area: Area<'_>, filter: &TicketFilter) -> Sql {
    let mut sql = Sql::default();
    match (area.city(), is_open(filter)) {
        (Some(_), true) => {
            sql.append(in_city(area)).text(" and t.is_open");
        }
        (None, true) if filter.state.len() != 1 => {
            sql.text(" and t.is_open");
        }
        (None, _) => {
            sql.append(one_state(filter));
        }
        (Some(_), false) => {
            sql.append(in_city(area));
        }
    }
    sql
}

fn in_city(area: Area<'_>) -> Sql {
    area.city().map_or_else(Sql::default, |city| {
        Sql::new(" and t.city = ?", vals![city])
    })
}

fn one_state(filter: &TicketFilter) -> Sql {
    match filter.state[..] {
        // One of the indexes is over closed tickets alone.
        [state] => Sql::new(" and t.state = ?", vals![state]).spelling(state.code()),
        _ => Sql::default(),
    }
}

/// Whether the filter can only name open tickets.
fn is_open(filter: &TicketFilter) -> bool {
    filter.light.is_some()
        || filter.overdue == Some(true)
        || filter.measure == Some(Predicate::Overdue)
        || (!filter.state.is_empty() && filter.state.iter().all(|state| state.is_open()))
}

/// The times of acceptance as bounds of the id, which carries the same instant (I8).
pub(crate) fn id_bounds(column: &'static str, filter: &TicketFilter) -> Sql {
    let mut sql = Sql::default();
    for (bound, sign) in [
        (filter.accepted_from, " >= ?"),
        (filter.accepted_to, " < ?"),
    ] {
        if let Some(at) = bound {
            sql.text(" and ").text(column);
            sql.push_bounds(sign, vals![floor(Instant(at))]);
        }
    }
    sql
}

fn due_bounds(filter: &TicketFilter, now: Instant) -> Sql {
    let mut sql = Sql::default();
    let mut bound = |text, at: Option<i64>| {
        if let Some(at) = at {
            sql.push_bounds(text, vals![at]);
        }
    };
    let is_overdue = filter.overdue == Some(true)
        || filter.light == Some(Light::Red)
        || filter.measure == Some(Predicate::Overdue);
    if !of_lead(filter) {
        bound(" and t.due_at >= ?", filter.due_from);
        bound(" and t.due_at < ?", filter.due_to);
    }
    bound(" and t.due_at < ?", is_overdue.then_some(now.0));
    let is_ahead = matches!(filter.light, Some(Light::Yellow));
    bound(" and t.due_at >= ?", is_ahead.then_some(now.0));
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_narrower_of_scope_and_filter_is_the_area() {
        let city = Scope::Region("3201".to_owned());
        let province = Scope::Region("32".to_owned());
        assert_eq!(Area::of(&Scope::All, None), Area::Wide);
        assert_eq!(Area::of(&province, None), Area::Wide);
        assert_eq!(Area::of(&province, Some("320000")), Area::Wide);
        assert_eq!(Area::of(&city, Some("320000")), Area::City("3201"));
        assert_eq!(Area::of(&city, Some("320106")), Area::Division("320106"));
        assert_eq!(Area::of(&city, Some("320100-")), Area::Division("320100"));
        assert_eq!(
            Area::of(&city, Some("320106001")),
            Area::Street("320106001")
        );
        assert_eq!(Area::of(&city, Some("320106001")).city(), Some("3201"));
    }
}
