//! Limits: every stage keeps one that holds for all, a city's rows stand beside the base's and never in their place.
//! Not here: which row counts (`shared::process::limit`), moving open tickets (`follow`).
//! A live row is never overwritten: it ends, and another one begins, since tickets name the row they were counted by.

use std::collections::BTreeMap;

use shared::place;
use shared::process::limit::{LimitRule, Stage};
use shared::register::{Cells, Effect, Finding, FindingCode, LimitRow, ListCode, key_of_limit};
use store::Tx;

use super::{Projection, Whole, moved};
use crate::context::Services;
use crate::fault::Failure;
use crate::register::follow::Measure;

/// What new rows are called in the table.
const PROFILE: &str = "register";

/// The code of a division for what its codes begin with: `3201` is `320100`.
fn code_of(prefix: &str) -> String {
    if prefix.len() < 6 {
        format!("{prefix:0<6}")
    } else {
        prefix.to_owned()
    }
}

fn row_of(rule: &LimitRule) -> LimitRow {
    LimitRow {
        stage: rule.stage,
        urgency: rule.urgency,
        category: rule.category.clone(),
        region: rule.region.as_deref().map(code_of),
        kind: rule.kind,
        channel: rule.channel,
        limit: rule.limit,
    }
}

/// The rule of a row, without a number.
fn rule_of(row: &LimitRow, at: i64, open_too: bool) -> LimitRule {
    LimitRule {
        id: 0,
        profile: PROFILE.to_owned(),
        stage: row.stage,
        channel: row.channel,
        kind: row.kind,
        category: row.category.clone(),
        urgency: row.urgency,
        region: row
            .region
            .as_deref()
            .map(|code| place::prefix(code).to_owned()),
        valid_from: at,
        valid_until: None,
        open_from: open_too.then_some(at),
        open_until: None,
        limit: row.limit,
    }
}

/// The rows that hold now, of several for the same the latest.
pub(super) async fn found(services: &Services) -> Result<Vec<Cells>, Failure> {
    let now = services.now().0;
    let mut newest: BTreeMap<String, LimitRule> = BTreeMap::new();
    for rule in store::limits::all(&services.store().reader()).await? {
        if rule.valid_from > now || rule.valid_until.is_some_and(|until| until <= now) {
            continue;
        }
        let key = key_of_limit(&row_of(&rule));
        let is_later = newest
            .get(&key)
            .is_none_or(|known| (known.valid_from, known.id) < (rule.valid_from, rule.id));
        if is_later {
            newest.insert(key, rule);
        }
    }
    Ok(newest.values().map(|rule| row_of(rule).cells()).collect())
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Finding>) {
    let is_base = whole.part.area.is_empty();
    let rows: Vec<(&String, LimitRow)> = whole
        .rows
        .iter()
        .filter_map(|(key, cells)| Some((key, LimitRow::of(cells)?)))
        .collect();
    for (key, row) in &rows {
        if let Some(category) = &row.category
            && !whole.reference.categories.contains_key(category)
        {
            found.push(Finding::fault(FindingCode::Category, key).fact("value", category));
        }
        match &row.region {
            Some(region) => whole.place(key, region, found),
            None if is_base => {}
            None => found.push(Finding::fault(FindingCode::Outside, key).fact("value", "—")),
        }
    }
    whole.doubled(FindingCode::BaseHas, found);
    if is_base {
        for stage in Stage::ALL.iter().filter(|stage| stage.is_needed()) {
            let holds_for_all = |row: &LimitRow| {
                row.stage == *stage
                    && row.urgency.is_none()
                    && row.category.is_none()
                    && row.region.is_none()
                    && row.kind.is_none()
                    && row.channel.is_none()
            };
            if !rows.iter().any(|(_, row)| holds_for_all(row)) {
                found.push(Finding::fault(FindingCode::NoLimit, "").fact("stage", stage));
            }
        }
    } else {
        longer(whole, &rows, found);
    }
}

/// A city's limit for the same things as the base's, but longer.
fn longer(whole: &Whole<'_>, rows: &[(&String, LimitRow)], found: &mut Vec<Finding>) {
    let base: BTreeMap<String, LimitRow> = whole
        .base()
        .into_iter()
        .flat_map(BTreeMap::values)
        .filter_map(LimitRow::of)
        .map(|row| (key_of_limit(&row), row))
        .collect();
    for (key, row) in rows {
        let plain = LimitRow {
            region: None,
            ..row.clone()
        };
        if let Some(theirs) = base.get(&key_of_limit(&plain))
            && theirs.limit.unit == row.limit.unit
            && theirs.limit.value < row.limit.value
        {
            let finding = Finding::warning(FindingCode::Longer, key)
                .fact("value", row.limit.value)
                .fact("base", theirs.limit.value)
                .fact("unit", row.limit.unit);
            found.push(finding);
        }
    }
}

/// The rules as they would be, were the draft published now for open tickets as well.
pub(super) fn would_be(
    mut rules: Vec<LimitRule>,
    changes: &[super::Before],
    at: i64,
    open_too: bool,
) -> Vec<LimitRule> {
    let mut next = rules.iter().map(|rule| rule.id).max().unwrap_or(0);
    for (before, after) in changes {
        let key = before.as_ref().or(after.as_ref()).and_then(LimitRow::of);
        let Some(key) = key.map(|row| key_of_limit(&row)) else {
            continue;
        };
        for rule in &mut rules {
            if rule.valid_until.is_none() && key_of_limit(&row_of(rule)) == key {
                rule.valid_until = Some(at);
                rule.open_until = open_too.then_some(at);
            }
        }
        if let Some(row) = after.as_ref().and_then(LimitRow::of) {
            next += 1;
            rules.push(LimitRule {
                id: next,
                ..rule_of(&row, at, open_too)
            });
        }
    }
    rules
}

/// Open tickets whose deadline would move if they followed.
pub(super) async fn reach(services: &Services, whole: &Whole<'_>) -> Result<Vec<Effect>, Failure> {
    let now = services.now();
    let db = services.store().reader();
    let rules = store::limits::all(&db).await?;
    let measure = Measure {
        list: ListCode::Limits,
        calendars: crate::reference::calendars(&db).await?,
        limits: would_be(rules, &whole.changes, now.0, true),
        at: now,
    };
    moved(services, &measure).await
}

pub(super) async fn project(tx: &Tx, projection: &Projection) -> Result<(), Failure> {
    let before = store::limits::all(tx).await?;
    let known: BTreeMap<i64, LimitRule> =
        before.iter().map(|rule| (rule.id, rule.clone())).collect();
    let at = projection.at.0;
    let mut new = Vec::new();
    for rule in would_be(before, &projection.changes, at, projection.open_too) {
        match known.get(&rule.id) {
            None => new.push(rule),
            Some(was) if *was != rule => {
                store::limits::end(tx, rule.id, at, projection.open_too).await?;
            }
            Some(_) => {}
        }
    }
    Ok(store::limits::put(tx, &new).await?)
}
