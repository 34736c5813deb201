//! How good the data of each area are, and how much is answered in time.

use super::{Section, Show, Span, Standard, What};
use crate::measure::{Axis, Measure};
use crate::text::report::standard as words;

pub(super) const QUALITY: Standard = Standard {
    span: Span::Month,
    why: words::QUALITY_WHY,
    sections: &[
        Section {
            heading: words::QUALITY_SCORES,
            what: What::Quality,
        },
        Section::by(
            words::AREAS_BY_ON_TIME,
            Axis::City,
            Show::Ranked,
            &[Measure::OnTime, Measure::SignedOnTime],
        ),
        Section::by(
            words::BY_COUNTY,
            Axis::County,
            Show::First(50),
            &[Measure::OnTime],
        ),
    ],
};
