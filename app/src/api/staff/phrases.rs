//! What forms and the page of phrases read.
//! Not here: what the page sends (`forms::staff::phrases`).
//! Read next: `services::todo::phrases`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::query::phrase::PhraseRow;

use crate::error::AppError;

/// One's own phrases, then those that colleagues share.
#[server(prefix = "/fn", endpoint = "staff/phrases", input = Json, output = Json)]
pub async fn read_phrases() -> Result<Vec<PhraseRow>, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::todo::phrases::list(&ctx).await)
}
