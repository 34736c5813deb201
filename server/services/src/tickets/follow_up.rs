//! Follow-up call (回访) with its four separate questions: contacted, true, solved, satisfied (`domain.md` 0 item 3, 3.2 row 18).
//! A call that nobody answers is a try; three tries are enough to close.
//! Not here: closing (`close`) and ordering a redo (`redo`), which the caller decides afterwards.

use shared::ticket::verbs::FollowUp;
use shared::ticket::{RatingSource, Satisfaction, Verb, VisitChannel};
use store::record::{self, Rating};

use crate::cases::draft::{Draft, Halt, Told};
use crate::host::Decide;

impl Decide for FollowUp {
    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let opinion = self.opinion.as_deref().map(str::to_owned);
        let actor = draft.scene.actor;
        let call = record::FollowUp {
            id: draft.new_id(),
            ticket_id: draft.id(),
            cycle_no: draft.case.ticket.cycle_no,
            at: draft.now(),
            by: actor.user,
            by_name: actor.user.map(|_| actor.name.clone()),
            channel: channel(self),
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

/// How; people call unless they say otherwise.
fn channel(call: &FollowUp) -> VisitChannel {
    call.channel.unwrap_or(VisitChannel::Call)
}

/// The answer to the fourth question is a rating, with the call as its source.
fn rate(call: &FollowUp, draft: &mut Draft<'_>, satisfaction: Satisfaction, words: Option<String>) {
    let source = match channel(call) {
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
