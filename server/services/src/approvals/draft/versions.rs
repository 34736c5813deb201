//! A draft on another version of its definition, and back: open things keep their numbers and get the names that the version has.
//! Not here: finding the places (`bpmn::change`), one transaction per case (`owner`).
//! Timers that both versions have run on; those that only one has are set or gone.

use super::Draft;
use crate::host::number;

impl Draft<'_> {
    /// Names the elements of open things as another version of the definition has them; their numbers stay.
    pub fn rename(&mut self, instance: &bpmn::Instance) {
        for open in instance.tasks() {
            let no = number(open.id);
            for task in self.case.hung.tasks.iter_mut().filter(|t| t.task_no == no) {
                task.element.clone_from(&open.element);
            }
            for call in self.case.hung.calls.iter_mut().filter(|c| c.task_no == no) {
                call.element.clone_from(&open.element);
            }
            for incident in self
                .case
                .hung
                .incidents
                .iter_mut()
                .filter(|i| i.settled_at.is_none() && i.task_no == Some(no))
            {
                incident.element.clone_from(&open.element);
            }
        }
        for open in instance.timers() {
            let no = number(open.id);
            for timer in self
                .case
                .hung
                .timers
                .iter_mut()
                .filter(|t| t.timer_no == no)
            {
                timer.element.clone_from(&open.element);
            }
        }
    }

    /// Keeps the timers that a state has, and sets those that it has and the case has not.
    pub fn restore_timers(&mut self, instance: &bpmn::Instance) {
        let open = instance.timers();
        self.case
            .hung
            .timers
            .retain(|timer| open.iter().any(|o| number(o.id) == timer.timer_no));
        for timer in open {
            let no = number(timer.id);
            if !self.case.hung.timers.iter().any(|t| t.timer_no == no) {
                self.set_timer(no, timer.element, (&timer.spec, &timer.vars));
            }
        }
    }
}
