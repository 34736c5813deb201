//! What a unit sees of itself; a reader of a unit has nothing else in his scope.

use super::{Section, Show, Span, Standard};
use crate::measure::{Axis, Measure};
use crate::text::report::standard as words;

pub(super) const UNIT: Standard = Standard {
    span: Span::Month,
    why: words::UNIT_WHY,
    sections: &[
        Section::figures(
            words::IN_SHORT,
            &[
                Measure::Dispatched,
                Measure::SignedOnTime,
                Measure::ContactedOnTime,
                Measure::OnTime,
                Measure::HandlingHours,
                Measure::SendBackRate,
                Measure::RedoRate,
                Measure::Overdue,
            ],
        ),
        Section::figures(
            words::CITIZENS_SAY,
            &[
                Measure::Satisfied,
                Measure::SatisfiedFirst,
                Measure::Solved,
                Measure::UrgedRate,
            ],
        ),
        Section::by(
            words::BY_UNIT,
            Axis::LeadUnit,
            Show::Bars,
            &[
                Measure::Dispatched,
                Measure::OnTime,
                Measure::Solved,
                Measure::Satisfied,
            ],
        ),
        Section::by(
            words::BY_CATEGORY,
            Axis::Category,
            Show::Bars,
            &[Measure::Accepted, Measure::OnTime, Measure::Solved],
        ),
    ],
};
