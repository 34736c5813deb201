//! Timers that ring at a deadline of the ticket: they move with it, whoever moves it and however.
//! Not here: setting them (`working_copy/kind`), what a rung one leaves (`working_copy/kind`), deadlines that a job moves (`store::tickets`).

use shared::calendar::Instant;
use shared::process::limit::Stage;
use shared::process::mismatch::Mismatch;
use store::record::{TicketCase, Timer};

/// What a timer rings at.
enum Rings {
    /// At a time of its own, counted once when its step began.
    AtItsOwn,
    /// At a deadline of the case, if there is one now.
    AtDeadline(Option<Instant>),
}

fn rings(case: &TicketCase, timer: &Timer) -> Rings {
    let Some(stage) = timer.stage else {
        return Rings::AtItsOwn;
    };
    let holder = timer
        .assignment_id
        .and_then(|id| case.assignments.iter().find(|a| a.id == id));
    match (stage, holder) {
        (Stage::Sign, Some(holder)) => Rings::AtDeadline(holder.sign_due_at),
        (Stage::Handle, Some(holder)) => Rings::AtDeadline(holder.due_at),
        (Stage::Ticket, _) => Rings::AtDeadline(case.ticket.due_at),
        _ => Rings::AtItsOwn,
    }
}

/// Moves the timers to the deadlines as they are now. What was overdue already when its timer was set stays told.
pub(crate) fn follow(case: &mut TicketCase, now: Instant) {
    let dues: Vec<_> = case
        .hung
        .timers
        .iter()
        .map(|timer| rings(case, timer))
        .collect();
    for (timer, due) in case.hung.timers.iter_mut().zip(dues) {
        if let Rings::AtDeadline(due) = due
            && (timer.due_at.is_some() || due.is_some_and(|at| at > now))
        {
            timer.due_at = due;
        }
    }
}

/// A timer that rings at another time than its deadline.
pub(crate) fn misplaced(case: &TicketCase) -> Option<Mismatch> {
    let wrong = |timer: &Timer| match rings(case, timer) {
        Rings::AtDeadline(Some(due)) => timer.due_at.filter(|at| *at != due).map(|at| (at, due)),
        _ => None,
    };
    let mut timers = case.hung.timers.iter();
    let (timer, (at, due)) = timers.find_map(|timer| Some((timer.timer_no, wrong(timer)?)))?;
    Some(Mismatch::Timer { timer, at, due })
}
