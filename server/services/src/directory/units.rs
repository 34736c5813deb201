//! Units that may get a ticket of a region, the likely ones first: those whose area of responsibility it is, whoever led most tickets of this
//! category in this region lately, then units of the same district, then the city's departments, then the rest.
//! Not here: what a dispatch checks (`tickets::dispatch`), what a choice would mean (`views::dispatch_sheet`).

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use shared::access::{Scope, needs};
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::organisation::Unit;
use shared::place;
use shared::ticket::view::DutyView;
use store::Conn;
use store::duties::Duty;

use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::reference::Reference;

/// How far back habits count, in days.
const HABIT_DAYS: i64 = 180;
/// How far back rulings on send-backs count, in days.
const VERDICT_DAYS: i64 = 365;

/// For which ticket units are looked for.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// Division code of the ticket; the actor's own region when absent.
    pub region: Option<String>,
    /// Category of the ticket, when known.
    pub category: Option<String>,
    /// All of the city, not only those that the actor hands tickets to: a unit that sends a ticket back names any other.
    pub anywhere: bool,
}

/// Units that may get a ticket of the region, by level and code.
pub async fn units(ctx: &Ctx, region: Option<&str>) -> Result<Vec<Unit>, Fault> {
    candidates(
        ctx,
        Candidates {
            region: region.map(str::to_owned),
            ..Candidates::default()
        },
    )
    .await
}

/// Units that may get this ticket, the likely ones first. Centres handle nothing and are left out;
/// a unit's people see the units below their own.
pub async fn candidates(ctx: &Ctx, wanted: Candidates) -> Result<Vec<Unit>, Fault> {
    let ranked = ranked(ctx, wanted).await?;
    Ok(ranked.into_iter().map(|candidate| candidate.unit).collect())
}

/// A unit with the reasons for its place in the list.
pub(crate) struct Candidate {
    pub(crate) unit: Unit,
    /// It is its area of responsibility.
    pub(crate) by_duty: bool,
    /// Tickets of the category and city that it led lately.
    pub(crate) led_lately: i64,
    /// It serves the ticket's own street or district.
    pub(crate) of_place: bool,
    /// Send-backs of such matters by it that were upheld lately.
    pub(crate) returned: i64,
    /// Such matters that were ruled to be its own lately.
    pub(crate) ruled: i64,
}

/// As `candidates`, with the reasons.
pub(crate) async fn ranked(ctx: &Ctx, wanted: Candidates) -> Result<Vec<Candidate>, Fault> {
    let reference = ctx.services.reference().await?;
    let region = wanted
        .region
        .filter(|code| !code.is_empty())
        .or_else(|| ctx.actor.region.clone())
        .unwrap_or_default();
    let city = city_of(&region).to_owned();
    let scope = needs::DISPATCHING
        .scope(&ctx.actor)
        .or_else(|| needs::TICKETS.scope(&ctx.actor));
    let mut found: Vec<Unit> = reference
        .units
        .values()
        .filter(|unit| unit.active && !unit.level.is_centre())
        .filter(|unit| {
            unit.region.starts_with(&city)
                && (wanted.anywhere || scope.as_ref().is_some_and(|scope| reaches(scope, unit)))
        })
        .cloned()
        .collect();
    let category = wanted.category.as_deref().filter(|code| !code.is_empty());
    let habits = habits(ctx, category, &city).await?;
    let verdicts = verdicts(ctx, category, &city).await?;
    let duties = duties(ctx, &reference, (wanted.category.as_deref(), &region)).await?;
    let by_duty = |unit: &Unit| duties.get(&unit.code).copied().unwrap_or_default();
    // What units of other districts did says nothing about this place.
    let led = |unit: &Unit| {
        let counts = distance(unit, &region) < OTHER_PLACE;
        habits
            .get(&unit.code)
            .copied()
            .filter(|_| counts)
            .unwrap_or(0)
    };
    found.sort_by_cached_key(|unit| {
        (
            Reverse(by_duty(unit)),
            Reverse(led(unit)),
            distance(unit, &region),
            unit.level,
            unit.code.clone(),
        )
    });
    let candidate = |unit: Unit| Candidate {
        by_duty: duties.contains_key(&unit.code),
        led_lately: led(&unit),
        of_place: distance(&unit, &region) == 0,
        returned: verdicts.returned.get(&unit.code).copied().unwrap_or(0),
        ruled: verdicts.ruled.get(&unit.code).copied().unwrap_or(0),
        unit,
    };
    Ok(found.into_iter().map(candidate).collect())
}

/// Tickets of the category and city that units led lately.
async fn habits(
    ctx: &Ctx,
    category: Option<&str>,
    city: &str,
) -> Result<HashMap<String, i64>, Fault> {
    let Some(category) = category else {
        return Ok(HashMap::new());
    };
    let query = store::units::Habits {
        category,
        city,
        since: days_ago(ctx, HABIT_DAYS),
    };
    let found = store::units::habits(&ctx.services.store().reader(), &query).await;
    Ok(found.settle(&ctx.services)?.into_iter().collect())
}

/// What became of send-backs, by unit.
#[derive(Default)]
struct Verdicts {
    returned: HashMap<String, i64>,
    ruled: HashMap<String, i64>,
}

/// The same of the category and city, of the last year.
async fn verdicts(ctx: &Ctx, category: Option<&str>, city: &str) -> Result<Verdicts, Fault> {
    let mut out = Verdicts::default();
    let Some(category) = category else {
        return Ok(out);
    };
    let query = store::applications::Matter {
        category,
        city,
        since: days_ago(ctx, VERDICT_DAYS),
    };
    let found = store::applications::verdicts(&ctx.services.store().reader(), &query).await;
    for verdict in found.settle(&ctx.services)? {
        if verdict.is_granted {
            *out.returned.entry(verdict.unit).or_default() += verdict.n;
        }
        if let Some(unit) = verdict.ruled_unit {
            *out.ruled.entry(unit).or_default() += verdict.n;
        }
    }
    Ok(out)
}

fn days_ago(ctx: &Ctx, days: i64) -> Instant {
    Instant(ctx.now().0 - days * 86_400_000)
}

/// Units whose area of responsibility it is, with how specific the row is that says so: the category first, then the place.
async fn duties(
    ctx: &Ctx,
    reference: &Reference,
    of: (Option<&str>, &str),
) -> Result<HashMap<String, (usize, usize)>, Fault> {
    let db = ctx.services.store().reader();
    let found = responsible(&db, reference, of).await;
    let found = found.settle(&ctx.services)?;
    let ranked = found
        .into_iter()
        .map(|duty| (rank_of(&duty), duty.unit))
        .map(|(rank, unit)| (unit, rank));
    Ok(ranked.collect())
}

/// How specific a row is.
fn rank_of(duty: &Duty) -> (usize, usize) {
    (duty.category.len(), place::prefix(&duty.region).len())
}

/// The rows of the areas of responsibility into which a category of a place falls: of each unit the most specific one, the most specific first.
pub(crate) async fn responsible(
    conn: &dyn Conn,
    reference: &Reference,
    (category, region): (Option<&str>, &str),
) -> Result<Vec<Duty>, Failure> {
    let Some(category) = category.filter(|code| !code.is_empty()) else {
        return Ok(Vec::new());
    };
    let categories: Vec<String> = [2, 4, 6]
        .iter()
        .filter_map(|length| category.get(..*length))
        .map(str::to_owned)
        .collect();
    let mut regions = Vec::new();
    let mut next = reference.divisions.get(region);
    while let Some(division) = next {
        regions.push(division.code.clone());
        let above = division.parent.as_deref();
        next = above.and_then(|code| reference.divisions.get(code));
    }
    let mut found = store::duties::of(conn, &categories, &regions).await?;
    found.sort_by_cached_key(|duty| (Reverse(rank_of(duty)), duty.unit.clone()));
    let mut known: HashSet<String> = HashSet::new();
    found.retain(|duty| known.insert(duty.unit.clone()));
    Ok(found)
}

/// The same for a ticket's page, where a unit says whose matter it is.
///
/// # Errors
/// `access.denied` for who may not look at tickets.
pub async fn duties_for(
    ctx: &Ctx,
    (category, region): (Option<&str>, &str),
) -> Result<Vec<DutyView>, Fault> {
    ctx.ask(needs::TICKETS)?;
    let reference = ctx.services.reference().await?;
    let db = ctx.services.store().reader();
    let found = responsible(&db, &reference, (category, region)).await;
    let found = found.settle(&ctx.services)?;
    let view = |duty: &Duty| duty_view(&reference, (&duty.category, &duty.region, &duty.unit));
    Ok(found.iter().map(view).collect())
}

/// A row of the areas of responsibility with its names.
pub(crate) fn duty_view(
    reference: &Reference,
    (category, region, unit): (&str, &str, &str),
) -> DutyView {
    DutyView {
        unit: reference.unit(unit),
        category: reference.category(category),
        place: reference.region(region),
    }
}

/// The first four digits, or fewer for a province: units of the whole city may get its tickets.
fn city_of(region: &str) -> &str {
    let prefix = place::prefix(region);
    place::city(prefix).unwrap_or(prefix)
}

/// The distance of units that serve another place.
const OTHER_PLACE: u8 = 3;

/// 0 for units whose area holds the ticket's place, 1 for those of its city, 2 for units of a part of the place, 3 for the rest.
fn distance(unit: &Unit, region: &str) -> u8 {
    let unit_prefix = place::prefix(&unit.region);
    if unit_prefix.len() <= 4 {
        1
    } else if region.starts_with(unit_prefix) {
        0
    } else if unit_prefix.starts_with(place::prefix(region)) {
        2
    } else {
        OTHER_PLACE
    }
}

/// Whether somebody with this scope hands tickets to the unit.
fn reaches(scope: &Scope, unit: &Unit) -> bool {
    match scope {
        Scope::Any(parts) => parts.iter().any(|part| reaches(part, unit)),
        Scope::Own(_) | Scope::Team(_) => true,
        Scope::Unit(code) => unit.code == *code || unit.path.contains(&format!("{code}/")),
        _ => scope.covers_region(&unit.region) || scope.covers_unit(&unit.code, &unit.path),
    }
}

#[cfg(test)]
mod tests {
    use shared::organisation::UnitLevel;

    use super::*;

    fn unit(code: &str, level: UnitLevel, region: &str) -> Unit {
        Unit {
            code: code.to_owned(),
            name: code.to_owned(),
            parent: None,
            path: format!("{code}/"),
            level,
            region: region.to_owned(),
            active: true,
            successor: None,
        }
    }

    #[test]
    fn units_of_the_place_come_before_the_city_and_the_city_before_other_districts() {
        let street = unit("JD", UnitLevel::Street, "320106002");
        let district = unit("QX", UnitLevel::District, "320106");
        let city = unit("ZJJ", UnitLevel::Department, "320100");
        let other = unit("XX", UnitLevel::District, "320102");
        let order =
            |region: &str| [&street, &district, &city, &other].map(|unit| distance(unit, region));
        assert_eq!(order("320106002"), [0, 0, 1, OTHER_PLACE]);
        assert_eq!(order("320106"), [2, 0, 1, OTHER_PLACE]);
        assert_eq!(order("320102"), [OTHER_PLACE, OTHER_PLACE, 1, 0]);
        assert_eq!(city_of("320106002"), "3201");
        assert_eq!(city_of("320000"), "32");
    }
}
