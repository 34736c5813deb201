//! Deadlines against the vectors of `domain.md` 3.4 and the cases counted from the notices.

use chrono::{NaiveDate, NaiveDateTime};

use super::*;
use crate::calendar::{CalendarError, Remaining, StepKind};
use crate::test_data::shared_data;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn instant(text: &str) -> Instant {
    Instant::from_local(
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a civil time"),
    )
}

fn limit(value: i32, unit: LimitUnit) -> Limit {
    Limit { value, unit }
}

#[test]
fn nth_working_day_passes_the_vectors_of_the_domain_text() {
    let calendar = WorkCalendar::shipped();
    let vectors = [
        ("2025-09-26", 5, "2025-10-10"),
        ("2025-09-30", 1, "2025-10-09"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-02-12", 2, "2026-02-14"),
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-09-18", 5, "2026-09-24"),
        ("2026-09-30", 5, "2026-10-13"),
    ];
    for (start, n, want) in vectors {
        assert_eq!(
            calendar.nth_working_day(day(start), n),
            Ok(day(want)),
            "{n} working days from {start}"
        );
    }
    for year in [2025, 2026] {
        let last = NaiveDate::from_ymd_opt(year - 1, 12, 31).expect("a date");
        let end = NaiveDate::from_ymd_opt(year, 12, 31).expect("a date");
        assert_eq!(
            calendar.working_days_between(last, end),
            248,
            "working days of {year}"
        );
    }
}

#[test]
fn workday_due_cases_pass() {
    let Some(text) = shared_data("holidays/workday_due_cases.csv") else {
        return;
    };
    let calendar = WorkCalendar::shipped();
    let mut reader = csv::Reader::from_reader(text.as_slice());
    let mut cases = 0;
    for row in reader.records() {
        let row = row.expect("a row");
        let n = row[1].parse().expect("a number");
        assert_eq!(
            calendar.nth_working_day(day(&row[0]), n),
            Ok(day(&row[2])),
            "{n} working days from {}",
            &row[0]
        );
        cases += 1;
    }
    assert_eq!(cases, 352);
}

#[test]
fn workday_calendar_agrees_on_every_day() {
    let Some(text) = shared_data("holidays/workday_calendar_2007_2026.csv") else {
        return;
    };
    let calendar = WorkCalendar::shipped();
    let mut reader = csv::Reader::from_reader(text.as_slice());
    for row in reader.records() {
        let row = row.expect("a row");
        assert_eq!(
            calendar.is_working_day(day(&row[0])),
            Ok(&row[2] == "1"),
            "{}",
            &row[0]
        );
    }
}

#[test]
fn a_missing_year_is_refused_by_name_and_provisional_for_tickets() {
    let calendar = WorkCalendar::shipped();
    assert_eq!(
        calendar.nth_working_day(day("2026-12-30"), 2),
        Err(CalendarError::MissingYear(2027))
    );
    assert_eq!(
        calendar.nth_working_day(day("2026-12-30"), 1),
        Ok(day("2026-12-31"))
    );
    let due = calendar.due(
        instant("2026-12-30 10:00"),
        limit(5, LimitUnit::WorkingDays),
    );
    assert!(due.provisional);
    assert_eq!(due.at, instant("2027-01-06 17:30"), "weekends only");
    assert!(
        !calendar
            .due(instant("2026-12-30 10:00"), limit(30, LimitUnit::Hours))
            .provisional
    );
}

#[test]
fn days_hours_and_natural_hours_end_where_the_rules_say() {
    let calendar = WorkCalendar::shipped();
    let days = calendar.due(
        instant("2026-09-30 22:15"),
        limit(5, LimitUnit::WorkingDays),
    );
    assert_eq!(days.at, instant("2026-10-13 17:30"));
    // Friday 16:30 + 2 working hours: one hour until closing, one on Monday.
    let hours = calendar.due(
        instant("2026-11-20 16:30"),
        limit(2, LimitUnit::WorkingHours),
    );
    assert_eq!(hours.at, instant("2026-11-23 10:00"));
    // Outside working time it counts from the next opening.
    assert_eq!(
        calendar
            .due(
                instant("2026-11-21 03:00"),
                limit(4, LimitUnit::WorkingHours)
            )
            .at,
        instant("2026-11-23 14:30")
    );
    assert_eq!(
        calendar
            .due(instant("2026-11-21 03:00"), limit(2, LimitUnit::Hours))
            .at,
        instant("2026-11-21 05:00")
    );
}

#[test]
fn the_light_turns_yellow_with_the_last_working_day_of_a_long_limit() {
    let calendar = WorkCalendar::shipped();
    let from = instant("2026-11-16 09:00");
    let due = calendar.due(from, limit(5, LimitUnit::WorkingDays));
    assert_eq!(due.at, instant("2026-11-23 17:30"));
    assert!(due.warn_at <= instant("2026-11-20 17:30"));
    let short = calendar.due(from, limit(1, LimitUnit::WorkingDays));
    assert!(short.warn_at > instant("2026-11-17 09:00") && short.warn_at < short.at);
    let at = |now| light(now, Some(due.at), Some(due.warn_at), None);
    assert_eq!(at(from), Light::Green);
    assert_eq!(at(due.warn_at), Light::Yellow);
    assert_eq!(at(due.at), Light::Yellow);
    assert_eq!(at(Instant(due.at.0 + 1)), Light::Red);
    assert_eq!(
        light(Instant(due.at.0 + 1), Some(due.at), None, Some(due.at)),
        Light::Green,
        "done in time stays green"
    );
    assert_eq!(light(from, None, None, None), Light::Green);
}

#[test]
fn what_is_left_is_counted_in_working_time() {
    let calendar = WorkCalendar::shipped();
    let due = instant("2026-11-23 17:30");
    assert_eq!(
        calendar.working_minutes_between(instant("2026-11-20 16:30"), due),
        60 + 420
    );
    assert_eq!(
        calendar.working_minutes_between(due, instant("2026-11-20 16:30")),
        -480
    );
    assert_eq!(
        calendar.working_minutes_between(instant("2026-09-30 17:30"), instant("2026-10-08 09:00")),
        0
    );
    let left = calendar.remaining(instant("2026-11-20 16:30"), due);
    assert_eq!(
        left,
        Remaining {
            minutes: 480,
            days: 1,
            clock_minutes: 4380
        }
    );
    assert_eq!(
        calendar.remaining(instant("2026-11-24 10:00"), due).days,
        -1
    );
    assert!(
        calendar
            .remaining(instant("2026-11-23 18:00"), due)
            .overdue()
    );
}

#[test]
fn the_explanation_counts_as_far_as_the_deadline() {
    let calendar = WorkCalendar::shipped();
    let steps = calendar.explain(
        instant("2026-09-30 10:00"),
        limit(5, LimitUnit::WorkingDays),
    );
    assert_eq!(steps.first().map(|s| s.kind), Some(StepKind::Start));
    assert_eq!(
        steps.iter().filter(|s| s.kind == StepKind::Holiday).count(),
        7,
        "the first week of October"
    );
    assert_eq!(
        steps
            .iter()
            .find(|s| s.kind == StepKind::Makeup)
            .map(|s| s.date),
        Some(day("2026-10-10"))
    );
    let last = steps.last().expect("steps");
    assert_eq!((last.date, last.counted), (day("2026-10-13"), 5));
    assert!(steps.iter().any(|s| s.name.as_deref() == Some("国庆节")));
}

#[test]
fn working_time_added_and_counted_agree() {
    let calendar = WorkCalendar::shipped();
    for start in [
        "2026-02-13 08:00",
        "2026-02-14 12:30",
        "2026-02-15 15:00",
        "2026-06-18 17:29",
        "2026-09-24 13:30",
    ] {
        let from = instant(start);
        for minutes in [1, 59, 180, 181, 420, 421, 2_100] {
            let end = calendar
                .add_working(from, minutes * 60_000)
                .expect("in range");
            assert_eq!(
                calendar.working_minutes_between(from, end),
                minutes,
                "{minutes} minutes from {start}"
            );
        }
    }
}

#[test]
fn an_extension_adds_working_days_to_the_day_on_which_it_would_have_ended() {
    let calendar = WorkCalendar::shipped();
    let from = instant("2026-09-24 10:00");
    let two = limit(2, LimitUnit::WorkingDays);
    assert_eq!(calendar.due_extended(from, two, 0), calendar.due(from, two));
    assert_eq!(
        calendar.due_extended(from, two, 3),
        calendar.due(from, limit(5, LimitUnit::WorkingDays)),
        "as if the limit had been longer"
    );
    let hours = calendar.due_extended(from, limit(24, LimitUnit::Hours), 2);
    assert_eq!(
        hours.at,
        calendar
            .due(
                instant("2026-09-25 10:00"),
                limit(2, LimitUnit::WorkingDays)
            )
            .at,
        "two working days after the day on which a day and a night ended"
    );
    let steps = calendar.explain_extended(from, two, 3);
    let extended = steps.iter().find(|s| s.kind == StepKind::Extended);
    assert_eq!(extended.map(|s| s.counted), Some(3));
    let last = steps.last().expect("steps");
    assert_eq!(
        (last.date, last.counted),
        (calendar.due_extended(from, two, 3).at.date(), 3)
    );
}

#[test]
fn what_stood_still_is_neither_lost_nor_given() {
    let calendar = WorkCalendar::shipped();
    let from = instant("2026-03-02 10:00");
    let five = limit(5, LimitUnit::WorkingDays);
    let due = calendar.due(from, five);
    assert_eq!(calendar.due_with(from, five, Added::default()), due);
    let weekend = (instant("2026-03-06 18:00"), instant("2026-03-09 08:00"));
    assert_eq!(calendar.stood_still(weekend, LimitUnit::WorkingDays), 0);
    let span = (instant("2026-03-03 10:00"), instant("2026-03-05 11:00"));
    let paused = calendar.stood_still(span, LimitUnit::WorkingDays);
    let left = calendar.working_minutes_between(span.0, due.at);
    let added = Added {
        paused,
        ..Added::default()
    };
    let moved = calendar.due_with(from, five, added);
    assert_eq!(calendar.working_minutes_between(span.1, moved.at), left);
    let steps = calendar.explain_with(from, five, added);
    assert!(
        steps
            .iter()
            .any(|step| step.kind == StepKind::Paused && step.counted == i64::from(paused))
    );
    let day = limit(24, LimitUnit::Hours);
    let night = (instant("2026-03-02 20:00"), instant("2026-03-03 08:00"));
    let paused = calendar.stood_still(night, LimitUnit::Hours);
    assert_eq!(paused, 12 * 60);
    let added = Added {
        paused,
        ..Added::default()
    };
    assert_eq!(
        calendar.due_with(from, day, added).at,
        instant("2026-03-03 22:00")
    );
}

#[test]
fn begun_minutes_count_whole() {
    let calendar = WorkCalendar::shipped();
    let begun = Instant(instant("2026-03-03 10:00").0 + 59_000);
    let span = (begun, Instant(begun.0 + 2_000));
    assert_eq!(calendar.stood_still(span, LimitUnit::WorkingDays), 2);
    assert_eq!(calendar.stood_still((begun, begun), LimitUnit::Minutes), 1);
}

#[test]
fn a_promised_day_is_not_before_the_limit() {
    let calendar = WorkCalendar::shipped();
    let from = instant("2026-03-02 10:00");
    let five = limit(5, LimitUnit::WorkingDays);
    let promised = |text: &str| Added {
        promised: Some(calendar.close(day(text))),
        ..Added::default()
    };
    let late = calendar.due_with(from, five, promised("2026-03-27"));
    assert_eq!(late.at, instant("2026-03-27 17:30"));
    assert!(late.warn_at < late.at);
    let early = calendar.due_with(from, five, promised("2026-03-03"));
    assert_eq!(early, calendar.due(from, five));
}
