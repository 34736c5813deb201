//! Three-way call (三方通话): who was on the line stands in the history and the call is counted; what is solved is answered at the desk.
//! Not here: what a direct answer does (`answer`).
//! A unit that was on the line gets no assignment by it.

use shared::fault::{Code, Fault};
use shared::ticket::Verb;
use shared::ticket::verbs::ThreeWay;

use crate::host::Decide;
use crate::tickets::opening::takes_assignments;
use crate::tickets::verbs::answer;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for ThreeWay {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let units = &copy.scene.reference.units;
        let unit = units.get(self.line_unit.as_str());
        if !unit.is_some_and(takes_assignments) {
            return Err(Fault::field("line_unit", Code::InputUnit).into());
        }
        let now = copy.now();
        copy.ticket().three_way_at = Some(now);
        let told = Told::default()
            .note(Some(&*self.answer))
            .fact("line_unit", &self.line_unit)
            .fact("line_with", &*self.line_with)
            .fact("line_solved", self.solved);
        copy.event(Verb::ThreeWay, told);
        if self.solved {
            answer::give(copy, &self.answer)?;
        }
        Ok(())
    }
}
