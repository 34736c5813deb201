//! Month and year: volume by channel, kind, category and area, the units, timeliness, satisfaction, supervision.

use super::{Section, Show, Span, Standard};
use crate::measure::{Axis, Measure};
use crate::text::report::standard as words;

const IN_SHORT: Section = Section::figures(
    words::IN_SHORT,
    &[
        Measure::Accepted,
        Measure::Matters,
        Measure::DirectRate,
        Measure::ForwardedShare,
        Measure::ClosedRate,
        Measure::OnTime,
        Measure::Satisfied,
        Measure::Solved,
    ],
);
const CHANNEL: Section = Section::by(
    words::CHANNELS,
    Axis::Channel,
    Show::Bars,
    &[Measure::Accepted],
);
const KIND: Section = Section::by(
    words::KINDS,
    Axis::Kind,
    Show::Bars,
    &[Measure::Accepted, Measure::Solved],
);
const TOPICS: Section = Section::by(
    words::HOT_TOPICS,
    Axis::Category,
    Show::First(10),
    &[Measure::Accepted, Measure::RepeatRate],
);
const AREA: Section = Section::by(
    words::BY_AREA,
    Axis::City,
    Show::Bars,
    &[
        Measure::Accepted,
        Measure::ClosedRate,
        Measure::OnTime,
        Measure::Satisfied,
    ],
);
const UNITS: Section = Section::by(
    words::BY_UNIT,
    Axis::LeadUnit,
    Show::First(30),
    &[
        Measure::Dispatched,
        Measure::OnTime,
        Measure::Solved,
        Measure::Satisfied,
    ],
);
const GUARD: Section = Section::figures(
    words::SUPERVISION,
    &[
        Measure::SupervisedRate,
        Measure::SendBackRate,
        Measure::WrongSendBackRate,
        Measure::RedoRate,
        Measure::ExtendedRate,
        Measure::UrgedRate,
        Measure::Difficult,
        Measure::NotCounted,
    ],
);

pub(super) const MONTHLY: Standard = Standard {
    span: Span::Month,
    why: words::MONTHLY_WHY,
    sections: &[IN_SHORT, CHANNEL, KIND, TOPICS, AREA, UNITS, GUARD],
};

pub(super) const ANNUAL: Standard = Standard {
    span: Span::Year,
    why: words::ANNUAL_WHY,
    sections: &[
        IN_SHORT,
        Section::by(
            words::BY_MONTH,
            Axis::Month,
            Show::Bars,
            &[Measure::Accepted, Measure::OnTime, Measure::Satisfied],
        ),
        CHANNEL,
        KIND,
        TOPICS,
        AREA,
        UNITS,
        GUARD,
    ],
};
