//! What the page of linked platforms reads.
//! Not here: telling one again (`forms::staff::account`).
//! Read next: `services::scim::out`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::account::platform::PlatformPage;

use crate::error::AppError;

/// Platforms, what they were told and where they differ, for a query string with `cursor`.
#[server(prefix = "/fn", endpoint = "staff/platforms", input = Json, output = Json)]
pub async fn read_platforms(query: String) -> Result<PlatformPage, AppError> {
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let cursor = value_of(&pairs, "cursor");
    crate::error::settle(services::scim::out::page(&ctx, cursor).await)
}
