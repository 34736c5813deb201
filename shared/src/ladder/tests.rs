//! The shipped ladder on clocks of several kinds, counted by hand from the calendar.

use super::{Colour, Rung, RunningClock, Standing, Step, Trigger, standing, steps};
use crate::calendar::{Instant, WorkCalendar};
use crate::process::limit::Limit;
use crate::register::{ListCode, shipped};
use crate::ticket::LimitUnit;

fn at(text: &str) -> Instant {
    Instant::parse(&format!("{text}:00+08:00")).expect("a written-out instant")
}

fn rungs() -> Vec<Rung> {
    let rows = shipped(ListCode::Ladder);
    rows.iter().filter_map(Rung::of).collect()
}

fn clock(from: &str, value: i32, unit: LimitUnit) -> RunningClock {
    let from = at(from);
    let due = WorkCalendar::shipped().due(from, Limit { value, unit }).at;
    RunningClock {
        from,
        due,
        unit,
        paused: 0,
        at_once: false,
    }
}

fn walked(rungs: &[Rung], clock: &RunningClock) -> Vec<(String, String)> {
    let steps = steps(rungs, clock, &WorkCalendar::shipped());
    let told = |step: &Step<'_>| {
        let at = step.at.rfc3339();
        (step.rung.code.clone(), at[..16].to_owned())
    };
    steps.iter().map(told).collect()
}

fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
    pairs
        .map(|(code, at)| (code.to_owned(), at.to_owned()))
        .into()
}

#[test]
fn eight_rungs_are_shipped_and_each_tells_somebody() {
    let all = rungs();
    assert_eq!(all.len(), 8);
    assert!(
        all.iter()
            .all(|rung| rung.is_on && !rung.receivers.is_empty())
    );
    let colours: Vec<Colour> = all.iter().map(|rung| rung.colour).collect();
    assert!(colours.is_sorted(), "{colours:?}");
}

#[test]
fn five_working_days_pass_every_rung_and_yellow_once() {
    // Monday 09:00 to the next Monday's close: 42 working hours. Half of them are the close of Wednesday; 80 % are 33.6, on Friday afternoon,
    // before the last working day begins.
    let five = clock("2026-03-02T09:00", 5, LimitUnit::WorkingDays);
    assert_eq!(
        walked(&rungs(), &five),
        pairs([
            ("half", "2026-03-04T17:30"),
            ("most", "2026-03-06T16:06"),
            ("last_hours", "2026-03-09T12:00"),
            ("overdue", "2026-03-09T17:30"),
            ("phone", "2026-03-10T17:30"),
            ("supervision", "2026-03-11T17:30"),
            ("listed", "2026-03-16T17:30"),
        ])
    );
}

#[test]
fn the_last_working_day_is_yellow_where_it_comes_first_and_the_limit_is_long() {
    // Monday 17:00 to Thursday's close: 21.5 working hours, 80 % of which are 17.2, on Thursday morning; Wednesday's close is earlier.
    let three = clock("2026-03-02T17:00", 3, LimitUnit::WorkingDays);
    let found = walked(&rungs(), &three);
    assert_eq!(
        found[1],
        ("last_day".to_owned(), "2026-03-04T17:30".to_owned())
    );
    assert!(found.iter().all(|(code, _)| code != "most"), "{found:?}");
    // Two days: the last one is no step.
    let two = clock("2026-03-02T17:00", 2, LimitUnit::WorkingDays);
    let found = walked(&rungs(), &two);
    assert!(
        found.iter().all(|(code, _)| code != "last_day"),
        "{found:?}"
    );
}

#[test]
fn four_hours_before_the_end_are_orange_only_where_the_limit_is_a_day() {
    let short = clock("2026-03-02T09:00", 6, LimitUnit::WorkingHours);
    let found = walked(&rungs(), &short);
    assert!(
        found.iter().all(|(code, _)| code != "last_hours"),
        "{found:?}"
    );
    let long = clock("2026-03-02T09:00", 8, LimitUnit::WorkingHours);
    let found = walked(&rungs(), &long);
    assert!(
        found.contains(&("last_hours".to_owned(), "2026-03-02T14:30".to_owned())),
        "{found:?}"
    );
}

#[test]
fn nothing_rings_at_night_or_on_a_day_off_but_of_what_is_urgent() {
    // Friday 20:00 for 24 hours of the clock: half of it is Saturday 08:00, the end is Saturday 20:00.
    let calm = clock("2026-03-06T20:00", 24, LimitUnit::Hours);
    let found = walked(&rungs(), &calm);
    assert_eq!(found[0], ("half".to_owned(), "2026-03-09T09:00".to_owned()));
    let overdue = found.iter().find(|(code, _)| code == "overdue");
    assert_eq!(overdue.map(|(_, at)| &**at), Some("2026-03-09T09:00"));
    let urgent = RunningClock {
        at_once: true,
        ..calm
    };
    let found = walked(&rungs(), &urgent);
    assert_eq!(found[0], ("half".to_owned(), "2026-03-07T08:00".to_owned()));
    let overdue = found.iter().find(|(code, _)| code == "overdue");
    assert_eq!(overdue.map(|(_, at)| &**at), Some("2026-03-07T20:00"));
}

#[test]
fn a_rung_that_is_off_is_no_step() {
    let mut all = rungs();
    for rung in &mut all {
        rung.is_on = rung.code != "most";
    }
    let five = clock("2026-03-02T09:00", 5, LimitUnit::WorkingDays);
    let found = walked(&all, &five);
    // The other condition of yellow comes in its place.
    assert_eq!(
        found[1],
        ("last_day".to_owned(), "2026-03-06T17:30".to_owned())
    );
}

fn codes(standing: &Standing<'_>) -> (Vec<String>, Option<String>, Option<String>) {
    let code = |step: &Step<'_>| step.rung.code.clone();
    (
        standing.new.iter().map(code).collect(),
        standing.reached.as_ref().map(code),
        standing.next.as_ref().map(code),
    )
}

#[test]
fn what_was_told_is_not_told_again_and_what_was_missed_is_told_in_order() {
    let (rungs, five) = (
        rungs(),
        clock("2026-03-02T09:00", 5, LimitUnit::WorkingDays),
    );
    let steps = steps(&rungs, &five, &WorkCalendar::shipped());
    let begin = five.from;
    let some = |code: &str| Some(code.to_owned());
    let fresh = standing(&steps, None, begin, begin);
    assert_eq!(codes(&fresh), (vec![], None, some("half")));
    let later = at("2026-03-09T18:00");
    let missed = standing(&steps, Some(("half", at("2026-03-04T17:30"))), begin, later);
    assert_eq!(
        codes(&missed),
        (
            vec![
                "most".to_owned(),
                "last_hours".to_owned(),
                "overdue".to_owned()
            ],
            some("overdue"),
            some("phone")
        )
    );
    let told = standing(&steps, Some(("overdue", later)), begin, later);
    assert!(told.new.is_empty());
    // Taken over as it stands: what lay before is not news.
    let over = standing(&steps, None, later, later);
    assert_eq!(codes(&over), (vec![], some("overdue"), some("phone")));
    // The list has the rung no more.
    let gone = standing(
        &steps,
        Some(("other", at("2026-03-06T17:00"))),
        begin,
        later,
    );
    assert_eq!(codes(&gone).0, ["last_hours", "overdue"]);
    let end = standing(
        &steps,
        Some(("listed", later)),
        begin,
        at("2026-04-01T09:00"),
    );
    assert_eq!(codes(&end), (vec![], some("listed"), None));
}

#[test]
fn a_deadline_that_moves_away_takes_rungs_back() {
    let rungs = rungs();
    let ten = clock("2026-03-02T09:00", 10, LimitUnit::WorkingDays);
    let steps = steps(&rungs, &ten, &WorkCalendar::shipped());
    let now = at("2026-03-09T15:00");
    let moved = standing(&steps, Some(("last_hours", now)), ten.from, now);
    assert!(moved.new.is_empty());
    assert_eq!(
        moved.reached.map(|step| step.rung.colour),
        Some(Colour::Blue)
    );
    assert_eq!(
        moved.next.map(|step| step.rung.trigger),
        Some(Trigger::Percent)
    );
}

#[test]
fn the_shipped_ladder_turns_yellow_when_the_light_of_lists_does() {
    let (rungs, calendar) = (rungs(), WorkCalendar::shipped());
    let units = [
        (LimitUnit::WorkingDays, 15),
        (LimitUnit::WorkingHours, 20),
        (LimitUnit::Hours, 50),
    ];
    for hour in (0..24 * 10).step_by(5) {
        let from = Instant(at("2026-02-11T00:07").0 + hour * 3_600_000);
        for (unit, most) in units {
            for value in 1..=most {
                let due = calendar.due(from, Limit { value, unit });
                let clock = RunningClock {
                    from,
                    due: due.at,
                    unit,
                    paused: 0,
                    at_once: true,
                };
                let steps = steps(&rungs, &clock, &calendar);
                let yellow = steps.iter().find(|step| step.rung.colour == Colour::Yellow);
                let yellow = yellow.expect("a yellow rung").at;
                assert_eq!(
                    yellow,
                    due.warn_at,
                    "{value} {unit} from {}",
                    from.rfc3339()
                );
            }
        }
    }
}

#[test]
fn what_a_clock_stood_still_is_no_part_of_its_limit() {
    // Five working days from Monday with two whole days of standing still: half of the limit lies two days later, and 80 % too.
    let five = clock("2026-03-02T09:00", 5, LimitUnit::WorkingDays);
    let held = RunningClock {
        due: at("2026-03-11T17:30"),
        paused: 2 * 7 * 60,
        ..five
    };
    let found = walked(&rungs(), &held);
    assert_eq!(found[0], ("half".to_owned(), "2026-03-06T17:30".to_owned()));
    assert_eq!(found[1], ("most".to_owned(), "2026-03-10T16:06".to_owned()));
}
