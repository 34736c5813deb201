//! Rows of a cube by the unit that follows today: those of units that ended stand with the one at the end of their chain.
//! Not here: counting (`cubes`), who follows whom (the list of units), the words of it (`shared::measure::UnitsOf`).
//! Numbers are added, rates from what they were counted of; a quantile has no sum, so that a row of several units has none.

use std::collections::{BTreeMap, BTreeSet};

use shared::measure::{Axis, CubeQuery, UnitsOf, together};
use store::tickets::CubeCounted;

use crate::reference::Reference;

/// Longer than any chain of units that followed each other.
const LONGEST: usize = 20;

/// The unit at the end of a chain; one that ended without a follower, or is not known, stands for itself.
fn last<'r>(reference: &'r Reference, code: &'r str) -> &'r str {
    let mut here = code;
    for _ in 0..LONGEST {
        let unit = reference.units.get(here).filter(|unit| !unit.active);
        match unit.and_then(|unit| unit.successor.as_deref()) {
            Some(next) => here = next,
            None => return here,
        }
    }
    code
}

/// What each unit that follows others stands for: itself first, then those.
fn followers(reference: &Reference) -> BTreeMap<&str, String> {
    let mut groups: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for code in reference.units.keys() {
        let last = last(reference, code);
        if last != code {
            groups.entry(last).or_default().insert(code);
        }
    }
    let value = |(last, ended): (&&str, &BTreeSet<&str>)| {
        together(std::iter::once(*last).chain(ended.iter().copied()))
    };
    let values: Vec<String> = groups.iter().map(value).collect();
    groups.keys().copied().zip(values).collect()
}

/// The rows as the question wants them.
pub(super) fn follow(
    reference: &Reference,
    query: &CubeQuery,
    rows: Vec<CubeCounted>,
) -> Vec<CubeCounted> {
    let place = query.axes.iter().position(|axis| *axis == Axis::LeadUnit);
    let Some(place) = place.filter(|_| query.units == UnitsOf::Now) else {
        return rows;
    };
    let values = followers(reference);
    let mut all: BTreeMap<Vec<String>, Vec<Vec<(i64, i64)>>> = BTreeMap::new();
    for mut row in rows {
        if let Some(code) = row.keys.get_mut(place)
            && let Some(value) = values.get(last(reference, code))
        {
            code.clone_from(value);
        }
        all.entry(row.keys).or_default().push(row.numbers);
    }
    let row = |(keys, parts): (Vec<String>, Vec<Vec<(i64, i64)>>)| CubeCounted {
        keys,
        numbers: sum(query, parts),
    };
    all.into_iter().map(row).collect()
}

/// The numbers of several rows as those of one.
fn sum(query: &CubeQuery, mut parts: Vec<Vec<(i64, i64)>>) -> Vec<(i64, i64)> {
    if parts.len() == 1 {
        return parts.pop().unwrap_or_default();
    }
    let one = |(place, measure): (usize, &shared::measure::Measure)| {
        if measure.definition().is_quantile() {
            return (0, 0);
        }
        let numbers = parts.iter().filter_map(|part| part.get(place));
        numbers.fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1))
    };
    query.measures.iter().enumerate().map(one).collect()
}
