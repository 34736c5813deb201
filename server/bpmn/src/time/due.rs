//! When a timer rings: dates, durations, cycles, and working time.
//! Besides ISO 8601 a duration may be working time (`3 wd` working days, `4 wh` working hours) or a named limit (`limit:handle`).
//! Next: `run::wait`, which sets timers.

use super::{Clock, Span, TimerError, instant};
use crate::run::TimerSpec;

enum Length {
    Span(Span),
    WorkingDays(i64),
    WorkingHours(i64),
    Limit(String),
}

/// Can the text be waited for as this kind of timer, as far as the text alone says?
pub(crate) fn is_timer(spec: &TimerSpec) -> bool {
    match spec {
        TimerSpec::Date(text) => instant(text).is_some(),
        TimerSpec::Duration(text) => length(text).is_some(),
        TimerSpec::Cycle(text) => cycle(text).is_some(),
    }
}

/// Can the text be a task's deadline, as far as it alone says? A date, a duration, working time, or the name of a limit.
pub(crate) fn is_deadline(text: &str) -> bool {
    let text = text.trim();
    let is_name = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    is_name || instant(text).is_some() || length(text).is_some()
}

/// The instant (milliseconds of UTC) at which a timer rings that is set now.
///
/// # Errors
/// A text that is no time, a time beyond the year 9999, working time in a year that the calendar does not know.
pub fn due(spec: &TimerSpec, clock: &dyn Clock) -> Result<i64, TimerError> {
    /// The first moment of the year 10000 in UTC.
    const END: i64 = 253_402_300_800_000;
    let (TimerSpec::Date(text) | TimerSpec::Duration(text) | TimerSpec::Cycle(text)) = spec;
    let unreadable = || TimerError::Unreadable { text: text.clone() };
    let at = match spec {
        TimerSpec::Date(_) => Some(instant(text).ok_or_else(unreadable)?),
        TimerSpec::Duration(_) => {
            let length = length(text).ok_or_else(unreadable)?;
            after(&length, clock.now(), text, clock)?
        }
        TimerSpec::Cycle(_) => {
            let (start, length) = cycle(text).ok_or_else(unreadable)?;
            match start {
                None => after(&length, clock.now(), text, clock)?,
                Some(start) => next_round(start, &length, text, clock)?,
            }
        }
    };
    at.filter(|at| *at < END)
        .ok_or_else(|| TimerError::TooFar { text: text.clone() })
}

fn length(text: &str) -> Option<Length> {
    let text = text.trim();
    let number = |unit: &str| {
        let number = text.strip_suffix(unit)?.trim_end();
        number.parse::<u32>().ok().map(i64::from)
    };
    if let Some(name) = text.strip_prefix("limit:") {
        let name = name.trim();
        return (!name.is_empty()).then(|| Length::Limit(name.to_owned()));
    }
    number("wd")
        .map(Length::WorkingDays)
        .or_else(|| number("wh").map(Length::WorkingHours))
        .or_else(|| Span::parse(text).map(Length::Span))
}

/// `R3/PT1H`, `R/2026-01-01T00:00:00Z/P1D`: the start, if there is one, and the distance.
fn cycle(text: &str) -> Option<(Option<i64>, Length)> {
    let (count, rest) = text.trim().strip_prefix('R')?.split_once('/')?;
    if !count.is_empty() && !count.parse::<u32>().is_ok_and(|count| count > 0) {
        return None;
    }
    let (start, distance) = match rest.split_once('/') {
        Some((start, distance)) => (Some(instant(start)?), distance),
        None => (None, rest),
    };
    let distance = length(distance)?;
    // A distance of nothing would ring for ever.
    if matches!(&distance, Length::Span(span) if span.after(0).is_none_or(|later| later <= 0)) {
        return None;
    }
    Some((start, distance))
}

fn after(
    length: &Length,
    from: i64,
    text: &str,
    clock: &dyn Clock,
) -> Result<Option<i64>, TimerError> {
    let working = match length {
        Length::Span(span) => return Ok(span.after(from)),
        Length::WorkingDays(days) => clock.add_working_days(from, *days),
        Length::WorkingHours(hours) => clock.add_working_hours(from, *hours),
        Length::Limit(name) => clock.limit(name, from),
    };
    working.map(Some).map_err(|why| TimerError::Calendar {
        text: text.to_owned(),
        why,
    })
}

/// The first round after now; rounds that were slept through are not made up for.
fn next_round(
    start: i64,
    length: &Length,
    text: &str,
    clock: &dyn Clock,
) -> Result<Option<i64>, TimerError> {
    let now = clock.now();
    if start > now {
        return Ok(Some(start));
    }
    if let Length::Span(span) = length
        && let Some(distance) = span.fixed().filter(|distance| *distance > 0)
    {
        let rounds = (now - start) / distance + 1;
        return Ok(rounds
            .checked_mul(distance)
            .and_then(|length| start.checked_add(length)));
    }
    // Months and working time have no fixed length: counted round by round, at most a thousand.
    let mut at = start;
    for _ in 0..1_000 {
        match after(length, at, text, clock)? {
            Some(next) if next > now => return Ok(Some(next)),
            Some(next) if next > at => at = next,
            _ => break,
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::CalendarError;

    /// Every day is a working day of eight hours.
    struct Plain(i64);

    impl Clock for Plain {
        fn now(&self) -> i64 {
            self.0
        }
        fn add_working_days(&self, from: i64, days: i64) -> Result<i64, CalendarError> {
            Ok(from + days * 86_400_000)
        }
        fn add_working_hours(&self, from: i64, hours: i64) -> Result<i64, CalendarError> {
            Ok(from + hours * 3 * 3_600_000)
        }
        fn working_days_between(&self, from: i64, to: i64) -> Result<i64, CalendarError> {
            Ok((to - from) / 86_400_000)
        }
        fn limit(&self, name: &str, _from: i64) -> Result<i64, CalendarError> {
            Err(CalendarError::NoLimit {
                name: name.to_owned(),
            })
        }
    }

    fn at(text: &str) -> i64 {
        instant(text).expect("a time")
    }

    fn rings(spec: TimerSpec) -> Result<i64, TimerError> {
        due(&spec, &Plain(at("2026-03-02T10:30:00Z")))
    }

    fn cycle_at(text: &str) -> Result<i64, TimerError> {
        rings(TimerSpec::Cycle(text.to_owned()))
    }

    fn duration(text: &str) -> Result<i64, TimerError> {
        rings(TimerSpec::Duration(text.to_owned()))
    }

    #[test]
    fn durations_count_from_now() {
        assert_eq!(duration("PT90M"), Ok(at("2026-03-02T12:00:00Z")));
        assert_eq!(duration("P1M"), Ok(at("2026-04-02T10:30:00Z")));
        assert_eq!(duration("2 wd"), Ok(at("2026-03-04T10:30:00Z")));
        assert_eq!(duration("1wh"), Ok(at("2026-03-02T13:30:00Z")));
    }

    #[test]
    fn cycles_stay_on_their_beat() {
        assert_eq!(cycle_at("R3/PT1H"), Ok(at("2026-03-02T11:30:00Z")));
        assert_eq!(
            cycle_at("R/2026-03-01T00:00:00Z/P1D"),
            Ok(at("2026-03-03T00:00:00Z"))
        );
        assert_eq!(
            cycle_at("R/2026-01-31T00:00:00+08:00/P1M"),
            Ok(at("2026-03-28T00:00:00+08:00")),
            "the day of the month is the one that February left"
        );
        assert_eq!(
            cycle_at("R5/2027-01-01T00:00:00Z/P1D"),
            Ok(at("2027-01-01T00:00:00Z"))
        );
    }

    #[test]
    fn what_cannot_be_waited_for_says_why() {
        for text in ["soon", "0 0/5 * * * ?", "-3 wd", "PT"] {
            assert!(
                matches!(duration(text), Err(TimerError::Unreadable { .. })),
                "{text}"
            );
        }
        for text in ["R0/PT1H", "R/PT0S", "PT1H", "R-1/PT1H"] {
            assert!(
                matches!(cycle_at(text), Err(TimerError::Unreadable { .. })),
                "{text}"
            );
        }
        assert!(matches!(duration("P9000Y"), Err(TimerError::TooFar { .. })));
        assert!(matches!(
            rings(TimerSpec::Date("9999-12-31T23:59:59-08:00".to_owned())),
            Err(TimerError::TooFar { .. })
        ));
        assert!(matches!(
            duration("limit:handle"),
            Err(TimerError::Calendar { .. })
        ));
    }
}
