//! What the page of long jobs reads.
//! Not here: what it sends (`forms::staff::jobs`), results (files of the server).
//! Read next: `services::jobs::host::desk`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::job::JobPage;

use crate::error::AppError;

/// The reader's jobs, the newest first, for a query string with `cursor`.
#[server(prefix = "/fn", endpoint = "staff/jobs", input = Json, output = Json)]
pub async fn read_jobs(query: String) -> Result<JobPage, AppError> {
    use services::jobs::host::desk;
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let cursor = value_of(&pairs, "cursor");
    crate::error::settle(desk::list(&ctx, cursor, desk::PAGE).await)
}
