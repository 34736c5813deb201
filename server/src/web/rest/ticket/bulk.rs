//! Acts on many tickets for programs: one verb on up to a hundred, with a result each, and those results again.
//! Deliberately absent: what a verb takes (`verb`), the rules (`services::tickets::bulk`).
//! A refused ticket is no refused call: 200 with its code beside it.

use services::tickets::bulk;
use shared::{
    command::Sent,
    ticket::bulk::{BulkOrder, BulkResult},
};
use uuid::Uuid;

use crate::web::rest::{
    Answer,
    caller::Caller,
    read::{Body, Id},
};

/// Sign for, dispatch or answer several
///
/// `fields` are those of the verb without its version, the same for all; `items` name the ticket, for `sign` and `reply` the assignment,
/// and the version that was seen. Each is done by itself; what is refused, and what was changed meanwhile, stands in its row.
/// In `handling` and `public_reply` `{no}` becomes the ticket's number and `{unit}` the unit's name.
/// The same call under the same `Idempotency-Key` goes on where it was broken off and does nothing twice.
#[utoipa::path(
    post, path = "/tickets/bulk", tag = "tickets", request_body = BulkOrder, params(
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 128 visible ASCII characters, made by the caller for this act"),
    ),
    responses((status = 200, description = "What became of each", body = BulkResult))
)]
pub async fn run(caller: Caller, Body(order): Body<BulkOrder>) -> Answer<BulkResult> {
    let done = async {
        let sent = Sent::json(order.fields);
        let id = bulk::run(&caller.0, order.act, &order.items, sent).await?;
        bulk::result(&caller.0, id).await
    };
    caller.answer(done.await)
}

/// Results of an act on several
///
/// One's own, for thirty days.
#[utoipa::path(
    get, path = "/tickets/bulk/{id}", tag = "tickets",
    params(("id" = Uuid, Path, description = "The act's id")),
    responses((status = 200, description = "What became of each", body = BulkResult))
)]
pub async fn get(caller: Caller, Id(id): Id<Uuid>) -> Answer<BulkResult> {
    caller.answer(bulk::result(&caller.0, id).await)
}
