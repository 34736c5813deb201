//! Whose hours hold on a day, by example.

use chrono::NaiveDateTime;

use super::*;
use crate::calendar::{Instant, StepKind};
use crate::organisation::UnitLevel;
use crate::process::limit::Limit;
use crate::ticket::LimitUnit;

fn unit(code: &str, path: &str, level: UnitLevel, region: &str) -> Unit {
    Unit {
        code: code.to_owned(),
        name: code.to_owned(),
        parent: None,
        path: path.to_owned(),
        level,
        region: region.to_owned(),
        active: true,
        successor: None,
    }
}

fn units() -> Vec<Unit> {
    vec![
        unit("C", "C/", UnitLevel::CityCentre, "320100"),
        unit("G", "C/G/", UnitLevel::CountyCentre, "320106"),
        unit("U", "C/U/", UnitLevel::Department, "320100"),
        unit("V", "C/U/V/", UnitLevel::Department, "320106"),
    ]
}

fn rule(unit: Option<&str>, region: Option<&str>, day: HourDay, hours: (u32, u32)) -> HourRule {
    HourRule {
        post: None,
        region: region.map(str::to_owned),
        unit: unit.map(str::to_owned),
        day,
        season: None,
        from: hours.0 * 60,
        to: hours.1 * 60,
    }
}

fn at(text: &str) -> Instant {
    Instant::from_local(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a time"))
}

fn of(rules: &[HourRule]) -> Calendars {
    Calendars::new(WorkCalendar::shipped(), rules, &units())
}

fn hours_of(calendar: &WorkCalendar, day: &str) -> Vec<(u32, u32)> {
    let periods = calendar.periods_of(day.parse().expect("a date"));
    let pairs = periods.map(|periods| periods.pairs().to_vec());
    let pairs = pairs.unwrap_or_default().into_iter();
    pairs.map(|(from, to)| (from / 60, to / 60)).collect()
}

#[test]
fn the_nearest_scope_holds_and_a_centres_hours_are_its_own() {
    let all = of(&[
        rule(Some("C"), None, HourDay::Every, (0, 24)),
        rule(Some("U"), None, HourDay::Work, (8, 16)),
        rule(None, Some("320100"), HourDay::Work, (10, 18)),
        rule(None, Some("320106"), HourDay::Sat, (9, 12)),
    ]);
    let monday = "2026-03-02";
    assert_eq!(
        hours_of(all.of_unit("C"), "2026-03-01"),
        [(0, 24)],
        "a Sunday"
    );
    assert_eq!(hours_of(all.of_unit("U"), monday), [(8, 16)]);
    assert_eq!(
        hours_of(all.of_unit("V"), monday),
        [(8, 16)],
        "as the unit above"
    );
    assert_eq!(
        hours_of(all.of_unit("V"), "2026-03-07"),
        [(9, 12)],
        "a Saturday"
    );
    assert_eq!(hours_of(all.of_unit("U"), "2026-03-07"), []);
    assert_eq!(
        hours_of(all.of_unit("G"), monday),
        [(10, 18)],
        "of its city"
    );
    assert_eq!(hours_of(all.of_place("320106"), monday), [(10, 18)]);
    assert_eq!(
        hours_of(all.of_place("320104"), monday),
        [(0, 24)],
        "the city's centre"
    );
    assert_eq!(
        hours_of(all.of_place("320500"), monday).len(),
        2,
        "nobody's"
    );
    assert_eq!(hours_of(all.of_unit("?"), monday).len(), 2);
}

#[test]
fn days_and_seasons_are_told_apart() {
    let summer = HourRule {
        season: Season::parse("05-01", "09-30"),
        ..rule(Some("U"), None, HourDay::Work, (7, 15))
    };
    let all = of(&[
        rule(Some("U"), None, HourDay::Work, (9, 17)),
        rule(Some("U"), None, HourDay::Fri, (9, 12)),
        rule(Some("U"), None, HourDay::Sat, (10, 11)),
        summer,
    ]);
    let unit = all.of_unit("U");
    assert_eq!(hours_of(unit, "2026-03-02"), [(9, 17)]);
    assert_eq!(hours_of(unit, "2026-06-01"), [(7, 15)], "in summer");
    assert_eq!(hours_of(unit, "2026-03-06"), [(9, 12)], "a Friday");
    assert_eq!(hours_of(unit, "2026-03-07"), [(10, 11)], "a Saturday");
    assert_eq!(
        hours_of(unit, "2026-02-28"),
        [(9, 17)],
        "a Saturday that is worked"
    );
    assert_eq!(hours_of(unit, "2026-10-03"), [], "a Saturday of a holiday");
    let winter = Season::parse("11-15", "03-15").expect("a season");
    let day = |text: &str| text.parse().expect("a date");
    assert!(winter.holds(day("2026-01-01")) && winter.holds(day("2026-11-15")));
    assert!(!winter.holds(day("2026-03-16")));
    assert!(winter.meets(Season::parse("03-15", "04-01").expect("a season")));
    assert_eq!(Season::parse("02-30", "03-01"), None);
}

#[test]
fn limits_run_in_the_hours_of_whose_they_are() {
    use LimitUnit::{Hours, Minutes, WorkingDays, WorkingHours, WorkingMinutes};
    let all = of(&[
        rule(Some("C"), None, HourDay::Every, (0, 24)),
        rule(Some("U"), None, HourDay::Work, (8, 16)),
    ]);
    let friday = at("2026-03-06 15:00");
    let due = |calendar: &WorkCalendar, value, unit| calendar.due(friday, Limit { value, unit }).at;
    assert_eq!(
        due(all.of_unit("U"), 2, WorkingHours),
        at("2026-03-09 09:00")
    );
    assert_eq!(
        due(all.of_unit("U"), 90, WorkingMinutes),
        at("2026-03-09 08:30")
    );
    assert_eq!(
        due(all.of_unit("U"), 1, WorkingDays),
        at("2026-03-09 16:00")
    );
    assert_eq!(due(all.of_unit("U"), 15, Minutes), at("2026-03-06 15:15"));
    assert_eq!(due(all.of_unit("U"), 24, Hours), at("2026-03-07 15:00"));
    assert_eq!(
        due(all.of_place("320104"), 24, WorkingHours),
        at("2026-03-07 15:00")
    );
    assert_eq!(
        due(all.of_place("320104"), 1, WorkingDays),
        at("2026-03-10 00:00")
    );
    let night = at("2026-03-07 20:00");
    assert_eq!(all.of_unit("U").next_open(night), at("2026-03-09 08:00"));
    assert_eq!(all.of_unit("C").next_open(night), night);
    let limit = Limit {
        value: 48,
        unit: WorkingHours,
    };
    let steps = all.of_unit("C").explain(friday, limit);
    let kinds: Vec<StepKind> = steps.iter().map(|step| step.kind).collect();
    assert_eq!(kinds, [StepKind::Work, StepKind::Duty, StepKind::Duty]);
    assert_eq!(steps[0].counted, 9 * 60);
    assert_eq!(steps[2].counted, 48 * 60);
}

#[test]
fn a_posts_shifts_go_before_everybodys_hours_and_leave_the_others_alone() {
    let of_post = |unit: Option<&str>, day: HourDay, hours: (u32, u32)| HourRule {
        post: Some(Role::Dispatcher),
        ..rule(unit, None, day, hours)
    };
    let all = of(&[
        rule(Some("C"), None, HourDay::Work, (8, 18)),
        of_post(None, HourDay::Work, (7, 12)),
        of_post(None, HourDay::Work, (13, 23)),
        of_post(Some("G"), HourDay::Every, (0, 24)),
    ]);
    let (monday, sunday) = ("2026-03-02", "2026-03-01");
    let post = |role, region| all.of_post(role, None, region);
    let dispatcher = post(Some(Role::Dispatcher), "320102");
    assert_eq!(hours_of(dispatcher, monday), [(7, 12), (13, 23)]);
    assert!(
        hours_of(dispatcher, sunday).is_empty(),
        "no shift on a Sunday"
    );
    let below = post(Some(Role::Dispatcher), "320106");
    assert_eq!(
        hours_of(below, sunday),
        [(0, 24)],
        "the county centre's own"
    );
    for role in [None, Some(Role::ClosingReviewer)] {
        assert_eq!(
            hours_of(post(role, "320102"), monday),
            [(8, 18)],
            "{role:?}"
        );
    }
    let unit = all.of_post(Some(Role::UnitLiaison), Some("U"), "320102");
    assert_eq!(hours_of(unit, monday), hours_of(all.of_unit("U"), monday));
    let desk = all.of_post(Some(Role::Dispatcher), Some("C"), "");
    assert_eq!(hours_of(desk, monday), [(7, 12), (13, 23)]);
}
