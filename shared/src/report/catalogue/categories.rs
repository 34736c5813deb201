//! What requests are about.

use super::{Section, Show, Span, Standard};
use crate::measure::{Axis, Measure};
use crate::text::report::standard as words;

pub(super) const CATEGORIES: Standard = Standard {
    span: Span::Month,
    why: words::CATEGORIES_WHY,
    sections: &[
        Section::by(
            words::BY_CATEGORY,
            Axis::Category,
            Show::Bars,
            &[
                Measure::Accepted,
                Measure::RepeatRate,
                Measure::OnTime,
                Measure::Solved,
            ],
        ),
        Section::by(
            words::KINDS,
            Axis::Kind,
            Show::Bars,
            &[Measure::Accepted, Measure::Solved, Measure::Satisfied],
        ),
        Section::by(
            words::STATES,
            Axis::State,
            Show::Table,
            &[Measure::Accepted],
        ),
    ],
};
