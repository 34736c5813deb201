//! Scores of a month, of units and centres by city and of each table: counted now, and frozen on the third day of the next month.
//! Not here: the formula (`shared::quality::score`), scores over everything (`desk::scores`).
//! Nothing is frozen before the rules have looked: a score without a look would be a full one.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Months, Timelike as _};
use shared::access::{Scope, needs};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::measure::{Axis, CubeQuery, FrozenPeriod, Measure};
use shared::quality::{
    FrozenScore, MonthScore, MonthScores, Open, QualityTable, ScoreWeights, TableScore, score,
};
use shared::query::TicketFilter;
use store::record::QualityMonth;

use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::jobs::Done;
use crate::reference::Reference;
use crate::reports::figures::everything;

/// From this day of a month on the month before is frozen.
const DAY: u32 = 3;
/// From this hour on, behind the nightly look.
const HOUR: u32 = 6;
/// Rows at most.
const ROWS: usize = 500;

/// Six digits of a city and a unit; an empty unit is the centre.
type Key = (String, String);

/// A month as it was counted.
#[derive(Default)]
struct Counted {
    rows: BTreeMap<Key, (i64, Open)>,
    tables: BTreeMap<QualityTable, Open>,
}

/// The six digits of the city that a division lies in.
fn city_of(region: &str) -> String {
    shared::place::city_code(region).unwrap_or_else(|| region.to_owned())
}

/// Whose scores a scope reaches: a unit's are its own, also where it only takes part in a ticket; an area's are everybody's in it.
fn owns(scope: &Scope, reference: &Reference, unit: &str) -> bool {
    match scope {
        Scope::Own(_) | Scope::Team(_) => false,
        Scope::Unit(code) => code == unit,
        Scope::UnitTree(path) => reference
            .units
            .get(unit)
            .is_some_and(|unit| unit.path.starts_with(path.as_str())),
        Scope::Any(parts) => parts.iter().any(|part| owns(part, reference, unit)),
        Scope::Region(_) | Scope::All => true,
    }
}

/// Tickets of all rows: the centres', who have all of their place, where they are among them.
fn tickets_of(rows: &BTreeMap<Key, (i64, Open)>) -> i64 {
    let of = |is_wanted: fn(&str) -> bool| -> i64 {
        let rows = rows.iter().filter(|((_, unit), _)| is_wanted(unit));
        rows.map(|(_, (tickets, _))| tickets).sum()
    };
    let centres = of(str::is_empty);
    if centres > 0 { centres } else { of(|_| true) }
}

async fn counted(
    services: &Services,
    scope: &Scope,
    (month, now): (&FrozenPeriod, Instant),
) -> Result<Counted, Failure> {
    let db = services.store().report_reader();
    let query = CubeQuery {
        measures: vec![Measure::Accepted],
        axes: vec![Axis::City, Axis::LeadUnit],
        from: month.from,
        to: month.to,
        filter: TicketFilter::default(),
        units: shared::measure::UnitsOf::Then,
    };
    let mut counted = Counted::default();
    for row in store::tickets::cube(&db, scope, &query, now).await? {
        let [city, unit] = row.keys.as_slice() else {
            continue;
        };
        let tickets = row.numbers.first().map_or(0, |numbers| numbers.0);
        let city = format!("{city}00");
        // The centre's are all of its place.
        let centre = Some(String::new());
        let unit = Some(unit.clone()).filter(|unit| !unit.is_empty());
        for unit in unit.into_iter().chain(centre) {
            counted.rows.entry((city.clone(), unit)).or_default().0 += tickets;
        }
    }
    for found in store::quality::opened_of(&db, scope, query.between()).await? {
        let key = (city_of(&found.region), found.unit.unwrap_or_default());
        let row = counted.rows.entry(key).or_default();
        row.1.add(found.severity, found.count);
        let table = counted.tables.entry(QualityTable::of(found.rule));
        table.or_default().add(found.severity, found.count);
    }
    Ok(counted)
}

/// The scores of a month in the reader's scope, beside what was frozen of it; this month's when none is named. With weights that the reader names,
/// such as those of an earlier version of the settings, all is reckoned under these; else the present under those that hold, and what was frozen
/// under those of its day.
///
/// # Errors
/// `access.denied`, `busy`; `input.date` at `month`, `input.query` at `weights`.
pub async fn scores_of_month(
    ctx: &Ctx,
    month: Option<&str>,
    weights: Option<&str>,
) -> Result<MonthScores, Fault> {
    let scope = ctx.reach(needs::QUALITY)?;
    let now = ctx.now();
    let today = now.date();
    let month = match month.filter(|month| !month.trim().is_empty()) {
        None => FrozenPeriod::month(today.with_day(1).unwrap_or(today)),
        Some(text) => FrozenPeriod::parse(text)
            .filter(FrozenPeriod::is_month)
            .ok_or_else(|| Fault::field("month", Code::InputDate))?,
    };
    let named = weights.filter(|text| !text.trim().is_empty());
    let named = named.map(ScoreWeights::read).transpose()?;
    let counting = Box::pin(async {
        let _turn = ctx.services.gates().reports.turn(ctx.actor.user()).await?;
        counted(&ctx.services, &scope, (&month, now))
            .await
            .settle(&ctx.services)
    });
    let mut counted = ctx.wanted.read(counting).await?;
    let reader = ctx.services.store().reader();
    let frozen = store::quality::months(&reader, &scope, &month.name).await;
    let frozen = frozen.settle(&ctx.services)?;
    let last = super::last(&reader).await.settle(&ctx.services)?;
    let reference = ctx.services.reference().await?;
    counted
        .rows
        .retain(|(_, unit), _| owns(&scope, &reference, unit));
    let tickets = tickets_of(&counted.rows);
    let holding = super::weights::holding(&reader)
        .await
        .settle(&ctx.services)?;
    let weights = named.unwrap_or(holding);
    let frozen = frozen.iter().map(|row| (key_of(row), then(row, named)));
    let mut items = items(&reference, &counted, (frozen.collect(), weights));
    let more = items.len() > ROWS;
    items.truncate(ROWS);
    let table = |table: &QualityTable| {
        let open = counted.tables.get(table).copied().unwrap_or_default();
        TableScore {
            table: *table,
            open,
            score: score(open, tickets, weights),
        }
    };
    Ok(MonthScores {
        weights,
        holding,
        month: month.name,
        as_of: now,
        looked_at: last.map(|(at, _)| at),
        tickets,
        items,
        tables: QualityTable::ALL.iter().map(table).collect(),
        more,
    })
}

/// The rows as they are read, the worst first; what was frozen and is there no more stands with nothing beside it.
fn items(
    reference: &Reference,
    counted: &Counted,
    (known, weights): (BTreeMap<Key, FrozenScore>, ScoreWeights),
) -> Vec<MonthScore> {
    let mut rows = counted.rows.clone();
    for key in known.keys() {
        rows.entry(key.clone()).or_default();
    }
    let item = |(key, (tickets, open)): (Key, (i64, Open))| {
        let frozen = known.get(&key).copied();
        let (region, unit) = key;
        MonthScore {
            unit: Some(unit.as_str())
                .filter(|unit| !unit.is_empty())
                .map(|unit| reference.unit(unit)),
            region: reference.region(&region),
            tickets,
            open,
            score: score(open, tickets, weights),
            frozen,
        }
    };
    let mut items: Vec<MonthScore> = rows.into_iter().map(item).collect();
    items.sort_by_key(|row| (row.score.unwrap_or(1_001), -row.open.weight(weights)));
    items
}

fn key_of(row: &QualityMonth) -> Key {
    (row.region.clone(), row.unit.clone())
}

/// A score as it was frozen, or of the findings of then under weights that the reader names.
fn then(row: &QualityMonth, named: Option<ScoreWeights>) -> FrozenScore {
    let kept = row.weights.as_deref();
    let kept = kept.and_then(|text| ScoreWeights::read(text).ok());
    let weights = named.or(kept).unwrap_or_default();
    let open = Open {
        block: row.blocks,
        warn: row.warns,
        note: row.notes,
    };
    FrozenScore {
        tickets: row.tickets,
        open,
        score: score(open, row.tickets, weights),
        weights,
        as_of: row.as_of,
    }
}

/// The job: freezes the scores of the month before, once.
pub(crate) async fn freeze_months(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    let today = now.date();
    if today.day() < DAY || now.local().hour() < HOUR || !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let first = today
        .with_day(1)
        .and_then(|it| it.checked_sub_months(Months::new(1)));
    let Some(first) = first else {
        return Ok(Done::default());
    };
    let month = FrozenPeriod::month(first);
    let reader = services.store().reader();
    let is_done = store::quality::is_month_frozen(&reader, &month.name).await?;
    if is_done || super::last(&reader).await?.is_none() {
        return Ok(Done::default());
    }
    let counted = Box::pin(counted(services, &everything(), (&month, now))).await?;
    let reference = services.reference().await?;
    let weights = super::weights::holding(&reader).await?.to_text();
    let row = |((region, unit), (tickets, open)): (Key, (i64, Open))| {
        let known = reference.units.get(&unit);
        QualityMonth {
            month: month.name.clone(),
            region,
            unit_path: known.map(|unit| unit.path.clone()).unwrap_or_default(),
            unit,
            tickets,
            blocks: open.block,
            warns: open.warn,
            notes: open.note,
            as_of: now,
            weights: Some(weights.clone()),
        }
    };
    let rows: Vec<QualityMonth> = counted.rows.into_iter().map(row).collect();
    let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let rows = rows.clone();
            Box::pin(async move { Ok(store::quality::put_months(tx, &rows).await?) })
        })
        .await?;
    Ok(Done { count, more: false })
}
