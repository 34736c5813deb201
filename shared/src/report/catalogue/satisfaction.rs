//! What citizens say afterwards: satisfaction by grade and time, whether it is solved, and with the first contact the three rates.

use super::{Section, Show, Span, Standard};
use crate::measure::{Axis, Measure};
use crate::text::report::standard as words;

pub(super) const SATISFACTION: Standard = Standard {
    span: Span::Month,
    why: words::SATISFACTION_WHY,
    sections: &[
        Section::figures(
            words::IN_SHORT,
            &[
                Measure::Satisfied,
                Measure::SatisfiedStrict,
                Measure::SatisfiedFirst,
                Measure::Solved,
                Measure::RedoRate,
            ],
        ),
        Section::by(
            words::BY_AREA,
            Axis::City,
            Show::Bars,
            &[Measure::Satisfied, Measure::Solved],
        ),
        Section::by(
            words::BY_CATEGORY,
            Axis::Category,
            Show::Bars,
            &[Measure::Satisfied, Measure::Solved],
        ),
        Section::by(
            words::BY_UNIT,
            Axis::LeadUnit,
            Show::First(30),
            &[Measure::Satisfied, Measure::Solved],
        ),
    ],
};

/// Responded, solved, satisfied: each by itself, since the weights of the sum differ from city to city.
const RATES: &[Measure] = &[
    Measure::ContactedOnTime,
    Measure::Solved,
    Measure::Satisfied,
];

pub(super) const THREE_RATES: Standard = Standard {
    span: Span::Month,
    why: words::THREE_RATES_WHY,
    sections: &[
        Section::figures(words::IN_SHORT, RATES),
        Section::by(words::BY_AREA, Axis::City, Show::Bars, RATES),
        Section::by(words::BY_COUNTY, Axis::County, Show::First(30), RATES),
        Section::by(words::BY_UNIT, Axis::LeadUnit, Show::First(30), RATES),
    ],
};
