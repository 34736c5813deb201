//! Lists without a table of their own: their readers know the register itself (`register::holding`), so publishing writes nothing beside it.
//! Not here: what they look like (`shared::register`).
//! Two areas may not call different things by one code, unless the nearer row is meant to stand in the place of the base's.

use shared::category::Category;
use shared::register::{
    AliasRow, Cells, Effect, Finding, FindingCode, ListCode, OwnField, TextCode, list, shipped,
};

use super::Whole;

pub(super) fn found(code: ListCode) -> Vec<Cells> {
    shipped(code)
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Finding>) {
    let code = whole.part.list;
    if !list(code).is_nearest {
        whole.doubled(FindingCode::Doubled, found);
    }
    if code == ListCode::Own {
        for (key, field) in &whole.rows {
            let field = OwnField::of(field);
            let codes = field.into_iter().flat_map(|field| field.categories);
            let unknown = codes.filter(|it| !whole.reference.categories.contains_key(it));
            found.extend(
                unknown.map(|it| Finding::fault(FindingCode::Category, key).fact("value", it)),
            );
        }
    }
    if code == ListCode::Aliases {
        aliases(whole, found);
    }
    if code == ListCode::Texts && !whole.part.area.is_empty() {
        let foreign = |key: &&String| !TextCode::parse(key).is_some_and(TextCode::is_local);
        for key in whole.rows.keys().filter(foreign) {
            found.push(Finding::fault(FindingCode::BaseOnly, key));
        }
    }
}

/// Each alias means a category that there is, and no word means two: neither beside the tree's own codes and names, nor beside other
/// aliases of the own list and the base's.
fn aliases(whole: &Whole<'_>, found: &mut Vec<Finding>) {
    let categories = &whole.reference.categories;
    let here = if whole.part.area.is_empty() {
        whole.reference.root_region()
    } else {
        whole.part.area.clone()
    };
    let tree = ListCode::Categories.text();
    let tree = format!("{} {}", tree.zh, tree.en);
    let base: Vec<AliasRow> = whole.base().map_or_else(Vec::new, |rows| {
        rows.values().filter_map(AliasRow::of).collect()
    });
    let mut before: Vec<AliasRow> = Vec::new();
    for (key, row) in &whole.rows {
        let Some(row) = AliasRow::of(row) else {
            continue;
        };
        if !categories.contains_key(&row.category) {
            found.push(Finding::fault(FindingCode::Category, key).fact("value", &row.category));
        }
        let is_another = |it: &Category| {
            it.code != row.category && (it.name_zh == row.name || it.name_en == row.name)
        };
        if categories.contains_key(&row.code) || categories.values().any(is_another) {
            found.push(Finding::fault(FindingCode::Doubled, key).fact("area", &tree));
        }
        let contradicts = |known: &AliasRow| known.is(&row.name) && known.category != row.category;
        if before.iter().any(contradicts) {
            let area = whole.reference.division_path(&here);
            found.push(Finding::fault(FindingCode::Doubled, key).fact("area", area));
        }
        if base.iter().any(contradicts) {
            let root = whole.reference.root_region();
            let area = whole.reference.division_path(&root);
            found.push(Finding::fault(FindingCode::BaseHas, key).fact("area", area));
        }
        before.push(row);
    }
}

/// Nothing is counted: what holds afterwards is the rows themselves.
pub(super) const fn reach() -> Vec<Effect> {
    Vec::new()
}
