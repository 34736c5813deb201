//! Categories: every one lies below one that is there. One that goes is switched off and keeps its name for the tickets that carry it.
//! Not here: choosing one (`directory`).
//! A limit's category stays as long as the limit names it.

use std::collections::BTreeMap;

use shared::calendar::Instant;
use shared::category::Category;
use shared::register::{Cells, Effect, EffectCode, Finding, FindingCode};
use store::Tx;

use super::{Projection, Whole};
use crate::context::Services;
use crate::fault::Failure;

/// How far back recent tickets are looked for, in milliseconds.
const RECENT: i64 = 30 * 24 * 3_600_000;

pub(super) async fn found(services: &Services) -> Result<Vec<Cells>, Failure> {
    let all = store::categories::all(&services.store().reader()).await?;
    Ok(all.iter().map(Category::cells).collect())
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Finding>) {
    for (key, cells) in &whole.rows {
        let above = Category::of_cells(cells).and_then(|category| category.parent);
        if let Some(above) = above
            && !whole.rows.contains_key(&above)
        {
            found.push(Finding::fault(FindingCode::Parent, key).fact("value", above));
        }
    }
    for code in gone(whole) {
        let used = |rule: &&shared::process::limit::LimitRule| {
            rule.valid_until.is_none() && rule.category.as_ref() == Some(&code)
        };
        let limits = whole.reference.limits.iter().filter(used).count();
        if limits > 0 {
            found.push(Finding::fault(FindingCode::InUse, &code).fact("limits", limits));
        }
    }
}

/// Codes that the draft takes away.
fn gone(whole: &Whole<'_>) -> Vec<String> {
    let gone = whole.changes.iter().filter_map(|(before, after)| {
        let before = before.as_ref().filter(|_| after.is_none())?;
        Some(Category::of_cells(before)?.code)
    });
    gone.collect()
}

/// Open tickets that carry what goes, and those of the last 30 days that carry what goes or is renamed.
pub(super) async fn reach(
    services: &Services,
    whole: &Whole<'_>,
    found: &mut Vec<Finding>,
) -> Result<Vec<Effect>, Failure> {
    let db = services.store().reader();
    let mut effects = Vec::new();
    let codes = gone(whole);
    if !codes.is_empty() {
        let used = store::categories::open_tickets(&db, &codes).await?;
        let mut sum = 0;
        for (code, count) in used {
            sum += count;
            found.push(Finding::warning(FindingCode::InUse, &code).fact("count", count));
        }
        effects.push(Effect {
            code: EffectCode::OpenTickets,
            count: sum,
        });
    }
    let touched = touched(whole);
    if !touched.is_empty() {
        let codes: Vec<String> = touched.keys().cloned().collect();
        let since = Instant(services.now().0 - RECENT);
        let mut sum = 0;
        for (code, count) in store::categories::tickets_since(&db, &codes, since).await? {
            sum += count;
            let finding = Finding::warning(FindingCode::Recent, &code).fact("count", count);
            found.push(match touched.get(&code) {
                Some(Some(name)) => finding.fact("value", name),
                _ => finding,
            });
        }
        effects.push(Effect {
            code: EffectCode::RecentTickets,
            count: sum,
        });
    }
    Ok(effects)
}

/// Codes that the draft takes away or renames, the latter with the name that they get.
fn touched(whole: &Whole<'_>) -> BTreeMap<String, Option<String>> {
    let touched = whole.changes.iter().filter_map(|(before, after)| {
        let before = Category::of_cells(before.as_ref()?)?;
        let after = after.as_ref().and_then(Category::of_cells);
        let name = after.map(|after| after.name_zh);
        (name.as_ref() != Some(&before.name_zh)).then_some((before.code, name))
    });
    touched.collect()
}

pub(super) async fn project(tx: &Tx, projection: &Projection) -> Result<(), Failure> {
    for (before, after) in &projection.changes {
        match (before, after) {
            (_, Some(after)) => {
                if let Some(category) = Category::of_cells(after) {
                    store::categories::keep(tx, &category, true).await?;
                }
            }
            (Some(before), None) => {
                if let Some(category) = Category::of_cells(before) {
                    store::categories::keep(tx, &category, false).await?;
                }
            }
            (None, None) => {}
        }
    }
    Ok(())
}
