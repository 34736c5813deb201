//! The wholes of quantiles: rows do not sum to them, so they are counted by themselves, over the same tickets without dimensions.
//! Not here: the counting (`store::tickets::cube`), the rows (`cubes`).

use shared::access::Scope;
use shared::calendar::Instant;
use shared::measure::{CubeQuery, Figure, Measure};
use store::{Conn, StoreError};

use super::cubes::figures;

/// The question for the wholes of a cube's quantiles; none where its rows say them already.
pub(super) fn asked(query: &CubeQuery) -> Option<CubeQuery> {
    let all = query.measures.iter().copied();
    let measures: Vec<Measure> = all.filter(|it| it.definition().is_quantile()).collect();
    if query.axes.is_empty() || measures.is_empty() {
        return None;
    }
    Some(CubeQuery {
        measures,
        axes: Vec::new(),
        ..query.clone()
    })
}

/// The wholes of a cube's quantiles.
pub(super) async fn counted(
    db: &dyn Conn,
    scope: &Scope,
    query: &CubeQuery,
    now: Instant,
) -> Result<Vec<Figure>, StoreError> {
    let Some(asked) = asked(query) else {
        return Ok(Vec::new());
    };
    let rows = store::tickets::cube(db, scope, &asked, now).await?;
    let first = rows.first();
    Ok(first.map_or_else(Vec::new, |row| figures(&asked.measures, row)))
}

/// Puts wholes in the place of sums. A whole that is not there has no ticket.
pub(super) fn put(total: &mut [Figure], wholes: &[Figure]) {
    for sum in total {
        let is_it = |whole: &&Figure| whole.measure == sum.measure;
        if let Some(whole) = wholes.iter().find(is_it) {
            *sum = *whole;
        }
    }
}
