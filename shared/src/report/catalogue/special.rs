//! One topic over any days: chosen by category and area.

use super::{Section, Show, Span, Standard};
use crate::measure::{Axis, Measure};
use crate::text::report::standard as words;

pub(super) const SPECIAL: Standard = Standard {
    span: Span::Free,
    why: words::SPECIAL_WHY,
    sections: &[
        Section::figures(
            words::IN_SHORT,
            &[
                Measure::Accepted,
                Measure::Matters,
                Measure::RepeatRate,
                Measure::UrgedRate,
                Measure::OnTime,
                Measure::HandlingHours,
                Measure::Satisfied,
                Measure::Solved,
            ],
        ),
        Section::by(
            words::BY_COUNTY,
            Axis::County,
            Show::First(20),
            &[Measure::Accepted, Measure::OnTime, Measure::Solved],
        ),
        Section::by(
            words::KINDS,
            Axis::Kind,
            Show::Bars,
            &[Measure::Accepted, Measure::Satisfied],
        ),
        Section::by(
            words::BY_UNIT,
            Axis::LeadUnit,
            Show::First(20),
            &[Measure::Dispatched, Measure::OnTime, Measure::Solved],
        ),
        Section::by(
            words::BY_MONTH,
            Axis::Month,
            Show::Table,
            &[Measure::Accepted],
        ),
    ],
};
