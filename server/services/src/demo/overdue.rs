//! Deadlines that had passed before a bulk door's end: their timers have rung, as they would have while a server ran.
//! Not here: which timers there are (`fill`), ringing while a server runs (`host::jobs`).
//! The rows of timers that are still to ring are few: those of open tickets.

use anyhow::Context as _;
use shared::access::ActorKind;
use shared::calendar::Instant;
use shared::ticket::Verb;
use store::bulk::BulkTicket;
use store::record::{ClockEntry, ClockKind, Event, Timer};

use super::template::Template;
use crate::fault::Failure;
use crate::host::engine_number;
use crate::host::jobs::rang;

/// Rings what was due before an instant, in the order of the times.
pub(super) fn ring(
    template: &Template,
    ticket: &mut BulkTicket,
    until: Instant,
) -> Result<(), Failure> {
    let is_rung = |timer: &Timer| timer.due_at.is_some_and(|at| at <= until);
    let timers = std::mem::take(&mut ticket.timers).into_iter();
    let (mut rung, timers): (Vec<_>, Vec<_>) = timers.partition(is_rung);
    ticket.timers = timers;
    let Some((definition, instance)) = template.running.as_ref().filter(|_| !rung.is_empty())
    else {
        return Ok(());
    };
    rung.sort_by_key(|timer| timer.due_at);
    let mut instance = instance.clone();
    for timer in &rung {
        let number = engine_number(timer.timer_no);
        let step = bpmn::timer_due(&**definition, &instance, number)
            .with_context(|| format!("timer {} of {}", timer.element, ticket.ticket.id))?;
        instance = step.instance;
        tell(ticket, timer);
    }
    if let Some(kept) = &mut ticket.instance {
        kept.state = serde_json::to_string(&instance).context("process state")?;
    }
    Ok(())
}

/// The line of the history and the entry of the ledger, each at its place in time.
fn tell(ticket: &mut BulkTicket, timer: &Timer) {
    let Some(at) = timer.due_at else { return };
    let told = rang(timer);
    let place = ticket.events.partition_point(|event| event.at <= at);
    let Some(state) = ticket.events[..place].last().map(|event| event.to_state) else {
        return;
    };
    let line = Event {
        case_id: ticket.ticket.id.into(),
        seq: 0,
        verb: Verb::Ring,
        at,
        by: None,
        by_name: None,
        unit: None,
        assignment_id: told.assignment,
        element: told.element,
        task_no: None,
        from_state: Some(state),
        to_state: state,
        note: None,
        facts: told.facts,
        actor: Some(ActorKind::Process),
        actor_code: None,
        done_at: None,
    };
    ticket.events.insert(place, line);
    for (event, seq) in ticket.events.iter_mut().zip(1..) {
        event.seq = seq;
    }
    ticket.ticket.updated_at = ticket.ticket.updated_at.max(at);
    let holder = timer
        .assignment_id
        .and_then(|id| ticket.assignments.iter().find(|a| a.id == id));
    let entry = ClockEntry {
        assignment_id: timer.assignment_id,
        due_at: timer.due_at,
        limit_rule: holder.map_or(ticket.ticket.limit_rule, |a| a.limit_rule),
        ..ClockEntry::new(ticket.ticket.id.into(), ClockKind::Overdue, at)
    };
    let place = ticket.clock.partition_point(|entry| entry.at <= at);
    ticket.clock.insert(place, entry);
}
