//! In which time: signing, first contact, answers, what is late.

use super::{Section, Show, Span, Standard};
use crate::measure::{Axis, Measure};
use crate::text::report::standard as words;

pub(super) const TIMELINESS: Standard = Standard {
    span: Span::Month,
    why: words::TIMELINESS_WHY,
    sections: &[
        Section::figures(
            words::IN_SHORT,
            &[
                Measure::SignedOnTime,
                Measure::ContactedOnTime,
                Measure::OnTime,
                Measure::Late,
                Measure::ExtendedRate,
                Measure::HandlingHours,
                Measure::Overdue,
            ],
        ),
        Section::figures(
            words::TIMES,
            &[
                Measure::SignP50,
                Measure::SignP90,
                Measure::ReplyP50,
                Measure::ReplyP90,
                Measure::CloseP50,
                Measure::CloseP90,
            ],
        ),
        Section::by(
            words::BY_AREA,
            Axis::City,
            Show::Bars,
            &[
                Measure::OnTime,
                Measure::SignedOnTime,
                Measure::ContactedOnTime,
                Measure::HandlingHours,
            ],
        ),
        Section::by(
            words::BY_UNIT,
            Axis::LeadUnit,
            Show::First(30),
            &[
                Measure::OnTime,
                Measure::SignedOnTime,
                Measure::ContactedOnTime,
                Measure::HandlingHours,
            ],
        ),
        Section::by(
            words::TIMES_BY_UNIT,
            Axis::LeadUnit,
            Show::First(30),
            &[
                Measure::ReplyP50,
                Measure::ReplyP90,
                Measure::SignP90,
                Measure::CloseP90,
            ],
        ),
        Section::by(
            words::URGENCY,
            Axis::Urgency,
            Show::Table,
            &[Measure::OnTime, Measure::HandlingHours],
        ),
    ],
};
