//! Follow-up call (回访) with its four separate questions: contacted, true, solved, satisfied (`domain.md` 0 item 3, 3.2 row 18).
//! A call that nobody answers is a try; three tries are enough to close.
//! Not here: closing (`close`) and ordering a redo (`redo`), which the caller decides afterwards.

use shared::ticket::verbs::FollowUp;
use shared::ticket::{RatingSource, Satisfaction, Verb, VisitChannel};
use store::record::{self, Rating};

use crate::host::Decide;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for FollowUp {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let opinion = self.opinion.as_deref().map(str::to_owned);
        let actor = copy.scene.actor;
        let call = record::FollowUp {
            id: copy.new_id(),
            ticket_id: copy.id(),
            cycle_no: copy.case.ticket.cycle_no,
            at: copy.now(),
            by: actor.user(),
            by_name: actor.signature(),
            channel: channel(self),
            connected: self.connected,
            staff_contacted: self.staff_contacted,
            report_true: self.report_true,
            solved: self.solved,
            satisfaction: self.satisfaction,
            opinion: opinion.clone(),
        };
        copy.add_follow_up(call);
        let mut told = Told::default()
            .note(opinion.as_deref())
            .fact("connected", self.connected);
        if let Some(satisfaction) = self.satisfaction {
            told = told.fact("satisfaction", satisfaction);
            rate(self, copy, satisfaction, opinion);
        }
        if let Some(solved) = self.solved {
            told = told.fact("solved", solved);
        }
        copy.event(Verb::FollowUp, told);
        Ok(())
    }
}

/// How; people call unless they say otherwise.
fn channel(call: &FollowUp) -> VisitChannel {
    call.channel.unwrap_or(VisitChannel::Call)
}

/// The answer to the fourth question is a rating, with the call as its source.
fn rate(
    call: &FollowUp,
    copy: &mut WorkingCopy<'_>,
    satisfaction: Satisfaction,
    words: Option<String>,
) {
    let source = match channel(call) {
        VisitChannel::Call | VisitChannel::Robot => RatingSource::Call,
        VisitChannel::Sms => RatingSource::Sms,
    };
    let rating = Rating {
        id: copy.new_id(),
        ticket_id: copy.id(),
        cycle_no: copy.case.ticket.cycle_no,
        at: copy.now(),
        source,
        satisfaction,
        solved: call.solved,
        words,
    };
    copy.add_rating(rating);
}
