//! Places of rows by their first measure, within their class: equal values share a place, and what has too small a sample has none.
//! Not here: tables (`tables`). Units are ranked among those of their level, since volumes differ (`domain.md` 4.2).

use shared::measure::{Axis, Figure};
use shared::text::{Locale, standard as words};

use super::change::weight;
use super::tables::Line;
use crate::reference::Reference;

/// A row with its place.
pub(super) struct Ranked<'c> {
    pub class: String,
    pub place: Option<usize>,
    pub line: Line<'c>,
}

/// The rows by class, and in each the best first.
pub(super) fn of<'c>(lines: Vec<Line<'c>>, class: impl Fn(&Line<'c>) -> String) -> Vec<Ranked<'c>> {
    let mut rows: Vec<(String, Option<i64>, Line<'c>)> = lines
        .into_iter()
        .map(|line| (class(&line), amount(&line), line))
        .collect();
    rows.sort_by(|(class, amount, _), (other, other_amount, _)| {
        class.cmp(other).then(other_amount.cmp(amount))
    });
    let mut ranked: Vec<Ranked<'c>> = Vec::with_capacity(rows.len());
    // Class and value of the row before, its place, and how many of the class stand before the next one.
    let (mut last, mut place, mut before): (Option<(String, i64)>, usize, usize) = (None, 0, 0);
    for (class, amount, line) in rows {
        if last.as_ref().is_none_or(|(of, _)| *of != class) {
            (place, before) = (0, 0);
        }
        let own = amount.map(|amount| {
            before += 1;
            let next = (class.clone(), amount);
            if last.as_ref() != Some(&next) {
                place = before;
            }
            last = Some(next);
            place
        });
        ranked.push(Ranked {
            class,
            place: own,
            line,
        });
    }
    ranked
}

/// What is ranked: nothing of a sample that is too small.
fn amount(line: &Line<'_>) -> Option<i64> {
    let figure: Figure = *line.row.figures.first()?;
    if figure.is_small() {
        return None;
    }
    weight(figure)
}

/// The class of a unit; areas are of one.
pub(super) fn class(line: &Line<'_>, reference: &Reference, locale: Locale) -> String {
    let key = line.row.keys.first();
    let Some(key) = key.filter(|key| key.axis == Axis::LeadUnit) else {
        let axis = key.map(|key| key.axis.label(locale));
        return axis.unwrap_or_default().to_owned();
    };
    let first = shared::measure::units_of(&key.code).next();
    let unit = first.and_then(|code| reference.units.get(code));
    let label = unit.map(|unit| unit.level.label(locale));
    label
        .unwrap_or_else(|| words::OTHER_CLASS.get(locale))
        .to_owned()
}

#[cfg(test)]
mod tests {
    use shared::measure::{CubeKey, CubeName, CubeRow, Measure};

    use super::*;

    fn row(code: &str, numerator: i64, denominator: i64) -> CubeRow {
        let name = CubeName {
            zh: code.to_owned(),
            en: code.to_owned(),
        };
        CubeRow {
            keys: vec![CubeKey {
                axis: Axis::City,
                code: code.to_owned(),
                name,
            }],
            figures: vec![Figure {
                measure: Measure::Solved,
                numerator,
                denominator,
            }],
        }
    }

    #[test]
    fn equal_values_share_a_place_and_small_samples_have_none() {
        let rows = [
            row("a", 8, 10),
            row("b", 9, 10),
            row("c", 16, 20),
            row("d", 1, 1),
            row("e", 1, 10),
            row("f", 0, 0),
        ];
        let line = |row| Line {
            row,
            others: [None, None],
        };
        let ranked = of(rows.iter().map(line).collect(), |_| String::new());
        let told: Vec<(String, Option<usize>)> = ranked
            .iter()
            .map(|it| (it.line.row.keys[0].code.clone(), it.place))
            .collect();
        let places: Vec<(&str, Option<usize>)> = told
            .iter()
            .map(|(code, place)| (code.as_str(), *place))
            .collect();
        assert_eq!(
            places,
            [
                ("b", Some(1)),
                ("a", Some(2)),
                ("c", Some(2)),
                ("e", Some(4)),
                ("d", None),
                ("f", None)
            ]
        );
    }
}
