//! What the copy costs and how fast it answers: `cargo run --release --example bench -- 10000000 FOLDER`.
//! Rows are made up, month after month; figures are medians of five.

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant as Watch};

use analytics::object_store::local::LocalFileSystem;
use analytics::{Copy, Question, Row, Settings, listed};
use chrono::NaiveDate;
use futures::stream;
use shared::access::Scope;
use shared::calendar::day_start;
use shared::ids::TicketId;
use shared::measure::{Axis, CubeQuery, Measure};
use shared::query::TicketFilter;
use shared::ticket::{Channel, RequestKind, Satisfaction, Solved, TicketState, Urgency};
use uuid::Uuid;

/// Numbers without a pattern, the same at every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }

    fn one<T: std::marker::Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len() as u64) as usize]
    }
}

const HOUR: i64 = 3_600_000;

fn made(dice: &mut Dice, at: i64, nth: u64) -> Row {
    let high = ((at as u64) << 16) | 0x7000 | (nth & 0xfff);
    let low = 0x8000_0000_0000_0000 | (nth << 20) | dice.roll(1 << 20);
    let (id_hi, id_lo) = Row::halves(TicketId(Uuid::from_u64_pair(high, low)));
    let city = 3201 + dice.roll(13);
    let region = format!("{city}{:02}", 1 + dice.roll(9));
    let unit = format!("{city}00-U{:02}", dice.roll(40));
    let top = format!("{:02}", 1 + dice.roll(20));
    let state = dice.one(&[
        TicketState::Closed,
        TicketState::Archived,
        TicketState::Closed,
        TicketState::Handling,
        TicketState::ToVisit,
    ]);
    let due = at + 24 * HOUR * 5;
    let replied = at + HOUR * (2 + dice.roll(160) as i64);
    Row {
        id_hi,
        id_lo,
        version: 9,
        accepted_at: at,
        accepted_by: Some(format!("00000000-0000-7000-8000-{:012}", dice.roll(400))),
        city: city.to_string(),
        street: Some(format!("{region}{:03}", dice.roll(20))),
        region,
        category: Some(format!("{top}{:04}", dice.roll(300))),
        category_top: top,
        kind: dice.one(RequestKind::ALL),
        channel: dice.one(Channel::ALL),
        state,
        urgency: dice.one(Urgency::ALL),
        first_dispatched_at: Some(at + HOUR),
        replied_at: Some(replied),
        closed_at: Some(replied + HOUR),
        due_at: Some(due),
        warn_at: Some(due - 24 * HOUR),
        lead_due_at: Some(due),
        lead_replied_at: Some(replied),
        signed_at: Some(at + 2 * HOUR),
        units: listed(["320000", unit.as_str()]),
        own_units: listed([unit.as_str()]),
        lead_unit: Some(unit),
        tags: listed([]),
        first_satisfaction: dice.one(Satisfaction::ALL),
        latest_satisfaction: dice.one(Satisfaction::ALL),
        solved: Some(dice.one(Solved::ALL)),
        is_open: state.is_open(),
        repeated: dice.roll(20) == 0,
        urged: dice.roll(10) == 0,
        redone: dice.roll(30) == 0,
        difficult: dice.roll(500) == 0,
        three_way: dice.roll(100) == 0,
        not_counted: dice.roll(200) == 0,
        unreasonable: dice.roll(400) == 0,
        extended: dice.roll(20) == 0,
        back_asked: dice.roll(20) == 0,
        back_granted: dice.roll(40) == 0,
        back_refused: dice.roll(40) == 0,
        misdirected: dice.roll(50) == 0,
        supervised: dice.roll(90) == 0,
        sign_from: Some(at + 3 * HOUR),
        sign_late: (dice.roll(12) == 0).then_some(at + 3 * HOUR),
        contact_from: Some(at + 24 * HOUR),
        contact_late: (dice.roll(12) == 0).then_some(at + 24 * HOUR),
    }
}

fn cube(measures: &[Measure], axes: &[Axis], from: &str, to: &str) -> CubeQuery {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
    CubeQuery {
        measures: measures.to_vec(),
        axes: axes.to_vec(),
        from: day(from),
        to: day(to),
        filter: TicketFilter::default(),
        units: shared::measure::UnitsOf::Then,
    }
}

/// A line of the process's own status.
fn status(name: &str) -> String {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(name));
    line.unwrap_or_default().to_owned()
}

async fn timed(copy: &Copy, name: &str, queries: &[CubeQuery]) -> Result<(), Box<dyn Error>> {
    let now = day_start(NaiveDate::from_ymd_opt(2026, 11, 30).unwrap_or_default());
    let mut times: Vec<Duration> = Vec::new();
    let mut rows = 0;
    for _ in 0..5 {
        let watch = Watch::now();
        rows = 0;
        for query in queries {
            let question = Question {
                scope: &Scope::All,
                query,
                led_by: &[],
                now,
            };
            rows += copy.cube(question).await?.rows.len();
        }
        times.push(watch.elapsed());
    }
    // The first has nothing kept of earlier answers.
    let first = times[0];
    times.sort();
    println!(
        "{name}: first {first:?}, median {:?} of {times:?}, {rows} rows, {}",
        times[2],
        status("VmRSS")
    );
    Ok(())
}

/// Newer versions of one ticket in five hundred.
async fn more(copy: &Copy, from: i64, step: i64, count: u64) -> Result<(), Box<dyn Error>> {
    let mut dice = Dice(0x5eed);
    let all = (0..count).map(|nth| made(&mut dice, from + nth as i64 * step, nth));
    let newer: Vec<Row> = all
        .filter(|row| row.id_lo % 500 == 0)
        .map(|row| Row { version: 10, ..row })
        .collect();
    let watch = Watch::now();
    copy.append(&newer, 2).await?;
    println!("append of {}: {:?}", newer.len(), watch.elapsed());
    Ok(())
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let count: u64 = arguments.next().unwrap_or_default().parse()?;
    let folder = arguments.next().unwrap_or_default();
    std::fs::create_dir_all(&folder)?;
    let store = Arc::new(LocalFileSystem::new_with_prefix(&folder)?);
    let copy = Copy::open(store.clone(), Settings::default())?;
    let from = day_start(NaiveDate::from_ymd_opt(2025, 12, 1).unwrap_or_default()).0;
    let step = (365 * 24 * HOUR) / count as i64;
    let mut dice = Dice(0x5eed);
    let rows = (0..count).map(move |nth| Ok(made(&mut dice, from + nth as i64 * step, nth)));
    let watch = Watch::now();
    copy.rebuild(stream::iter(rows), 1).await?;
    println!(
        "rebuild: {:?}, {:?}, {}",
        watch.elapsed(),
        copy.status().await?,
        status("VmHWM")
    );
    let copy = Copy::open(store, Settings::default())?;
    let watch = Watch::now();
    timed(
        &copy,
        "first touch (with checksums), one day",
        &[cube(&[Measure::Accepted], &[], "2026-11-01", "2026-11-01")],
    )
    .await?;
    println!("all of that: {:?}", watch.elapsed());
    let year = ("2025-12-01", "2026-11-30");
    let figures = [
        Measure::Accepted,
        Measure::Closed,
        Measure::Overdue,
        Measure::OnTime,
        Measure::Satisfied,
    ];
    let asked = |measures: &[Measure], axes: &[Axis]| cube(measures, axes, year.0, year.1);
    let averages = [asked(
        &[Measure::HandlingHours],
        &[Axis::LeadUnit, Axis::Month],
    )];
    let states = [asked(&[Measure::Accepted], &[Axis::Category, Axis::State])];
    let overview = [asked(
        &[
            Measure::Accepted,
            Measure::Overdue,
            Measure::OnTime,
            Measure::Satisfied,
        ],
        &[Axis::City, Axis::Category, Axis::State],
    )];
    let medians = [asked(
        &[Measure::ReplyP50, Measure::ReplyP90],
        &[Axis::City],
    )];
    for part in ["settled", "with a tail"] {
        timed(&copy, &format!("{part}: unit by month, mean"), &averages).await?;
        timed(&copy, &format!("{part}: category by state"), &states).await?;
        timed(&copy, &format!("{part}: overview"), &overview).await?;
        timed(&copy, &format!("{part}: medians by city"), &medians).await?;
        let month = [cube(&figures, &[Axis::City], "2026-11-01", "2026-11-30")];
        timed(&copy, &format!("{part}: one month by city"), &month).await?;
        if part == "settled" {
            more(&copy, from, step, count).await?;
        }
    }
    let watch = Watch::now();
    let check = copy.verify("2026-11").await?;
    println!("verify of a month: {:?}, {check:?}", watch.elapsed());
    let watch = Watch::now();
    copy.compact().await?;
    println!(
        "compact of all months: {:?}, {}",
        watch.elapsed(),
        status("VmHWM")
    );
    Ok(())
}
