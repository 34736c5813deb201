//! Deadlines that move while the work goes on: what was added to an assignment's limit (working days, time for which it stood still, a promised day) and
//! to the ticket's own. A deadline is counted anew from the limit and all that was added, as the consistency check counts it.
//! Not here: why something is added (`verbs::extend`, `holds`), the counting (`shared::calendar`).

use shared::calendar::{Added, Due, Instant, WorkCalendar};
use shared::ids::AssignmentId;
use shared::process::limit::Limit;
use shared::ticket::LimitUnit;
use store::record::{Assignment, Ticket, TicketCase};

use super::opening;
use super::working_copy::WorkingCopy;
use crate::fault::Failure;

/// What was added to an assignment's limit so far.
pub(crate) fn added(assignment: &Assignment) -> Added {
    Added {
        days: assignment.extended_days,
        paused: assignment.paused_minutes,
        promised: assignment.promised_at,
    }
}

/// What was added to the ticket's own.
pub(crate) fn added_to_ticket(ticket: &Ticket) -> Added {
    Added {
        paused: ticket.paused_minutes,
        ..Added::default()
    }
}

/// Whether the ticket's deadline is not before this assignment's: something was added to it, or it is of a redo.
pub(crate) fn leads_on(assignment: &Assignment) -> bool {
    assignment.cycle_no > 0 || added(assignment) != Added::default()
}

/// Whether the ticket's deadline is that of such an assignment.
pub(crate) fn is_led(case: &TicketCase) -> bool {
    let due = case.ticket.due_at;
    let mut parts = case.assignments.iter();
    due.is_some() && parts.any(|part| part.due_at == due && leads_on(part))
}

/// Minutes for which an assignment's clock stands still between two moments.
pub(crate) fn still(
    calendar: &WorkCalendar,
    assignment: &Assignment,
    span: (Instant, Instant),
) -> i32 {
    let unit = assignment.limit_unit.filter(|_| is_limited(assignment));
    // One that came without a limit is moved by the time that has passed.
    calendar.stood_still(span, unit.unwrap_or(LimitUnit::Minutes))
}

fn is_limited(assignment: &Assignment) -> bool {
    assignment.limit_value.is_some() && assignment.limit_unit.is_some()
}

/// Changes what was added to an assignment's limit; its deadline and the tasks that show it move.
pub(crate) fn add(
    copy: &mut WorkingCopy<'_>,
    id: AssignmentId,
    change: impl FnOnce(&mut Assignment),
) -> Result<(), Failure> {
    let old = copy.assignment(id)?.clone();
    let mut new = old.clone();
    change(&mut new);
    let hours = &copy.scene.reference.hours;
    let due = due_of(hours.of_unit(&old.unit), &old, &new);
    copy.change_assignment(id, |assignment| {
        assignment.extended_days = new.extended_days;
        assignment.paused_minutes = new.paused_minutes;
        assignment.promised_at = new.promised_at;
        if let Some(due) = due {
            assignment.due_at = Some(due.at);
            assignment.warn_at = Some(due.warn_at);
            assignment.provisional = due.provisional;
        }
    })?;
    if let Some(due) = due {
        show(copy, (id, old.due_at), due);
    }
    Ok(())
}

/// Gives an assignment another limit from its dispatch, with what was added to it; its deadline and the tasks that show it move.
pub(crate) fn set_limit(
    copy: &mut WorkingCopy<'_>,
    id: AssignmentId,
    limit: Limit,
) -> Result<(), Failure> {
    let old = copy.assignment(id)?.clone();
    let calendar = copy.scene.reference.hours.of_unit(&old.unit);
    let due = calendar.due_with(old.dispatched_at, limit, added(&old));
    copy.change_assignment(id, |assignment| {
        assignment.limit_rule = None;
        assignment.limit_value = Some(limit.value);
        assignment.limit_unit = Some(limit.unit);
        assignment.due_at = Some(due.at);
        assignment.warn_at = Some(due.warn_at);
        assignment.provisional = due.provisional;
    })?;
    show(copy, (id, old.due_at), due);
    Ok(())
}

/// The tasks that showed an assignment's deadline show the new one.
fn show(copy: &mut WorkingCopy<'_>, (id, old): (AssignmentId, Option<Instant>), due: Due) {
    let tasks = copy.case.hung.tasks.iter_mut();
    for task in tasks.filter(|task| task.assignment_id == Some(id) && task.due_at == old) {
        task.due_at = Some(due.at);
        task.warn_at = Some(due.warn_at);
        task.provisional = due.provisional;
    }
}

/// The deadline with what is added now; nothing where there is none.
fn due_of(calendar: &WorkCalendar, old: &Assignment, new: &Assignment) -> Option<Due> {
    match (new.limit_value.zip(new.limit_unit), old.due_at) {
        (Some((value, unit)), _) => {
            let limit = Limit { value, unit };
            Some(calendar.due_with(new.dispatched_at, limit, added(new)))
        }
        // One that came without a limit counts from itself, by what is new.
        (None, Some(due)) => {
            let nothing = Limit {
                value: 0,
                unit: LimitUnit::Minutes,
            };
            let more = Added {
                days: new.extended_days - old.extended_days,
                paused: new.paused_minutes - old.paused_minutes,
                promised: new.promised_at,
            };
            Some(calendar.due_with(due, nothing, more))
        }
        (None, None) if new.promised_at.is_some() => {
            let at = new.promised_at?;
            Some(Due {
                at,
                warn_at: at,
                provisional: false,
            })
        }
        (None, None) => None,
    }
}

/// Changes for how long the ticket's own clock stood still; its deadline follows, and then those of its assignments where they end later.
pub(crate) fn add_to_ticket(copy: &mut WorkingCopy<'_>, minutes: i32) -> Result<(), Failure> {
    let ticket = copy.ticket();
    ticket.paused_minutes = ticket.paused_minutes.saturating_add(minutes).max(0);
    let ticket = &copy.case.ticket;
    if let Some((value, unit)) = ticket.limit_value.zip(ticket.limit_unit) {
        let limit = Limit { value, unit };
        let calendar = copy.scene.reference.hours.of_place(&ticket.region);
        let due = calendar.due_with(ticket.accepted_at, limit, added_to_ticket(ticket));
        let ticket = copy.ticket();
        ticket.due_at = Some(due.at);
        ticket.warn_at = Some(due.warn_at);
        ticket.provisional = due.provisional;
    }
    follow(copy)
}

/// The ticket's deadline is not before that of an assignment to which something was added, or of a redo.
pub(crate) fn follow(copy: &mut WorkingCopy<'_>) -> Result<(), Failure> {
    let later = copy.case.assignments.iter();
    let later: Vec<AssignmentId> = later.filter(|it| leads_on(it)).map(|it| it.id).collect();
    for id in later {
        opening::follow(copy, id)?;
    }
    Ok(())
}
