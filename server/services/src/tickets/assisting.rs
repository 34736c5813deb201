//! When an assisting unit has to answer: at least one working day before whoever leads (`domain.md` 3.2, row 14), in whole working days of its own
//! hours, so that its deadline is counted from a limit as every other.
//! Not here: opening its part (`opening`), the verbs that name a day (`verbs::dispatch`, `verbs::parts`).

use chrono::NaiveDate;
use shared::calendar::{Instant, WorkCalendar};
use shared::fault::{Code, Fault};
use shared::organisation::Unit;
use shared::place;
use shared::process::limit::Limit;
use shared::ticket::LimitUnit;
use store::record::{Assignment, TicketCase};

use super::{opening, tree};
use crate::reference::{Reference, Timed};

/// The field in which a day is given.
const FIELD: &str = "assist_due";

const fn days(value: i32) -> Limit {
    Limit {
        value,
        unit: LimitUnit::WorkingDays,
    }
}

/// The longest limit that ends a working day before another deadline; nothing where that is too near.
pub(crate) fn latest(calendar: &WorkCalendar, from: Instant, lead: Instant) -> Option<Limit> {
    let between = calendar.working_days_between(from.date(), lead.date());
    let most = i32::try_from(between - 1).ok()?;
    let mut all = (1..=most).rev();
    let fits = all.find(|value| calendar.due(from, days(value + 1)).at <= lead);
    fits.map(days)
}

/// The limit that ends on a day, or on the last working day before it.
fn until(calendar: &WorkCalendar, from: Instant, day: NaiveDate) -> Option<Limit> {
    let between = calendar.working_days_between(from.date(), day);
    let most = i32::try_from(between).ok()?;
    let mut all = (1..=most).rev();
    let fits = all.find(|value| calendar.due(from, days(*value)).at.date() <= day);
    fits.map(days)
}

/// The limit that a given day makes.
///
/// # Errors
/// `assignment.assist.limit` on the field where it is not a working day before whoever leads, or has come already.
pub(crate) fn given(
    calendar: &WorkCalendar,
    (from, lead): (Instant, Option<Instant>),
    day: NaiveDate,
) -> Result<Limit, Fault> {
    let refused = || Fault::field(FIELD, Code::AssistLimit);
    let is_behind = lead.is_some_and(|lead| day >= lead.date());
    if is_behind {
        return Err(refused());
    }
    let limit = until(calendar, from, day).ok_or_else(refused)?;
    let Some(lead) = lead else {
        return Ok(limit);
    };
    let most = latest(calendar, from, lead).ok_or_else(refused)?;
    if limit.value > most.value {
        return Err(refused());
    }
    Ok(limit)
}

/// What the table gives an assisting unit, no later than a working day before whoever leads. Where that deadline is too near for it, the table's stays.
pub(crate) fn before_lead(
    calendar: &WorkCalendar,
    (from, lead): (Instant, Option<Instant>),
    own: Option<Timed>,
) -> Option<Timed> {
    let limit = lead.and_then(|lead| latest(calendar, from, lead));
    let Some(limit) = limit else {
        return own;
    };
    let due = calendar.due(from, limit);
    match own {
        Some(own) if own.due.at <= due.at => Some(own),
        _ => Some(Timed {
            limit,
            rule: None,
            due,
        }),
    }
}

/// Whether a part that hangs under another one ends in time for it: one that was asked to assist, a working day before; one below, as it is.
pub(crate) fn is_in_time(calendar: &WorkCalendar, (part, own): (&Assignment, &Assignment)) -> bool {
    let (Some(due), Some(lead)) = (part.due_at, own.due_at) else {
        return true;
    };
    if part.unit_path.starts_with(&own.unit_path) {
        return true;
    }
    let from = part.dispatched_at;
    let most = latest(calendar, from, lead);
    most.is_some_and(|most| due <= calendar.due(from, most).at)
}

/// Whether a unit may be asked to assist an assignment: one of the ticket's city that has no part yet, and not one below it, to which it gives on.
pub(crate) fn may_assist(
    reference: &Reference,
    case: &TicketCase,
    (own, code): (&Assignment, &str),
) -> bool {
    let city = place::city(&case.ticket.region);
    let fits = |unit: &Unit| {
        opening::takes_assignments(unit)
            && place::city(&unit.region) == city
            && !unit.path.starts_with(&own.unit_path)
            && !tree::has_part(case, &unit.code)
    };
    reference.units.get(code).is_some_and(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).expect("a time")
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn it_ends_a_working_day_before_who_leads() {
        let calendar = WorkCalendar::shipped();
        let from = at("2026-03-02T10:00:00+08:00");
        let lead = calendar.due(from, days(5)).at;
        assert_eq!(latest(&calendar, from, lead), Some(days(4)));
        let near = calendar.due(from, days(1)).at;
        assert_eq!(latest(&calendar, from, near), None);
    }

    #[test]
    fn a_given_day_is_no_later_and_not_past() {
        let calendar = WorkCalendar::shipped();
        let from = at("2026-03-02T10:00:00+08:00");
        let span = (from, Some(calendar.due(from, days(5)).at));
        let limit = |text: &str| given(&calendar, span, day(text)).map(|limit| limit.value);
        assert_eq!(limit("2026-03-04"), Ok(2));
        assert_eq!(limit("2026-03-06"), Ok(4));
        for late in ["2026-03-09", "2026-03-02", "2026-02-27"] {
            let fault = limit(late).expect_err("it is refused");
            assert_eq!(fault.fields[0].code, Code::AssistLimit, "{late}");
        }
    }
}
