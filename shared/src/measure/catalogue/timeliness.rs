//! In which time: by the lead assignment's deadline after all that was granted, and how long it takes.
//! Not here: signing and first contact (`units`).
//! What was ruled to be not counted is in no rate.

use super::{Definition, Formula, SAMPLE};
use crate::measure::predicate::{Anchor, Is};
use crate::text::measure as words;

/// Whose deadline has come.
pub(crate) const DUE: &[Is] = &[Is::LeadDue, Is::Assessed];
/// Of these, answered by it; also what the overview counts.
pub(crate) const IN_TIME: &[Is] = &[Is::LeadInTime];

pub(super) const ON_TIME: Definition =
    Definition::share(Anchor::Due, IN_TIME, DUE, words::SOURCE_AXES);
/// The rest of the same denominator.
pub(super) const LATE: Definition =
    Definition::share(Anchor::Due, &[Is::LeadLate], DUE, words::SOURCE_AXES);
pub(super) const EXTENDED_RATE: Definition =
    Definition::share(Anchor::Due, &[Is::Extended], DUE, words::SOURCE_OWN);
pub(super) const HANDLING_HOURS: Definition = Definition {
    version: 1,
    anchor: Anchor::Replied,
    formula: Formula::Hours {
        among: &[Is::Replied, Is::Assessed],
    },
    min_sample: SAMPLE,
    source: words::SOURCE_OWN,
};
