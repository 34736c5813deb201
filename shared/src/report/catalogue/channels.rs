//! On which ways requests come.

use super::{Section, Show, Span, Standard};
use crate::measure::{Axis, Measure};
use crate::text::report::standard as words;

pub(super) const CHANNELS: Standard = Standard {
    span: Span::Month,
    why: words::CHANNELS_WHY,
    sections: &[
        Section::figures(
            words::IN_SHORT,
            &[
                Measure::Accepted,
                Measure::PhoneShare,
                Measure::DirectRate,
                Measure::ForwardedShare,
            ],
        ),
        Section::by(
            words::CHANNELS,
            Axis::Channel,
            Show::Bars,
            &[
                Measure::Accepted,
                Measure::DirectRate,
                Measure::Solved,
                Measure::Satisfied,
            ],
        ),
        Section::by(
            words::KINDS,
            Axis::Kind,
            Show::Bars,
            &[Measure::Accepted, Measure::PhoneShare],
        ),
        Section::by(
            words::BY_AREA,
            Axis::City,
            Show::Table,
            &[Measure::Accepted, Measure::PhoneShare],
        ),
    ],
};
