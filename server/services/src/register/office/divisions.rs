//! Divisions: each lies in one that there is. One that ends names its successor where it has one, holds no active unit and nothing in use below it, and
//! keeps its name for its tickets. Not here: choosing a place (`directory`), codes (`shared::place`).
//! Old names are read from the register's own rows, as those of units are (`reference`).

use std::collections::BTreeMap;

use shared::place::Division;
use shared::register::{Cells, Effect, EffectCode, Finding, FindingCode};
use store::Tx;

use super::{Projection, Whole};
use crate::context::Services;
use crate::fault::Failure;

pub(super) async fn found(services: &Services) -> Result<Vec<Cells>, Failure> {
    let all = store::divisions::all(&services.store().reader()).await?;
    Ok(all.iter().map(Division::cells).collect())
}

/// Looks at what the draft changes, and at what lies in what ends.
pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Finding>) {
    let all: BTreeMap<&String, Division> = whole
        .rows
        .iter()
        .filter_map(|(key, cells)| Some((key, Division::of_cells(cells)?)))
        .collect();
    let changed = whole.changes.iter();
    for division in changed.filter_map(|(_, after)| Division::of_cells(after.as_ref()?)) {
        let code = &division.code;
        if let Some(parent) = &division.parent {
            match all.get(parent) {
                None => found.push(Finding::fault(FindingCode::Parent, code).fact("value", parent)),
                Some(above) if above.ended && !division.ended => {
                    let finding = Finding::fault(FindingCode::InUse, parent);
                    found.push(finding.fact("unit", &division.name));
                }
                Some(_) => {}
            }
        }
        if let Some(successor) = &division.successor
            && all.get(successor).is_none_or(|it| it.ended)
        {
            found.push(Finding::fault(FindingCode::Successor, code).fact("value", successor));
        }
        if division.ended {
            below(whole, (&division, &all), found);
        }
    }
}

/// What an ended division must not have.
fn below(
    whole: &Whole<'_>,
    (division, all): (&Division, &BTreeMap<&String, Division>),
    found: &mut Vec<Finding>,
) {
    let code = &division.code;
    let is_below = |it: &&Division| it.parent.as_ref() == Some(code) && !it.ended;
    let in_use = all.values().find(is_below).map(|it| it.name.clone());
    let units = whole.reference.units.values();
    let unit = units.filter(|unit| unit.active && unit.region == *code);
    let unit = unit.map(|unit| unit.name.clone()).min();
    if let Some(name) = in_use.or(unit) {
        found.push(Finding::fault(FindingCode::InUse, code).fact("unit", name));
    }
}

/// Open tickets in what ends.
pub(super) async fn reach(
    services: &Services,
    whole: &Whole<'_>,
    found: &mut Vec<Finding>,
) -> Result<Vec<Effect>, Failure> {
    let changed = whole.changes.iter();
    let ended: Vec<String> = changed
        .filter_map(|(before, after)| {
            let was = before.as_ref().and_then(Division::of_cells);
            let after = Division::of_cells(after.as_ref()?)?;
            (after.ended && was.is_some_and(|was| !was.ended)).then_some(after.code)
        })
        .collect();
    let mut sum = 0;
    if !ended.is_empty() {
        let used = store::divisions::open_tickets(&services.store().reader(), &ended).await?;
        for (code, count) in used {
            sum += count;
            found.push(Finding::warning(FindingCode::InUse, &code).fact("count", count));
        }
    }
    Ok(vec![Effect {
        code: EffectCode::OpenTickets,
        count: sum,
    }])
}

pub(super) async fn project(tx: &Tx, projection: &Projection) -> Result<(), Failure> {
    let changed = projection.changes.iter();
    let changed: Vec<Division> = changed
        .filter_map(|(_, after)| Division::of_cells(after.as_ref()?))
        .collect();
    Ok(store::divisions::keep(tx, &changed).await?)
}
