//! Follow-up call (回访) with its four separate questions: contacted, true, solved, satisfied (`domain.md` 0 item 3, 3.2 row 18).
//! A call that nobody answers is a try; three on two days at different hours are enough to close. Who asks for another time is called then.
//! Not here: closing (`close`) and ordering a redo (`redo`), which the caller decides afterwards.

use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ticket::verbs::FollowUp;
use shared::ticket::{CallOutcome, RatingSource, Satisfaction, Verb, VisitChannel};
use store::record::{self, Rating};

use crate::host::Decide;
use crate::tickets::questionnaire;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for FollowUp {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let opinion = self.opinion.as_deref().map(str::to_owned);
        let appointed_at = appointed(self, copy.now())?;
        let outcome = outcome(self);
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
            outcome: Some(outcome),
            appointed_at,
            done_at: copy.scene.done_at,
        };
        copy.add_follow_up(call);
        let mut told = Told::default()
            .note(opinion.as_deref())
            .fact("connected", self.connected);
        if outcome != CallOutcome::Answered {
            told = told.fact("call_outcome", outcome);
        }
        if let Some(at) = appointed_at {
            told = told.fact("appointed_at", at.rfc3339());
        }
        if let Some(satisfaction) = self.satisfaction {
            told = told.fact("satisfaction", satisfaction);
            rate(self, copy, satisfaction, opinion);
        }
        if let Some(solved) = self.solved {
            told = told.fact("solved", solved);
        }
        copy.event(Verb::FollowUp, told);
        if outcome.is_silent() && copy.scene.reference.follow_up.ask_after_call {
            questionnaire::ask(copy);
        }
        Ok(())
    }
}

/// What came of it; nobody answered where nothing is said.
fn outcome(call: &FollowUp) -> CallOutcome {
    if call.connected {
        CallOutcome::Answered
    } else {
        call.outcome.unwrap_or(CallOutcome::NoAnswer)
    }
}

/// Days within which a call is agreed upon.
const APPOINTED_DAYS: i64 = 30;

/// When the citizen wants to be called: later than now, and not in the far future.
fn appointed(call: &FollowUp, now: Instant) -> Result<Option<Instant>, Fault> {
    let Some(at) = call.appointed_at.map(|moment| moment.0) else {
        return Ok(None);
    };
    let last = now.0 + APPOINTED_DAYS * 24 * 3_600_000;
    if at <= now || at.0 > last {
        return Err(Fault::field("appointed_at", Code::CallTime));
    }
    Ok(Some(at))
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
        settled_at: None,
    };
    copy.add_rating(rating);
}
