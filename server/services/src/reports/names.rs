//! Names for the rows of a report, and rows for the places where nothing happened: a city with zero tickets is a result, too.
//! Not here: counting (`store::reports`).
//! Tickets without a category, or accepted for the province as a whole, have rows of their own, so that the sums come out.

use shared::access::Scope;
use shared::measure::OverviewRow;
use shared::place::{self, DivisionLevel};
use shared::text::report;
use store::reports::{Counted, Period};

use super::row;
use crate::reference::Reference;

/// What the list takes as `category` for tickets that have none.
const NONE: &str = "-";

/// Rows by place in the order of codes. `digits` is 4 for cities, 6 for districts.
pub(super) fn regions(
    reference: &Reference,
    scope: &Scope,
    period: &Period,
    digits: u8,
    mut counted: Vec<Counted>,
) -> Vec<OverviewRow> {
    let inside = [
        scope_prefix(scope),
        period.region.as_deref().map(place::prefix),
    ];
    let level = if digits == 4 {
        DivisionLevel::City
    } else {
        DivisionLevel::County
    };
    let home = reference.home();
    let home = place::prefix(&home);
    for division in reference
        .divisions
        .values()
        .filter(|division| division.level == level && division.code.starts_with(home))
    {
        let code = match level {
            DivisionLevel::City => place::city(&division.code),
            _ => place::county_code(&division.code),
        };
        let Some(code) = code else { continue };
        let wanted = inside
            .iter()
            .flatten()
            .all(|prefix| code.starts_with(prefix));
        // Units see tickets, not places: no empty rows for them.
        if wanted && !is_unit(scope) && !counted.iter().any(|part| part.code == code) {
            counted.push(Counted {
                code: code.to_owned(),
                ..Counted::default()
            });
        }
    }
    counted.sort_by(|a, b| a.code.cmp(&b.code));
    counted
        .iter()
        .map(|part| named_region(reference, part))
        .collect()
}

/// The row's code is one that the list takes as `region` and that reaches exactly the row's tickets.
fn named_region(reference: &Reference, part: &Counted) -> OverviewRow {
    let full = if part.code.len() == 4 {
        format!("{}00", part.code)
    } else {
        part.code.clone()
    };
    // The group `3200` is what belongs to no city, the group `320100` what belongs to no district.
    let is_rest = part.code.ends_with("00");
    let both = |text: shared::text::Text| (text.zh.to_owned(), text.en.to_owned());
    let name = match reference.divisions.get(&full) {
        _ if is_rest => both(if part.code.len() == 4 {
            report::WHOLE_PROVINCE
        } else {
            report::WHOLE_CITY
        }),
        Some(division) => (division.name.clone(), division.name.clone()),
        None => (full.clone(), full.clone()),
    };
    OverviewRow {
        code: if is_rest { format!("{full}-") } else { full },
        ..row(part, name)
    }
}

/// Rows by first-level category in the order of codes; those without one come last.
pub(super) fn categories(reference: &Reference, mut counted: Vec<Counted>) -> Vec<OverviewRow> {
    for category in reference
        .categories
        .values()
        .filter(|category| category.parent.is_none())
    {
        if !counted.iter().any(|part| part.code == category.code) {
            counted.push(Counted {
                code: category.code.clone(),
                ..Counted::default()
            });
        }
    }
    counted.sort_by(|a, b| {
        a.code
            .is_empty()
            .cmp(&b.code.is_empty())
            .then_with(|| a.code.cmp(&b.code))
    });
    let name = |code: &str| match reference.categories.get(code) {
        Some(category) => (category.name_zh.clone(), category.name_en.clone()),
        None if code.is_empty() => (
            report::NO_CATEGORY.zh.to_owned(),
            report::NO_CATEGORY.en.to_owned(),
        ),
        None => (code.to_owned(), code.to_owned()),
    };
    let rows = counted.iter().map(|part| row(part, name(&part.code)));
    rows.map(|row| {
        if row.code.is_empty() {
            OverviewRow {
                code: NONE.to_owned(),
                ..row
            }
        } else {
            row
        }
    })
    .collect()
}

fn scope_prefix(scope: &Scope) -> Option<&str> {
    if let Scope::Region(prefix) = scope {
        Some(prefix)
    } else {
        None
    }
}

fn is_unit(scope: &Scope) -> bool {
    scope.parts().iter().all(|part| {
        matches!(
            part,
            Scope::Unit(_) | Scope::UnitTree(_) | Scope::Own(_) | Scope::Team(_)
        )
    })
}
