//! Units: one tree without circles under one centre. A unit that ends has no active unit below it and names who takes over; what it still has
//! to do is told, and keeps it from ending today. Not here: who works in a unit (`users`), its assignments (`tickets`).
//! A unit that moves takes its subtree and all its cases along.

use std::collections::BTreeMap;

use shared::organisation::Unit;
use shared::register::{Cells, Effect, EffectCode, Finding, FindingCode, UnitRow};
use store::Tx;

use super::{Projection, Whole};
use crate::context::Services;
use crate::fault::Failure;

/// Deeper than any organisation.
const DEEPEST: usize = 12;

pub(super) async fn found(services: &Services) -> Result<Vec<Cells>, Failure> {
    let all = store::units::all(&services.store().reader()).await?;
    let row = |unit: &Unit| UnitRow {
        code: unit.code.clone(),
        name: unit.name.clone(),
        parent: unit.parent.clone(),
        level: unit.level,
        region: unit.region.clone(),
        is_active: unit.active,
        successor: unit.successor.clone(),
    };
    Ok(all.iter().map(|unit| row(unit).cells()).collect())
}

/// All units of all parts by code.
fn everywhere(whole: &Whole<'_>) -> BTreeMap<String, UnitRow> {
    let own = whole.rows.values();
    let others = whole.others.iter().flat_map(|(_, rows)| rows.values());
    let rows = others.chain(own).filter_map(UnitRow::of);
    rows.map(|row| (row.code.clone(), row)).collect()
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Finding>) {
    let all = everywhere(whole);
    whole.doubled(FindingCode::Doubled, found);
    let own: Vec<UnitRow> = whole.rows.values().filter_map(UnitRow::of).collect();
    for unit in &own {
        whole.place(&unit.code, &unit.region, found);
        above(unit, &all, found);
        if let Some(successor) = &unit.successor
            && !all.get(successor).is_some_and(|it| it.is_active)
        {
            found.push(Finding::fault(FindingCode::Successor, &unit.code).fact("value", successor));
        }
    }
    let roots = all
        .values()
        .filter(|unit| unit.parent.is_none() && unit.is_active);
    let roots: Vec<&str> = roots.map(|unit| unit.code.as_str()).collect();
    if roots.len() != 1 {
        found.push(Finding::fault(FindingCode::Root, "").fact("value", roots.join("、")));
    }
}

/// Whether the unit above is one, and the way up ends.
fn above(unit: &UnitRow, all: &BTreeMap<String, UnitRow>, found: &mut Vec<Finding>) {
    let Some(parent) = &unit.parent else {
        return;
    };
    match all.get(parent) {
        None => found.push(Finding::fault(FindingCode::Parent, &unit.code).fact("value", parent)),
        Some(parent) if unit.is_active && !parent.is_active => {
            let finding = Finding::fault(FindingCode::InUse, &parent.code);
            found.push(finding.fact("unit", &unit.code));
        }
        Some(_) if circles(unit, all) => {
            found.push(Finding::fault(FindingCode::Cycle, &unit.code));
        }
        Some(_) => {}
    }
}

fn circles(unit: &UnitRow, all: &BTreeMap<String, UnitRow>) -> bool {
    let mut next = unit.parent.as_ref();
    for _ in 0..DEEPEST {
        match next.and_then(|code| all.get(code)) {
            None => return false,
            Some(above) if above.code == unit.code => return true,
            Some(above) => next = above.parent.as_ref(),
        }
    }
    true
}

/// What units that end still have, and how many units and accounts a change is about.
pub(super) async fn reach(
    services: &Services,
    whole: &Whole<'_>,
    found: &mut Vec<Finding>,
) -> Result<Vec<Effect>, Failure> {
    let ended: Vec<String> = whole
        .changes
        .iter()
        .filter_map(|(before, after)| {
            let after = UnitRow::of(after.as_ref()?)?;
            let was = before.as_ref().and_then(UnitRow::of);
            (!after.is_active && was.is_some_and(|was| was.is_active)).then_some(after.code)
        })
        .collect();
    let units = i64::try_from(whole.changes.len()).unwrap_or(i64::MAX);
    let mut effects = vec![Effect {
        code: EffectCode::Units,
        count: units,
    }];
    if ended.is_empty() {
        return Ok(effects);
    }
    let db = services.store().reader();
    let open = store::units::open_assignments(&db, &ended).await?;
    for (unit, count) in &open {
        found.push(Finding::warning(FindingCode::OpenWork, unit).fact("count", count));
    }
    let people = store::units::active_people(&db, &ended).await?;
    for (unit, count) in &people {
        found.push(Finding::warning(FindingCode::People, unit).fact("count", count));
    }
    let sum = |counts: &BTreeMap<String, i64>| counts.values().sum();
    effects.push(Effect {
        code: EffectCode::OpenTickets,
        count: sum(&open),
    });
    effects.push(Effect {
        code: EffectCode::People,
        count: sum(&people),
    });
    Ok(effects)
}

pub(super) async fn project(tx: &Tx, projection: &Projection) -> Result<(), Failure> {
    let mut all: BTreeMap<String, Unit> = store::units::all(tx)
        .await?
        .into_iter()
        .map(|unit| (unit.code.clone(), unit))
        .collect();
    let before = all.clone();
    for after in projection
        .changes
        .iter()
        .filter_map(|(_, after)| after.as_ref())
    {
        let Some(row) = UnitRow::of(after) else {
            continue;
        };
        let unit = Unit {
            path: String::new(),
            code: row.code.clone(),
            name: row.name,
            parent: row.parent,
            level: row.level,
            region: row.region,
            active: row.is_active,
            successor: row.successor,
        };
        all.insert(row.code, unit);
    }
    let paths: BTreeMap<String, String> = all
        .keys()
        .map(|code| (code.clone(), path(code, &all)))
        .collect();
    for (code, unit) in &mut all {
        unit.path = paths.get(code).cloned().unwrap_or_default();
        let was = before.get(code);
        if was == Some(unit) {
            continue;
        }
        store::units::put(tx, unit).await?;
        if let Some(was) = was.filter(|was| was.path != unit.path) {
            store::units::move_cases(tx, code, (&was.path, &unit.path)).await?;
        }
    }
    Ok(())
}

/// The chain of codes from the top, each followed by a slash.
fn path(code: &str, all: &BTreeMap<String, Unit>) -> String {
    let mut chain = Vec::new();
    let mut next = Some(code);
    while let Some(code) = next {
        if chain.len() > DEEPEST {
            break;
        }
        chain.push(code);
        next = all.get(code).and_then(|unit| unit.parent.as_deref());
    }
    let mut path = String::new();
    for code in chain.iter().rev() {
        path.push_str(code);
        path.push('/');
    }
    path
}
