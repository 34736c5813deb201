//! Take (接办) and hand over (移交责任人): the one person of a unit who answers for its share (`domain.md` 3.2c).
//! Not here: signing, which makes whoever signs responsible (`sign`); closing an account, which hands over first (`users::life`).

use shared::fault::{Code, Fault};
use shared::ids::AssignmentId;
use shared::notice::{Audience, NoticeKind};
use shared::ticket::Verb;
use shared::ticket::verbs::{HandOver, Take};

use crate::host::Decide;
use crate::host::people::Person;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for Take {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let actor = copy.scene.actor;
        let user = actor.user();
        let unit = &copy.assignment(id)?.unit;
        if user.is_none() || !actor.is_at(unit) {
            return Err(Fault::denied().into());
        }
        let name = actor.name.clone();
        copy.change_assignment(id, |assignment| {
            (assignment.responsible, assignment.responsible_name) = (user, Some(name));
        })?;
        copy.event(Verb::Take, Told::default().of(id));
        Ok(())
    }
}

impl Decide for HandOver {
    fn names(&self) -> Vec<String> {
        vec![self.colleague.as_str().to_owned()]
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let person = copy
            .scene
            .people
            .must("colleague", self.colleague.as_str())?;
        may_answer(copy, id, &person)?;
        let (user, name) = (person.user, person.name.clone());
        copy.change_assignment(id, |assignment| {
            (assignment.responsible, assignment.responsible_name) = (Some(user), Some(name));
        })?;
        let told = Told::default()
            .of(id)
            .note(Some(&*self.reason))
            .fact("responsible", &person.name);
        copy.event(Verb::HandOver, told);
        copy.tell(NoticeKind::HandedOver, &Audience::Person(user));
        Ok(())
    }
}

/// Only somebody of the unit who may answer for it, and who is not responsible already.
fn may_answer(copy: &WorkingCopy<'_>, id: AssignmentId, person: &Person) -> Result<(), Halt> {
    let part = copy.assignment(id)?;
    let scope = Verb::HandOver.need().scope(&person.actor);
    let reached = scope.is_some_and(|scope| scope.covers_unit(&part.unit, &part.unit_path));
    if person.actor.is_at(&part.unit) && reached && part.responsible != Some(person.user) {
        return Ok(());
    }
    Err(Fault::field("colleague", Code::InputPerson).into())
}
