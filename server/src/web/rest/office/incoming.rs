//! Messages that come in, for programs: the gateway's door for text messages, and what the desk does with those that found no ticket.
//! Deliberately absent: where one belongs (`services::gateway::incoming`), mails, which come through a folder.
//! A gateway signs them as it signs receipts; see `docs/gateways.md`.

use axum::{Json, extract::Request, http::StatusCode};
use services::gateway::incoming::{
    shelf::{self, Asked},
    sms,
};
use shared::{
    fault::Fault,
    ids::IncomingId,
    incoming::{
        DismissIncoming, IncomingPage, IncomingSms, IncomingTaken, IncomingView, LinkIncoming,
    },
};

use super::signed::Signed;
use crate::web::rest::{
    Answer, PREFIX, Refused,
    caller::{Caller, Visitor},
    read::{self, Id, Pairs, Read},
};

/// Path of the door below the prefix.
const DOOR: &str = "/gateway/incoming/sms";

/// Text messages that came in
///
/// At most 200, signed by the gateway that is configured. Each is kept once by its number; one that came before changes nothing.
#[utoipa::path(
    post, path = "/gateway/incoming/sms", tag = "notifications", request_body = Vec<IncomingSms>, params(
        ("X-Minsheng-Key" = String, Header, description = "The key's name"),
        ("X-Minsheng-Time" = i64, Header, description = "When it was signed, in milliseconds since 1970; at most five minutes off"),
        ("X-Minsheng-Signature" = String, Header, description = "HMAC-SHA-256 in hexadecimal"),
    ),
    responses((status = 200, description = "They are kept", body = IncomingTaken))
)]
pub async fn receive(visitor: Visitor, request: Request) -> Answer<IncomingTaken> {
    let refuse = |fault: Fault| Refused::new(fault, visitor.0.locale);
    let signed = Signed::read(request).await.map_err(refuse)?;
    let path = format!("{PREFIX}{DOOR}");
    let taken = sms::receive(&visitor.0, &signed.head(), (&path, &signed.bytes)).await;
    taken.map(Json).map_err(refuse)
}

/// List messages that came in
///
/// Of the caller's area: those that wait as they came, with their text and files; others the latest first, without them.
#[utoipa::path(
    get, path = "/incoming", tag = "notifications", params(
        ("state" = Option<String>, Query, description = "new (when absent), quarantined, linked, registered, answered or dismissed"),
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of them", body = IncomingPage))
)]
pub async fn list(caller: Caller, pairs: Pairs) -> Answer<IncomingPage> {
    let page = async {
        let [state, limit, cursor] = pairs.single(["state", "limit", "cursor"])?;
        let limit = read::limit(limit.as_deref(), (shelf::PAGE, shelf::MOST))?;
        let asked = Asked {
            state,
            cursor,
            limit,
        };
        shelf::list(&caller.0, asked).await
    };
    caller.answer(page.await)
}

/// Open a message that waits
///
/// With its sender, for whoever registers it with `incoming`; that it was opened stands in the audit.
#[utoipa::path(
    get, path = "/incoming/{id}", tag = "notifications",
    params(("id" = IncomingId, Path, description = "The message's id")),
    responses((status = 200, description = "The message", body = IncomingView))
)]
pub async fn open(caller: Caller, Id(id): Id<IncomingId>) -> Answer<IncomingView> {
    caller.answer(shelf::open(&caller.0, id).await)
}

/// Link a message to a ticket
///
/// It becomes a line of the ticket's history, and whoever works on it is told.
#[utoipa::path(
    post, path = "/incoming/{id}/link", tag = "notifications", request_body = LinkIncoming, params(
        ("id" = IncomingId, Path, description = "The message's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 128 visible ASCII characters, made by the caller for this message"),
    ),
    responses((status = 204, description = "It stands on the ticket"))
)]
pub async fn link(
    caller: Caller,
    Id(id): Id<IncomingId>,
    Read(command): Read<LinkIncoming>,
) -> Result<StatusCode, Refused> {
    let done = shelf::link(&caller.0, id, command).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Dismiss a message
///
/// Nothing comes of it; of spam, what its sender sends in the next 30 days is set aside.
#[utoipa::path(
    post, path = "/incoming/{id}/dismiss", tag = "notifications", request_body = DismissIncoming, params(
        ("id" = IncomingId, Path, description = "The message's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 128 visible ASCII characters, made by the caller for this message"),
    ),
    responses((status = 204, description = "It is dismissed"))
)]
pub async fn dismiss(
    caller: Caller,
    Id(id): Id<IncomingId>,
    Read(command): Read<DismissIncoming>,
) -> Result<StatusCode, Refused> {
    let done = shelf::dismiss(&caller.0, id, command).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}
