//! Areas of responsibility: each names a unit that is active, a category and a division that there are.
//! Not here: what follows for a dispatch (`directory`).
//! Only what changes is written: a province's list has some 100,000 rows.

use shared::register::{Cells, DutyRow, Effect, EffectCode, Finding, FindingCode};
use store::Tx;
use store::duties::Duty;

use super::{Projection, Whole};
use crate::context::Services;
use crate::fault::Failure;

pub(super) async fn found(services: &Services) -> Result<Vec<Cells>, Failure> {
    let all = store::duties::all(&services.store().reader()).await?;
    let row = |duty: Duty| DutyRow {
        category: duty.category,
        region: duty.region,
        unit: duty.unit,
        basis: None,
    };
    Ok(all.into_iter().map(|duty| row(duty).cells()).collect())
}

/// Looks at what the draft changes: the rest was looked at when it came.
pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Finding>) {
    let rows = whole.rows.iter();
    for (key, row) in rows.filter_map(|(key, cells)| Some((key, DutyRow::of(cells)?))) {
        whole.place(key, &row.region, found);
        if !whole.reference.categories.contains_key(&row.category) {
            found.push(Finding::fault(FindingCode::Category, key).fact("value", &row.category));
        }
        let unit = whole.reference.units.get(&row.unit);
        if !unit.is_some_and(|unit| unit.active) {
            found.push(Finding::fault(FindingCode::Unit, key).fact("value", &row.unit));
        }
    }
    whole.doubled(FindingCode::BaseHas, found);
}

/// How many units the changes are about.
pub(super) fn reach(whole: &Whole<'_>) -> Vec<Effect> {
    let changed = whole.changes.iter();
    let units: std::collections::BTreeSet<String> = changed
        .filter_map(|(before, after)| DutyRow::of(after.as_ref().or(before.as_ref())?))
        .map(|row| row.unit)
        .collect();
    vec![Effect {
        code: EffectCode::Units,
        count: i64::try_from(units.len()).unwrap_or(i64::MAX),
    }]
}

fn duty(cells: &Cells) -> Option<Duty> {
    let row = DutyRow::of(cells)?;
    Some(Duty {
        category: row.category,
        region: row.region,
        unit: row.unit,
    })
}

pub(super) async fn project(tx: &Tx, projection: &Projection) -> Result<(), Failure> {
    let mut new = Vec::new();
    for (before, after) in &projection.changes {
        match (before, after) {
            (_, Some(after)) => new.extend(duty(after)),
            (Some(before), None) => {
                if let Some(duty) = duty(before) {
                    store::duties::remove(tx, &duty).await?;
                }
            }
            (None, None) => {}
        }
    }
    Ok(store::duties::put(tx, &new).await?)
}
