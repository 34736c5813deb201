//! The overview as the analytic copy counts it: one cube by place, category and state, folded into the two breakdowns.
//! Not here: whether the copy is asked (`ask`), the database's own way (`store::reports`), names and totals (`reports`).
//! The measures have the same sets as the overview (`shared::measure::Predicate`); what is closed follows from the state.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use shared::measure::{Axis, CubeQuery, UnitsOf};
use shared::query::TicketFilter;
use shared::ticket::TicketState;
use store::reports::{Breakdown, Counted, Period};
use store::tickets::CubeCounted;

use super::super::live;

/// The cube that has all numbers of the overview: accepted, overdue, on time and satisfied, in this order.
pub(in crate::reports) fn asked(
    period: &Period,
    (from, to): (NaiveDate, NaiveDate),
    digits: u8,
) -> CubeQuery {
    let place = if digits <= 4 {
        Axis::City
    } else {
        Axis::County
    };
    CubeQuery {
        measures: live::OVERVIEW.to_vec(),
        axes: vec![place, Axis::Category, Axis::State],
        from,
        to,
        filter: TicketFilter {
            region: period.region.clone(),
            ..TicketFilter::default()
        },
        units: UnitsOf::Then,
    }
}

/// The cube's rows as the two breakdowns; a row that is none of that cube counts nowhere.
pub(in crate::reports) fn folded(rows: Vec<CubeCounted>) -> Breakdown {
    let (mut regions, mut categories) = (Parts::new(), Parts::new());
    for row in rows {
        let ([place, category, state], [accepted, overdue, on_time, satisfied]) =
            (row.keys.as_slice(), row.numbers.as_slice())
        else {
            continue;
        };
        let Some(state) = TicketState::parse(state) else {
            continue;
        };
        for (parts, code) in [(&mut regions, place), (&mut categories, category)] {
            let part = parts.entry(code.clone()).or_default();
            part.0.accepted += accepted.0;
            if matches!(state, TicketState::Closed | TicketState::Archived) {
                part.0.closed += accepted.0;
            }
            part.0.overdue += overdue.0;
            part.0.on_time += on_time.0;
            part.0.due += on_time.1;
            part.0.satisfied += satisfied.0;
            part.0.rated += satisfied.1;
            // What is due in the period may have been accepted before it.
            if accepted.0 > 0 {
                *part.1.entry(state).or_default() += accepted.0;
            }
        }
    }
    Breakdown {
        by_region: sorted(regions),
        by_category: sorted(categories),
    }
}

/// Parts by their codes, each with its states.
type Parts = BTreeMap<String, Part>;
/// Numbers, and the accepted by state.
type Part = (Counted, BTreeMap<TicketState, i64>);

fn sorted(parts: Parts) -> Vec<Counted> {
    let part = |(code, (counted, states)): (String, Part)| Counted {
        code,
        states: states.into_iter().collect(),
        ..counted
    };
    parts.into_iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(keys: [&str; 3], numbers: [(i64, i64); 4]) -> CubeCounted {
        CubeCounted {
            keys: keys.map(str::to_owned).to_vec(),
            numbers: numbers.to_vec(),
        }
    }

    #[test]
    fn a_cube_is_folded_into_both_breakdowns() {
        let closed = TicketState::Closed.code();
        let open = TicketState::Handling.code();
        let rows = vec![
            row(["3201", "01", closed], [(3, 3), (0, 0), (2, 2), (1, 2)]),
            row(["3201", "02", open], [(2, 2), (1, 1), (0, 1), (0, 0)]),
            // Accepted before the period, due in it.
            row(["3202", "", open], [(0, 0), (0, 0), (0, 1), (0, 0)]),
        ];
        let found = folded(rows);
        let of = |parts: &[Counted], code: &str| {
            let part = parts.iter().find(|part| part.code == code);
            part.cloned().expect("a part")
        };
        let first = of(&found.by_region, "3201");
        assert_eq!((first.accepted, first.closed, first.overdue), (5, 3, 1));
        assert_eq!((first.on_time, first.due), (2, 3));
        assert_eq!((first.satisfied, first.rated), (1, 2));
        assert_eq!(
            first.states,
            [(TicketState::Handling, 2), (TicketState::Closed, 3)]
        );
        let none = of(&found.by_category, "");
        assert_eq!((none.accepted, none.due), (0, 1));
        assert!(none.states.is_empty());
    }
}
