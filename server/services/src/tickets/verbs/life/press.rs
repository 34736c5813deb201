//! Leaders urge (领导催办): every unit whose part is open is told, its leader too by a red card or a call; the history keeps how and what.
//! Once a working day, apart from the citizen's urge, which counts by itself.
//! Not here: directives (`supervise`), the ladder's own notices (`tickets::ladder`).

use shared::access::Role;
use shared::fault::{Code, Fault};
use shared::notice::NoticeKind;
use shared::ticket::verbs::Press;
use shared::ticket::{PressKind, Verb};

use crate::host::Decide;
use crate::tickets::flow::Day;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for Press {
    const LOOKS_BACK: bool = true;

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let calendar = &copy.scene.reference.calendar;
        let today = Day::of(calendar, copy.now());
        let mut lines = copy.history.iter().rev();
        let last = lines.find(|line| line.verb == Verb::Press);
        if last.is_some_and(|line| Day::of(calendar, line.at) == today) {
            return Err(Fault::new(Code::UrgedToday).into());
        }
        let mut roles = vec![Role::UnitLiaison, Role::Handler];
        if self.press != PressKind::Yellow {
            roles.push(Role::UnitReviewer);
        }
        let parts = copy.case.assignments.iter();
        let open = parts.filter(|part| part.status.is_open());
        let mut units: Vec<String> = open.map(|part| part.unit.clone()).collect();
        units.sort();
        units.dedup();
        for unit in &units {
            copy.tell_unit(NoticeKind::Pressed, unit, &roles);
        }
        let told = Told::default()
            .note(Some(&*self.message))
            .fact("press", self.press);
        copy.event(Verb::Press, told);
        Ok(())
    }
}
