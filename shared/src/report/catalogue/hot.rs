//! What people speak of most: in all, in consultations, in complaints, and how each grew.

use super::{Section, Show, Span, Standard};
use crate::measure::{Axis, Measure};
use crate::text::report::standard as words;

pub(super) const HOT: Standard = Standard {
    span: Span::Week,
    why: words::HOT_WHY,
    sections: &[
        Section::by(
            words::HOT_TOPICS,
            Axis::Category,
            Show::First(20),
            &[Measure::Accepted, Measure::Matters, Measure::RepeatRate],
        ),
        Section::by(
            words::HOT_COMPLAINTS,
            Axis::Category,
            Show::First(10),
            &[Measure::Accepted, Measure::Solved],
        )
        .only("kind=complaint,tip_off"),
        Section::by(
            words::HOT_QUESTIONS,
            Axis::Category,
            Show::First(10),
            &[Measure::Accepted],
        )
        .only("kind=inquiry,help"),
        Section::by(
            words::BY_COUNTY,
            Axis::County,
            Show::First(20),
            &[Measure::Accepted, Measure::RepeatRate],
        ),
    ],
};
