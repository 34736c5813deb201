//! Urge (催办): a nudge by the citizen, or taken down by an agent for a caller, once per working day.
//! Nothing moves in the process; the count and the words stand on the ticket for whoever works on it.
//! Not here: supervision orders, which have deadlines of their own.

use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::TicketId;
use shared::input::Tidy;
use shared::ticket::command::Urge;
use shared::ticket::view::Acted;
use shared::ticket::{Verb, rules};
use store::record::Case;

use crate::cases::draft::{Draft, Halt, Told};
use crate::cases::flow::Day;
use crate::cases::perform::{Order, Target, perform};
use crate::context::Ctx;

impl Order for Urge {
    type On = Case;

    fn verb(&self) -> Verb {
        Verb::Urge
    }

    fn version(&self) -> Option<i32> {
        None
    }

    fn tidy(&mut self) {
        Tidy::tidy(self);
    }

    fn check(&self, _now: Instant) -> Result<(), Fault> {
        rules::urge(self)
    }

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

/// Takes down that a caller urges.
///
/// # Errors
/// The faults of the runner; `ticket.urge.once_per_day`.
pub async fn urge(ctx: &Ctx, id: TicketId, command: Urge) -> Result<Acted, Fault> {
    perform(ctx, Target::Ticket(id), command).await
}
