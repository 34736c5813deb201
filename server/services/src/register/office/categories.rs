//! Categories: every one lies below one that is there. One that goes is switched off and keeps its name for the tickets that carry it.
//! Not here: choosing one (`directory`).
//! A limit's category stays as long as the limit names it.

use shared::category::Category;
use shared::register::{Cells, Effect, EffectCode, Finding, FindingCode};
use store::Tx;

use super::{Projection, Whole};
use crate::context::Services;
use crate::fault::Failure;

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

/// Open tickets that carry what goes.
pub(super) async fn reach(
    services: &Services,
    whole: &Whole<'_>,
    found: &mut Vec<Finding>,
) -> Result<Vec<Effect>, Failure> {
    let codes = gone(whole);
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let used = store::categories::open_tickets(&services.store().reader(), &codes).await?;
    let mut sum = 0;
    for (code, count) in used {
        sum += count;
        found.push(Finding::warning(FindingCode::InUse, &code).fact("count", count));
    }
    Ok(vec![Effect {
        code: EffectCode::OpenTickets,
        count: sum,
    }])
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
