//! Quantiles of times in a cube, by nearest rank: the value is the time of one ticket, exact and the same on both databases.
//! Not here: counts, rates and means (`cubes`), which times there are (`tickets::cells`).
//! One statement for those that look at the same tickets. It sorts what the cube reads anyway, so that it is bounded by scope, filter and period.

use shared::access::Scope;
use shared::calendar::Instant;
use shared::measure::{Anchor, CubeQuery, Formula, Is, MOST_MEASURES, Side, Took};

use super::super::cells::{expression, months, set, took};
use super::cubes::{KEYS, Rows, keys, reached};
use crate::StoreError;
use crate::database::Handle;
use crate::sql::{Sql, vals};

/// Names of the quantiles in a statement, as text and as column.
const NAMES: [(&str, &str); MOST_MEASURES] = [
    (" as q0, ", "q0"),
    (" as q1, ", "q1"),
    (" as q2, ", "q2"),
    (" as q3, ", "q3"),
    (" as q4, ", "q4"),
    (" as q5, ", "q5"),
    (" as q6, ", "q6"),
    (" as q7, ", "q7"),
];
/// What stands around the tickets with their times, for so many dimensions: each time with its rank in its row and how many there are.
const RANKED: [&str; 3] = [
    " from (select x.took, row_number() over (order by x.took) as nth, count(*) over () as whole from (select",
    " from (select x.k0, x.took, row_number() over (partition by x.k0 order by x.took) as nth, count(*) over (partition by x.k0) as whole from (select",
    " from (select x.k0, x.k1, x.took, row_number() over (partition by x.k0, x.k1 order by x.took) as nth, count(*) over (partition by x.k0, x.k1) as whole from (select",
];
/// The dimensions of what is ranked.
const HEADS: [&str; 3] = ["select ", "select y.k0, ", "select y.k0, y.k1, "];
/// What closes it.
const ENDS: [&str; 3] = [
    ") x) y",
    ") x) y group by y.k0",
    ") x) y group by y.k0, y.k1",
];

/// Quantiles of the same times of the same tickets.
struct Alike {
    anchor: Anchor,
    took: Took,
    among: &'static [Is],
    sets: [&'static [Is]; 2],
    /// The place of each in the cube, and its percent.
    at: Vec<(usize, i64)>,
}

/// Puts the quantiles of a cube beside its other numbers.
pub(super) async fn add(
    h: Handle<'_>,
    (scope, now): (&Scope, Instant),
    query: &CubeQuery,
    rows: &mut Rows,
) -> Result<(), StoreError> {
    for alike in of_query(query) {
        let sql = statement(h, (scope, now), query, &alike).await?;
        for row in h.all(sql).await? {
            let whole: Option<i64> = row.try_get("", "whole")?;
            let Some(whole) = whole.filter(|whole| *whole > 0) else {
                continue;
            };
            let numbers = rows
                .entry(keys(&row, query.axes.len())?)
                .or_insert_with(|| vec![(0, 0); query.measures.len()]);
            for ((place, _), (_, column)) in alike.at.iter().zip(NAMES) {
                let found: Option<i64> = row.try_get("", column)?;
                if let Some(slot) = numbers.get_mut(*place) {
                    *slot = (found.unwrap_or(0), whole);
                }
            }
        }
    }
    Ok(())
}

/// The quantiles that a cube asks for, those together that one statement gives.
fn of_query(query: &CubeQuery) -> Vec<Alike> {
    let mut all: Vec<Alike> = Vec::new();
    for (place, measure) in query.measures.iter().enumerate().take(MOST_MEASURES) {
        let definition = measure.definition();
        let Formula::Quantile {
            took,
            percent,
            among,
        } = definition.formula
        else {
            continue;
        };
        let anchor = definition.anchor;
        let is_alike =
            |it: &&mut Alike| it.anchor == anchor && it.took == took && it.among == among;
        if let Some(alike) = all.iter_mut().find(is_alike) {
            alike.at.push((place, percent));
            continue;
        }
        all.push(Alike {
            anchor,
            took,
            among,
            sets: definition.set(Side::Denominator),
            at: vec![(place, percent)],
        });
    }
    all
}

/// Window functions rather than the ordered aggregates of PostgreSQL, which SQLite lacks: one text for both.
async fn statement(
    h: Handle<'_>,
    (scope, now): (&Scope, Instant),
    query: &CubeQuery,
    alike: &Alike,
) -> Result<Sql, StoreError> {
    let axes = query.axes.len();
    let part = |parts: [&'static str; 3]| parts.get(axes).copied().unwrap_or_default();
    let mut sql = Sql::new(part(HEADS), vals![]);
    for ((_, percent), (named, _)) in alike.at.iter().zip(NAMES) {
        sql.push_bounds(
            "min(case when y.nth * 100 >= y.whole * ? then y.took end)",
            vals![*percent],
        )
        .text(named);
    }
    sql.text("max(y.whole) as whole").text(part(RANKED));
    let months = months(query.from, query.to);
    for (axis, (named, _)) in query.axes.iter().zip(KEYS) {
        sql.append(expression(*axis, alike.anchor, &months))
            .text(named);
    }
    sql.append(took(alike.took)).text(" as took");
    sql.append(reached(h, (scope, now), query, alike.anchor).await?);
    sql.append(set(alike.sets, now).aside(h.is_sqlite()));
    sql.text(part(ENDS));
    Ok(sql)
}
