//! What holds of every calendar: counted against minutes that are walked one by one, and of any hours, starts and limits.

use proptest::prelude::*;

use super::*;
use crate::calendar::Instant;
use crate::organisation::UnitLevel;
use crate::process::limit::Limit;
use crate::ticket::LimitUnit;

const MINUTE: i64 = 60_000;

/// Two periods of a day that do not overlap, in quarters of an hour.
fn periods() -> impl Strategy<Value = Vec<(u32, u32)>> {
    (0_u32..40, 1_u32..24, 0_u32..8, 1_u32..24).prop_map(|(start, first, pause, second)| {
        let lunch = start + first;
        let again = lunch + pause;
        let end = (again + second).min(96);
        let mut all = vec![(start * 15, lunch.min(96) * 15)];
        if again < end {
            all.push((again * 15, end * 15));
        }
        all
    })
}

fn rules() -> impl Strategy<Value = Vec<HourRule>> {
    let day = prop::sample::select(HourDay::ALL);
    let season = prop::option::of(prop::sample::select(vec![
        ("05-01", "09-30"),
        ("10-01", "04-30"),
        ("11-15", "03-15"),
    ]));
    let one = (day, season, periods(), any::<bool>());
    prop::collection::vec(one, 0..4).prop_map(|all| {
        let mut rules = Vec::new();
        for (day, season, periods, is_units) in all {
            rules.extend(periods.into_iter().map(|(from, to)| HourRule {
                post: None,
                region: None,
                unit: is_units.then(|| "U".to_owned()),
                day,
                season: season.and_then(|(from, to)| Season::parse(from, to)),
                from,
                to,
            }));
        }
        rules
    })
}

fn calendar(rules: &[HourRule]) -> WorkCalendar {
    let unit = Unit {
        code: "U".to_owned(),
        name: "U".to_owned(),
        parent: None,
        path: "U/".to_owned(),
        level: UnitLevel::Department,
        region: "320100".to_owned(),
        active: true,
        successor: None,
    };
    let all = Calendars::new(WorkCalendar::shipped(), rules, [&unit]);
    all.of_unit("U").clone()
}

/// Any minute of 2025 and 2026.
fn start() -> impl Strategy<Value = Instant> {
    let first = crate::calendar::day_start("2025-01-01".parse().expect("a date")).0;
    (0_i64..700 * 24 * 60).prop_map(move |minutes| Instant(first + minutes * MINUTE))
}

/// The instant at which so many minutes were worked, walked minute by minute.
fn walked(calendar: &WorkCalendar, from: Instant, minutes: i64) -> Instant {
    let mut at = from;
    let mut left = minutes;
    while left > 0 {
        left -= i64::from(calendar.is_open(at));
        at = Instant(at.0 + MINUTE);
    }
    at
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn working_minutes_end_where_walking_ends(rules in rules(), from in start(), minutes in 1_i32..600) {
        let calendar = calendar(&rules);
        let limit = Limit { value: minutes, unit: LimitUnit::WorkingMinutes };
        prop_assert_eq!(calendar.due(from, limit).at, walked(&calendar, from, i64::from(minutes)));
    }

    #[test]
    fn what_was_added_is_what_was_worked(rules in rules(), from in start(), hours in 1_i32..200) {
        let calendar = calendar(&rules);
        let end = calendar.due(from, Limit { value: hours, unit: LimitUnit::WorkingHours }).at;
        prop_assert_eq!(calendar.working_minutes_between(from, end), i64::from(hours) * 60);
        prop_assert!(calendar.is_open(Instant(end.0 - 1)), "it ends in working time");
    }

    #[test]
    fn what_begins_outside_counts_from_the_next_opening(rules in rules(), from in start(), hours in 1_i32..60) {
        let calendar = calendar(&rules);
        let limit = Limit { value: hours, unit: LimitUnit::WorkingHours };
        let open = calendar.next_open(from);
        prop_assert!(open >= from && calendar.is_open(open));
        prop_assert_eq!(calendar.working_minutes_between(from, open), 0);
        prop_assert_eq!(calendar.due(from, limit).at, calendar.due(open, limit).at);
    }

    #[test]
    fn later_begins_never_end_earlier(rules in rules(), from in start(), later in 0_i64..20_000, value in 0_i32..40) {
        let calendar = calendar(&rules);
        for unit in LimitUnit::ALL {
            let limit = Limit { value, unit: *unit };
            let (first, second) = (calendar.due(from, limit), calendar.due(Instant(from.0 + later * MINUTE), limit));
            prop_assert!(first.at <= second.at, "{} {:?} {:?}", unit, first, second);
            prop_assert!(from <= first.at && first.warn_at <= first.at);
        }
    }

    #[test]
    fn two_parts_are_the_whole(rules in rules(), from in start(), first in 1_i64..3_000, second in 1_i64..3_000) {
        let calendar = calendar(&rules);
        let there = calendar.after_working_minutes(from, first);
        prop_assert_eq!(calendar.after_working_minutes(there, second), calendar.after_working_minutes(from, first + second));
    }

    #[test]
    fn natural_time_asks_no_calendar(rules in rules(), from in start(), value in 0_i32..5_000) {
        let calendar = calendar(&rules);
        let due = |unit| calendar.due(from, Limit { value, unit }).at.0 - from.0;
        prop_assert_eq!(due(LimitUnit::Minutes), i64::from(value) * MINUTE);
        prop_assert_eq!(due(LimitUnit::Hours), i64::from(value) * 60 * MINUTE);
    }

    #[test]
    fn working_days_are_the_decrees_whoever_works_when(rules in rules(), from in start(), value in 1_i32..60) {
        let calendar = calendar(&rules);
        let due = calendar.due(from, Limit { value, unit: LimitUnit::WorkingDays }).at;
        let plain = WorkCalendar::shipped().due(from, Limit { value, unit: LimitUnit::WorkingDays }).at;
        // Round the clock a day ends with the midnight behind it.
        prop_assert_eq!(Instant(due.0 - 1).date(), plain.date());
    }
}
