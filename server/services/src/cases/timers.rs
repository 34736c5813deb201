//! Timers that ring at a deadline of the ticket: they move with it, whoever moves it and however.
//! Not here: setting them (`draft/kind`), what a rung one leaves (`draft/kind`), deadlines that a job moves (`store::tickets`).

use shared::calendar::Instant;
use shared::process::limit::Stage;
use store::record::{Case, Timer};

/// The deadline that a timer follows, absent where there is none now; `None` for a timer with a time of its own.
fn deadline(case: &Case, timer: &Timer) -> Option<Option<Instant>> {
    let stage = timer.stage?;
    let holder = timer
        .assignment_id
        .and_then(|id| case.assignments.iter().find(|a| a.id == id));
    match (stage, holder) {
        (Stage::Sign, Some(holder)) => Some(holder.sign_due_at),
        (Stage::Handle, Some(holder)) => Some(holder.due_at),
        (Stage::Ticket, _) => Some(case.ticket.due_at),
        // Counted once, when the step began.
        _ => None,
    }
}

/// Moves the timers to the deadlines as they are now. What was overdue already when its timer was set stays told.
pub(crate) fn follow(case: &mut Case, now: Instant) {
    let dues: Vec<_> = case
        .hung
        .timers
        .iter()
        .map(|timer| deadline(case, timer))
        .collect();
    for (timer, due) in case.hung.timers.iter_mut().zip(dues) {
        if let Some(due) = due
            && (timer.due_at.is_some() || due.is_some_and(|at| at > now))
        {
            timer.due_at = due;
        }
    }
}

/// A timer that rings at another time than its deadline, in words for administrators.
pub(crate) fn misplaced(case: &Case) -> Option<String> {
    let wrong = |timer: &&Timer| {
        let due = deadline(case, timer).flatten();
        due.is_some() && timer.due_at.is_some() && timer.due_at != due
    };
    let timer = case.hung.timers.iter().find(wrong)?;
    let words = |at: Option<Instant>| at.map_or_else(|| "never".to_owned(), Instant::rfc3339);
    let due = deadline(case, timer).flatten();
    let (no, at, due) = (timer.timer_no, words(timer.due_at), words(due));
    Some(format!("timer {no} rings {at} instead of {due}"))
}
