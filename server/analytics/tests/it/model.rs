//! Random rows and questions, and what comes out of them when they are evaluated one ticket after another.

use std::collections::BTreeMap;
use std::sync::Arc;

use analytics::object_store::ObjectStore;
use analytics::object_store::memory::InMemory;
use analytics::{Copy, Counted, Question, Row, Settings, kept, listed, month_of};
use chrono::NaiveDate;
use futures::stream;
use shared::access::Scope;
use shared::calendar::Instant;
use shared::ids::{TicketId, UserId};
use shared::measure::{Anchor, Axis, CubeQuery, Formula, Is, Measure, Side, Took};
use shared::query::TicketFilter;
use shared::ticket::{Channel, Light, RequestKind, Satisfaction, Solved, TicketState, Urgency};
use uuid::Uuid;

pub const HOUR: i64 = 3_600_000;
pub const DAY: i64 = 24 * HOUR;
/// 2026-09-01 in +08:00.
pub const START: i64 = 1_788_192_000_000;
pub const NOW: Instant = Instant(START + 90 * DAY);

/// Numbers without a pattern, the same at every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }

    pub fn one<T: std::marker::Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len() as u64) as usize]
    }

    fn is(&mut self, sides: u64) -> bool {
        self.roll(sides) == 0
    }

    fn moment(&mut self, from: i64, days: u64) -> Option<i64> {
        (!self.is(4)).then(|| from + self.roll(days * 24) as i64 * HOUR)
    }
}

pub fn account(nth: u64) -> UserId {
    UserId(Uuid::from_u64_pair(7, nth))
}

/// A ticket's row: the same number gives the same ticket, everything that verbs change is rolled.
pub fn row(dice: &mut Dice, nth: u64, version: i64) -> Row {
    let at = START + nth as i64 * 2 * HOUR;
    let id = Uuid::from_u64_pair((at as u64) << 16, nth);
    let (id_hi, id_lo) = Row::halves(TicketId(id));
    let city = dice.one(&["3201", "3205", "3100"]);
    let county = dice.one(&["00", "06", "07"]);
    let unit = dice.one(&["U_1", "U%2", "UX1", "U-3"]);
    let category = (!dice.is(5)).then(|| format!("{:02}{:04}", dice.roll(3), dice.roll(3)));
    let top: String = category
        .as_deref()
        .unwrap_or_default()
        .chars()
        .take(2)
        .collect();
    let state = dice.one(TicketState::ALL);
    let part = |dice: &mut Dice| {
        (
            dice.moment(at, 90),
            dice.moment(at, 90),
            dice.moment(at, 90),
        )
    };
    let (sign_from, sign_late) = kept([part(dice), part(dice)]);
    let (contact_from, contact_late) = kept([part(dice)]);
    Row {
        id_hi,
        id_lo,
        version,
        accepted_at: at,
        accepted_by: (!dice.is(3)).then(|| account(dice.roll(4)).to_string()),
        region: format!("{city}{county}"),
        city: city.to_owned(),
        street: (!dice.is(3)).then(|| format!("{city}{county}{:03}", dice.roll(3))),
        category_top: top,
        category,
        kind: dice.one(RequestKind::ALL),
        channel: dice.one(Channel::ALL),
        state,
        urgency: dice.one(Urgency::ALL),
        first_dispatched_at: dice.moment(at, 5),
        replied_at: dice.moment(at + 5 * DAY, 40),
        closed_at: dice.moment(at + 9 * DAY, 60),
        due_at: dice.moment(at + 5 * DAY, 90),
        warn_at: dice.moment(at + 5 * DAY, 90),
        lead_due_at: dice.moment(at + 5 * DAY, 60),
        lead_replied_at: dice.moment(at + 5 * DAY, 60),
        signed_at: dice.moment(at + DAY, 20),
        lead_unit: (!dice.is(4)).then(|| unit.to_owned()),
        units: listed(["ROOT", unit]),
        own_units: listed(if dice.is(2) { vec![unit] } else { vec![] }),
        tags: listed(if dice.is(2) { vec!["hot"] } else { vec![] }),
        first_satisfaction: dice.one(Satisfaction::ALL),
        latest_satisfaction: dice.one(Satisfaction::ALL),
        solved: (!dice.is(3)).then(|| dice.one(Solved::ALL)),
        is_open: state.is_open(),
        repeated: dice.is(2),
        urged: dice.is(2),
        redone: dice.is(2),
        difficult: dice.is(2),
        three_way: dice.is(2),
        not_counted: dice.is(3),
        unreasonable: dice.is(2),
        extended: dice.is(2),
        back_asked: dice.is(2),
        back_granted: dice.is(2),
        back_refused: dice.is(2),
        misdirected: dice.is(2),
        supervised: dice.is(2),
        sign_from,
        sign_late,
        contact_from,
        contact_late,
    }
}

fn is(row: &Row, condition: Is) -> bool {
    let answers = ["1", "2", "3", "4", "5"];
    let rated = |rating: Satisfaction, least: usize| answers[least..].contains(&rating.code());
    let by = |at: Option<i64>| at.is_some_and(|at| at <= NOW.0);
    let in_time = match (row.lead_replied_at, row.lead_due_at) {
        (Some(replied), Some(due)) => Some(replied <= due),
        _ => None,
    };
    match condition {
        Is::Ended => ["CL", "AR"].contains(&row.state.code()),
        Is::Overdue => row.is_open && row.due_at.is_some_and(|due| due < NOW.0),
        Is::NotMerged => row.state != TicketState::Merged,
        Is::Valid => !["NA", "WI", "EX"].contains(&row.state.code()),
        Is::Phoned => row.channel.code() == "01",
        Is::Repeated => row.repeated,
        Is::Urged => row.urged,
        Is::Difficult => row.difficult,
        Is::ThreeWay => row.three_way,
        Is::Assessed => !row.not_counted,
        Is::NotAssessed => row.not_counted,
        Is::Undispatched => row.first_dispatched_at.is_none(),
        Is::Dispatched => row.first_dispatched_at.is_some(),
        Is::Redone => row.redone,
        Is::Signed => row.signed_at.is_some(),
        Is::LeadDue => by(row.lead_due_at),
        Is::LeadInTime => in_time == Some(true),
        Is::LeadLate => row.lead_replied_at.is_none() || in_time == Some(false),
        Is::Extended => row.extended,
        Is::SignDue => by(row.sign_from),
        Is::SignedInTime => !by(row.sign_late),
        Is::ContactDue => by(row.contact_from),
        Is::ContactedInTime => !by(row.contact_late),
        Is::SendBackAsked => row.back_asked,
        Is::SentBack => row.back_granted,
        Is::SendBackRefused => row.back_refused,
        Is::NotMisdirected => !row.misdirected,
        Is::Supervised => row.supervised,
        Is::Replied => row.replied_at.is_some() && row.first_dispatched_at.is_some(),
        Is::Rated => rated(row.latest_satisfaction, 0),
        Is::Satisfied => rated(row.latest_satisfaction, 2),
        Is::WellSatisfied => rated(row.latest_satisfaction, 3),
        Is::FirstRated => rated(row.first_satisfaction, 0),
        Is::FirstSatisfied => rated(row.first_satisfaction, 2),
        Is::SaidWhetherSolved => row.solved.is_some(),
        Is::Solved => row.solved == Some(Solved::Yes),
    }
}

fn reaches(row: &Row, scope: &Scope) -> bool {
    let by = |user: &UserId| row.accepted_by.as_deref() == Some(user.to_string().as_str());
    let stands = |text: &str, code: &str| text.split('|').any(|it| it == code);
    match scope {
        Scope::Own(user) => by(user),
        Scope::Team(people) => people.iter().any(by),
        Scope::Unit(code) => stands(&row.own_units, code),
        Scope::UnitTree(path) => {
            let last = path.trim_end_matches('/').rsplit('/').next();
            stands(&row.units, last.unwrap_or_default())
        }
        Scope::Region(prefix) if prefix.len() > 6 => row
            .street
            .as_deref()
            .is_some_and(|it| it.starts_with(prefix)),
        Scope::Region(prefix) => row.region.starts_with(prefix),
        Scope::Any(parts) => parts.iter().any(|part| reaches(row, part)),
        Scope::All => true,
    }
}

fn passes(row: &Row, filter: &TicketFilter) -> bool {
    let within = |at: Option<i64>, from: Option<i64>, to: Option<i64>| {
        let lower = from.is_none_or(|from| at.is_some_and(|at| at >= from));
        lower && to.is_none_or(|to| at.is_some_and(|at| at < to))
    };
    let late = row.due_at.is_some_and(|due| due < NOW.0);
    let warned = row.warn_at.is_some_and(|warn| warn <= NOW.0);
    let shown = match filter.light {
        None => true,
        Some(Light::Red) => row.is_open && late,
        Some(Light::Yellow) => row.is_open && row.due_at.is_some() && !late && warned,
        Some(Light::Green) => row.is_open && (row.due_at.is_none() || !late && !warned),
    };
    let category = match filter.category.as_deref() {
        None => true,
        Some("-") => row.category.is_none(),
        Some(code) => row
            .category
            .as_deref()
            .is_some_and(|it| it.starts_with(code)),
    };
    shown
        && category
        && (filter.state.is_empty() || filter.state.contains(&row.state))
        && (filter.kind.is_empty() || filter.kind.contains(&row.kind))
        && filter
            .tag
            .as_ref()
            .is_none_or(|tag| row.tags.contains(&format!("|{tag}|")))
        && filter
            .overdue
            .is_none_or(|asked| asked == (row.is_open && late))
        && within(
            Some(row.accepted_at),
            filter.accepted_from,
            filter.accepted_to,
        )
        && within(row.due_at, filter.due_from, filter.due_to)
        && within(row.closed_at, filter.closed_from, filter.closed_to)
}

fn key(row: &Row, axis: Axis, at: i64) -> String {
    match axis {
        Axis::City => row.city.clone(),
        Axis::County => row.region.clone(),
        Axis::Category => row.category_top.clone(),
        Axis::Kind => row.kind.code().to_owned(),
        Axis::Channel => row.channel.code().to_owned(),
        Axis::State => row.state.code().to_owned(),
        Axis::Urgency => row.urgency.code().to_owned(),
        Axis::LeadUnit => row.lead_unit.clone().unwrap_or_default(),
        Axis::Month => month_of(at),
    }
}

fn lasted(row: &Row, took: Took) -> i64 {
    let (until, from) = match took {
        Took::Sign => (row.signed_at, row.first_dispatched_at),
        Took::Reply => (row.replied_at, row.first_dispatched_at),
        Took::Close => (row.closed_at, Some(row.accepted_at)),
    };
    until.expect("an end") - from.expect("a beginning")
}

/// The cube in plain Rust.
pub fn plain<'a>(
    rows: impl Iterator<Item = &'a Row>,
    scope: &Scope,
    query: &CubeQuery,
) -> Vec<Counted> {
    let (from, until) = query.between();
    let mut found: BTreeMap<Vec<String>, Vec<(i64, i64)>> = BTreeMap::new();
    let mut times: BTreeMap<(Vec<String>, usize), Vec<i64>> = BTreeMap::new();
    for row in rows {
        let is_counted = !["RE", "DR"].contains(&row.state.code());
        if !is_counted || !reaches(row, scope) || !passes(row, &query.filter) {
            continue;
        }
        for (place, measure) in query.measures.iter().enumerate() {
            let definition = measure.definition();
            let at = match definition.anchor {
                Anchor::Accepted => Some(row.accepted_at),
                Anchor::Due => row.lead_due_at,
                Anchor::Dispatched => row.first_dispatched_at,
                Anchor::Replied => row.replied_at,
                Anchor::Closed => row.closed_at,
            };
            let Some(at) = at.filter(|at| from.0 <= *at && *at < until.0) else {
                continue;
            };
            let is_in = |side| {
                definition
                    .set(side)
                    .into_iter()
                    .flatten()
                    .all(|it| is(row, *it))
            };
            let keys: Vec<String> = query.axes.iter().map(|axis| key(row, *axis, at)).collect();
            if let Formula::Quantile { took, .. } = definition.formula {
                if is_in(Side::Denominator) {
                    let of = times.entry((keys, place)).or_default();
                    of.push(lasted(row, took));
                }
                continue;
            }
            let numbers = found
                .entry(keys)
                .or_insert_with(|| vec![(0, 0); query.measures.len()]);
            if is_in(Side::Numerator) {
                numbers[place].0 += match definition.formula {
                    Formula::Hours { .. } => {
                        row.replied_at.expect("replied")
                            - row.first_dispatched_at.expect("dispatched")
                    }
                    Formula::Count(_) | Formula::Share { .. } | Formula::Quantile { .. } => 1,
                };
            }
            numbers[place].1 += i64::from(is_in(Side::Denominator));
        }
    }
    for ((keys, place), mut times) in times {
        times.sort_unstable();
        let Formula::Quantile { percent, .. } = query.measures[place].definition().formula else {
            unreachable!("only quantiles have times");
        };
        // The first with so many percent of them behind it together with itself.
        let whole = times.len() as i64;
        let is_far = |nth: &usize| (*nth as i64 + 1) * 100 >= whole * percent;
        let nth = (0..times.len())
            .find(is_far)
            .expect("the last at the latest");
        let numbers = found
            .entry(keys)
            .or_insert_with(|| vec![(0, 0); query.measures.len()]);
        numbers[place] = (times[nth], whole);
    }
    found.retain(|_, numbers| numbers.iter().any(|number| *number != (0, 0)));
    found
        .into_iter()
        .map(|(keys, numbers)| Counted { keys, numbers })
        .collect()
}

/// A random scope.
pub fn scope(dice: &mut Dice) -> Scope {
    let one = |dice: &mut Dice| match dice.roll(7) {
        0 => Scope::Own(account(dice.roll(4))),
        1 => Scope::Team(vec![account(0), account(dice.roll(4))]),
        2 => Scope::Unit(dice.one(&["U_1", "U%2", "UX1"]).to_owned()),
        3 => Scope::UnitTree(format!("ROOT/{}/", dice.one(&["U_1", "U%2", "UX1"]))),
        4 => Scope::Region(
            dice.one(&["32", "3201", "32010", "320106", "320106001"])
                .to_owned(),
        ),
        _ => Scope::All,
    };
    if dice.roll(5) == 0 {
        Scope::Any(vec![one(dice), one(dice)])
    } else {
        one(dice)
    }
}

/// A random cube.
pub fn query(dice: &mut Dice) -> CubeQuery {
    let day = |offset: u64| {
        let first = NaiveDate::from_ymd_opt(2026, 9, 1).expect("a date");
        shared::calendar::days_after(first, offset)
    };
    let from = dice.roll(80);
    let some = dice.roll(3);
    let axes: Vec<Axis> = (0..some).map(|_| dice.one(Axis::ALL)).collect();
    let mut filter = TicketFilter::default();
    match dice.roll(9) {
        0 => filter.state = vec![dice.one(TicketState::ALL), dice.one(TicketState::ALL)],
        1 => filter.kind = vec![dice.one(RequestKind::ALL)],
        2 => filter.category = Some(dice.one(&["-", "01", "010001"]).to_owned()),
        3 => filter.light = Some(dice.one(Light::ALL)),
        4 => filter.overdue = Some(dice.roll(2) == 0),
        5 => filter.tag = Some("hot".to_owned()),
        6 => filter.due_from = Some(START + 40 * DAY),
        7 => filter.accepted_from = Some(START + 20 * DAY),
        _ => {}
    }
    let measures = 1 + dice.roll(5);
    CubeQuery {
        measures: (0..measures).map(|_| dice.one(Measure::ALL)).collect(),
        axes: if axes.first() == axes.get(1) {
            axes.into_iter().take(1).collect()
        } else {
            axes
        },
        from: day(from),
        to: day(from + dice.roll(60)),
        filter,
        units: shared::measure::UnitsOf::Then,
    }
}

/// The tickets as they are: the newest version of each.
#[derive(Default)]
pub struct Truth(pub BTreeMap<(i64, i64), (i64, i64, Row)>);

impl Truth {
    pub fn take(&mut self, rows: &[Row], seq: i64) {
        for row in rows {
            let key = (row.id_hi, row.id_lo);
            let known = self.0.get(&key).map(|(version, seq, _)| (*version, *seq));
            if known.is_none_or(|known| known <= (row.version, seq)) {
                self.0.insert(key, (row.version, seq, row.clone()));
            }
        }
    }

    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.0.values().map(|(_, _, row)| row)
    }
}

/// Asks random cubes of both; gives how many had any number.
pub async fn agree(copy: &Copy, truth: &Truth, dice: &mut Dice, times: usize) -> usize {
    let mut filled = 0;
    for _ in 0..times {
        let (scope, query) = (scope(dice), query(dice));
        let question = Question {
            scope: &scope,
            query: &query,
            led_by: &[],
            now: NOW,
        };
        let found = copy.cube(question).await.expect("counted");
        assert_eq!(
            found.rows,
            plain(truth.rows(), &scope, &query),
            "{scope:?} {query:?}"
        );
        filled += usize::from(!found.rows.is_empty());
    }
    filled
}

pub fn store() -> Arc<dyn ObjectStore> {
    Arc::new(InMemory::new())
}

pub fn open(store: &Arc<dyn ObjectStore>) -> Copy {
    Copy::open(store.clone(), Settings::default()).expect("opened")
}

/// A copy of so many tickets, and what it is of.
pub async fn built(store: &Arc<dyn ObjectStore>, dice: &mut Dice, count: u64) -> (Copy, Truth) {
    let copy = open(store);
    let rows: Vec<Row> = (0..count).map(|nth| row(dice, nth, 1)).collect();
    let mut truth = Truth::default();
    truth.take(&rows, 1);
    copy.rebuild(stream::iter(rows.into_iter().map(Ok)), 1)
        .await
        .expect("built");
    (copy, truth)
}
