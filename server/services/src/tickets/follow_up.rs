//! Follow-up call (回访) with its four separate questions: contacted, true, solved, satisfied (`domain.md` 0 item 3, 3.2 row 18).
//! A call that nobody answers is a try; three tries are enough to close.
//! Not here: closing (`close`) and ordering a redo (`redo`), which the caller decides afterwards.

use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::TicketId;
use shared::input::Tidy;
use shared::ticket::command::FollowUp;
use shared::ticket::view::Acted;
use shared::ticket::{RatingSource, Satisfaction, Verb, VisitChannel, rules};
use store::record::{self, Case, Rating};

use crate::cases::draft::{Draft, Halt, Told};
use crate::cases::perform::{Order, Target, perform};
use crate::context::Ctx;

impl Order for FollowUp {
    type On = Case;

    fn verb(&self) -> Verb {
        Verb::FollowUp
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn tidy(&mut self) {
        Tidy::tidy(self);
    }

    fn check(&self, _now: Instant) -> Result<(), Fault> {
        rules::follow_up(self)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let opinion = self
            .opinion
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned);
        let actor = draft.scene.actor;
        let call = record::FollowUp {
            id: draft.new_id(),
            ticket_id: draft.id(),
            cycle_no: draft.case.ticket.cycle_no,
            at: draft.now(),
            by: actor.user,
            by_name: actor.user.map(|_| actor.name.clone()),
            channel: self.channel,
            connected: self.connected,
            staff_contacted: self.staff_contacted,
            report_true: self.report_true,
            solved: self.solved,
            satisfaction: self.satisfaction,
            opinion: opinion.clone(),
        };
        draft.add_follow_up(call);
        let mut told = Told::default()
            .note(opinion.as_deref())
            .fact("connected", self.connected);
        if let Some(satisfaction) = self.satisfaction {
            told = told.fact("satisfaction", satisfaction);
            rate(self, draft, satisfaction, opinion);
        }
        if let Some(solved) = self.solved {
            told = told.fact("solved", solved);
        }
        draft.event(Verb::FollowUp, told);
        Ok(())
    }
}

/// The answer to the fourth question is a rating, with the call as its source.
fn rate(call: &FollowUp, draft: &mut Draft<'_>, satisfaction: Satisfaction, words: Option<String>) {
    let source = match call.channel {
        VisitChannel::Call | VisitChannel::Robot => RatingSource::Call,
        VisitChannel::Sms => RatingSource::Sms,
    };
    let rating = Rating {
        id: draft.new_id(),
        ticket_id: draft.id(),
        cycle_no: draft.case.ticket.cycle_no,
        at: draft.now(),
        source,
        satisfaction,
        solved: call.solved,
        words,
    };
    draft.add_rating(rating);
}

/// Records a follow-up call.
///
/// # Errors
/// The faults of the runner; `ticket.flow.not_allowed` before the closing review has passed.
pub async fn follow_up(ctx: &Ctx, id: TicketId, command: FollowUp) -> Result<Acted, Fault> {
    perform(ctx, Target::Ticket(id), command).await
}
