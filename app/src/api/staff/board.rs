//! What the pages of saved pivots, of somebody's own figures and of warnings read.
//! Not here: what they send (`forms::staff::reports`).
//! Read next: `services::reports`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::measure::Warnings;
use shared::report::{BoardView, PivotRow, TileShown};

use crate::error::AppError;

/// One's own saved pivots, then those that colleagues share.
#[server(prefix = "/fn", endpoint = "report/pivots", input = Json, output = Json)]
pub async fn read_pivots() -> Result<Vec<PivotRow>, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::reports::pivots(&ctx).await)
}

/// The reader's tiles, and what can be put beside them.
#[server(prefix = "/fn", endpoint = "report/board", input = Json, output = Json)]
pub async fn read_board() -> Result<BoardView, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::reports::board(&ctx).await)
}

/// What a tile shows now.
#[server(prefix = "/fn", endpoint = "report/tile", input = Json, output = Json)]
pub async fn read_tile(id: String) -> Result<TileShown, AppError> {
    let ctx = crate::context::use_ctx()?;
    let read = async {
        let id = id.parse().map_err(|_| shared::fault::Fault::missing())?;
        services::reports::tile(&ctx, id).await
    };
    crate::error::settle(read.await)
}

/// Warnings for a query string with `shelf` (`answered`, else those that wait) and `cursor`.
#[server(prefix = "/fn", endpoint = "report/warnings", input = Json, output = Json)]
pub async fn read_warnings(query: String) -> Result<Warnings, AppError> {
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let answered = value_of(&pairs, "shelf") == Some("answered");
    let cursor = value_of(&pairs, "cursor");
    crate::error::settle(services::reports::figure_warnings(&ctx, answered, cursor).await)
}
