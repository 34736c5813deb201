//! What citizens say of it: satisfied, solved. Silence is in no denominator.
//! Not here: follow-up calls (`missing`).
//! By the time of acceptance, as in the overview and the open figures.

use super::Definition;
use crate::measure::predicate::{Anchor, Is};
use crate::text::measure as words;

/// Who has rated.
pub(crate) const RATED: &[Is] = &[Is::Rated, Is::Assessed];
/// Of these, who is satisfied; also what the overview counts.
pub(crate) const SATISFIED_SET: &[Is] = &[Is::Satisfied];

pub(super) const SATISFIED: Definition =
    Definition::share(Anchor::Accepted, SATISFIED_SET, RATED, words::SOURCE_THREE);
pub(super) const SATISFIED_STRICT: Definition = Definition::share(
    Anchor::Accepted,
    &[Is::WellSatisfied],
    RATED,
    words::SOURCE_THREE,
);
pub(super) const SATISFIED_FIRST: Definition = Definition::share(
    Anchor::Accepted,
    &[Is::FirstSatisfied],
    &[Is::FirstRated, Is::Assessed],
    words::SOURCE_THREE,
);
pub(super) const SOLVED: Definition = Definition::share(
    Anchor::Accepted,
    &[Is::Solved],
    &[Is::SaidWhetherSolved, Is::Assessed],
    words::SOURCE_THREE,
);
