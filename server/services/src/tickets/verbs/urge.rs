//! Urge by telephone (电话催办), by the centre; and urge (催办): a nudge by the citizen, or taken down by an agent for a caller, once per working day.
//! Nothing moves in the process; the count and the words stand on the ticket for whoever works on it.
//! Not here: supervision orders, which have deadlines of their own.

use shared::access::Role;
use shared::notice::NoticeKind;
use shared::ticket::Verb;
use shared::ticket::verbs::{PhoneUrge, Urge};

use crate::host::Decide;
use crate::tickets::flow::Day;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for Urge {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let today = Day::of(&copy.scene.reference.calendar, copy.now());
        let ticket = copy.ticket();
        ticket.urge_count += 1;
        ticket.last_urged_on = Some(today.0);
        let count = ticket.urge_count;
        let lead = ticket.lead_unit.clone();
        if let Some(unit) = lead {
            copy.tell_unit(
                NoticeKind::Urged,
                &unit,
                &[Role::UnitLiaison, Role::Handler],
            );
        }
        copy.event(
            Verb::Urge,
            Told::default()
                .note(self.message.as_deref())
                .fact("count", count),
        );
        Ok(())
    }
}

impl Decide for PhoneUrge {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        // Whoever looks at the assignment has to look again.
        copy.change_assignment(id, |_| ())?;
        let told = Told::default()
            .of(id)
            .note(Some(&*self.urge_said))
            .fact("reached", self.reached)
            .fact("called", &*self.called);
        copy.event(Verb::PhoneUrge, told);
        Ok(())
    }
}
