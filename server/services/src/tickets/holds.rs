//! Holds: a ticket that is suspended (挂起), whose clocks stand still until a day, and one that is tracked (承诺跟踪) until a promised day. When the day
//! begins, when somebody resumes or answers before it, or when the citizen writes for whose papers it waited, the work goes on. While it is suspended the deadlines stand where they will be if it goes on
//! on its day, so that nothing becomes overdue meanwhile; going on earlier moves them back to the time that was really waited.
//! Not here: asking for it and ruling on it (`verbs::suspend`, `verbs::interim`), the counting (`clocks`).

use shared::access::Role;
use shared::application::SuspensionReason;
use shared::calendar::{Instant, day_start};
use shared::fault::{Code, Fault, FieldFault};
use shared::ids::AssignmentId;
use shared::notice::NoticeKind;
use shared::ticket::{Hold, Verb};
use store::record::{ClockKind, Ticket, TicketCase};

use super::clocks;
use super::working_copy::{Halt, Told, WorkingCopy};
use crate::context::Services;
use crate::fault::Failure;
use crate::host::jobs;
use crate::jobs::Done;
use crate::process;

/// Tickets of one run.
const BATCH: u32 = 200;
/// How long before a promised day its unit is reminded, in milliseconds.
const REMINDED: i64 = 86_400_000;

/// A day ahead, at most so many days from today, as the moment at which it begins.
pub(crate) fn ahead(now: Instant, day: chrono::NaiveDate, most: u64) -> Result<Instant, Fault> {
    let today = now.date();
    let (first, last) = (
        shared::calendar::days_after(today, 1),
        shared::calendar::days_after(today, most),
    );
    if (first..=last).contains(&day) {
        return Ok(day_start(day));
    }
    let range = [("min", first), ("max", last)];
    Err(Fault::fields(vec![FieldFault {
        field: "until".to_owned(),
        code: Code::InputDay,
        facts: range
            .map(|(name, day)| (name.to_owned(), day.to_string()))
            .into(),
    }]))
}

/// What a ticket waits for.
pub(crate) struct Held<'a> {
    pub hold: Hold,
    /// When it goes on by itself.
    pub until: Instant,
    /// What the citizen reads: of a suspension the code of its reason.
    pub words: Option<&'a str>,
}

fn hold(copy: &mut WorkingCopy<'_>, held: &Held<'_>) {
    let now = copy.now();
    let ticket = copy.ticket();
    ticket.hold = Some(held.hold);
    ticket.held_since = Some(now);
    ticket.held_until = Some(held.until);
    ticket.hold_words = held.words.map(str::to_owned);
    ticket.hold_told = false;
}

/// Suspends the ticket: all its clocks stand still until the day.
pub(crate) fn suspend(
    copy: &mut WorkingCopy<'_>,
    until: Instant,
    reason: &str,
) -> Result<(), Halt> {
    let held = Held {
        hold: Hold::Suspended,
        until,
        words: Some(reason),
    };
    hold(copy, &held);
    let now = copy.now();
    stand_still(copy, (now, until), 1)?;
    log(copy, ClockKind::Pause, now)?;
    Ok(())
}

/// Makes a promise: the lead's deadline is not before the end of the promised day.
pub(crate) fn promise(
    copy: &mut WorkingCopy<'_>,
    id: AssignmentId,
    (until, words): (Instant, &str),
) -> Result<(), Halt> {
    let held = Held {
        hold: Hold::Tracking,
        until,
        words: Some(words),
    };
    hold(copy, &held);
    let unit = copy.assignment(id)?.unit.clone();
    let end = copy
        .scene
        .reference
        .hours
        .of_unit(&unit)
        .close(until.date());
    clocks::add(copy, id, |assignment| assignment.promised_at = Some(end))?;
    copy.assignment_clock(id, ClockKind::Promise)?;
    let before = copy.case.ticket.due_at;
    clocks::follow(copy)?;
    if copy.case.ticket.due_at != before {
        copy.ticket_clock(ClockKind::Promise);
    }
    Ok(())
}

/// Ends a hold; whether there was one. Of a suspension the time that was not waited after all is taken off again.
pub(crate) fn go_on(copy: &mut WorkingCopy<'_>) -> Result<bool, Failure> {
    let now = copy.now();
    let ticket = copy.ticket();
    let Some(hold) = ticket.hold.take() else {
        return Ok(false);
    };
    let since = ticket.held_since.take().unwrap_or(now);
    let until = ticket.held_until.take().unwrap_or(now);
    ticket.hold_words = None;
    ticket.hold_told = false;
    if hold == Hold::Suspended {
        if now < until {
            stand_still(copy, (since, until), -1)?;
            stand_still(copy, (since, now), 1)?;
        }
        log(copy, ClockKind::Resume, since)?;
    }
    Ok(true)
}

/// Whether the ticket stands still until the citizen hands something in.
pub(crate) fn waits_for_citizen(ticket: &Ticket) -> bool {
    ticket.hold == Some(Hold::Suspended)
        && ticket.hold_words.as_deref() == Some(SuspensionReason::Supplement.as_str())
}

/// Goes on with what waited for the citizen, who has written or handed something in; nothing where it does not wait for that.
pub(crate) fn supplied(copy: &mut WorkingCopy<'_>) -> Result<Option<()>, Failure> {
    if !waits_for_citizen(&copy.case.ticket) || !go_on(copy)? {
        return Ok(None);
    }
    let lead = process::lead(&copy.case).map(|lead| (lead.id, lead.unit.clone(), lead.due_at));
    let told = Told::default().fact("supplied", true);
    let Some((id, unit, due)) = lead else {
        copy.event(Verb::ResumeWork, told);
        return Ok(Some(()));
    };
    let due = due.map_or_else(String::new, Instant::rfc3339);
    copy.event(Verb::ResumeWork, told.of(id).fact("due_at", due));
    copy.tell_unit(
        NoticeKind::GoesOn,
        &unit,
        &[Role::UnitLiaison, Role::Handler],
    );
    Ok(Some(()))
}

/// The assignments whose clocks stand still with the ticket's.
fn held_parts(copy: &WorkingCopy<'_>, since: Instant) -> Vec<AssignmentId> {
    let ticket = &copy.case.ticket;
    let parts = copy.case.assignments.iter();
    parts
        .filter(|it| it.cycle_no == ticket.cycle_no && it.ended_at.is_none())
        .filter(|it| it.status.is_open() && it.dispatched_at <= since)
        .map(|it| it.id)
        .collect()
}

/// Adds the minutes between two moments to what each clock stood still, or takes them off.
fn stand_still(
    copy: &mut WorkingCopy<'_>,
    span: (Instant, Instant),
    sign: i32,
) -> Result<(), Failure> {
    let reference = copy.scene.reference;
    for id in held_parts(copy, span.0) {
        let part = copy.assignment(id)?;
        let minutes = clocks::still(reference.hours.of_unit(&part.unit), part, span);
        clocks::add(copy, id, |assignment| {
            assignment.paused_minutes += sign * minutes;
        })?;
    }
    let ticket = &copy.case.ticket;
    let unit = ticket.limit_unit;
    let calendar = reference.hours.of_place(&ticket.region);
    let minutes = unit.map_or(0, |unit| calendar.stood_still(span, unit));
    clocks::add_to_ticket(copy, sign * minutes)
}

/// Tells the ledger of every clock.
fn log(copy: &mut WorkingCopy<'_>, kind: ClockKind, since: Instant) -> Result<(), Failure> {
    for id in held_parts(copy, since) {
        copy.assignment_clock(id, kind)?;
    }
    copy.ticket_clock(kind);
    Ok(())
}

/// Goes on with what has waited long enough, and reminds units of promises whose day is near.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    // A clock that has just jumped forwards may jump back.
    if !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let now = services.now();
    let near = Instant(now.0.saturating_add(REMINDED));
    let due = store::tickets::held(&services.store().reader(), (now, near), BATCH).await?;
    let more = due.len() == BATCH as usize;
    let mut count = 0;
    for id in due {
        let has_done = jobs::by_itself::<TicketCase>(services, id.into(), ring).await?;
        count += u64::from(has_done);
    }
    Ok(Done {
        count,
        more: more && count > 0,
    })
}

/// What the moment brings; nothing where it is not there any more.
fn ring(copy: &mut WorkingCopy<'_>) -> Result<bool, Failure> {
    let now = copy.now();
    let ticket = &copy.case.ticket;
    let (Some(hold), Some(until)) = (ticket.hold, ticket.held_until) else {
        return Ok(false);
    };
    let lead = ticket.lead_unit.clone();
    let roles = [Role::UnitLiaison, Role::Handler];
    if until <= now {
        let told = Told::default()
            .fact("hold", hold)
            .fact("due_at", until.rfc3339());
        go_on(copy)?;
        copy.event(Verb::Ring, told);
        if let Some(unit) = lead {
            copy.tell_unit(NoticeKind::GoesOn, &unit, &roles);
        }
        return Ok(true);
    }
    let is_near = until.0.saturating_sub(REMINDED) <= now.0;
    if hold != Hold::Tracking || ticket.hold_told || !is_near {
        return Ok(false);
    }
    copy.ticket().hold_told = true;
    if let Some(unit) = lead {
        copy.tell_unit(NoticeKind::Promised, &unit, &roles);
    }
    Ok(true)
}
