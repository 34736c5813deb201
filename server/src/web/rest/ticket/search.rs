//! One search over tickets, approvals and people, for programs.
//! Deliberately absent: searching (`services::tickets::search`), the ticket list with its filters (`rest::tickets`).
//! Groups that are not the caller's to see are left out.

use services::tickets;
use shared::fault::{Code, Fault};
use shared::query::search::SearchPage;

use crate::web::rest::{Answer, caller::Caller, read::Pairs};

/// Search
///
/// At most five of each: tickets by number or words, approvals by number or title among the newest 1,000, people of the caller's city by name. All of
/// it in the caller's scope.
#[utoipa::path(
    get, path = "/search", tag = "directory", params(
        ("q" = String, Query, description = "A number, or words; at most 100 characters"),
        ("exact" = Option<bool>, Query, description = "True: only the words themselves, without synonyms of the office's list and names that letters are the initials of"),
    ),
    responses((status = 200, description = "What was found", body = SearchPage))
)]
pub async fn search(caller: Caller, pairs: Pairs) -> Answer<SearchPage> {
    let found = async {
        let [q, exact] = pairs.single(["q", "exact"])?;
        let is_exact = match exact.as_deref() {
            None | Some("false") => false,
            Some("true") => true,
            Some(_) => return Err(Fault::field("exact", Code::InputCode)),
        };
        tickets::search(&caller.0, q.as_deref().unwrap_or_default(), is_exact).await
    };
    caller.answer(found.await)
}
