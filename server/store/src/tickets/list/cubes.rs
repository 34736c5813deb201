//! The numbers of a cube: one statement for each anchor, grouped by its dimensions, along the way of a list with the same filter.
//! Not here: conditions (`tickets::cells`, which lists of cells use too), names and totals (services).
//! Every dimension divides the tickets without rest, so that rows sum to the total (`domain.md` 4.4 b).

use std::collections::BTreeMap;

use sea_orm::QueryResult;
use shared::access::Scope;
use shared::calendar::Instant;
use shared::measure::{Anchor, CubeQuery, Formula, MOST_MEASURES, Measure, Side};

use super::super::cells::{COUNTED, anchored, expression, months, set, touched};
use super::drive::{Asked, Drive, from};
use super::found::found;
use super::lead::Reading;
use super::quantiles;
use super::way::way;
use crate::database::Handle;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// A row of a cube.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CubeCounted {
    /// A value of each dimension, as it is kept; empty where a ticket has none.
    pub keys: Vec<String>,
    /// Numerator and denominator of each measure.
    pub numbers: Vec<(i64, i64)>,
}

/// What was counted, by the values of the dimensions.
pub(super) type Rows = BTreeMap<Vec<String>, Vec<(i64, i64)>>;

/// Names of the dimensions in a statement, as text and as column.
pub(super) const KEYS: [(&str, &str); 2] = [(" as k0, ", "k0"), (" as k1, ", "k1")];
/// Names of a measure's numbers: numerator and denominator, as text and as column.
const NUMBERS: [[(&str, &str); 2]; MOST_MEASURES] = [
    [(" as n0", "n0"), (" as d0", "d0")],
    [(" as n1", "n1"), (" as d1", "d1")],
    [(" as n2", "n2"), (" as d2", "d2")],
    [(" as n3", "n3"), (" as d3", "d3")],
    [(" as n4", "n4"), (" as d4", "d4")],
    [(" as n5", "n5"), (" as d5", "d5")],
    [(" as n6", "n6"), (" as d6", "d6")],
    [(" as n7", "n7"), (" as d7", "d7")],
];
/// How a statement of so many dimensions is grouped.
const GROUPS: [&str; 3] = ["", " group by 1", " group by 1, 2"];

/// Counts a cube in a scope; rows without any ticket are left out, the rest come in the order of their keys.
pub async fn cube(
    conn: &dyn Conn,
    scope: &Scope,
    query: &CubeQuery,
    now: Instant,
) -> Result<Vec<CubeCounted>, StoreError> {
    counted(conn, scope, query, (now, Counts::All)).await
}

/// How many tickets of each number of a cube have an open finding of a rule that guards its measure; of a mean, how many of its tickets.
pub async fn touched_cube(
    conn: &dyn Conn,
    scope: &Scope,
    query: &CubeQuery,
    now: Instant,
) -> Result<Vec<CubeCounted>, StoreError> {
    counted(conn, scope, query, (now, Counts::Touched)).await
}

/// Which tickets of a number are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    All,
    /// Those with an open finding.
    Touched,
}

async fn counted(
    conn: &dyn Conn,
    scope: &Scope,
    query: &CubeQuery,
    (now, counts): (Instant, Counts),
) -> Result<Vec<CubeCounted>, StoreError> {
    let h = conn.handle();
    let mut rows = Rows::new();
    for anchor in Anchor::ALL.iter().copied() {
        let mut measures = of_anchor(query, anchor);
        if counts == Counts::All {
            measures.retain(|(_, measure)| !measure.definition().is_quantile());
        }
        if measures.is_empty() {
            continue;
        }
        let asked = (scope, now, counts);
        let sql = statement(h, asked, query, (anchor, &measures)).await?;
        for row in h.all(sql).await? {
            let keys = keys(&row, query.axes.len())?;
            let numbers = rows
                .entry(keys)
                .or_insert_with(|| vec![(0, 0); query.measures.len()]);
            for (place, (index, _)) in measures.iter().enumerate() {
                if let Some(slot) = numbers.get_mut(*index) {
                    *slot = pair(&row, place)?;
                }
            }
        }
    }
    if counts == Counts::All {
        quantiles::add(h, (scope, now), query, &mut rows).await?;
    }
    rows.retain(|_, numbers| numbers.iter().any(|number| *number != (0, 0)));
    let row = |(keys, numbers)| CubeCounted { keys, numbers };
    Ok(rows.into_iter().map(row).collect())
}

/// The measures with an anchor, each with its place in the cube.
fn of_anchor(query: &CubeQuery, anchor: Anchor) -> Vec<(usize, Measure)> {
    let all = query.measures.iter().copied().enumerate();
    all.filter(|(_, measure)| measure.definition().anchor == anchor)
        .take(MOST_MEASURES)
        .collect()
}

pub(super) fn keys(row: &QueryResult, axes: usize) -> Result<Vec<String>, StoreError> {
    let columns = KEYS.iter().take(axes);
    let key = |(_, column): &(&str, &str)| -> Result<String, StoreError> {
        let found: Option<String> = row.try_get("", column)?;
        Ok(found.unwrap_or_default())
    };
    columns.map(key).collect()
}

fn pair(row: &QueryResult, place: usize) -> Result<(i64, i64), StoreError> {
    let Some([(_, numerator), (_, denominator)]) = NUMBERS.get(place).copied() else {
        return Ok((0, 0));
    };
    let number = |column: &str| -> Result<i64, StoreError> {
        let found: Option<i64> = row.try_get("", column)?;
        Ok(found.unwrap_or(0))
    };
    Ok((number(numerator)?, number(denominator)?))
}

/// The statement of an anchor.
async fn statement(
    h: Handle<'_>,
    (scope, now, counts): (&Scope, Instant, Counts),
    query: &CubeQuery,
    (anchor, measures): (Anchor, &[(usize, Measure)]),
) -> Result<Sql, StoreError> {
    let months = months(query.from, query.to);
    let mut sql = Sql::new("select", vals![]);
    for (axis, (named, _)) in query.axes.iter().zip(KEYS) {
        sql.append(expression(*axis, anchor, &months)).text(named);
    }
    for (place, (_, measure)) in measures.iter().enumerate() {
        let Some([(numerator, _), (denominator, _)]) = NUMBERS.get(place).copied() else {
            continue;
        };
        sql.text(if place == 0 { " " } else { ", " })
            .append(number(*measure, Side::Numerator, (now, counts)))
            .text(numerator)
            .text(", ")
            .append(number(*measure, Side::Denominator, (now, counts)))
            .text(denominator);
    }
    sql.append(match counts {
        Counts::All => reached(h, (scope, now), query, anchor).await?,
        Counts::Touched => found(h, (scope, now), query, anchor).await?,
    });
    sql.text(GROUPS.get(query.axes.len()).copied().unwrap_or_default());
    Ok(sql)
}

/// ` from … where …` of the tickets that an anchor puts into the cube's period.
pub(super) async fn reached(
    h: Handle<'_>,
    (scope, now): (&Scope, Instant),
    query: &CubeQuery,
    anchor: Anchor,
) -> Result<Sql, StoreError> {
    let sqlite = h.is_sqlite();
    let filter = query.led(anchor);
    let asked = Asked {
        scope,
        filter: &filter,
        now,
        sqlite,
    };
    let way = way(h, scope, &filter, None).await?;
    let mut sql = from(&way.drive, asked, Reading::Any);
    // What is read along the time of acceptance is bounded by the filter; another anchor may lead to an index of its own.
    let bounds = anchored(anchor, query.between());
    let is_led = anchor == Anchor::Accepted || !matches!(way.drive, Drive::Tickets);
    sql.append(bounds.aside(sqlite && is_led));
    sql.append(Sql::new(COUNTED, vals![]).aside(sqlite));
    Ok(sql)
}

/// How many tickets are in a side of a measure, or for a mean the sum of its milliseconds.
fn number(measure: Measure, side: Side, (now, counts): (Instant, Counts)) -> Sql {
    let definition = measure.definition();
    let is_touched = counts == Counts::Touched;
    let is_mean = matches!(definition.formula, Formula::Hours { .. });
    let is_sum = is_mean && side == Side::Numerator && !is_touched;
    let mut sql = Sql::new("cast(sum(case when 1 = 1", vals![]);
    sql.append(set(definition.set(side), now));
    if is_touched {
        sql.append(touched(measure));
    }
    sql.text(if is_sum {
        " then t.replied_at - t.first_dispatched_at else 0 end) as bigint)"
    } else {
        " then 1 else 0 end) as bigint)"
    });
    sql
}
