//! What the page of undelivered notifications reads.
//! Not here: what it sends (`forms::staff::notifications`).
//! Read next: `services::gateway::desk`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::notification::UndeliveredPage;

use crate::error::AppError;

/// Undelivered notifications of the reader's area, the newest first, for a query string with `cursor`.
#[server(prefix = "/fn", endpoint = "staff/notifications", input = Json, output = Json)]
pub async fn read_undelivered(query: String) -> Result<UndeliveredPage, AppError> {
    use services::gateway::desk;
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let cursor = value_of(&pairs, "cursor");
    crate::error::settle(desk::list(&ctx, cursor, desk::PAGE).await)
}
