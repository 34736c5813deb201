//! What the pages of measures read: the catalogue, a cube, frozen figures.
//! Not here: formulas (`shared::measure`), counting (`services::reports`).

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};
use shared::measure::{CatalogueView, CubeView, FrozenView};
use shared::place::PlaceChoice;

use crate::error::AppError;

/// A cube with what it can be asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CubePage {
    /// The numbers.
    pub view: CubeView,
    /// Divisions to choose from.
    pub regions: Vec<PlaceChoice>,
}

/// Every measure in words.
#[server(prefix = "/fn", endpoint = "report/measures", input = Json, output = Json)]
pub async fn read_measures() -> Result<CatalogueView, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::reports::catalogue(&ctx).await)
}

/// The cube of a query string; the usual measures by city, of this month so far, when it says nothing.
#[server(prefix = "/fn", endpoint = "report/cube", input = Json, output = Json)]
pub async fn read_cube(query: String) -> Result<CubePage, AppError> {
    use shared::access::needs;
    use shared::measure::CubeQuery;
    use shared::query::pairs_of;

    let ctx = crate::context::use_ctx()?;
    let read = async {
        let asked = CubeQuery::from_pairs(&pairs_of(&query), ctx.now().date())?;
        let region = asked.filter.region.clone();
        Ok::<_, shared::fault::Fault>(CubePage {
            view: services::reports::cube(&ctx, asked).await?,
            regions: services::directory::places(&ctx, needs::REPORT, region.as_deref()).await?,
        })
    };
    crate::error::settle(read.await)
}

/// Frozen figures of a period; the newest when the query string names none.
#[server(prefix = "/fn", endpoint = "report/frozen", input = Json, output = Json)]
pub async fn read_frozen(query: String) -> Result<FrozenView, AppError> {
    use shared::measure::FrozenQuery;
    use shared::query::pairs_of;

    let ctx = crate::context::use_ctx()?;
    let read = async {
        let asked = FrozenQuery::from_pairs(&pairs_of(&query))?;
        services::reports::frozen(&ctx, asked).await
    };
    crate::error::settle(read.await)
}
