//! Where requests come from: volume, complaints and their topics, by city and district.

use super::{Section, Show, Span, Standard, What};
use crate::measure::{Axis, Measure};
use crate::text::report::standard as words;

pub(super) const AREAS: Standard = Standard {
    span: Span::Month,
    why: words::AREAS_WHY,
    sections: &[
        Section::by(
            words::SIDE_BY_SIDE,
            Axis::City,
            Show::Table,
            &[
                Measure::Accepted,
                Measure::OnTime,
                Measure::SignedOnTime,
                Measure::ContactedOnTime,
            ],
        ),
        Section::by(
            words::SIDE_BY_SIDE_ON,
            Axis::City,
            Show::Table,
            &[
                Measure::ReplyP50,
                Measure::RedoRate,
                Measure::Satisfied,
                Measure::Solved,
            ],
        ),
        Section::by(
            words::BY_AREA,
            Axis::City,
            Show::Bars,
            &[
                Measure::Accepted,
                Measure::RepeatRate,
                Measure::OnTime,
                Measure::Solved,
            ],
        ),
        Section::by(
            words::BY_COUNTY,
            Axis::County,
            Show::First(50),
            &[Measure::Accepted, Measure::OnTime, Measure::Solved],
        ),
        Section::by(
            words::COMPLAINTS_BY_AREA,
            Axis::City,
            Show::Bars,
            &[Measure::Accepted, Measure::Solved],
        )
        .only("kind=complaint,tip_off"),
        Section {
            heading: words::PER_PEOPLE,
            what: What::PerPeople {
                only: "kind=complaint,tip_off",
            },
        },
        Section {
            heading: words::TOPICS_BY_AREA,
            what: What::Topics {
                only: "kind=complaint,tip_off",
            },
        },
        Section::by(
            words::HOT_COMPLAINTS,
            Axis::Category,
            Show::First(10),
            &[Measure::Accepted, Measure::Solved],
        )
        .only("kind=complaint,tip_off"),
    ],
};
