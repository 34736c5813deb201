//! Frozen figures: a day after two o'clock of the next, a month on its third day; what comes out otherwise later is an adjustment.
//! Not here: counting (`store::tickets::cube`), formulas (`shared::measure`).
//! A row is never changed: each carries its moment, the version of its formula and a digest (`domain.md` 4.4 c).

use std::collections::BTreeMap;

use aws_lc_rs::digest::{SHA256, digest};
use chrono::{Datelike as _, Months, NaiveDate, Timelike as _};
use shared::access::needs;
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::measure::{
    Axis, CubeQuery, Figure, FrozenLine, FrozenPeriod, FrozenQuery, FrozenStep, FrozenView,
    LiveReport, MOST_MEASURES, Measure,
};
use shared::query::TicketFilter;
use store::record::FrozenFigure;

use super::cubes::{city, figures, in_turn, whole_in_turn};
use super::figures::everything;
use super::{live, wholes};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::jobs::Done;
use crate::reference::Reference;
use crate::watch::watched;

/// From this hour on the day before is frozen.
const HOUR: u32 = 2;
/// From this day of a month on the month before is frozen.
const DAY: u32 = 3;
/// So many frozen months are counted again each day.
const AGAIN: usize = 3;
/// Frozen periods to choose from.
const MOST_PERIODS: usize = 90;
/// The setting that says on which day months were counted again.
const ADJUSTED: &str = "figures.adjusted";

/// Numbers of a measure in a city (empty: everywhere).
type Numbers = BTreeMap<(Measure, String), (i64, i64)>;

/// The job: freezes what is due, and once a day counts the last frozen months again.
///
/// # Errors
/// Of the store.
pub async fn freeze(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    if now.local().hour() < HOUR || !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let today = now.date();
    let mut count = 0;
    if let Some(day) = today.pred_opt() {
        count += once(services, &FrozenPeriod::day(day)).await?;
    }
    if today.day() >= DAY
        && let Some(month) = month_before(today)
    {
        count += once(services, &FrozenPeriod::month(month)).await?;
    }
    count += again(services, today).await?;
    Ok(Done { count, more: false })
}

fn month_before(today: NaiveDate) -> Option<NaiveDate> {
    today.with_day(1)?.checked_sub_months(Months::new(1))
}

/// Freezes a period that is not frozen yet.
async fn once(services: &Services, period: &FrozenPeriod) -> Result<u64, Failure> {
    let reader = services.store().reader();
    if store::frozen::is_frozen(&reader, &period.name).await? {
        return Ok(0);
    }
    let now = services.now();
    let numbers = counted(services, period).await?;
    let row = |((measure, city), numbers)| row(period, (measure, city), (0, numbers), now);
    let rows: Vec<FrozenFigure> = numbers.into_iter().map(row).collect();
    write(services, rows).await?;
    Ok(1)
}

/// Counts the last frozen months again, once a day; what differs is an adjustment.
async fn again(services: &Services, today: NaiveDate) -> Result<u64, Failure> {
    let reader = services.store().reader();
    let day = today.to_string();
    if store::settings::get(&reader, ADJUSTED).await?.as_deref() == Some(day.as_str()) {
        return Ok(0);
    }
    let mut count = 0;
    let mut month = month_before(today);
    for _ in 0..AGAIN {
        let Some(first) = month else { break };
        count += adjust(services, &FrozenPeriod::month(first)).await?;
        month = first.checked_sub_months(Months::new(1));
    }
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(store::settings::set(tx, ADJUSTED, &day).await?) })
        })
        .await?;
    Ok(count)
}

async fn adjust(services: &Services, period: &FrozenPeriod) -> Result<u64, Failure> {
    let reader = services.store().reader();
    let was = store::frozen::of_period(&reader, &everything(), &period.name, Measure::ALL).await?;
    if was.is_empty() {
        return Ok(0);
    }
    let now = services.now();
    let mut numbers = counted(services, period).await?;
    let mut last: BTreeMap<(Measure, String), FrozenFigure> = BTreeMap::new();
    for figure in was {
        // They come in the order of their revisions.
        last.insert((figure.measure, figure.city.clone()), figure);
    }
    for key in last.keys() {
        numbers.entry(key.clone()).or_insert((0, 0));
    }
    let rows: Vec<FrozenFigure> = numbers
        .into_iter()
        .filter_map(|(key, numbers)| match last.get(&key) {
            _ if is_stock(key.0) => None,
            Some(before) if is_same(before, key.0, numbers) => None,
            Some(before) => Some(row(period, key, (before.revision + 1, numbers), now)),
            None => Some(row(period, key, (1, numbers), now)),
        })
        .collect();
    if rows.is_empty() {
        return Ok(0);
    }
    write(services, rows).await?;
    Ok(1)
}

/// Whether it is what stands at a moment, which every later look would find otherwise.
fn is_stock(measure: Measure) -> bool {
    measure == Measure::Overdue
}

fn is_same(before: &FrozenFigure, measure: Measure, numbers: (i64, i64)) -> bool {
    (before.numerator, before.denominator) == numbers && before.version == version(measure)
}

fn version(measure: Measure) -> i32 {
    i32::try_from(measure.definition().version).unwrap_or(i32::MAX)
}

async fn write(services: &Services, rows: Vec<FrozenFigure>) -> Result<(), Failure> {
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(store::frozen::put(tx, &rows).await?) })
        })
        .await
}

/// Every measure of a period by city, and of all cities together.
async fn counted(services: &Services, period: &FrozenPeriod) -> Result<Numbers, Failure> {
    let db = services.store().report_reader();
    let mut numbers = Numbers::new();
    for measures in Measure::ALL.chunks(MOST_MEASURES) {
        let query = by_city(period, measures);
        let now = services.now();
        let rows = store::tickets::cube(&db, &everything(), &query, now).await?;
        for measure in measures {
            numbers.insert((*measure, String::new()), (0, 0));
        }
        for row in &rows {
            let city = row.keys.first().cloned().unwrap_or_default();
            for figure in figures(measures, row) {
                let (numerator, denominator) = (figure.numerator, figure.denominator);
                let sum = numbers.entry((figure.measure, String::new())).or_default();
                *sum = (sum.0 + numerator, sum.1 + denominator);
                if !city.is_empty() && (numerator, denominator) != (0, 0) {
                    numbers.insert((figure.measure, city.clone()), (numerator, denominator));
                }
            }
        }
        for whole in wholes::counted(&db, &everything(), &query, now).await? {
            let both = (whole.numerator, whole.denominator);
            numbers.insert((whole.measure, String::new()), both);
        }
    }
    Ok(numbers)
}

fn by_city(period: &FrozenPeriod, measures: &[Measure]) -> CubeQuery {
    CubeQuery {
        measures: measures.to_vec(),
        axes: vec![Axis::City],
        from: period.from,
        to: period.to,
        filter: TicketFilter::default(),
        units: shared::measure::UnitsOf::Then,
    }
}

fn row(
    period: &FrozenPeriod,
    (measure, city): (Measure, String),
    (revision, (numerator, denominator)): (i32, (i64, i64)),
    as_of: Instant,
) -> FrozenFigure {
    let version = version(measure);
    let words = format!(
        "{}|{measure}|{city}|{revision}|{version}|{numerator}|{denominator}|{}",
        period.name, as_of.0
    );
    FrozenFigure {
        period: period.name.clone(),
        measure,
        city,
        revision,
        version,
        numerator,
        denominator,
        as_of,
        hash: hex::encode(digest(&SHA256, words.as_bytes()).as_ref()),
    }
}

/// What is frozen of a period in the reader's scope, beside what is counted now.
///
/// # Errors
/// `access.denied`, `busy`; `report.unsound` while the day before is not frozen.
pub async fn frozen(ctx: &Ctx, query: FrozenQuery) -> Result<FrozenView, Fault> {
    watched(ctx, "report.frozen", "tickets", Box::pin(read(ctx, query))).await
}

async fn read(ctx: &Ctx, query: FrozenQuery) -> Result<FrozenView, Fault> {
    let scope = ctx.reach(needs::REPORT)?;
    live::sound(ctx, LiveReport::Frozen, &query.measures).await?;
    let reader = ctx.services.store().reader();
    let periods = store::frozen::periods(&reader, MOST_PERIODS)
        .await
        .settle(&ctx.services)?;
    let newest = || periods.first().and_then(|name| FrozenPeriod::parse(name));
    let Some(period) = query.period.clone().or_else(newest) else {
        return Ok(FrozenView {
            period: String::new(),
            measures: query.measures,
            as_of: ctx.now(),
            lines: Vec::new(),
            periods,
        });
    };
    let rows = store::frozen::of_period(&reader, &scope, &period.name, &query.measures)
        .await
        .settle(&ctx.services)?;
    let reference = ctx.services.reference().await?;
    let asked = by_city(&period, &query.measures);
    let (as_of, current, wholes) = if rows.is_empty() {
        (ctx.now(), Vec::new(), Vec::new())
    } else {
        let counting = Box::pin(in_turn(ctx, &scope, &asked));
        let (as_of, current) = ctx.wanted.read(counting).await?;
        let whole = Box::pin(whole_in_turn(ctx, &scope, (&asked, as_of)));
        (as_of, current, ctx.wanted.read(whole).await?)
    };
    let mut now: BTreeMap<(Measure, String), Figure> = BTreeMap::new();
    for row in &current {
        let city = row.keys.first().cloned().unwrap_or_default();
        for figure in figures(&query.measures, row) {
            now.insert((figure.measure, city.clone()), figure);
            let whole = now.entry((figure.measure, String::new()));
            whole
                .and_modify(|sum| *sum = sum.plus(figure))
                .or_insert(figure);
        }
    }
    for whole in wholes {
        now.insert((whole.measure, String::new()), whole);
    }
    Ok(FrozenView {
        period: period.name,
        lines: lines(&reference, &query.measures, rows, &now),
        measures: query.measures,
        as_of,
        periods,
    })
}

/// The rows of each measure and area as one line, in the order of the measures that were asked for.
fn lines(
    reference: &Reference,
    measures: &[Measure],
    rows: Vec<FrozenFigure>,
    now: &BTreeMap<(Measure, String), Figure>,
) -> Vec<FrozenLine> {
    let mut by_key: BTreeMap<(usize, String), Vec<FrozenFigure>> = BTreeMap::new();
    for row in rows {
        let place = measures.iter().position(|measure| *measure == row.measure);
        let key = (place.unwrap_or(measures.len()), row.city.clone());
        by_key.entry(key).or_default().push(row);
    }
    let line = |((place, code), rows): ((usize, String), Vec<FrozenFigure>)| {
        let measure = *measures.get(place)?;
        let (frozen, adjustments): (Vec<FrozenFigure>, Vec<FrozenFigure>) =
            rows.into_iter().partition(|row| row.revision == 0);
        let none = Figure {
            measure,
            numerator: 0,
            denominator: 0,
        };
        let current = now.get(&(measure, code.clone())).copied();
        Some(FrozenLine {
            name: if code.is_empty() {
                String::new()
            } else {
                city(reference, &code).zh
            },
            frozen: frozen.into_iter().next().map(step),
            adjustments: adjustments.into_iter().map(step).collect(),
            current: current.unwrap_or(none),
            city: code,
        })
    };
    by_key.into_iter().filter_map(line).collect()
}

fn step(row: FrozenFigure) -> FrozenStep {
    FrozenStep {
        figure: Figure {
            measure: row.measure,
            numerator: row.numerator,
            denominator: row.denominator,
        },
        version: u32::try_from(row.version).unwrap_or_default(),
        as_of: row.as_of,
        hash: row.hash,
    }
}
