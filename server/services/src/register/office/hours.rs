//! Working hours: the usual ones of the installation, and those of areas, units, weekdays and seasons. Open tickets always follow them.
//! Not here: whose hold on a day (`shared::calendar`), moving open tickets (`follow`).
//! The usual hours keep a table of their own, which every reader of a calendar begins with; each part of the list writes its rows anew as a whole.

use std::collections::BTreeMap;

use shared::access::Role;
use shared::calendar::{Calendars, HourDay, HourRule, Season, WorkPeriods};
use shared::register::{Cells, Effect, Finding, FindingCode, cells_of_hours, hour_rule};
use store::Tx;

use super::{Projection, Whole, moved};
use crate::context::Services;
use crate::fault::Failure;
use crate::register::follow::Measure;

/// What holds for everybody on working days of the whole year.
fn is_usual(rule: &HourRule) -> bool {
    let is_everybody = rule.post.is_none() && rule.unit.is_none() && rule.region.is_none();
    is_everybody && rule.season.is_none() && rule.day == HourDay::Work
}

pub(super) async fn found(services: &Services) -> Result<Vec<Cells>, Failure> {
    let db = services.store().reader();
    let calendar = store::calendar::load(&db).await?;
    let usual = calendar
        .periods()
        .pairs()
        .iter()
        .map(|(from, to)| HourRule {
            post: None,
            region: None,
            unit: None,
            day: HourDay::Work,
            season: None,
            from: *from,
            to: *to,
        });
    let others = store::calendar::hours(&db).await?;
    let others = others.into_iter().filter(|(area, _)| area.is_empty());
    let all = usual.chain(others.map(|(_, rule)| rule));
    Ok(all.map(|rule| cells_of_hours(&rule)).collect())
}

/// Whose days they are; seasons are compared beside it.
type Whose = (Option<Role>, Option<String>, Option<String>, HourDay);
/// A row with its season and key.
type Keyed<'w> = (Option<Season>, HourRule, &'w String);

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Finding>) {
    let is_base = whole.part.area.is_empty();
    let mut groups: BTreeMap<Whose, Vec<Keyed<'_>>> = BTreeMap::new();
    for (key, cells) in &whole.rows {
        let Some(rule) = hour_rule(cells) else {
            continue;
        };
        let unit = rule
            .unit
            .as_ref()
            .map(|unit| whole.reference.units.get(unit));
        match (unit, &rule.region) {
            (Some(Some(unit)), _) => whole.place(key, &unit.region, found),
            (Some(None), _) => {
                let finding = Finding::fault(FindingCode::Unit, key);
                found.push(finding.fact("value", rule.unit.as_deref().unwrap_or_default()));
            }
            (None, Some(region)) => whole.place(key, region, found),
            (None, None) if !is_base => {
                found.push(Finding::fault(FindingCode::Outside, key).fact("value", "—"));
            }
            (None, None) => {}
        }
        let (unit, region) = (rule.unit.clone(), rule.region.clone());
        let whose = (rule.post, unit, region, rule.day);
        groups
            .entry(whose)
            .or_default()
            .push((rule.season, rule, key));
    }
    whole.doubled(FindingCode::BaseHas, found);
    let everybody = (None, None, None, HourDay::Work);
    let has_usual = |rules: &Vec<(Option<Season>, HourRule, &String)>| {
        rules.iter().any(|(season, _, _)| season.is_none())
    };
    if is_base && !groups.get(&everybody).is_some_and(has_usual) {
        found.push(Finding::fault(FindingCode::Nothing, ""));
    }
    for rules in groups.values_mut() {
        rules.sort_by_key(|(season, rule, _)| (*season, rule.from));
        overlaps(rules, found);
    }
}

/// Periods of the same days that overlap, and seasons that do.
fn overlaps(rules: &[(Option<Season>, HourRule, &String)], found: &mut Vec<Finding>) {
    let mut seasons: Vec<(Season, &String)> = Vec::new();
    for (season, _, key) in rules {
        if let Some(season) = season
            && seasons.last().is_none_or(|(last, _)| last != season)
        {
            seasons.push((*season, key));
        }
    }
    // In the order of their first days two that meet stand beside each other, or are the last and the first.
    let around = seasons.first().filter(|_| seasons.len() > 2);
    let around: Vec<&(Season, &String)> = seasons.iter().chain(around).collect();
    for pair in around.windows(2) {
        if let [(first, _), (second, key)] = pair
            && first.meets(*second)
        {
            found.push(Finding::fault(FindingCode::Overlap, key));
        }
    }
    for pair in rules.windows(2) {
        if let [(first, before, _), (second, after, key)] = pair
            && first == second
            && before.to > after.from
        {
            found.push(Finding::fault(FindingCode::Overlap, key));
        }
    }
}

fn usual<'c>(rules: impl Iterator<Item = &'c HourRule>) -> Option<WorkPeriods> {
    let usual = rules.filter(|rule| is_usual(rule));
    WorkPeriods::new(usual.map(|rule| (rule.from, rule.to)).collect())
}

/// The calendars of everybody with these hours.
pub(super) async fn would_be(services: &Services, whole: &Whole<'_>) -> Result<Calendars, Failure> {
    let db = services.store().reader();
    let mine: Vec<HourRule> = whole.rows.values().filter_map(hour_rule).collect();
    let mut base = store::calendar::load(&db).await?;
    if let Some(periods) = usual(mine.iter()) {
        base = base.with_periods(periods);
    }
    let mut rules = store::calendar::hours(&db).await?;
    rules.retain(|(area, _)| *area != whole.part.area);
    let special = mine.into_iter().filter(|rule| !is_usual(rule));
    rules.extend(special.map(|rule| (whole.part.area.clone(), rule)));
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

pub(super) async fn project(tx: &Tx, projection: &Projection) -> Result<(), Failure> {
    let mut rules: Vec<HourRule> = projection.rows.iter().filter_map(hour_rule).collect();
    rules.sort_by_key(|rule| (rule.from, rule.to));
    let (usual, special): (Vec<_>, Vec<_>) = rules.into_iter().partition(is_usual);
    let area = &projection.part.area;
    if area.is_empty() {
        let minute = |minute: u32| i32::try_from(minute).unwrap_or(0);
        let pairs: Vec<(i32, i32)> = usual
            .iter()
            .map(|rule| (minute(rule.from), minute(rule.to)))
            .collect();
        let from = projection.at.date().to_string();
        store::calendar::put_periods(tx, &from, &pairs).await?;
    }
    Ok(store::calendar::put_hours(tx, area, &special).await?)
}
