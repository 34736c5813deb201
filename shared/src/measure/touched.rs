//! Where findings of quality meet figures: the fields that a measure leans on, the rules that guard them, and how much of a number is touched.
//! Not here: the rules (`quality`), counting (`store::tickets::touched`).
//! The fields follow from the measure's anchor and conditions, so that a new measure has its guards at once.

use serde::{Deserialize, Serialize};

use super::predicate::{Anchor, Is, Took};
use super::{Axis, CubeKey, CubeView, Figure, Formula, Measure, Rate, Side};
use crate::calendar::Instant;
use crate::quality::QualityRule;

codes! {
    /// What of a ticket a measure leans on.
    Lean {
        Area = "area", "area", "行政区划", "Division";
        State = "state", "state", "状态", "State";
        AcceptedAt = "accepted_at", "accepted_at", "受理时间", "Time of acceptance";
        DispatchedAt = "dispatched_at", "dispatched_at", "首次派单时间", "Time of the first dispatch";
        Deadline = "deadline", "deadline", "办理时限", "Deadline";
        LeadUnit = "lead_unit", "lead_unit", "主办单位", "Lead unit";
        SignedAt = "signed_at", "signed_at", "签收时间", "Time of signing";
        Contact = "contact", "contact", "首次联系", "First contact";
        Reply = "reply", "reply", "答复", "Reply";
        ClosedAt = "closed_at", "closed_at", "办结时间", "Time of closing";
        Merging = "merging", "merging", "并件", "Merging";
        Repeats = "repeats", "repeats", "重复诉求", "Requests made again";
        Channel = "channel", "channel", "渠道", "Channel";
        History = "history", "history", "办理过程", "History";
        SendBacks = "send_backs", "send_backs", "退单申请", "Send-backs";
        Ruling = "ruling", "ruling", "考核认定", "Rulings";
        Directive = "directive", "directive", "督办", "Directives";
        Satisfaction = "satisfaction", "satisfaction", "满意度", "Satisfaction";
        Solved = "solved", "solved", "是否解决", "Whether it is solved";
    }
}

impl Lean {
    /// The rules that find what is wrong with it; none where only the writing itself guards it.
    pub const fn guards(self) -> &'static [QualityRule] {
        use QualityRule as Q;
        match self {
            Self::Area => &[Q::V01],
            Self::State => &[Q::V20, Q::V21],
            Self::AcceptedAt | Self::DispatchedAt | Self::SignedAt => &[Q::V05],
            Self::Deadline => &[Q::V06, Q::V07],
            Self::LeadUnit => &[Q::V08],
            Self::Contact => &[Q::V16],
            Self::Reply => &[Q::V05, Q::V16],
            Self::ClosedAt => &[Q::V05, Q::V19],
            Self::Merging | Self::Repeats => &[Q::V11],
            Self::Channel => &[],
            Self::History | Self::SendBacks => &[Q::V23],
            Self::Ruling => &[Q::V22],
            Self::Directive => &[Q::V30],
            Self::Satisfaction | Self::Solved => &[Q::V24],
        }
    }
}

/// What every number leans on, whatever it counts: it lies in an area, and neither drafts nor recycled tickets are in it.
const ALWAYS: &[Lean] = &[Lean::Area, Lean::State];

impl Anchor {
    /// What puts a ticket into the period.
    pub const fn leans(self) -> &'static [Lean] {
        match self {
            Self::Accepted => &[Lean::AcceptedAt],
            Self::Due => &[Lean::Deadline],
            Self::Dispatched => &[Lean::DispatchedAt],
            Self::Replied => &[Lean::Reply],
            Self::Closed => &[Lean::ClosedAt],
        }
    }
}

impl Is {
    /// What the condition looks at.
    pub const fn leans(self) -> &'static [Lean] {
        match self {
            Self::Ended | Self::Valid => &[Lean::State],
            Self::Overdue | Self::LeadDue => &[Lean::Deadline],
            Self::NotMerged => &[Lean::Merging],
            Self::Phoned => &[Lean::Channel],
            Self::Repeated => &[Lean::Repeats],
            Self::Urged | Self::Difficult | Self::ThreeWay | Self::Redone => &[Lean::History],
            Self::Assessed | Self::NotAssessed => &[Lean::Ruling],
            Self::Undispatched | Self::Dispatched => &[Lean::DispatchedAt],
            Self::LeadInTime | Self::LeadLate => &[Lean::Deadline, Lean::LeadUnit, Lean::Reply],
            Self::Extended => &[Lean::Deadline, Lean::LeadUnit],
            Self::SignDue | Self::SignedInTime | Self::Signed => &[Lean::LeadUnit, Lean::SignedAt],
            Self::ContactDue | Self::ContactedInTime => &[Lean::LeadUnit, Lean::Contact],
            Self::SendBackAsked | Self::SentBack | Self::SendBackRefused | Self::NotMisdirected => {
                &[Lean::SendBacks]
            }
            Self::Supervised => &[Lean::Directive],
            Self::Replied => &[Lean::Reply, Lean::DispatchedAt],
            Self::Rated
            | Self::Satisfied
            | Self::WellSatisfied
            | Self::FirstRated
            | Self::FirstSatisfied => &[Lean::Satisfaction],
            Self::SaidWhetherSolved | Self::Solved => &[Lean::Solved],
        }
    }
}

impl Took {
    /// The moments between which it is measured.
    pub const fn leans(self) -> &'static [Lean] {
        match self {
            Self::Sign => &[Lean::DispatchedAt, Lean::SignedAt],
            Self::Reply => &[Lean::DispatchedAt, Lean::Reply],
            Self::Close => &[Lean::AcceptedAt, Lean::ClosedAt],
        }
    }
}

/// The fields that a measure leans on, each once, in the order of the list.
pub fn leans(measure: Measure) -> Vec<Lean> {
    let definition = measure.definition();
    let sets = [Side::Numerator, Side::Denominator].map(|side| definition.set(side));
    let conditions = sets.into_iter().flatten().flatten();
    let times: &[Lean] = match definition.formula {
        Formula::Quantile { took, .. } => took.leans(),
        _ => &[],
    };
    let mut all: Vec<Lean> = ALWAYS
        .iter()
        .chain(definition.anchor.leans())
        .chain(times)
        .chain(conditions.flat_map(|condition| condition.leans()))
        .copied()
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The rules that guard a measure, each once, in the order of their numbers.
pub fn guards(measure: Measure) -> Vec<QualityRule> {
    let mut all: Vec<QualityRule> = leans(measure)
        .into_iter()
        .flat_map(Lean::guards)
        .copied()
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A number with how many of its tickets have an open finding of a rule that guards its measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TouchedCell {
    /// The number.
    pub figure: Figure,
    /// Touched tickets of the numerator; of a mean, of all its tickets.
    pub numerator: i64,
    /// Touched tickets of the denominator.
    pub denominator: i64,
}

impl TouchedCell {
    /// Touched tickets by all tickets over which it is counted.
    pub const fn share(self) -> Rate {
        Rate {
            numerator: self.denominator,
            denominator: self.figure.denominator,
        }
    }

    /// Whether more than so many percent of its tickets are touched.
    pub const fn is_marked(self, percent: i64) -> bool {
        self.denominator > 0 && self.denominator * 100 > percent * self.figure.denominator
    }
}

/// One row: the place of a cube, with its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TouchedRow {
    /// A value of each dimension.
    pub keys: Vec<CubeKey>,
    /// A number of each measure.
    pub cells: Vec<TouchedCell>,
}

/// Which numbers of a cube are touched by open findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TouchedView {
    /// When it was counted.
    pub as_of: Instant,
    /// When the rules looked last; absent before the first look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked_at: Option<Instant>,
    /// A number is marked when more than so many percent of its tickets are touched.
    pub limit: i64,
    /// The question as it stands in an address.
    pub query: String,
    /// Measures in their order.
    pub measures: Vec<Measure>,
    /// Dimensions in their order.
    pub axes: Vec<Axis>,
    /// Rows in the order of their codes, as the cube has them.
    pub rows: Vec<TouchedRow>,
    /// All rows together.
    pub total: Vec<TouchedCell>,
}

/// Touched tickets of a row: the codes of its dimensions, and numerator and denominator of each measure.
pub type TouchedNumbers = (Vec<String>, Vec<(i64, i64)>);

impl TouchedView {
    /// A cube beside what of it is touched.
    pub fn of(
        cube: &CubeView,
        touched: &[TouchedNumbers],
        (limit, looked_at): (i64, Option<Instant>),
    ) -> Self {
        let cell = |(figure, numbers): (&Figure, (i64, i64))| TouchedCell {
            figure: *figure,
            numerator: numbers.0,
            denominator: numbers.1,
        };
        let mut sums = vec![(0, 0); cube.measures.len()];
        for (_, numbers) in touched {
            for (sum, number) in sums.iter_mut().zip(numbers) {
                *sum = (sum.0 + number.0, sum.1 + number.1);
            }
        }
        let row = |row: &super::CubeRow| {
            let is_it = |(codes, _): &&TouchedNumbers| {
                let own = row.keys.iter().map(|key| &key.code);
                own.eq(codes)
            };
            let found = touched.iter().find(is_it);
            let none = (0, 0);
            let number = |place: usize| {
                found
                    .and_then(|(_, numbers)| numbers.get(place).copied())
                    .unwrap_or(none)
            };
            TouchedRow {
                keys: row.keys.clone(),
                cells: row
                    .figures
                    .iter()
                    .enumerate()
                    .map(|(place, figure)| cell((figure, number(place))))
                    .collect(),
            }
        };
        Self {
            as_of: cube.as_of,
            looked_at,
            limit,
            query: cube.query.clone(),
            measures: cube.measures.clone(),
            axes: cube.axes.clone(),
            rows: cube.rows.iter().map(row).collect(),
            total: cube.total.iter().zip(sums).map(cell).collect(),
        }
    }

    /// The numbers with too many open findings: where, and how much of them.
    pub fn marks(&self) -> Vec<TouchedMark> {
        let of_row = |row: &TouchedRow| {
            let at: Vec<String> = row.keys.iter().map(|key| key.code.clone()).collect();
            self.marked(&row.cells, &at)
        };
        let mut marks: Vec<TouchedMark> = self.rows.iter().flat_map(of_row).collect();
        marks.extend(self.marked(&self.total, &[]));
        marks
    }

    fn marked(&self, cells: &[TouchedCell], at: &[String]) -> Vec<TouchedMark> {
        let cells = cells.iter().filter(|cell| cell.is_marked(self.limit));
        let mark = |cell: &TouchedCell| TouchedMark {
            at: at.to_vec(),
            cell: *cell,
        };
        cells.map(mark).collect()
    }
}

/// A number of a report that has too many open findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TouchedMark {
    /// Codes of its row; none for the total.
    pub at: Vec<String>,
    /// The number.
    pub cell: TouchedCell,
}

/// The mark of a number among those of its page.
pub fn mark_of<'m>(
    marks: &'m [TouchedMark],
    measure: Measure,
    at: &[&str],
) -> Option<&'m TouchedMark> {
    let is_it = |mark: &&TouchedMark| mark.cell.figure.measure == measure && mark.at == at;
    marks.iter().find(is_it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_is_guarded_by_rules_that_are_looked_at() {
        for measure in Measure::ALL {
            let rules = guards(*measure);
            assert!(rules.contains(&QualityRule::V01), "{measure}");
            for rule in rules {
                let standing = crate::quality::rule(rule).standing;
                assert_eq!(standing, crate::quality::Standing::Looked, "{rule}");
            }
        }
    }

    #[test]
    fn fields_follow_from_the_formula() {
        assert_eq!(
            leans(Measure::OnTime),
            [
                Lean::Area,
                Lean::State,
                Lean::Deadline,
                Lean::LeadUnit,
                Lean::Reply,
                Lean::Ruling
            ]
        );
        assert!(guards(Measure::Satisfied).contains(&QualityRule::V24));
        assert!(!guards(Measure::Accepted).contains(&QualityRule::V24));
    }

    #[test]
    fn a_number_is_marked_above_the_limit_and_not_at_it() {
        let cell = |touched, all| TouchedCell {
            figure: Figure {
                measure: Measure::OnTime,
                numerator: 0,
                denominator: all,
            },
            numerator: 0,
            denominator: touched,
        };
        assert!(!cell(5, 100).is_marked(5) && cell(6, 100).is_marked(5));
        assert!(!cell(0, 0).is_marked(5));
        assert_eq!(cell(1, 8).share().percent(), "12.50 %");
    }
}
