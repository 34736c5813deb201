//! What the page of saved views reads.
//! Not here: what it sends (`forms::staff::views`).
//! Read next: `services::tickets::saved`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::query::view::ViewRow;

use crate::error::AppError;

/// One's own saved views, then those that colleagues share.
#[server(prefix = "/fn", endpoint = "staff/views", input = Json, output = Json)]
pub async fn read_views() -> Result<Vec<ViewRow>, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::tickets::saved::list(&ctx).await)
}
