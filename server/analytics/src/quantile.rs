//! Quantiles of times by nearest rank, as `store::tickets::list::quantiles` counts them: the value is the time of one ticket, and exact.
//! Not here: the tickets over which they are taken (`engine`), counts, rates and means (`predicate::number`).

use datafusion::arrow::array::{Array, ArrayRef, AsArray as _};
use datafusion::arrow::datatypes::Int64Type;
use datafusion::prelude::{Expr, col};
use shared::measure::{Anchor, CubeQuery, Formula, Is, Took};

use crate::fault::Fault;

/// Quantiles of the same times of the same tickets.
#[derive(Debug, Clone)]
pub(crate) struct Alike {
    /// What puts a ticket into the period.
    pub(crate) anchor: Anchor,
    /// From when until when.
    pub(crate) took: Took,
    /// The tickets.
    pub(crate) among: &'static [Is],
    /// The place of each in the cube, and its percent.
    pub(crate) at: Vec<(usize, usize)>,
}

impl Alike {
    /// Those of a cube, together where one list of times gives them.
    pub(crate) fn of(query: &CubeQuery) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for (place, measure) in query.measures.iter().enumerate() {
            let definition = measure.definition();
            let Formula::Quantile {
                took,
                percent,
                among,
            } = definition.formula
            else {
                continue;
            };
            let at = (place, usize::try_from(percent).unwrap_or(0));
            let anchor = definition.anchor;
            let is_alike =
                |it: &&mut Self| it.anchor == anchor && it.took == took && it.among == among;
            if let Some(alike) = all.iter_mut().find(is_alike) {
                alike.at.push(at);
                continue;
            }
            all.push(Self {
                anchor,
                took,
                among,
                at: vec![at],
            });
        }
        all
    }
}

/// A time in milliseconds.
pub(crate) fn took(took: Took) -> Expr {
    let (until, from) = match took {
        Took::Sign => ("signed_at", "first_dispatched_at"),
        Took::Reply => ("replied_at", "first_dispatched_at"),
        Took::Close => ("closed_at", "accepted_at"),
    };
    col(until) - col(from)
}

/// The times that stand in one row of a column of lists, in their order.
pub(crate) fn times(column: &ArrayRef, at: usize) -> Result<Vec<i64>, Fault> {
    let unread = || Fault::Engine("times are no numbers".to_owned());
    let lists = column.as_list_opt::<i32>().ok_or_else(unread)?;
    if !lists.is_valid(at) {
        return Ok(Vec::new());
    }
    let list = lists.value(at);
    let found = list.as_primitive_opt::<Int64Type>().ok_or_else(unread)?;
    let mut times: Vec<i64> = found.iter().flatten().collect();
    times.sort_unstable();
    Ok(times)
}

/// Of sorted times the first that has so many percent of them behind it together with itself; none without any.
pub(crate) fn nearest(times: &[i64], percent: usize) -> Option<i64> {
    let nth = (times.len() * percent).div_ceil(100).max(1);
    times.get(nth - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_rank_is_the_time_of_one() {
        let times = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        assert_eq!(nearest(&times, 50), Some(5));
        assert_eq!(nearest(&times, 90), Some(9));
        assert_eq!(nearest(&times[..3], 50), Some(2));
        assert_eq!(nearest(&times[..1], 90), Some(1));
        assert_eq!(nearest(&[], 50), None);
    }
}
