//! The rows of a list as they hold now, of the base and of the areas that add to it.
//! Not here: how they came to hold (`services::register`), what is in them (`lists`).
//! What holds at a place is the base's rows and those of every area in which it lies; of two with one key the smaller area's counts.

use std::collections::BTreeMap;

use super::{Cells, ListCode, list};
use crate::access::Area;
use crate::text::Locale;

/// Rows by key, each by the area that owns it, the base's under an empty code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    rows: BTreeMap<String, BTreeMap<String, Cells>>,
}

impl Held {
    /// Of rows with the areas that own them.
    pub fn new(code: ListCode, rows: impl IntoIterator<Item = (String, Cells)>) -> Self {
        let mut held = Self::default();
        for (area, cells) in rows {
            let key = list(code).key(&cells);
            held.rows.entry(key).or_default().insert(area, cells);
        }
        held
    }

    /// The row with a key that holds at a place; an empty one is nowhere in particular, where only the base holds.
    pub fn get(&self, region: &str, key: &str) -> Option<&Cells> {
        nearest(self.rows.get(key)?, region)
    }

    /// Every row that holds at a place, in the order of keys.
    pub fn at(&self, region: &str) -> impl Iterator<Item = &Cells> {
        self.rows
            .values()
            .filter_map(move |owned| nearest(owned, region))
    }

    /// A row of each key, wherever it holds.
    pub fn every(&self) -> impl Iterator<Item = &Cells> {
        self.rows.values().filter_map(|owned| owned.values().next())
    }

    /// A row with this key, wherever it holds: for the names of what cases carry.
    pub fn named(&self, key: &str) -> Option<&Cells> {
        self.rows.get(key)?.values().next()
    }
}

/// The row of the smallest area around a place.
fn nearest<'h>(owned: &'h BTreeMap<String, Cells>, region: &str) -> Option<&'h Cells> {
    let around = owned
        .iter()
        .filter(|(area, _)| area.is_empty() || Area::of(area).covers(region));
    let smallest = around.max_by_key(|(area, _)| match area.as_str() {
        "" => 0,
        area => Area::of(area).prefix().len(),
    });
    smallest.map(|(_, cells)| cells)
}

/// The column of a text in a language.
pub(crate) const fn column_of(locale: Locale) -> &'static str {
    match locale {
        Locale::Zh => "zh",
        Locale::En => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_area_around_a_place_counts() {
        let row = |name: &str| -> Cells {
            [("code", "T1"), ("zh", name)]
                .map(|(column, value)| (column.to_owned(), value.to_owned()))
                .into()
        };
        let rows = [("", "base"), ("320100", "city"), ("320106", "district")];
        let rows = rows.map(|(area, name)| (area.to_owned(), row(name)));
        let held = Held::new(ListCode::Tags, rows);
        for (region, name) in [
            ("", "base"),
            ("320500", "base"),
            ("320105", "city"),
            ("320106001", "district"),
        ] {
            let found = held.get(region, "T1").expect("a row");
            assert_eq!(found["zh"], name, "{region}");
            assert_eq!(held.at(region).count(), 1, "{region}");
        }
        assert_eq!(held.get("320100", "T2"), None);
    }
}
