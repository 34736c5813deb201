//! Divisions for the place lists.
//! Not here: units (`staff`).
//! Read next: `services::directory`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::place::Division;

use crate::error::AppError;

/// The divisions directly below one, in the order of their codes; those of the province for an empty code.
#[server(prefix = "/fn", endpoint = "divisions", input = Json, output = Json)]
pub async fn divisions(parent: String) -> Result<Vec<Division>, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::directory::divisions_below(&ctx, &parent).await)
}
