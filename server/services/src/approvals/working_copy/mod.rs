//! What only an approval's working copy has: people that its tasks name, a start that waits, steps of its owner, parts beside its tasks.
//! Not here: the working copy itself (`host::working_copy`), rights (`rights`), what each verb decides (`verbs`).
//! Next: `working_copy/kind` (what the house asks of an approval), `working_copy/run`, `working_copy/open`, `working_copy/parts`.

mod kind;
mod open;
mod parts;
mod run;

use std::collections::BTreeMap;

use shared::approval::{ApprovalStatus, IncidentKind};
use shared::ids::UserId;
use shared::process::obstacle::Obstacle;
use store::record::{ApprovalCase, Incident, Involved};

use super::people::{People, Person};
use super::rights::{self, Barrier};

pub(crate) use crate::host::{About, Halt, Scene, Told, Wanted};
pub(crate) use run::variables;

/// An approval under a verb.
pub(crate) type WorkingCopy<'a> = crate::host::WorkingCopy<'a, ApprovalCase>;

impl WorkingCopy<'_> {
    /// Gives opened tasks to the people they name; a task that none of them may do waits as an incident.
    pub fn give(&mut self, people: &People) {
        for wanted in self.take_wanted() {
            let Some(task) = self.find(wanted.task_no, 0).cloned() else {
                continue;
            };
            let (mut known, mut unknown, mut barred): (Vec<Person>, Vec<&str>, _) =
                (Vec::new(), Vec::new(), None);
            for (name, fixed) in &wanted.names {
                let Some(person) = people.get(name) else {
                    unknown.push(name);
                    continue;
                };
                match rights::may_be_given(person, &self.case, &task) {
                    Err(Barrier::Elsewhere) if *fixed => known.push(person.clone()),
                    Ok(()) => known.push(person.clone()),
                    Err(why) => {
                        let name = person.username.clone();
                        barred = Some(Obstacle::Barred { name, why });
                    }
                }
            }
            match known.as_slice() {
                [] => {
                    let about = About::task(&task.element, wanted.task_no);
                    let names = unknown.join(", ");
                    let obstacle = barred.unwrap_or(Obstacle::NobodyCalled { names });
                    self.incident(IncidentKind::Assignment, &about, obstacle);
                }
                [only] if wanted.is_assignee => {
                    self.assign((wanted.task_no, 0), only.user, &only.name);
                }
                several => {
                    let users = several.iter().map(|person| person.user).collect();
                    self.case.hung.candidates.insert(wanted.task_no, users);
                }
            }
        }
    }

    /// Gives a task, or a part of it, to somebody.
    pub fn assign(&mut self, (task_no, part): (i64, i32), user: UserId, name: &str) {
        if let Some(task) = self.find_mut(task_no, part) {
            task.assignee = Some(user);
            task.assignee_name = Some(name.to_owned());
        }
        self.involve(user, name, Involved::Doer);
    }

    /// The case waits at its start: its process could not be begun, and an incident says why.
    pub fn hold(&mut self, element: &str, incident: &Incident) {
        self.case.hung.places = BTreeMap::from([(element.to_owned(), 1)]);
        let about = About::place(&incident.element);
        self.incident(incident.kind, &about, incident.obstacle.clone());
    }

    /// Where the case waits whose process could not be begun.
    pub fn not_begun(&self) -> Option<&str> {
        let waits = self.instance().is_none() && is_open(self.case.approval.status);
        let place = self.case.hung.places.keys().next().filter(|_| waits)?;
        Some(place)
    }
}

/// Whether a status is of a case that goes on.
pub(crate) fn is_open(status: ApprovalStatus) -> bool {
    matches!(
        status,
        ApprovalStatus::Running | ApprovalStatus::Correcting | ApprovalStatus::Suspended
    )
}
