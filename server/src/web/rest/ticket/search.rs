//! One search over tickets, approvals and people, for programs.
//! Deliberately absent: searching (`services::tickets::search`), the ticket list with its filters (`rest::tickets`).
//! Groups that are not the caller's to see are left out.

use axum::Json;
use services::tickets;
use shared::query::search::SearchPage;

use crate::web::rest::{Answer, caller::Caller, read::Pairs};

/// Search
///
/// At most five of each: tickets by number or words, approvals by number or title among the newest 1,000, people of the caller's city by name. All of
/// it in the caller's scope.
#[utoipa::path(
    get, path = "/search", tag = "directory", params(
        ("q" = String, Query, description = "A number, or words of two or more characters; at most 100"),
    ),
    responses((status = 200, description = "What was found", body = SearchPage))
)]
pub async fn search(caller: Caller, pairs: Pairs) -> Answer<SearchPage> {
    let found = async {
        let [q] = pairs.single(["q"])?;
        tickets::search(&caller.0, q.as_deref().unwrap_or_default()).await
    };
    found.await.map(Json).map_err(|fault| caller.refuse(fault))
}
