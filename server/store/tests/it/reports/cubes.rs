//! The contract of reports (`domain.md` 4.4): every number of a cube is the length of its list, and the rows of a cube sum to its total.
//! Cubes, filters, expressions and scopes are drawn by a counter, over two hundred tickets of every kind. What is touched by findings keeps it too.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use shared::access::Scope;
use shared::calendar::Instant;
use shared::ids::{TicketId, UserId};
use shared::measure::{Axis, CubeQuery, Key, Measure, MeasureUnit, Side};
use shared::process::CaseKind;
use shared::quality::{FindingState, QualityRule, Severity};
use shared::query::TicketFilter;
use shared::query::language::Expr;
use shared::ticket::{
    AssignmentStatus, Channel, RequestKind, Satisfaction, Solved, TicketState, Urgency,
};
use store::StoreError;
use store::record::QualityFinding;
use store::tickets::{CubeCounted, count_capped, cube, touched_cube};
use uuid::Uuid;

use crate::support::{DAY, HOUR, NOW, World, change, ticket};

on_both! { every_number_is_the_length_of_its_list touched_numbers_are_the_length_of_their_lists months_divide_a_period copies_and_rulings_count_as_they_should }

/// Numbers that look like chance, the same in every run.
pub(super) struct Draw(pub(super) u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % n
    }

    pub(super) fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    fn hours(&mut self, most: usize) -> i64 {
        i64::try_from(self.below(most)).expect("few") * HOUR
    }
}

pub(super) async fn fill(world: &World) {
    let mut draw = Draw(7);
    for n in 0..200_u128 {
        let at = Instant(NOW.0 - draw.hours(60 * 24));
        let mut one = ticket(at);
        one.region = draw
            .of(&["320106", "320102", "320500", "320100", "320000"])
            .to_owned();
        one.street = None;
        one.accepted_by = Some(UserId(Uuid::from_u128(70 + n % 3)));
        one.kind = draw.of(RequestKind::ALL);
        one.channel = draw.of(&[Channel::Phone, Channel::Web, Channel::Police110]);
        one.urgency = draw.of(Urgency::ALL);
        one.category = draw
            .of(&[Some("010101"), Some("020401"), None])
            .map(str::to_owned);
        one.due_at = Some(Instant(at.0 + 3 * DAY));
        let one = world.register(one).await;
        if draw.below(4) == 0 {
            continue;
        }
        let case = world.dispatch(&one, &["3201-ZJJ"]).await;
        let mut done = change(&case);
        let mut lead = case.assignments[0].clone();
        lead.version += 1;
        let after = |draw: &mut Draw| Some(Instant(at.0 + draw.hours(10 * 24)));
        if draw.below(3) > 0 {
            lead.signed_at = after(&mut draw);
        }
        lead.contact_due_at = Some(Instant(at.0 + 2 * DAY));
        if draw.below(2) > 0 {
            lead.contacted_at = after(&mut draw);
        }
        if draw.below(3) > 0 {
            lead.status = AssignmentStatus::Done;
            lead.replied_at = after(&mut draw);
        }
        lead.extended_days = i32::from(draw.below(4) == 0);
        let ticket = &mut done.after.ticket;
        ticket.first_dispatched_at = Some(Instant(at.0 + HOUR));
        ticket.replied_at = lead.replied_at.map(|at| Instant(at.0 + HOUR));
        ticket.state = draw.of(&[
            TicketState::Closed,
            TicketState::Closed,
            TicketState::Handling,
            TicketState::Recycled,
            TicketState::Withdrawn,
            TicketState::ToVisit,
            TicketState::Merged,
        ]);
        if ticket.state == TicketState::Closed {
            ticket.closed_at = after(&mut draw);
        }
        ticket.latest_satisfaction = draw.of(Satisfaction::ALL);
        ticket.first_satisfaction = draw.of(Satisfaction::ALL);
        ticket.solved = draw.of(&[Some(Solved::Yes), Some(Solved::No), None]);
        ticket.not_counted = draw.below(6) == 0;
        ticket.cycle_no = i32::from(draw.below(5) == 0);
        ticket.urge_count = i32::from(draw.below(5) == 0);
        ticket.difficult_at = (draw.below(9) == 0).then_some(at);
        ticket.three_way_at = (draw.below(9) == 0).then_some(at);
        done.after.assignments = vec![lead];
        world.save(done).await.expect("saved");
    }
}

pub(super) fn scopes() -> Vec<Scope> {
    vec![
        Scope::All,
        Scope::Own(UserId(Uuid::from_u128(70))),
        Scope::Team([70, 71].map(|n| UserId(Uuid::from_u128(n))).to_vec()),
        Scope::Region("32".to_owned()),
        Scope::Region("3201".to_owned()),
        Scope::Region("320106".to_owned()),
        Scope::Unit("3201-ZJJ".to_owned()),
        Scope::UnitTree("JS/".to_owned()),
        // Two posts whose tickets overlap.
        Scope::Any(vec![
            Scope::Unit("3201-ZJJ".to_owned()),
            Scope::Region("3201".to_owned()),
        ]),
    ]
}

/// Conditions of which expressions are made.
const CONDITIONS: [&str; 12] = [
    "kind != complaint",
    "channel in (phone, web)",
    "level = urgent",
    "category under 01",
    "category is empty",
    "area in (320106, 320100)",
    "urges > 0",
    "cycles >= 1",
    "satisfaction in (dissatisfied, very_dissatisfied)",
    "solved = yes",
    "counted = no",
    "accepted >= today-30",
];

/// Two or three conditions together.
fn expression(draw: &mut Draw) -> Option<Expr> {
    let (one, two) = (draw.of(&CONDITIONS), draw.of(&CONDITIONS));
    let text = match draw.below(3) {
        0 => format!("({one}) and not ({two})"),
        1 => format!("({one}) or ({two})"),
        _ => format!("not ({one}) or (({two}) and closed is not empty)"),
    };
    let read = Expr::parse(&text).ok();
    assert!(read.is_some(), "{text}");
    read
}

pub(super) fn filter(draw: &mut Draw) -> TicketFilter {
    let mut filter = TicketFilter::default();
    match draw.below(13) {
        0 => filter.kind = vec![RequestKind::Complaint, RequestKind::Help],
        1 => filter.channel = vec![Channel::Web],
        2 => filter.region = Some(draw.of(&["320100", "320106", "320100-"]).to_owned()),
        3 => filter.state = vec![TicketState::Closed, TicketState::Handling],
        4 => filter.category = Some("-".to_owned()),
        5 => filter.overdue = Some(true),
        6 => filter.unit = Some("3201-ZJJ".to_owned()),
        7..=10 => filter.expr = expression(draw),
        _ => {}
    }
    filter
}

fn drawn(draw: &mut Draw) -> CubeQuery {
    let mut measures = Vec::new();
    let mut axes = Vec::new();
    for _ in 0..=draw.below(3) {
        let measure = draw.of(Measure::ALL);
        if !measures.contains(&measure) {
            measures.push(measure);
        }
    }
    for _ in 0..draw.below(3) {
        let axis = draw.of(Axis::ALL);
        if !axes.contains(&axis) {
            axes.push(axis);
        }
    }
    let (from, to) = some_days(draw);
    CubeQuery {
        measures,
        axes,
        from,
        to,
        filter: filter(draw),
        units: shared::measure::UnitsOf::Then,
    }
}

/// A period of days around now.
pub(super) fn some_days(draw: &mut Draw) -> (NaiveDate, NaiveDate) {
    let from = Instant(NOW.0 - draw.hours(60 * 24)).date();
    let to = Instant(NOW.0 + draw.hours(10 * 24)).date();
    (from, to)
}

async fn every_number_is_the_length_of_its_list(world: World) {
    fill(&world).await;
    let db = world.store.report_reader();
    let (mut draw, mut seen) = (Draw(11), 0);
    let scopes = scopes();
    for round in 0..63 {
        let query = drawn(&mut draw);
        let scope = scopes[round % scopes.len()].clone();
        let rows = cube(&db, &scope, &query, NOW).await.expect("counts");
        for row in rows.iter().take(10) {
            seen += compare(&world, (&scope, &query, false), row).await;
        }
        let total = CubeQuery {
            axes: Vec::new(),
            ..query.clone()
        };
        let total = cube(&db, &scope, &total, NOW).await.expect("counts");
        let whole = total.first().map(|row| row.numbers.clone());
        let mut sums = vec![(0, 0); query.measures.len()];
        for row in &rows {
            for (sum, number) in sums.iter_mut().zip(&row.numbers) {
                *sum = (sum.0 + number.0, sum.1 + number.1);
            }
        }
        let whole = whole.unwrap_or_else(|| vec![(0, 0); query.measures.len()]);
        for ((measure, sum), whole) in query.measures.iter().zip(&mut sums).zip(&whole) {
            // A whole of quantiles has the tickets of its rows, and a time of its own.
            if measure.definition().is_quantile() {
                sum.0 = whole.0;
            }
        }
        assert_eq!(sums, whole, "{round}: {query:?} in {scope:?}");
    }
    assert!(seen > 200, "{seen} tickets in all lists");
}

/// Every number of a row against its list; how many tickets that were.
async fn compare(
    world: &World,
    (scope, query, touched): (&Scope, &CubeQuery, bool),
    row: &CubeCounted,
) -> i64 {
    let db = world.store.report_reader();
    let at: Vec<Key> = query.axes.iter().copied().zip(row.keys.clone()).collect();
    let mut seen = 0;
    for (measure, number) in query.measures.iter().zip(&row.numbers) {
        let is_mean = measure.definition().unit() == MeasureUnit::Hours;
        for (side, number) in [(Side::Numerator, number.0), (Side::Denominator, number.1)] {
            // The numerator of a mean is a time, not a number of tickets.
            if is_mean && side == Side::Numerator && !touched {
                continue;
            }
            let list = if touched {
                query.behind_touched(*measure, side, &at)
            } else {
                query.behind(*measure, side, &at)
            };
            // As it comes out of the address.
            let list = TicketFilter::from_pairs(&list.to_pairs()).expect("readable");
            let listed = count_capped(&db, scope, &list, 1_000, NOW)
                .await
                .expect("counts");
            assert_eq!(
                listed, number,
                "{measure} {side} of {row:?} in {scope:?}, {query:?}"
            );
            seen += listed;
        }
    }
    seen
}

/// Every third ticket has an open finding, every sixth one that is closed.
async fn find(world: &World) {
    let db = world.store.report_reader();
    let ids = store::quality::ids(&db, (None, None), 500)
        .await
        .expect("reads");
    let rules = [
        QualityRule::V01,
        QualityRule::V05,
        QualityRule::V06,
        QualityRule::V11,
        QualityRule::V24,
    ];
    let finding = |(n, id): (usize, &TicketId)| QualityFinding {
        id: Uuid::from_u128(1_000 + u128::try_from(n).expect("few")),
        rule: rules[n / 3 % rules.len()],
        case_kind: CaseKind::Ticket,
        case_id: id.0,
        first_seen: NOW,
        rule_version: 1,
        region: "320106".to_owned(),
        unit: None,
        unit_path: None,
        severity: Severity::Block,
        state: if n % 6 == 0 {
            FindingState::Fixed
        } else {
            FindingState::Open
        },
        facts: BTreeMap::new(),
        last_seen: NOW,
        due_at: NOW,
        asked_by: None,
        asked_by_name: None,
        reason: None,
        closed_at: (n % 6 == 0).then_some(NOW),
        closed_by: None,
        closed_by_name: None,
        note: None,
    };
    let every_third = ids.iter().enumerate().filter(|(n, _)| n % 3 == 0);
    let findings: Vec<QualityFinding> = every_third.map(finding).collect();
    world
        .store
        .write::<_, StoreError, _>(move |tx| {
            let findings = findings.clone();
            Box::pin(async move { store::quality::put(tx, &findings).await })
        })
        .await
        .expect("written");
}

async fn touched_numbers_are_the_length_of_their_lists(world: World) {
    fill(&world).await;
    find(&world).await;
    let db = world.store.report_reader();
    let (mut draw, mut seen) = (Draw(13), 0);
    let scopes = scopes();
    for round in 0..27 {
        let query = drawn(&mut draw);
        let scope = &scopes[round % scopes.len()];
        let rows = touched_cube(&db, scope, &query, NOW).await.expect("counts");
        let whole = cube(&db, scope, &query, NOW).await.expect("counts");
        for row in rows.iter().take(10) {
            seen += compare(&world, (scope, &query, true), row).await;
            let all = whole.iter().find(|all| all.keys == row.keys);
            let all = all.expect("what is touched is counted");
            for (touched, number) in row.numbers.iter().zip(&all.numbers) {
                assert!(touched.1 <= number.1, "{round}: {row:?} of {all:?}");
            }
        }
    }
    assert!(seen > 20, "{seen} tickets in all lists");
}

async fn months_divide_a_period(world: World) {
    fill(&world).await;
    let db = world.store.report_reader();
    let query = CubeQuery {
        measures: vec![Measure::Accepted, Measure::HandlingHours],
        axes: vec![Axis::Month],
        from: Instant(NOW.0 - 60 * DAY).date(),
        to: NOW.date(),
        filter: TicketFilter::default(),
        units: shared::measure::UnitsOf::Then,
    };
    let rows = cube(&db, &Scope::All, &query, NOW).await.expect("counts");
    let months: Vec<&str> = rows.iter().map(|row| row.keys[0].as_str()).collect();
    assert!(
        months.contains(&"2026-01") && months.contains(&"2026-02"),
        "{months:?}"
    );
    assert!(
        rows.iter().any(|row| row.numbers[1].0 > 0),
        "hours are summed"
    );
    assert!(
        rows.iter()
            .all(|row| row.numbers[1].0 >= 0 && row.numbers[0].0 == row.numbers[0].1)
    );
}

async fn copies_and_rulings_count_as_they_should(world: World) {
    let db = world.store.report_reader();
    for (state, not_counted) in [
        (TicketState::Merged, false),
        (TicketState::Closed, true),
        (TicketState::Closed, false),
    ] {
        let one = world.register(ticket(Instant(NOW.0 - DAY))).await;
        let mut done = change(&world.case(&one).await);
        let after = &mut done.after.ticket;
        after.state = state;
        after.not_counted = not_counted;
        after.latest_satisfaction = Satisfaction::Satisfied;
        world.save(done).await.expect("saved");
    }
    let query = CubeQuery {
        measures: vec![
            Measure::Accepted,
            Measure::Matters,
            Measure::NotCounted,
            Measure::DirectRate,
            Measure::Satisfied,
        ],
        axes: Vec::new(),
        from: Instant(NOW.0 - DAY).date(),
        to: NOW.date(),
        filter: TicketFilter::default(),
        units: shared::measure::UnitsOf::Then,
    };
    let rows = cube(&db, &Scope::All, &query, NOW).await.expect("counts");
    // A copy is a voice, no matter of its own; what was ruled not to count is in no rate of satisfaction, and in every number of tickets.
    assert_eq!(rows[0].numbers, [(3, 3), (2, 2), (1, 1), (2, 2), (2, 2)]);
}
