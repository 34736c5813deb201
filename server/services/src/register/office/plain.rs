//! Lists without a table of their own: their readers know the register itself (`register::holding`), so publishing writes nothing beside it.
//! Not here: what they look like (`shared::register`).
//! Two areas may not call different things by one code, unless the nearer row is meant to stand in the place of the base's.

use shared::register::{Cells, Effect, Finding, FindingCode, ListCode, TextCode, list, shipped};

use super::Whole;

pub(super) fn found(code: ListCode) -> Vec<Cells> {
    shipped(code)
}

pub(super) fn check(whole: &Whole<'_>, found: &mut Vec<Finding>) {
    let code = whole.part.list;
    if !list(code).is_nearest {
        whole.doubled(FindingCode::Doubled, found);
    }
    if code == ListCode::Texts && !whole.part.area.is_empty() {
        let foreign = |key: &&String| !TextCode::parse(key).is_some_and(TextCode::is_local);
        for key in whole.rows.keys().filter(foreign) {
            found.push(Finding::fault(FindingCode::BaseOnly, key));
        }
    }
}

/// Nothing is counted: what holds afterwards is the rows themselves.
pub(super) const fn reach() -> Vec<Effect> {
    Vec::new()
}
