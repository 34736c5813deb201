//! Time for processes: the working calendar as the engine asks for it, and deadlines of tasks from their limits. Timers of a case run in the
//! hours of its unit (of a ticket: of the centre at its place), a task in those of the unit that has to do it.
//! Not here: counting working days (`shared::calendar`), when timers ring (`jobs`).
//! A year without a notice is an error for timers, and a provisional deadline for tasks.

use std::sync::Arc;

use bpmn::TimerSpec;
use bpmn::time::{CalendarError, Clock, TimerError};
use shared::calendar::{Due, Instant, WorkCalendar};
use shared::process::limit::{Limit, Stage};
use shared::ticket::LimitUnit;

use crate::reference::Reference;

/// Working minutes of the longest limit that is counted.
const LONGEST: i64 = 1_000_000;

/// Whose working hours count.
#[derive(Clone)]
pub(crate) enum Whose {
    /// Those of the installation: what belongs to nobody yet.
    Everybodys,
    /// A unit's.
    Unit(String),
    /// Those of the centre that is responsible for a place.
    Place(String),
}

/// The working calendar at one moment.
pub(crate) struct WorkClock {
    reference: Arc<Reference>,
    now: Instant,
    whose: Whose,
}

impl WorkClock {
    pub(crate) fn new(reference: Arc<Reference>, now: Instant) -> Self {
        Self {
            reference,
            now,
            whose: Whose::Everybodys,
        }
    }

    /// The same moment in somebody's hours.
    pub(crate) fn of(&self, whose: Whose) -> Self {
        Self {
            reference: Arc::clone(&self.reference),
            now: self.now,
            whose,
        }
    }

    fn calendar(&self) -> &WorkCalendar {
        let hours = &self.reference.hours;
        match &self.whose {
            Whose::Everybodys => hours.base(),
            Whose::Unit(code) => hours.of_unit(code),
            Whose::Place(region) => hours.of_place(region),
        }
    }

    fn counted(&self, from: i64, value: i64, unit: LimitUnit) -> Result<i64, CalendarError> {
        let value = i32::try_from(value).map_err(|_| CalendarError::TooLong { value })?;
        let due = self.calendar().due(Instant(from), Limit { value, unit });
        if due.provisional {
            return Err(CalendarError::NoNotice {
                before: due.at.date().to_string(),
            });
        }
        Ok(due.at.0)
    }
}

impl Clock for WorkClock {
    fn now(&self) -> i64 {
        self.now.0
    }

    fn add_working_days(&self, from: i64, days: i64) -> Result<i64, CalendarError> {
        self.counted(from, days, LimitUnit::WorkingDays)
    }

    fn add_working_hours(&self, from: i64, hours: i64) -> Result<i64, CalendarError> {
        self.counted(from, hours, LimitUnit::WorkingHours)
    }

    fn working_days_between(&self, from: i64, to: i64) -> Result<i64, CalendarError> {
        Ok(self
            .calendar()
            .working_days_between(Instant(from).date(), Instant(to).date()))
    }

    fn limit(&self, name: &str, from: i64) -> Result<i64, CalendarError> {
        let limit =
            named(&self.reference, name, Instant(from)).ok_or_else(|| CalendarError::NoLimit {
                name: name.to_owned(),
            })?;
        self.counted(from, i64::from(limit.value), limit.unit)
    }
}

/// The general row of the limit table for a stage.
fn named(reference: &Reference, name: &str, at: Instant) -> Option<Limit> {
    let stage = Stage::parse(name)?;
    reference
        .limits
        .iter()
        .filter(|rule| {
            rule.stage == stage
                && rule.valid_from <= at.0
                && rule.channel.is_none()
                && rule.kind.is_none()
                && rule.category.is_none()
                && rule.urgency.is_none()
                && rule.region.is_none()
        })
        .max_by_key(|rule| (rule.valid_from, rule.id))
        .map(|rule| rule.limit)
}

/// When a task is due: `3 wd`, `4 wh`, the name of a limit, an ISO 8601 date or duration.
///
/// # Errors
/// A text that is none of these, or a time that cannot be computed.
pub(crate) fn task_due(clock: &WorkClock, text: &str, from: Instant) -> Result<Due, TimerError> {
    let text = text.trim();
    let number = |unit: &str| text.strip_suffix(unit)?.trim_end().parse::<i32>().ok();
    let limit = number("wd")
        .map(|value| (value, LimitUnit::WorkingDays))
        .or_else(|| number("wh").map(|value| (value, LimitUnit::WorkingHours)))
        .map(|(value, unit)| Limit { value, unit })
        .or_else(|| {
            let name = text.strip_prefix("limit:").unwrap_or(text);
            named(&clock.reference, name.trim(), from)
        });
    if let Some(limit) = limit {
        return Ok(clock.calendar().due(from, limit));
    }
    let date = TimerSpec::Date(text.to_owned());
    let at = bpmn::time::due(&date, clock)
        .or_else(|_| bpmn::time::due(&TimerSpec::Duration(text.to_owned()), clock))?;
    Ok(Due {
        at: Instant(at),
        provisional: false,
        warn_at: Instant(from.0 + (at - from.0).max(0) * 4 / 5),
    })
}

/// A deadline after a pause: as much working time is left as there was, in the hours in which it runs. One that had passed stays.
pub(crate) fn after_pause(
    calendar: &WorkCalendar,
    due: Instant,
    paused_at: Instant,
    now: Instant,
) -> Instant {
    let left = calendar
        .working_minutes_between(paused_at, due)
        .min(LONGEST);
    if due <= paused_at || left <= 0 {
        return due;
    }
    calendar.after_working_minutes(now, left).max(due)
}
