//! What the page of slow statements reads.
//! Not here: watching and keeping them (`services::jobs::slow`).
//! Read next: `pages::staff::statements`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::slow::SlowPage;

use crate::error::AppError;

/// What is kept, the latest first.
#[server(prefix = "/fn", endpoint = "staff/statements", input = Json, output = Json)]
pub async fn read_statements() -> Result<SlowPage, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::jobs::slow::list(&ctx).await)
}
