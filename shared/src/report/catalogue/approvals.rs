//! How long approvals take, by what they are about.

use super::{Section, Span, Standard, What};
use crate::text::report::standard as words;

pub(super) const APPROVALS: Standard = Standard {
    span: Span::Month,
    why: words::APPROVALS_WHY,
    sections: &[Section {
        heading: words::APPROVAL_TIMES,
        what: What::Approvals,
    }],
};
