//! Tickets about one event for programs: what looks like the same, and many at once into the leading one. Merging one, splitting it off and the
//! words for one citizen are verbs (`verb`).
//! Deliberately absent: which tickets fit (`services::tickets`).
//! Read next: `verb`.

use services::tickets;
use shared::{
    ids::TicketId,
    ticket::{
        together::{Gather, Gathered},
        view::Related,
    },
};

use crate::web::rest::{
    Answer,
    caller::Caller,
    read::{Id, Read},
};

/// Tickets about the same event
///
/// Open ones of the last 90 days that look as if they were: at most 50, the likeliest first.
#[utoipa::path(
    get, path = "/tickets/{id}/likely", tag = "tickets", params(("id" = TicketId, Path, description = "The leading ticket's id")),
    responses((status = 200, description = "What looks like the same", body = Vec<Related>))
)]
pub async fn likely(caller: Caller, Id(id): Id<TicketId>) -> Answer<Vec<Related>> {
    caller.answer(tickets::likely(&caller.0, id).await)
}

/// Merge many
///
/// Each of these tickets into this one, at most 50 at a time. A number that cannot be merged is told before any is.
#[utoipa::path(
    post, path = "/tickets/{id}/gather", tag = "tickets", params(("id" = TicketId, Path, description = "The leading ticket's id")),
    request_body = Gather, responses((status = 200, description = "Those that are merged now", body = Gathered))
)]
pub async fn gather(
    caller: Caller,
    Id(id): Id<TicketId>,
    Read(command): Read<Gather>,
) -> Answer<Gathered> {
    caller.answer(tickets::gather(&caller.0, id, command).await)
}
