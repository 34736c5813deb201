//! Live checks of reports: parts sum to totals, numbers lie in their range, what is frozen and looked at is fresh. Each hour, and when somebody asks.
//! Not here: what a check hides (`shared::measure::LiveReport`), its words (`text::touched`).
//! A number that differs is counted again before it is told: tickets move between two statements.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, Timelike as _};
use shared::access::needs;
use shared::calendar::{Instant, day_start, days_after};
use shared::fault::{Code, Fault};
use shared::measure::{
    Axis, CubeQuery, Figure, Formula, FrozenPeriod, LiveCheck, LiveChecks, LiveReport, LiveState,
    LiveView, MOST_MEASURES, Measure,
};
use shared::query::TicketFilter;
use store::record::LiveRun;
use store::reports::Period;
use store::{Conn, StoreError};

use super::cubes::figures;
use super::figures::everything;
use super::sum;
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::jobs::Done;
use crate::watch::watched;

/// In milliseconds.
const MINUTE: i64 = 60_000;
/// They are made again after so long; the job comes more often, so that one that fails is looked at sooner.
const EVERY: i64 = 55 * MINUTE;
/// So often a difference is counted again.
const TIMES: usize = 3;
/// Days whose sums are compared, and those whose ranges are looked at.
const DAYS: (u64, u64) = (1, 30);
/// A reader of the changes may be so far behind.
const BEHIND: i64 = 60 * MINUTE;
/// The rules look each night; a night may be missed.
const NIGHTS: i64 = 50 * 60 * MINUTE;
/// By this hour the day before has been frozen.
const HOUR: u32 = 6;
/// What is summed by every dimension: anchored by acceptance and by deadline, as the overview is.
const SUMMED: [Measure; MOST_MEASURES] = [
    Measure::Accepted,
    Measure::Matters,
    Measure::Overdue,
    Measure::ClosedRate,
    Measure::Satisfied,
    Measure::Solved,
    Measure::OnTime,
    Measure::Late,
];
/// The measures of the overview.
pub(super) const OVERVIEW: [Measure; 4] = [
    Measure::Accepted,
    Measure::Overdue,
    Measure::OnTime,
    Measure::Satisfied,
];

/// What a check found: how it stands, and the facts.
type Found = (LiveState, BTreeMap<String, String>);

/// Refuses a report whose numbers would be wrong.
///
/// # Errors
/// `report.unsound` with the checks that fail.
pub(super) async fn sound(
    ctx: &Ctx,
    report: LiveReport,
    measures: &[Measure],
) -> Result<(), Fault> {
    let reader = ctx.services.store().reader();
    let known = store::quality::live(&reader).await.settle(&ctx.services)?;
    let failing: Vec<&str> = known
        .into_iter()
        .map(view)
        .filter(|it| report.asks().contains(&it.check) && it.hides(measures))
        .map(|it| it.check.as_str())
        .collect();
    if failing.is_empty() {
        return Ok(());
    }
    Err(Fault::new(Code::ReportUnsound).fact("check", failing.join(",")))
}

/// How every check came out last.
///
/// # Errors
/// `access.denied`.
pub async fn checks(ctx: &Ctx) -> Result<LiveChecks, Fault> {
    let read = async {
        ctx.ask(needs::REPORT)?;
        let reader = ctx.services.store().reader();
        let known = store::quality::live(&reader).await.settle(&ctx.services)?;
        let mut items: Vec<LiveView> = known.into_iter().map(view).collect();
        items.sort_by_key(|it| it.check);
        Ok::<_, Fault>(LiveChecks { items })
    };
    watched(ctx, "report.checks", "checks", Box::pin(read)).await
}

/// Makes every check now, for somebody who asks.
///
/// # Errors
/// `access.denied`, `busy`.
pub async fn check_now(ctx: &Ctx) -> Result<LiveChecks, Fault> {
    ctx.ask(needs::REPORT)?;
    let turn = ctx.services.gates().reports.turn(ctx.actor.user()).await?;
    Box::pin(run(&ctx.services)).await.settle(&ctx.services)?;
    drop(turn);
    checks(ctx).await
}

fn view(run: LiveRun) -> LiveView {
    LiveView {
        check: run.name,
        state: run.state,
        facts: run.facts,
        run_at: run.run_at,
        since: run.since,
    }
}

/// The job: makes them each hour, and sooner while one fails.
///
/// # Errors
/// Of the store.
pub async fn watch_reports(services: &Services) -> Result<Done, Failure> {
    if !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let known = store::quality::live(&services.store().reader()).await?;
    let is_recent = |run: &LiveRun| services.now().0 - run.run_at.0 < EVERY;
    let is_fine = |run: &LiveRun| run.state != LiveState::Failing && is_recent(run);
    if known.len() == LiveCheck::ALL.len() && known.iter().all(is_fine) {
        return Ok(Done::default());
    }
    let count = Box::pin(run(services)).await?;
    Ok(Done { count, more: false })
}

/// Makes every check and keeps what came out; what begins to fail, and what ends, is told in the log.
async fn run(services: &Services) -> Result<u64, Failure> {
    let known = store::quality::live(&services.store().reader()).await?;
    let now = services.now();
    let mut runs = Vec::new();
    for check in LiveCheck::ALL.iter().copied() {
        let (state, facts) = match check {
            LiveCheck::Sum => Box::pin(sums(services)).await?,
            LiveCheck::Range => Box::pin(ranges(services)).await?,
            LiveCheck::Frozen => frozen(services).await?,
            LiveCheck::Night => night(services).await?,
            LiveCheck::Feed => feed(services).await?,
        };
        let before = known.iter().find(|run| run.name == check);
        let was = before.map(|run| run.state);
        if state == LiveState::Failing && was != Some(LiveState::Failing) {
            tracing::error!(check = check.as_str(), ?facts, "a check of reports fails");
        } else if state != LiveState::Failing && was == Some(LiveState::Failing) {
            tracing::info!(check = check.as_str(), "a check of reports passes again");
        }
        let same = before.filter(|run| run.state == state);
        runs.push(LiveRun {
            name: check,
            state,
            facts,
            run_at: now,
            since: same.map_or(now, |run| run.since),
        });
    }
    let count = u64::try_from(runs.len()).unwrap_or(u64::MAX);
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let runs = runs.clone();
            Box::pin(async move { Ok(store::quality::put_live(tx, &runs).await?) })
        })
        .await?;
    Ok(count)
}

fn fact(name: &str, value: String) -> BTreeMap<String, String> {
    BTreeMap::from([(name.to_owned(), value)])
}

/// Sound without a wrong measure, failing with their words.
fn of_measures(wrong: &BTreeSet<Measure>) -> Found {
    if wrong.is_empty() {
        return (LiveState::Sound, BTreeMap::new());
    }
    let words: Vec<&str> = wrong.iter().map(|measure| measure.as_str()).collect();
    let facts = fact(LiveCheck::MEASURES, words.join(","));
    (LiveState::Failing, facts)
}

/// Yesterday and today, or the last month: the day so many days ago, and today.
fn since(now: Instant, days: u64) -> (NaiveDate, NaiveDate) {
    let today = now.date();
    let from = today.checked_sub_days(chrono::Days::new(days));
    (from.unwrap_or(today), today)
}

fn asked(measures: &[Measure], axes: &[Axis], (from, to): (NaiveDate, NaiveDate)) -> CubeQuery {
    CubeQuery {
        measures: measures.to_vec(),
        axes: axes.to_vec(),
        from,
        to,
        filter: TicketFilter::default(),
        units: shared::measure::UnitsOf::Then,
    }
}

/// Parts against the total, and the overview against the cube.
async fn sums(services: &Services) -> Result<Found, Failure> {
    let mut wrong = differing(services).await?;
    for _ in 1..TIMES {
        if wrong.is_empty() {
            break;
        }
        // Only what differs each time does not come of tickets that moved meanwhile.
        let again = differing(services).await?;
        wrong.retain(|measure| again.contains(measure));
    }
    Ok(of_measures(&wrong))
}

async fn differing(services: &Services) -> Result<BTreeSet<Measure>, StoreError> {
    let db = services.store().report_reader();
    let now = services.now();
    let days = since(now, DAYS.0);
    let whole = counted(&db, &asked(&SUMMED, &[], days), now).await?;
    let mut wrong = BTreeSet::new();
    for axis in Axis::ALL.iter().copied() {
        let parts = counted(&db, &asked(&SUMMED, &[axis], days), now).await?;
        wrong.extend(unlike(&whole, &parts));
    }
    let period = Period {
        from: day_start(days.0),
        to: day_start(days_after(days.1, 1)),
        region: None,
    };
    let overview = store::reports::overview(&db, &everything(), &period, 4, now).await?;
    for parts in [overview.by_region, overview.by_category] {
        let total = sum(&parts);
        let figure = |measure: Measure| {
            let (numerator, denominator) = match measure {
                Measure::OnTime => (total.on_time, total.due),
                Measure::Satisfied => (total.satisfied, total.rated),
                Measure::Overdue => (total.overdue, total.overdue),
                _ => (total.accepted, total.accepted),
            };
            Figure {
                measure,
                numerator,
                denominator,
            }
        };
        let told: Vec<Figure> = OVERVIEW.into_iter().map(figure).collect();
        wrong.extend(unlike(&told, &whole));
    }
    Ok(wrong)
}

/// The numbers of a cube over all its rows.
async fn counted(
    db: &dyn Conn,
    query: &CubeQuery,
    now: Instant,
) -> Result<Vec<Figure>, StoreError> {
    let rows = store::tickets::cube(db, &everything(), query, now).await?;
    let zero = |measure: &Measure| Figure {
        measure: *measure,
        numerator: 0,
        denominator: 0,
    };
    let mut total: Vec<Figure> = query.measures.iter().map(zero).collect();
    for row in &rows {
        for (all, figure) in total.iter_mut().zip(figures(&query.measures, row)) {
            *all = all.plus(figure);
        }
    }
    Ok(total)
}

/// Measures that do not come out alike.
fn unlike(some: &[Figure], others: &[Figure]) -> Vec<Measure> {
    let is_alike = |figure: &Figure| others.contains(figure);
    let wrong = some.iter().filter(|figure| !is_alike(figure));
    wrong.map(|figure| figure.measure).collect()
}

/// Every number of the last month by city: no rate above its whole, nothing below nothing.
async fn ranges(services: &Services) -> Result<Found, Failure> {
    let db = services.store().report_reader();
    let now = services.now();
    let days = since(now, DAYS.1);
    let mut wrong = BTreeSet::new();
    for measures in Measure::ALL.chunks(MOST_MEASURES) {
        let query = asked(measures, &[Axis::City], days);
        for row in store::tickets::cube(&db, &everything(), &query, now).await? {
            let all = figures(measures, &row).into_iter();
            wrong.extend(all.filter(is_out).map(|figure| figure.measure));
        }
    }
    let between = asked(&[], &[], days).between();
    if store::quality::answered_before(&db, between).await? > 0 {
        wrong.extend([Measure::HandlingHours, Measure::ReplyP50, Measure::ReplyP90]);
    }
    Ok(of_measures(&wrong))
}

/// Whether a number cannot be.
pub(super) fn is_out(figure: &Figure) -> bool {
    let is_above = match figure.measure.definition().formula {
        Formula::Share { .. } => figure.numerator > figure.denominator,
        Formula::Count(_) => figure.numerator != figure.denominator,
        Formula::Hours { .. } | Formula::Quantile { .. } => false,
    };
    is_above || figure.numerator < 0 || figure.denominator < 0
}

/// The newest frozen day is yesterday's, from six o'clock on.
async fn frozen(services: &Services) -> Result<Found, Failure> {
    let reader = services.store().reader();
    let now = services.now();
    let periods = store::frozen::periods(&reader, 40).await?;
    let is_day = |name: &&String| FrozenPeriod::parse(name).is_some_and(|it| !it.is_month());
    let Some(last) = periods.iter().find(is_day) else {
        return Ok((LiveState::Waits, BTreeMap::new()));
    };
    let back = if now.local().hour() < HOUR { 2 } else { 1 };
    let wanted = since(now, back).0.to_string();
    Ok(if *last < wanted {
        (LiveState::Failing, fact("last", last.clone()))
    } else {
        (LiveState::Sound, BTreeMap::new())
    })
}

/// The rules have looked within the last two nights.
async fn night(services: &Services) -> Result<Found, Failure> {
    let last = crate::quality::last(&services.store().reader()).await?;
    Ok(match last {
        None => (LiveState::Waits, BTreeMap::new()),
        Some((at, _)) if services.now().0 - at.0 > NIGHTS => {
            (LiveState::Failing, fact("last", at.date().to_string()))
        }
        Some(_) => (LiveState::Sound, BTreeMap::new()),
    })
}

/// Nobody who reads the changes is far behind.
async fn feed(services: &Services) -> Result<Found, Failure> {
    let standings = store::feed::standings(&services.store().reader()).await?;
    if standings.is_empty() {
        return Ok((LiveState::Waits, BTreeMap::new()));
    }
    let now = services.now();
    let behind = standings
        .into_iter()
        .filter_map(|it| Some((now.0 - it.oldest_unread?.0, it.name)))
        .max();
    Ok(match behind {
        Some((late, name)) if late > BEHIND => {
            let mut facts = fact("minutes", (late / MINUTE).to_string());
            facts.insert("name".to_owned(), name);
            (LiveState::Failing, facts)
        }
        _ => (LiveState::Sound, BTreeMap::new()),
    })
}
