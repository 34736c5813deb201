//! The working calendar: notices of holidays. Open tickets always follow them.
//! Not here: counting (`shared::calendar`), moving open tickets (`follow`), the periods of a day (`hours`).
//! The table is written anew as a whole; a year is known as long as its notice has a day.

use std::collections::{BTreeMap, BTreeSet};

use shared::calendar::{Calendars, DayKind, Decree, WorkCalendar, WorkPeriods};
use shared::register::{Cells, Day, Effect, Finding, FindingCode};
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

/// The calendars of everybody with these days.
pub(super) async fn would_be(services: &Services, whole: &Whole<'_>) -> Result<Calendars, Failure> {
    let db = services.store().reader();
    let known = store::calendar::load(&db).await?;
    let base = calendar_of(known.periods().clone(), days(&whole.rows));
    let rules = store::calendar::hours(&db).await?;
    let units = store::units::all(&db).await?;
    Ok(crate::reference::hours(base, rules, &units))
}

/// Open tickets whose deadline would move.
pub(super) async fn reach(services: &Services, whole: &Whole<'_>) -> Result<Vec<Effect>, Failure> {
    let measure = Measure {
        list: whole.part.list,
        calendars: would_be(services, whole).await?,
        limits: Vec::new(),
        at: services.now(),
    };
    moved(services, &measure).await
}

fn calendar_of(periods: WorkPeriods, days: Vec<Day>) -> WorkCalendar {
    let years: BTreeSet<i32> = days.iter().map(|day| day.year).collect();
    WorkCalendar::new(periods, days.iter().map(|day| (day.date, day.kind)), years)
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
