//! How much comes in: voices, matters, channels, what comes again, what is late now.
//! Not here: how it ends (`endings`).

use super::Definition;
use crate::measure::predicate::{Anchor, Is};
use crate::text::measure as words;

/// What the overview counts as overdue.
pub(crate) const OVERDUE_SET: &[Is] = &[Is::Overdue];

pub(super) const ACCEPTED: Definition =
    Definition::count(Anchor::Accepted, &[], words::SOURCE_VOLUME);
/// Merged tickets are voices, not matters (同诉归并).
pub(super) const MATTERS: Definition =
    Definition::count(Anchor::Accepted, &[Is::NotMerged], words::SOURCE_VOLUME);
pub(super) const PHONE_SHARE: Definition =
    Definition::share(Anchor::Accepted, &[Is::Phoned], &[], words::SOURCE_VOLUME);
pub(super) const REPEAT_RATE: Definition =
    Definition::share(Anchor::Accepted, &[Is::Repeated], &[], words::SOURCE_OWN);
pub(super) const URGED_RATE: Definition =
    Definition::share(Anchor::Accepted, &[Is::Urged], &[], words::SOURCE_OWN);
pub(super) const OVERDUE: Definition =
    Definition::count(Anchor::Accepted, OVERDUE_SET, words::SOURCE_OWN);
pub(super) const DIFFICULT: Definition =
    Definition::count(Anchor::Accepted, &[Is::Difficult], words::SOURCE_OWN);
pub(super) const THREE_WAY_CALLS: Definition =
    Definition::count(Anchor::Accepted, &[Is::ThreeWay], words::SOURCE_OWN);
pub(super) const NOT_COUNTED: Definition =
    Definition::count(Anchor::Accepted, &[Is::NotAssessed], words::SOURCE_OWN);
