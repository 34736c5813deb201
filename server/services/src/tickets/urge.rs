//! Urge (催办): a nudge by the citizen, or taken down by an agent for a caller, once per working day.
//! Nothing moves in the process; the count and the words stand on the ticket for whoever works on it.
//! Not here: supervision orders, which have deadlines of their own.

use shared::ticket::Verb;
use shared::ticket::verbs::Urge;

use crate::cases::draft::{Draft, Halt, Told};
use crate::cases::flow::Day;
use crate::host::Decide;

impl Decide for Urge {
    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let today = Day::of(&draft.scene.reference.calendar, draft.now());
        let ticket = draft.ticket();
        ticket.urge_count += 1;
        ticket.last_urged_on = Some(today.0);
        let count = ticket.urge_count;
        draft.event(
            Verb::Urge,
            Told::default()
                .note(self.message.as_deref())
                .fact("count", count),
        );
        Ok(())
    }
}
