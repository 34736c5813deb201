//! What had to be seen to: directives, send-backs, redone work, extensions.

use super::{Section, Show, Span, Standard};
use crate::measure::{Axis, Measure};
use crate::text::report::standard as words;

pub(super) const SUPERVISION: Standard = Standard {
    span: Span::Month,
    why: words::SUPERVISION_WHY,
    sections: &[
        Section::figures(
            words::IN_SHORT,
            &[
                Measure::SupervisedRate,
                Measure::SendBackRate,
                Measure::WrongSendBackRate,
                Measure::DispatchAccuracy,
                Measure::RedoRate,
                Measure::ExtendedRate,
                Measure::Late,
                Measure::Overdue,
            ],
        ),
        Section::by(
            words::BY_AREA,
            Axis::City,
            Show::Bars,
            &[
                Measure::SupervisedRate,
                Measure::SendBackRate,
                Measure::RedoRate,
                Measure::Late,
            ],
        ),
        Section::by(
            words::BY_UNIT,
            Axis::LeadUnit,
            Show::First(30),
            &[
                Measure::SupervisedRate,
                Measure::SendBackRate,
                Measure::RedoRate,
                Measure::Late,
            ],
        ),
    ],
};
