//! Measures that today's data cannot give, and why; the catalogue shows them so that nobody looks for them in vain.
//! Not here: those that can be counted (`super::Measure`).

use crate::text::{Text, measure as words};

/// A measure that cannot be counted yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// Its name.
    pub name: Text,
    /// What is missing for it.
    pub why: Text,
}

/// All of them, in the order of `domain.md` 4.1 and 4.2.
pub const MISSING: &[Missing] = &[
    of(words::ANSWERED_CALLS, words::NO_CALLS),
    of(words::ANSWERED_QUICKLY, words::NO_CALLS),
    of(words::CALL_TIMES, words::NO_CALLS),
    of(words::SEATS, words::NO_CALLS),
    of(words::DISPATCHED_IN_TIME, words::NO_DISPATCH_LIMIT),
    of(words::VISITED, words::NO_VISIT_MOMENT),
    of(words::WORKED_TIME, words::NO_WORKED_MINUTES),
    of(words::PEOPLE, words::NO_PEOPLE),
];

const fn of(name: Text, why: Text) -> Missing {
    Missing { name, why }
}
