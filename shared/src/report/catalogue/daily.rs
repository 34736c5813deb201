//! Day and week: what came in, what was ended, what is late now, which matters there were.

use super::{Section, Show, Span, Standard};
use crate::measure::{Axis, Measure};
use crate::text::report::standard as words;

const SECTIONS: &[Section] = &[
    Section::figures(
        words::IN_SHORT,
        &[
            Measure::Accepted,
            Measure::Matters,
            Measure::Dispatched,
            Measure::Closed,
            Measure::Overdue,
            Measure::OnTime,
            Measure::Satisfied,
            Measure::Solved,
        ],
    ),
    Section::by(
        words::BY_AREA,
        Axis::City,
        Show::Bars,
        &[Measure::Accepted, Measure::Closed, Measure::Overdue],
    ),
    Section::by(
        words::URGENCY,
        Axis::Urgency,
        Show::Table,
        &[Measure::Accepted, Measure::Overdue],
    ),
    Section::by(
        words::HOT_TOPICS,
        Axis::Category,
        Show::First(10),
        &[Measure::Accepted],
    ),
    Section::by(
        words::CHANNELS,
        Axis::Channel,
        Show::Table,
        &[Measure::Accepted],
    ),
];

pub(super) const DAILY: Standard = Standard {
    span: Span::Day,
    why: words::DAILY_WHY,
    sections: SECTIONS,
};

pub(super) const WEEKLY: Standard = Standard {
    span: Span::Week,
    why: words::WEEKLY_WHY,
    sections: SECTIONS,
};
