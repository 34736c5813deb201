//! How much is done, by whom, and what is left.

use super::{Section, Show, Span, Standard};
use crate::measure::{Axis, Measure};
use crate::text::report::standard as words;

pub(super) const WORKLOAD: Standard = Standard {
    span: Span::Month,
    why: words::WORKLOAD_WHY,
    sections: &[
        Section::figures(
            words::IN_SHORT,
            &[
                Measure::Accepted,
                Measure::Dispatched,
                Measure::Closed,
                Measure::Overdue,
                Measure::Difficult,
                Measure::HandlingHours,
            ],
        ),
        Section::by(
            words::BY_AREA,
            Axis::City,
            Show::Bars,
            &[Measure::Accepted, Measure::Dispatched, Measure::Closed],
        ),
        Section::by(
            words::BY_UNIT,
            Axis::LeadUnit,
            Show::First(50),
            &[Measure::Dispatched, Measure::Closed, Measure::HandlingHours],
        ),
        Section::by(
            words::STATES,
            Axis::State,
            Show::Table,
            &[Measure::Accepted],
        ),
    ],
};
