//! Rules that look at calls and ratings: whether a ticket may be closed, and whether its work is ordered anew.
//! Not here: which verb asks which of them (`super`).

use shared::fault::{Code, Fault};
use shared::ticket::rules::follow_up::{self, Tried};
use shared::ticket::{CallOutcome, RequestKind, Solved, TicketState, Verb, VisitChannel};
use store::record::{FollowUp, TicketCase};

use super::{MAX_CYCLES, refused};
use crate::process;

/// A redo needs a cause on the unit's side: a call or a rating of this cycle that says so; at most two (`domain.md` 3.2, row 19).
pub(super) fn redo(case: &TicketCase) -> Result<(), Fault> {
    if case.ticket.cycle_no >= MAX_CYCLES {
        return Err(Fault::new(Code::RedoExhausted).fact("max", MAX_CYCLES));
    }
    if process::lead(case).is_none() {
        return Err(refused(Verb::Redo, case));
    }
    if is_redo_justified(case) {
        Ok(())
    } else {
        Err(Fault::new(Code::RedoNotJustified))
    }
}

/// Whether a call or the latest rating of the running cycle says that the work was not done well.
pub fn is_redo_justified(case: &TicketCase) -> bool {
    let cycle = case.ticket.cycle_no;
    let call = case
        .follow_ups
        .iter()
        .rev()
        .find(|call| call.cycle_no == cycle && call.connected);
    let bad_call = call.is_some_and(|call| {
        call.satisfaction
            .is_some_and(|given| given.is_rated() && !given.is_satisfied())
            || matches!(call.solved, Some(Solved::No | Solved::Partly))
            || call.report_true == Some(false)
            || call.staff_contacted == Some(false)
    });
    let rating = case
        .ratings
        .iter()
        .rev()
        .find(|rating| rating.cycle_no == cycle);
    bad_call || rating.is_some_and(is_bad)
}

/// Whether a rating offers a redo.
pub fn is_bad(rating: &store::record::Rating) -> bool {
    follow_up::is_bad(rating.satisfaction, rating.solved)
}

/// Sampling is allowed for inquiries only (`domain.md` 3.2, row 18).
pub fn may_be_sampled_out(case: &TicketCase) -> bool {
    case.ticket.kind == RequestKind::Inquiry
}

/// The fault for closing too early, with the tries made and needed.
pub fn follow_up_missing(case: &TicketCase) -> Fault {
    let tried = tried(case);
    Fault::new(Code::FollowUpMissing)
        .fact("tries", tried.tries)
        .fact("days", tried.days)
        .fact("needed", follow_up::TRIES)
}

/// Whether the follow-up of the running cycle is complete: somebody answered or wants no call, a rating came in, or enough was tried.
pub fn is_followed_up(case: &TicketCase) -> bool {
    let cycle = case.ticket.cycle_no;
    calls(case).any(|call| call.connected || call.outcome == Some(CallOutcome::Refused))
        || tried(case).is_enough()
        || case.ratings.iter().any(|rating| rating.cycle_no == cycle)
}

/// Whether the citizen wants no call, and nobody else has said anything.
pub fn wants_no_call(case: &TicketCase) -> bool {
    calls(case).any(|call| call.outcome == Some(CallOutcome::Refused))
}

/// The calls of the running cycle.
fn calls(case: &TicketCase) -> impl Iterator<Item = &FollowUp> {
    let cycle = case.ticket.cycle_no;
    let all = case.follow_ups.iter();
    all.filter(move |call| call.cycle_no == cycle)
}

/// Tries in which nobody could be spoken to, by when they were made. What an earlier release noted says no more than that.
fn tried(case: &TicketCase) -> Tried {
    let is_silent = |call: &&FollowUp| {
        !call.connected
            && call.channel != VisitChannel::Sms
            && call.outcome.is_none_or(CallOutcome::is_silent)
    };
    let silent = calls(case).filter(is_silent);
    Tried::of(silent.map(|call| call.done_at.unwrap_or(call.at)))
}

/// The follow-up role is offered a redo of a closed ticket whose latest rating is bad.
pub fn offers_redo(case: &TicketCase) -> bool {
    case.ticket.state == TicketState::Closed && redo(case).is_ok()
}
