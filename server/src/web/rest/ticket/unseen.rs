//! Why the number of a ticket finds nothing, for programs: the same answer as on the empty list.
//! Deliberately absent: who may know (`services::tickets::unseen`); for everybody else such a ticket does not exist.

use axum::Json;
use services::tickets;
use shared::{
    fault::{Code, Fault},
    query::{
        TicketQuery,
        unseen::{Unseen, WhyUnseen},
    },
    ticket::TicketNo,
};

use crate::web::rest::{Answer, caller::Caller, read::Pairs};

/// Why a ticket is not listed
///
/// `q` is its number. Either another filter leaves it out, or it lies outside the caller's scope and the caller may know who sees it; such a look is
/// recorded. 404 in all other cases.
#[utoipa::path(
    get, path = "/tickets/unseen", tag = "tickets", params(
        ("q" = String, Query, description = "The ticket's number; other filters of the list may stand beside it"),
    ),
    responses((status = 200, description = "Why", body = WhyUnseen))
)]
pub async fn unseen(caller: Caller, Pairs(pairs): Pairs) -> Answer<WhyUnseen> {
    let found = async {
        let filter = TicketQuery::from_pairs(&pairs)?.filter;
        let found = tickets::unseen(&caller.0, &filter).await?;
        if filter.q.as_deref().and_then(TicketNo::parse).is_none() {
            return Err(Fault::field("q", Code::InputRequired));
        }
        found.ok_or_else(Fault::missing)
    };
    let why = |found: Unseen| Json(WhyUnseen::from(found));
    found.await.map(why).map_err(|fault| caller.refuse(fault))
}
