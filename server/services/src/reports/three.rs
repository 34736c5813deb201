//! The three rates together, by the dimensions of a cube: with the weights that hold, or with others that the reader names, such as those of an earlier
//! version of the settings, so that an old month can be reckoned under either.
//! Not here: the formula (`shared::measure::Weights`), counting (`cubes`).

use shared::fault::Fault;
use shared::measure::{CubeQuery, THREE, ThreeRow, ThreeView, Weights};
use shared::register::{Keep, setting_of};

use crate::context::Ctx;
use crate::fault::Settle;

/// The three rates of a question; its measures are not looked at.
///
/// # Errors
/// Those of a cube.
pub async fn three(
    ctx: &Ctx,
    query: CubeQuery,
    weights: Option<Weights>,
) -> Result<ThreeView, Fault> {
    let query = CubeQuery {
        measures: THREE.to_vec(),
        ..query
    };
    let cube = super::cube(ctx, query).await?;
    let holding = holding(ctx).await?;
    let weights = weights.unwrap_or(holding);
    let mut rows: Vec<ThreeRow> = cube
        .rows
        .into_iter()
        .map(|row| ThreeRow {
            value: weights.value(&row.figures),
            keys: row.keys,
            figures: row.figures,
        })
        .collect();
    // What has no value comes last; rows that are alike stay in the order of their codes.
    rows.sort_by_key(|row| -row.value.unwrap_or(-1));
    Ok(ThreeView {
        as_of: cube.as_of,
        query: cube.query,
        weights,
        holding,
        axes: cube.axes,
        rows,
        total: ThreeRow {
            keys: Vec::new(),
            value: weights.value(&cube.total),
            figures: cube.total,
        },
    })
}

/// The weights of the settings.
async fn holding(ctx: &Ctx) -> Result<Weights, Fault> {
    Ok(Weights {
        response: weight(ctx, &Keep::WEIGHT_RESPONSE).await?,
        solved: weight(ctx, &Keep::WEIGHT_SOLVED).await?,
        satisfied: weight(ctx, &Keep::WEIGHT_SATISFIED).await?,
    })
}

async fn weight(ctx: &Ctx, keep: &Keep) -> Result<i64, Fault> {
    let db = ctx.services.store().reader();
    let said = store::settings::get(&db, &setting_of(keep.key)).await;
    let said = said.settle(&ctx.services)?;
    Ok(i64::from(keep.of(said.as_deref())))
}
