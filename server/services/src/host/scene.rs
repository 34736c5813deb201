//! What surrounds a working copy: the world a verb may know of, what an event says, and the variables of a process step.
//! Not here: the case itself (`working_copy`).
//! A scene is all that a decision sees besides the case, so that decisions stay pure.

use std::collections::BTreeMap;

use bpmn::{Value, Vars};
use shared::access::Actor;
use shared::calendar::Instant;
use shared::ids::AssignmentId;

use super::Library;
use super::people::People;
use crate::context::{Ctx, Ids};
use crate::reference::Reference;

/// What a verb may know of the world besides the case.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    /// The present.
    pub now: Instant,
    /// When what is said was done in the world, where it is entered later.
    pub done_at: Option<Instant>,
    /// Who acts.
    pub actor: &'a Actor,
    /// Where ids come from.
    pub ids: &'a dyn Ids,
    /// Names, limits, calendar.
    pub reference: &'a Reference,
    /// The definition that the case runs on, with what it may call.
    pub library: &'a Library,
    /// People whom the verb names.
    pub people: &'a People,
    /// Address that stands in text messages.
    pub public_url: &'a str,
}

impl<'a> Scene<'a> {
    /// Around one call.
    pub fn of(
        ctx: &'a Ctx,
        reference: &'a Reference,
        library: &'a Library,
        people: &'a People,
    ) -> Self {
        Self {
            now: ctx.now(),
            done_at: ctx.done_at,
            actor: &ctx.actor,
            ids: ctx.services.ids(),
            reference,
            library,
            people,
            public_url: &ctx.services.config().public_url,
        }
    }
}

/// What an event says besides who and when.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    /// The assignment it is about.
    pub assignment: Option<AssignmentId>,
    /// The step it is about.
    pub element: Option<String>,
    pub task_no: Option<i64>,
    /// What was said.
    pub note: Option<String>,
    /// Codes and numbers.
    pub facts: BTreeMap<String, String>,
}

impl Told {
    /// About a step.
    pub fn at(element: &str, task_no: i64) -> Self {
        Self {
            element: Some(element.to_owned()),
            task_no: Some(task_no),
            ..Self::default()
        }
    }

    /// About an assignment.
    #[must_use]
    pub fn of(mut self, assignment: AssignmentId) -> Self {
        self.assignment = Some(assignment);
        self
    }

    /// With what was said.
    #[must_use]
    pub fn note(mut self, note: Option<impl AsRef<str>>) -> Self {
        self.note = note.map(|note| note.as_ref().to_owned());
        self
    }

    /// With a code, a name or a number.
    #[must_use]
    pub fn fact(mut self, name: &str, value: impl ToString) -> Self {
        self.facts.insert(name.to_owned(), value.to_string());
        self
    }
}

/// Variables for a step.
pub(crate) fn vars<const N: usize>(pairs: [(&str, Value); N]) -> Vars {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
