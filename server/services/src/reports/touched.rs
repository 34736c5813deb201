//! Which numbers of a cube are touched by open findings, in the reader's scope.
//! Not here: which rules guard a measure (`shared::measure::guards`), counting (`store::tickets::touched_cube`).
//! Before the rules have looked nothing is touched, and the answer says that nobody looked.

use shared::access::needs;
use shared::fault::Fault;
use shared::measure::{
    CubeQuery, CubeView, Figure, LiveReport, Measure, Overview, TouchedMark, TouchedView,
};
use shared::query::TicketFilter;
use shared::register::{Keep, setting_of};

use super::{OverviewQuery, live};
use crate::context::Ctx;
use crate::fault::Settle;
use crate::tickets::columns::prepared;
use crate::watch::watched;

/// A cube with how much of each number is touched.
///
/// # Errors
/// As `cube`; `report.unsound` too when the nightly look is late.
pub async fn touched(ctx: &Ctx, query: CubeQuery) -> Result<TouchedView, Fault> {
    watched(ctx, "report.touched", "tickets", Box::pin(read(ctx, query))).await
}

async fn read(ctx: &Ctx, query: CubeQuery) -> Result<TouchedView, Fault> {
    ctx.ask(needs::REPORT)?;
    live::sound(ctx, LiveReport::Touched, &query.measures).await?;
    let cube = super::cube(ctx, query.clone()).await?;
    beside(ctx, &query, &cube).await
}

/// The numbers of a cube that have too many open findings; none before the rules have looked.
///
/// # Errors
/// As `cube`.
pub async fn marks(
    ctx: &Ctx,
    query: &CubeQuery,
    cube: &CubeView,
) -> Result<Vec<TouchedMark>, Fault> {
    Ok(beside(ctx, query, cube).await?.marks())
}

/// The four numbers of the overview's whole that have too many open findings.
///
/// # Errors
/// As `cube`.
pub async fn overview_marks(
    ctx: &Ctx,
    asked: &OverviewQuery,
    overview: &Overview,
) -> Result<Vec<TouchedMark>, Fault> {
    let query = CubeQuery {
        measures: live::OVERVIEW.to_vec(),
        axes: Vec::new(),
        from: asked.from,
        to: asked.to,
        filter: TicketFilter {
            region: asked.region.clone().filter(|code| !code.is_empty()),
            ..TicketFilter::default()
        },
        units: shared::measure::UnitsOf::Then,
    };
    let total = &overview.total;
    let figure = |measure: Measure| {
        let (numerator, denominator) = match measure {
            Measure::OnTime => (total.on_time.numerator, total.on_time.denominator),
            Measure::Satisfied => (total.satisfied.numerator, total.satisfied.denominator),
            Measure::Overdue => (total.overdue, total.overdue),
            _ => (total.accepted, total.accepted),
        };
        Figure {
            measure,
            numerator,
            denominator,
        }
    };
    let cube = CubeView {
        as_of: overview.as_of,
        query: query.to_query(),
        measures: query.measures.clone(),
        versions: Vec::new(),
        axes: Vec::new(),
        rows: Vec::new(),
        total: live::OVERVIEW.into_iter().map(figure).collect(),
        more: false,
        copied: None,
    };
    marks(ctx, &query, &cube).await
}

async fn beside(ctx: &Ctx, query: &CubeQuery, cube: &CubeView) -> Result<TouchedView, Fault> {
    let scope = ctx.reach(needs::REPORT)?;
    let reader = ctx.services.store().reader();
    let key = setting_of(Keep::TOUCHED.key);
    let said = store::settings::get(&reader, &key).await;
    let limit = i64::from(Keep::TOUCHED.of(said.settle(&ctx.services)?.as_deref()));
    let last = crate::quality::last(&reader).await.settle(&ctx.services)?;
    let Some((looked_at, _)) = last else {
        return Ok(TouchedView::of(cube, &[], (limit, None)));
    };
    let reference = ctx.services.reference().await?;
    let asked = CubeQuery {
        filter: prepared(&reference, (&ctx.actor, &scope), &query.filter, ctx.now())?,
        ..query.clone()
    };
    let gate = &ctx.services.gates().reports;
    let counting = Box::pin(async {
        let _turn = gate.turn(ctx.actor.user()).await?;
        let db = ctx.services.store().report_reader();
        store::tickets::touched_cube(&db, &scope, &asked, cube.as_of)
            .await
            .settle(&ctx.services)
    });
    let name = format!("{scope:?} {asked:?}");
    let counting = Box::pin(gate.touched.share(name, counting));
    let rows = ctx.wanted.read(counting).await?;
    let rows = rows.as_ref().clone();
    let rows: Vec<_> = super::followed::follow(&reference, query, rows)
        .into_iter()
        .map(|row| (row.keys, row.numbers))
        .collect();
    Ok(TouchedView::of(cube, &rows, (limit, Some(looked_at))))
}
