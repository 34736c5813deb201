//! The working calendar: notices of holidays, and the periods of a working day. Open tickets always follow both.
//! Not here: counting (`shared::calendar`), moving open tickets (`follow`).
//! Both tables are written anew as a whole; a year is known as long as its notice has a day.

use std::collections::{BTreeMap, BTreeSet};

use shared::calendar::{DayKind, Decree, Instant, WorkCalendar, WorkPeriods};
use shared::register::{Cells, Day, Effect, Finding, FindingCode, HourRow, ListCode};
use store::Tx;

use super::{Projection, Whole, moved};
use crate::context::Services;
use crate::fault::Failure;
use crate::register::follow::Measure;

/// A year of which so few days off are given says less than a notice: New Year, Spring Festival and the others make 13 and more.
const FEW_DAYS: usize = 11;

pub(super) async fn found(services: &Services) -> Result<Vec<Cells>, Failure> {
    let days = store::calendar::days(&services.store().reader()).await?;
    Ok(days
        .into_iter()
        .map(|(date, kind, name, year)| {
            Day {
                date,
                kind,
                name,
                year,
            }
            .cells()
        })
        .collect())
}

pub(super) async fn found_hours(services: &Services) -> Result<Vec<Cells>, Failure> {
    let calendar = store::calendar::load(&services.store().reader()).await?;
    let minutes = |minutes: u32| i32::try_from(minutes).unwrap_or(0);
    let rows = calendar.periods().pairs().iter().map(|(from, to)| HourRow {
        from: minutes(*from),
        to: minutes(*to),
    });
    Ok(rows.map(|row| row.cells()).collect())
}

fn days(rows: &BTreeMap<String, Cells>) -> Vec<Day> {
    rows.values().filter_map(Day::of).collect()
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Finding>) {
    let changed: BTreeSet<i32> = whole
        .changes
        .iter()
        .filter_map(|(before, after)| Day::of(after.as_ref().or(before.as_ref())?))
        .map(|day| day.year)
        .collect();
    let days = days(&whole.rows);
    for year in changed {
        let off = days
            .iter()
            .filter(|day| day.year == year && !day.kind.is_working())
            .count();
        if off < FEW_DAYS {
            let finding = Finding::warning(FindingCode::FewDays, "")
                .fact("year", year)
                .fact("count", off);
            found.push(finding);
        }
    }
    twice(whole, &days, found);
}

/// Years that get further days while days of a notice from before stay.
fn twice(whole: &Whole<'_>, days: &[Day], found: &mut Vec<Finding>) {
    let mut come: BTreeMap<i32, usize> = BTreeMap::new();
    for (before, after) in &whole.changes {
        if let (None, Some(day)) = (before, after.as_ref().and_then(Day::of)) {
            *come.entry(day.year).or_default() += 1;
        }
    }
    for (year, count) in come {
        let all = days.iter().filter(|day| day.year == year).count();
        let left = all.saturating_sub(count);
        if left > 0 {
            let finding = Finding::warning(FindingCode::YearTwice, "")
                .fact("year", year)
                .fact("count", count)
                .fact("left", left);
            found.push(finding);
        }
    }
}

pub(super) fn check_hours(whole: &Whole<'_>, found: &mut Vec<Finding>) {
    let mut periods: Vec<(HourRow, &String)> = whole
        .rows
        .iter()
        .filter_map(|(key, cells)| Some((HourRow::of(cells)?, key)))
        .collect();
    periods.sort_unstable();
    if periods.is_empty() {
        found.push(Finding::fault(FindingCode::Nothing, ""));
    }
    for pair in periods.windows(2) {
        if pair[0].0.to > pair[1].0.from {
            found.push(Finding::fault(FindingCode::Overlap, pair[1].1));
        }
    }
}

/// Open tickets whose deadline would move.
pub(super) async fn reach(services: &Services, whole: &Whole<'_>) -> Result<Vec<Effect>, Failure> {
    let known = store::calendar::load(&services.store().reader()).await?;
    let calendar = if whole.part.list == ListCode::Hours {
        let Some(periods) = periods(whole.rows.values()) else {
            return Ok(Vec::new());
        };
        known.with_periods(periods)
    } else {
        calendar_of(known.periods().clone(), days(&whole.rows))
    };
    let measure = Measure {
        list: whole.part.list,
        calendar,
        limits: Vec::new(),
        at: services.now(),
    };
    moved(services, &measure).await
}

fn calendar_of(periods: WorkPeriods, days: Vec<Day>) -> WorkCalendar {
    let years: BTreeSet<i32> = days.iter().map(|day| day.year).collect();
    WorkCalendar::new(periods, days.iter().map(|day| (day.date, day.kind)), years)
}

fn periods<'c>(rows: impl Iterator<Item = &'c Cells>) -> Option<WorkPeriods> {
    let minutes = |minutes: i32| u32::try_from(minutes).ok();
    let pairs = rows
        .filter_map(HourRow::of)
        .filter_map(|row| Some((minutes(row.from)?, minutes(row.to)?)));
    WorkPeriods::new(pairs.collect())
}

pub(super) async fn project(tx: &Tx, projection: &Projection) -> Result<(), Failure> {
    let days: Vec<Day> = projection.rows.iter().filter_map(Day::of).collect();
    let decrees = days.iter().map(|day| Decree {
        date: day.date,
        kind: if day.kind.is_working() {
            DayKind::Makeup
        } else {
            DayKind::Holiday
        },
        name: &day.name,
        year: day.year,
    });
    store::calendar::clear(tx).await?;
    Ok(store::calendar::put(tx, "register", decrees.collect::<Vec<_>>()).await?)
}

pub(super) async fn project_hours(tx: &Tx, projection: &Projection) -> Result<(), Failure> {
    let mut rows: Vec<HourRow> = projection.rows.iter().filter_map(HourRow::of).collect();
    rows.sort_unstable();
    let pairs: Vec<(i32, i32)> = rows.iter().map(|row| (row.from, row.to)).collect();
    let from = Instant(projection.at.0).date().to_string();
    Ok(store::calendar::put_periods(tx, &from, &pairs).await?)
}
