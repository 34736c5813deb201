//! The follow-up pool for programs: the list, taking the next ticket or this one, giving it back. The call is a verb of the ticket.
//! Deliberately absent: the rules (`services::follow_ups`).
//! Read next: `verb`.

use axum::http::StatusCode;
use services::follow_ups::{self, Asked};
use shared::{
    ids::TicketId,
    ticket::pool::{PoolPage, PoolTaken},
};

use crate::web::rest::{
    Answer, Refused,
    caller::Caller,
    read::{self, Id, Pairs},
};

/// List the follow-up pool
///
/// Tickets of the caller's scope that wait for their call, those that are due first, with how many stand on each shelf. Nothing personal is in it.
#[utoipa::path(
    get, path = "/follow-ups", tag = "tickets", params(
        ("shelf" = Option<String>, Query, description = "ready, later, mine, held, upset or all; ready when absent"),
        ("kind" = Option<String>, Query, description = "Only tickets of this kind, such as `inquiry`"),
        ("region" = Option<String>, Query, description = "Code of a division, with everything below it"),
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of the pool", body = PoolPage))
)]
pub async fn list(caller: Caller, pairs: Pairs) -> Answer<PoolPage> {
    let page = async {
        let [shelf, kind, region, limit, cursor] =
            pairs.single(["shelf", "kind", "region", "limit", "cursor"])?;
        let limit = read::limit(limit.as_deref(), (follow_ups::PAGE, follow_ups::MOST))?;
        let asked = Asked {
            shelf,
            kind,
            region,
            cursor,
            limit,
        };
        follow_ups::list(&caller.0, asked).await
    };
    caller.answer(page.await)
}

/// Take the next ticket to call
///
/// For as long as the setting says; nobody else gets it meanwhile. Whoever has one in hand gets that again.
#[utoipa::path(
    post, path = "/follow-ups/next", tag = "tickets",
    responses((status = 200, description = "The ticket; none where nothing is to be called now", body = PoolTaken))
)]
pub async fn next(caller: Caller) -> Answer<PoolTaken> {
    caller.answer(follow_ups::next(&caller.0).await)
}

/// Take this ticket to call
///
/// Also before its time.
#[utoipa::path(
    post, path = "/follow-ups/{id}/take", tag = "tickets",
    params(("id" = TicketId, Path, description = "The ticket's id")),
    responses((status = 200, description = "Taken", body = PoolTaken))
)]
pub async fn take(caller: Caller, Id(id): Id<TicketId>) -> Answer<PoolTaken> {
    caller.answer(follow_ups::take(&caller.0, id).await)
}

/// Give a ticket back to the pool
///
/// Without effect where it is not in the caller's hands.
#[utoipa::path(
    post, path = "/follow-ups/{id}/return", tag = "tickets",
    params(("id" = TicketId, Path, description = "The ticket's id")),
    responses((status = 204, description = "It is back"))
)]
pub async fn give_back(caller: Caller, Id(id): Id<TicketId>) -> Result<StatusCode, Refused> {
    let done = follow_ups::give_back(&caller.0, id).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}
