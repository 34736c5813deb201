//! Measures (指标): one formula each, used by page, export and drill-down alike (I14), `domain.md` section 4.
//! A rate is numerator / denominator of tickets or lead assignments, half-up to two decimals; no denominator gives none.
//! The catalogue has them all, a cube asks for some by dimensions, a cell leads to its list; the overview is the layout that everybody begins with.
//! Not here: SQL (store compiles the predicates).

mod catalogue;
mod cell;
mod cube;
mod drill;
mod figure;
mod followed;
mod frozen;
mod live;
mod predicate;
mod request;
mod three;
mod touched;
mod view;
mod warning;

pub use catalogue::missing::{MISSING, Missing};
pub use catalogue::{Definition, Formula, Measure};
pub use cell::{Axis, Cell, Key};
pub(crate) use cube::check_period;
pub use cube::{
    CubeKey, CubeName, CubeQuery, CubeRow, CubeView, MOST_DAYS, MOST_MEASURES, NO_AXIS,
};
pub use drill::{Dimension, Within, behind, behind_state};
pub use figure::Figure;
pub use followed::{UnitsOf, together, units_of};
pub use frozen::{FrozenLine, FrozenPeriod, FrozenQuery, FrozenStep, FrozenView};
pub use live::{LiveCheck, LiveChecks, LiveReport, LiveState, LiveView};
pub use predicate::{Anchor, Is, MeasureUnit, Side, Took};
pub use request::{
    AskData, DataAsked, DataCut, DataRequestPage, DataRequestView, DataState, DecideData,
};
pub use three::{THREE, ThreeRow, ThreeView, Weights, percent_of};
pub use touched::{
    Lean, TouchedCell, TouchedMark, TouchedNumbers, TouchedRow, TouchedView, guards, leans, mark_of,
};

pub use view::{CatalogueView, MeasureView, MissingView};
pub use warning::{AnswerWarning, WarnRule, WarnTest, WarningView, Warnings, mean_of};

use catalogue::overview::{DUE, IN_TIME, OVERDUE_SET, RATED, SATISFIED_SET};

use serde::{Deserialize, Serialize};

codes! {
    /// The sets behind the numbers of the overview report; each compiles to one SQL predicate.
    Predicate {
        Accepted = "accepted", "accepted", "受理量", "Accepted";
        Closed = "closed", "closed", "办结量", "Closed";
        OnTimeDenominator = "due", "due", "应办结", "Due";
        OnTimeNumerator = "on_time", "on_time", "按时办结", "Answered on time";
        SatisfiedDenominator = "rated", "rated", "已评价", "Rated";
        SatisfiedNumerator = "satisfied", "satisfied", "满意", "Satisfied";
        Overdue = "overdue", "overdue", "超期未结", "Overdue now";
    }
}

impl Predicate {
    /// The conditions of the set, those of the catalogue.
    pub const fn set(self) -> [&'static [Is]; 2] {
        match self {
            Self::Accepted => [&[], &[]],
            Self::Closed => [&[Is::Ended], &[]],
            Self::Overdue => [OVERDUE_SET, &[]],
            Self::OnTimeDenominator => [DUE, &[]],
            Self::OnTimeNumerator => [DUE, IN_TIME],
            Self::SatisfiedDenominator => [RATED, &[]],
            Self::SatisfiedNumerator => [RATED, SATISFIED_SET],
        }
    }
}

/// A rate with what it was counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rate {
    /// Counted in.
    pub numerator: i64,
    /// Counted over.
    pub denominator: i64,
}

impl Rate {
    /// Hundredths of a percent, half-up; `None` without a denominator, never 0 or 100 instead (`domain.md` 4).
    pub const fn basis_points(self) -> Option<i64> {
        if self.denominator <= 0 {
            None
        } else {
            Some((self.numerator * 10_000 * 2 + self.denominator) / (self.denominator * 2))
        }
    }

    /// `95.85 %`, or `—` without a denominator.
    pub fn percent(self) -> String {
        self.basis_points().map_or_else(
            || "—".to_owned(),
            |bp| format!("{}.{:02} %", bp / 100, bp % 100),
        )
    }
}

/// One row of the overview: a group and its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OverviewRow {
    /// Division or category code; empty for the total.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name where there is one, else the Chinese.
    pub name_en: String,
    /// Tickets accepted in the period.
    pub accepted: i64,
    /// Of the accepted ones, those closed by now.
    pub closed: i64,
    /// Of the accepted ones, those open and past the deadline now.
    pub overdue: i64,
    /// Lead assignments answered by their deadline / with a deadline in the period and by now.
    pub on_time: Rate,
    /// Satisfied / rated 1 to 5, latest rating.
    pub satisfied: Rate,
    /// Accepted tickets by state: state word and count, in the order of the states.
    pub states: Vec<StateCount>,
}

/// Tickets in one state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StateCount {
    /// The state.
    pub state: crate::ticket::TicketState,
    /// How many.
    pub count: i64,
}

/// The overview report (各市办理情况).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Overview {
    /// When it was counted.
    pub as_of: crate::calendar::Instant,
    /// Version of the formulas.
    pub formula_version: u32,
    /// First day of the period, inclusive.
    pub from: String,
    /// Last day of the period, inclusive.
    pub to: String,
    /// All within the actor's scope.
    pub total: OverviewRow,
    /// By city (or by district inside one city).
    pub by_region: Vec<OverviewRow>,
    /// By first-level category.
    pub by_category: Vec<OverviewRow>,
    /// Number of the change feed up to which the analytic copy had everything that counted it; absent when the database did.
    #[serde(default)]
    pub copied: Option<i64>,
}

/// The three figures that the home page shows to everybody, of one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicFigures {
    /// `yyyy-mm`.
    pub month: String,
    /// Lead assignments answered by their deadline / with a deadline in the month.
    pub answered_in_time: Rate,
    /// Solved or partly solved / answered the question, of the tickets accepted in the month.
    pub solved: Rate,
    /// Satisfied / rated 1 to 5.
    pub satisfied: Rate,
}

#[cfg(test)]
mod tests {
    use super::Rate;

    #[test]
    fn published_rates_come_out_half_up() {
        // domain.md 0, item 14 and section 4.2.
        assert_eq!(
            Rate {
                numerator: 18_851,
                denominator: 19_668
            }
            .percent(),
            "95.85 %"
        );
        assert_eq!(
            Rate {
                numerator: 27_929,
                denominator: 46_653
            }
            .percent(),
            "59.87 %"
        );
        assert_eq!(
            Rate {
                numerator: 0,
                denominator: 0
            }
            .percent(),
            "—"
        );
    }
}
