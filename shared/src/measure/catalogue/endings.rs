//! How it ends: at once, by a unit, again.
//! Not here: in which time (`timeliness`).
//! A merged ticket is handled with its leading one and is in neither numerator nor denominator here.

use super::Definition;
use crate::measure::predicate::{Anchor, Is};
use crate::text::measure as words;

/// What is accepted and stays: the base of "closed at once" and "dispatched", which sum to all but what still waits.
const VALID: &[Is] = &[Is::Valid, Is::NotMerged];

pub(super) const DIRECT_RATE: Definition = Definition::share(
    Anchor::Accepted,
    &[Is::Undispatched, Is::Ended],
    VALID,
    words::SOURCE_BULLETIN,
);
pub(super) const FORWARDED_SHARE: Definition = Definition::share(
    Anchor::Accepted,
    &[Is::Dispatched],
    VALID,
    words::SOURCE_BULLETIN,
);
pub(super) const CLOSED_RATE: Definition = Definition::share(
    Anchor::Accepted,
    &[Is::Ended],
    &[Is::Dispatched, Is::NotMerged],
    words::SOURCE_OWN,
);
pub(super) const CLOSED: Definition =
    Definition::count(Anchor::Closed, &[Is::Ended], words::SOURCE_VOLUME);
pub(super) const REDO_RATE: Definition = Definition::share(
    Anchor::Closed,
    &[Is::Redone],
    &[Is::Ended, Is::Assessed],
    words::SOURCE_AXES,
);
