//! What the page of the one search reads.
//! Not here: searching (`services::tickets::search`).
//! Read next: `pages::staff::search`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::query::search::SearchPage;

use crate::error::AppError;

/// A few tickets, approvals and people, for a query string with `q` and `exact`.
#[server(prefix = "/fn", endpoint = "staff/search", input = Json, output = Json)]
pub async fn read_search(query: String) -> Result<SearchPage, AppError> {
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let words = value_of(&pairs, "q").unwrap_or_default();
    let is_exact = value_of(&pairs, "exact") == Some("true");
    crate::error::settle(services::tickets::search(&ctx, words, is_exact).await)
}
