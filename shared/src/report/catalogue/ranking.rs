//! Who is first: areas, and units within their class. What has too small a sample has no place (`domain.md` 4.2).

use super::{Section, Show, Span, Standard};
use crate::measure::{Axis, Measure};
use crate::text::report::standard as words;

pub(super) const RANKING: Standard = Standard {
    span: Span::Month,
    why: words::RANKING_WHY,
    sections: &[
        Section::by(
            words::AREAS_BY_SOLVED,
            Axis::City,
            Show::Ranked,
            &[Measure::Solved, Measure::Satisfied, Measure::OnTime],
        ),
        Section::by(
            words::UNITS_BY_SOLVED,
            Axis::LeadUnit,
            Show::Ranked,
            &[Measure::Solved, Measure::Satisfied, Measure::OnTime],
        ),
        Section::by(
            words::UNITS_BY_SATISFIED,
            Axis::LeadUnit,
            Show::Ranked,
            &[Measure::Satisfied, Measure::Solved],
        ),
        Section::by(
            words::UNITS_BY_ON_TIME,
            Axis::LeadUnit,
            Show::Ranked,
            &[Measure::OnTime, Measure::SignedOnTime],
        ),
    ],
};
