//! Drawn sequences of what happens to a clock: the entries alone make the deadline that the row has, under the hours of then and of now.

use proptest::prelude::*;

use super::*;
use crate::ticket::LimitUnit;

/// What can happen to a clock that runs.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Extend(i32),
    /// Stands still for so many minutes, of which some are taken off when it goes on.
    Pause(i32, i32),
    Promise(i64),
    Rule(i32, LimitUnit),
    /// Decree or hours have changed.
    Calendar,
    Overdue,
    StopAndGoOn,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let unit = prop::sample::select(LimitUnit::ALL);
    let one = prop_oneof![
        (1_i32..6).prop_map(Deed::Extend),
        (0_i32..3_000)
            .prop_flat_map(|minutes| (Just(minutes), 0..=minutes))
            .prop_map(|(minutes, off)| Deed::Pause(minutes, off)),
        (1_i64..40).prop_map(Deed::Promise),
        (1_i32..30, unit).prop_map(|(value, unit)| Deed::Rule(value, unit)),
        Just(Deed::Calendar),
        Just(Deed::Overdue),
        Just(Deed::StopAndGoOn),
    ];
    prop::collection::vec(one, 0..12)
}

/// The row of a clock, which verbs and jobs change, with the entries that they write.
struct Kept {
    from: Instant,
    limit: Limit,
    added: Added,
    calendar: WorkCalendar,
    entries: Vec<Told>,
}

impl Kept {
    fn due(&self) -> Instant {
        self.calendar.due_with(self.from, self.limit, self.added).at
    }

    fn tell(&mut self, kind: ClockKind, (days, minutes): (i32, i32), promised: Option<Instant>) {
        self.entries.push(Told {
            kind,
            began_at: Some(self.from).filter(|_| !kind.is_beside()),
            limit: Some(self.limit).filter(|_| !kind.is_beside()),
            days,
            minutes,
            promised,
            tied: None,
            due_at: Some(self.due()),
        });
    }

    fn add(&mut self, kind: ClockKind, (days, minutes): (i32, i32)) {
        self.added.days += days;
        self.added.paused += minutes;
        self.tell(kind, (days, minutes), None);
    }

    fn does(&mut self, deed: Deed) {
        match deed {
            Deed::Extend(days) => self.add(ClockKind::Extend, (days, 0)),
            Deed::Pause(minutes, off) => {
                self.add(ClockKind::Pause, (0, minutes));
                self.add(ClockKind::Resume, (0, -off));
            }
            Deed::Promise(days) => {
                let end = Instant(self.due().0 + days * 86_400_000);
                self.added.promised = Some(end);
                self.tell(ClockKind::Promise, (0, 0), Some(end));
            }
            Deed::Rule(value, unit) => {
                self.limit = Limit { value, unit };
                self.tell(ClockKind::Recompute, (0, 0), None);
            }
            Deed::Calendar => {
                self.calendar = WorkCalendar::shipped();
                self.tell(ClockKind::Recompute, (0, 0), None);
            }
            Deed::Overdue => self.tell(ClockKind::Overdue, (0, 0), None),
            Deed::StopAndGoOn => {
                self.tell(ClockKind::Stop, (0, 0), None);
                self.tell(ClockKind::Start, (0, 0), None);
            }
        }
    }
}

fn begun(minutes: i64) -> Kept {
    let first = crate::calendar::day_start("2026-01-05".parse().expect("a date"));
    let mut kept = Kept {
        from: Instant(first.0 + minutes * 60_000),
        limit: Limit {
            value: 5,
            unit: LimitUnit::WorkingDays,
        },
        added: Added::default(),
        // Weekends only: no decree is known yet.
        calendar: WorkCalendar::new(crate::calendar::WorkPeriods::default(), [], []),
        entries: Vec::new(),
    };
    kept.tell(ClockKind::Start, (0, 0), None);
    kept
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_entries_alone_make_the_deadline(begin in 0_i64..90 * 24 * 60, deeds in deeds()) {
        let mut kept = begun(begin);
        for deed in deeds {
            kept.does(deed);
            let clock = fold(kept.entries.iter().copied()).expect("it can be reckoned");
            let due = clock.due(&kept.calendar).map(|due| due.at);
            prop_assert_eq!(due, Some(kept.due()), "{:?}", deed);
            prop_assert_eq!(clock.added, kept.added);
        }
    }
}

#[test]
fn of_what_does_not_say_since_when_it_runs_nothing_is_reckoned() {
    let mut kept = begun(600);
    kept.does(Deed::Extend(2));
    let mut old = kept.entries.clone();
    old[0].began_at = None;
    assert_eq!(fold(old), None, "an entry of an older release");
    assert_eq!(fold(kept.entries.iter().skip(1).copied()), None, "no start");
    assert_eq!(fold([]), None);
}

#[test]
fn a_clock_that_has_stopped_stands_where_it_stood() {
    let mut kept = begun(600);
    kept.tell(ClockKind::Stop, (0, 0), None);
    let clock = fold(kept.entries.iter().copied()).expect("it can be reckoned");
    assert!(clock.has_stopped);
    assert_eq!(clock.told, Some(kept.due()));
}
