//! What units do with what is dispatched to them: signing, first contact, send-backs, directives. Counted in tickets, by their first dispatch.
//! Not here: deadlines of the handling (`timeliness`).

use super::Definition;
use crate::measure::predicate::{Anchor, Is};
use crate::text::measure as words;

pub(super) const DISPATCHED: Definition =
    Definition::count(Anchor::Dispatched, &[], words::SOURCE_VOLUME);
pub(super) const SIGNED_ON_TIME: Definition = Definition::share(
    Anchor::Dispatched,
    &[Is::SignedInTime],
    &[Is::SignDue, Is::Assessed],
    words::SOURCE_AXES,
);
pub(super) const CONTACTED_ON_TIME: Definition = Definition::share(
    Anchor::Dispatched,
    &[Is::ContactedInTime],
    &[Is::ContactDue, Is::Assessed],
    words::SOURCE_THREE,
);
pub(super) const DISPATCH_ACCURACY: Definition = Definition::share(
    Anchor::Dispatched,
    &[Is::NotMisdirected],
    &[],
    words::SOURCE_OWN,
);
pub(super) const SEND_BACK_RATE: Definition =
    Definition::share(Anchor::Dispatched, &[Is::SentBack], &[], words::SOURCE_AXES);
pub(super) const WRONG_SEND_BACK_RATE: Definition = Definition::share(
    Anchor::Dispatched,
    &[Is::SendBackRefused],
    &[Is::SendBackAsked],
    words::SOURCE_OWN,
);
pub(super) const SUPERVISED_RATE: Definition = Definition::share(
    Anchor::Dispatched,
    &[Is::Supervised],
    &[],
    words::SOURCE_OWN,
);
