//! What surrounds a draft: the world a verb may know of, what an event says, and the variables of a process step.
//! Not here: the case itself (`draft`).
//! A scene is all that a decision sees besides the case, so that decisions stay pure.

use std::collections::BTreeMap;

use bpmn::{Value, Vars};
use shared::access::Actor;
use shared::calendar::Instant;
use shared::ids::AssignmentId;

use crate::context::Ids;
use crate::reference::Reference;

/// What a verb may know of the world besides the case.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The present.
    pub now: Instant,
    /// Who acts.
    pub actor: &'a Actor,
    /// Where ids come from.
    pub ids: &'a dyn Ids,
    /// Names, limits, calendar, definitions.
    pub reference: &'a Reference,
    /// Address that stands in text messages.
    pub public_url: &'a str,
}

/// What an event says besides who and when.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// The assignment it is about.
    pub assignment: Option<AssignmentId>,
    /// What was said.
    pub note: Option<String>,
    /// Codes and numbers.
    pub facts: BTreeMap<String, String>,
}

impl Told {
    /// About an assignment.
    #[must_use]
    pub fn of(mut self, assignment: AssignmentId) -> Self {
        self.assignment = Some(assignment);
        self
    }

    /// With what was said.
    #[must_use]
    pub fn note(mut self, note: Option<&str>) -> Self {
        self.note = note
            .map(str::trim)
            .filter(|note| !note.is_empty())
            .map(str::to_owned);
        self
    }

    /// With a code or a number.
    #[must_use]
    pub fn fact(mut self, name: &str, value: impl ToString) -> Self {
        self.facts.insert(name.to_owned(), value.to_string());
        self
    }
}

/// Variables for a step.
pub fn vars<const N: usize>(pairs: [(&str, Value); N]) -> Vars {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
