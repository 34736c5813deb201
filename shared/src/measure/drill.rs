//! The list behind a number of the overview: the filter that counts exactly the tickets of one cell (I14).
//! Not here: SQL (store compiles filter and measure by the same functions), addresses (pages put the filter into them).
//! Read next: `Predicate`.

use super::Predicate;
use crate::query::TicketFilter;
use crate::ticket::TicketState;

/// What the rows of a table stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    /// The row's code is a division.
    Region,
    /// The row's code is a category.
    Category,
}

/// The period and place of a report; times are milliseconds since 1970 UTC, `to` exclusive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Within {
    /// Inclusive.
    pub from: i64,
    /// Exclusive.
    pub to: i64,
    /// The report's own division; all in scope when absent.
    pub region: Option<String>,
}

/// The filter behind a measure in one row; the total's row has an empty code.
pub fn behind(
    within: &Within,
    dimension: Dimension,
    code: &str,
    measure: Predicate,
) -> TicketFilter {
    let period = (Some(within.from), Some(within.to));
    let mut filter = row(within, dimension, code);
    filter.measure = Some(measure);
    match measure {
        // Anchored at the lead assignment's deadline, everything else at acceptance.
        Predicate::OnTimeDenominator | Predicate::OnTimeNumerator => {
            (filter.due_from, filter.due_to) = period;
        }
        _ => (filter.accepted_from, filter.accepted_to) = period,
    }
    filter
}

/// The filter behind the number of tickets in one state of one row.
pub fn behind_state(
    within: &Within,
    dimension: Dimension,
    code: &str,
    state: TicketState,
) -> TicketFilter {
    TicketFilter {
        state: vec![state],
        ..behind(within, dimension, code, Predicate::Accepted)
    }
}

fn row(within: &Within, dimension: Dimension, code: &str) -> TicketFilter {
    let code = Some(code.to_owned()).filter(|code| !code.is_empty());
    match dimension {
        Dimension::Region => TicketFilter {
            region: code.or_else(|| within.region.clone()),
            ..TicketFilter::default()
        },
        Dimension::Category => TicketFilter {
            region: within.region.clone(),
            category: code,
            ..TicketFilter::default()
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WITHIN: Within = Within {
        from: 1,
        to: 2,
        region: None,
    };

    #[test]
    fn answers_on_time_go_by_the_deadline_and_the_rest_by_acceptance() {
        let late = behind(
            &WITHIN,
            Dimension::Region,
            "320100",
            Predicate::OnTimeNumerator,
        );
        assert_eq!((late.due_from, late.due_to), (Some(1), Some(2)));
        assert_eq!((late.accepted_from, late.accepted_to), (None, None));
        let closed = behind(&WITHIN, Dimension::Region, "320100", Predicate::Closed);
        assert_eq!((closed.accepted_from, closed.due_from), (Some(1), None));
        assert_eq!(closed.region.as_deref(), Some("320100"));
    }

    #[test]
    fn the_reports_own_place_stays_with_categories_and_the_total() {
        let within = Within {
            region: Some("320500".to_owned()),
            ..WITHIN
        };
        let cell = behind_state(&within, Dimension::Category, "01", TicketState::Closed);
        assert_eq!(
            (cell.region.as_deref(), cell.category.as_deref()),
            (Some("320500"), Some("01"))
        );
        let total = behind(&within, Dimension::Region, "", Predicate::Accepted);
        assert_eq!(total.region.as_deref(), Some("320500"));
    }
}
