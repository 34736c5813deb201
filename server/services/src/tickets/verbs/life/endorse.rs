//! The unit's own word on what it asks of the centre (单位审批): passed on or stopped by its leader.
//! Not here: the request itself and whose task it is (`applications::endorse`).
//! Whoever asked does not pass the own request.

use shared::fault::{Code, Fault};
use shared::ticket::Verb;
use shared::ticket::verbs::Endorse;

use crate::applications;
use crate::host::Decide;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for Endorse {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let part = copy.aimed()?;
        let waits = applications::with_unit(&copy.case, part);
        let waits = waits.ok_or_else(|| copy.not_allowed(Verb::Endorse))?;
        let (id, sort, asked_by) = (waits.id, waits.sort, waits.asked_by);
        let actor = copy.scene.actor.user();
        if actor.is_some() && actor == asked_by {
            return Err(Fault::new(Code::RulingSamePerson).into());
        }
        let words = self.opinion.as_deref();
        copy.endorse(id, self.endorse, words)?;
        // Whoever looks at the assignment has to look again.
        copy.change_assignment(part, |_| ())?;
        let told = Told::default()
            .of(part)
            .note(words)
            .fact("sort", sort)
            .fact("endorsed", self.endorse);
        copy.event(Verb::Endorse, told);
        Ok(())
    }
}
