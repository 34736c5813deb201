//! The analytic copy as the services know it: something that counts a cube, is told of changed tickets, and may be missing or behind.
//! Not here: how it is kept (`minsheng-analytics`, which the server connects), what is counted (`shared::measure`).
//! It is asked only when it has everything that was numbered up to a few seconds ago; else, and at any fault of it, the store counts.

pub(crate) mod follow;
pub(super) mod overview;

use std::fmt;

use futures::future::BoxFuture;
use futures::stream::BoxStream;
use shared::access::Scope;
use shared::calendar::Instant;
use shared::measure::CubeQuery;
use store::tickets::CubeCounted;
use store::tickets::flat::Flat;

use super::cubes::figures;
use super::live;
use crate::context::Ctx;
use crate::fault::Failure;

/// How far behind it may be, in milliseconds.
const FRESH: i64 = 5_000;
/// What is said of a question that needs more than the copy has; it is no fault of it.
const UNSUPPORTED: &str = "analytic.unsupported";

/// Why the copy does not answer; the store does then.
#[derive(Debug)]
pub struct Unanswered {
    /// The code that stays.
    pub code: &'static str,
    /// Only a new copy helps.
    pub needs_rebuild: bool,
    /// For the log.
    pub why: String,
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.why)
    }
}

impl std::error::Error for Unanswered {}

/// A copy of all tickets for counting.
pub trait Analytic: Send + Sync {
    /// The number of the change feed up to which it has everything.
    fn watermark(&self) -> BoxFuture<'_, Result<i64, Unanswered>>;

    /// Counts a cube in a scope, the unit of its filter and those below it beside it; with the number up to which it had everything.
    fn cube<'a>(
        &'a self,
        scope: &'a Scope,
        query: &'a CubeQuery,
        led_by: &'a [String],
        now: Instant,
    ) -> BoxFuture<'a, Result<(Vec<CubeCounted>, i64), Unanswered>>;

    /// Takes tickets as they are at a number or later.
    fn append(&self, rows: Vec<Flat>, watermark: i64) -> BoxFuture<'_, Result<(), Unanswered>>;

    /// Makes itself anew of all tickets in the order of their ids.
    fn rebuild<'a>(
        &'a self,
        rows: BoxStream<'a, Result<Flat, Unanswered>>,
        watermark: i64,
    ) -> BoxFuture<'a, Result<(), Unanswered>>;

    /// Puts its files in order; no number comes out otherwise.
    fn tidy(&self) -> BoxFuture<'_, Result<(), Unanswered>>;

    /// The months that it has tickets of, `yyyy-mm`.
    fn months(&self) -> BoxFuture<'_, Result<Vec<String>, Unanswered>>;

    /// Whether a month has exactly these tickets.
    fn agrees<'a>(
        &'a self,
        month: &'a str,
        rows: BoxStream<'a, Result<Flat, Unanswered>>,
    ) -> BoxFuture<'a, Result<bool, Unanswered>>;
}

/// Counts a cube by the copy, where there is one that is fresh and has what is asked; with its number of the change feed.
pub(super) async fn ask(
    ctx: &Ctx,
    scope: &Scope,
    query: &CubeQuery,
) -> Result<Option<(Instant, Vec<CubeCounted>, i64)>, Failure> {
    let Some(copy) = ctx.services.analytic() else {
        return Ok(None);
    };
    let now = ctx.now();
    let answer = match copy.watermark().await {
        Ok(mark) => {
            if !is_fresh(ctx, mark, now).await? {
                return Ok(None);
            }
            let Some(led_by) = led_by(ctx, query).await? else {
                return Ok(None);
            };
            copy.cube(scope, query, &led_by, now).await
        }
        Err(fault) => Err(fault),
    };
    match answer {
        Ok((rows, mark)) if is_sound(query, &rows) => Ok(Some((now, rows, mark))),
        Ok((_, mark)) => {
            tracing::error!(mark, query = %query.to_query(), "a number of the analytic copy cannot be; the database counts");
            Ok(None)
        }
        Err(fault) if fault.code == UNSUPPORTED => Ok(None),
        Err(fault) => {
            tracing::warn!(code = fault.code, why = %fault, "the analytic copy does not answer; the database counts");
            Ok(None)
        }
    }
}

/// The unit that the filter asks to lead, and those below it, as the database has them now; none where there is no such unit.
async fn led_by(ctx: &Ctx, query: &CubeQuery) -> Result<Option<Vec<String>>, Failure> {
    let Some(code) = &query.filter.lead_unit else {
        return Ok(Some(Vec::new()));
    };
    let db = ctx.services.store().reader();
    let Some(top) = store::units::get(&db, code).await? else {
        return Ok(None);
    };
    let below = store::units::subtree(&db, &top.path).await?;
    Ok(Some(below.into_iter().map(|unit| unit.code).collect()))
}

/// Whether every number of every row can be.
fn is_sound(query: &CubeQuery, rows: &[CubeCounted]) -> bool {
    let is_out = |row: &CubeCounted| figures(&query.measures, row).iter().any(live::is_out);
    !rows.iter().any(is_out)
}

/// Whether what it has not read yet was numbered just now.
async fn is_fresh(ctx: &Ctx, mark: i64, now: Instant) -> Result<bool, Failure> {
    let db = ctx.services.store().reader();
    let Some((batch, to)) = store::feed::behind(&db, mark, 1).await? else {
        return Ok(false);
    };
    let first = batch.changes.first();
    let is_late = first.is_some_and(|change| change.numbered_at.0 < now.0.saturating_sub(FRESH));
    Ok(!batch.rebuild && !is_late && to >= mark)
}
