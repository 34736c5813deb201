//! Notifications for programs: those that were not delivered, what is done about them, and the receipts of gateways.
//! Deliberately absent: sending (`services::gateway`).
//! A gateway signs its receipts as requests to it are signed; see `docs/gateways.md`.

use axum::{Json, extract::Request, http::StatusCode};
use serde::{Deserialize, Serialize};
use services::gateway::{desk, receipts};
use shared::{
    fault::Fault,
    notification::{Receipt, Remedy, UndeliveredPage},
};
use uuid::Uuid;

use super::signed::Signed;
use crate::web::rest::{
    Answer, PREFIX, Refused,
    caller::{Caller, Visitor},
    read::{self, Body, Id, Pairs},
};

/// Path of the receipts below the prefix.
const RECEIPTS: &str = "/notifications/receipts";

/// List those that were not delivered
///
/// Of the caller's area, the newest first, without text and with masked numbers; with what was sent this month.
#[utoipa::path(
    get, path = "/notifications/undelivered", tag = "notifications", params(
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of them", body = UndeliveredPage))
)]
pub async fn undelivered(caller: Caller, pairs: Pairs) -> Answer<UndeliveredPage> {
    let page = async {
        let [limit, cursor] = pairs.single(["limit", "cursor"])?;
        let limit = read::limit(limit.as_deref(), (desk::PAGE, desk::MOST))?;
        desk::list(&caller.0, cursor.as_deref(), limit).await
    };
    caller.answer(page.await)
}

/// Send one once more
///
/// From the beginning, also to somebody who wanted none.
#[utoipa::path(
    post, path = "/notifications/{id}/again", tag = "notifications",
    params(("id" = Uuid, Path, description = "The notification's id")),
    responses((status = 204, description = "It waits to be sent"))
)]
pub async fn again(caller: Caller, Id(id): Id<Uuid>) -> Result<StatusCode, Refused> {
    let done = desk::again(&caller.0, id).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// How the person was told.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Settle {
    /// How.
    how: Remedy,
}

/// Say how the person was told
///
/// It leaves the list.
#[utoipa::path(
    post, path = "/notifications/{id}/settle", tag = "notifications", request_body = Settle,
    params(("id" = Uuid, Path, description = "The notification's id")),
    responses((status = 204, description = "Noted"))
)]
pub async fn settle(
    caller: Caller,
    Id(id): Id<Uuid>,
    Body(said): Body<Settle>,
) -> Result<StatusCode, Refused> {
    let done = desk::settle(&caller.0, id, said.how).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// How many receipts told something new.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Received {
    /// So many.
    taken: u64,
}

/// Receipts of a gateway
///
/// At most 1,000, signed by the gateway that is configured. One that came before, or is about none of ours, changes nothing.
#[utoipa::path(
    post, path = "/notifications/receipts", tag = "notifications", request_body = Vec<Receipt>, params(
        ("X-Minsheng-Key" = String, Header, description = "The key's name"),
        ("X-Minsheng-Time" = i64, Header, description = "When it was signed, in milliseconds since 1970; at most five minutes off"),
        ("X-Minsheng-Signature" = String, Header, description = "HMAC-SHA-256 in hexadecimal"),
    ),
    responses((status = 200, description = "They are kept", body = Received))
)]
pub async fn receipts(visitor: Visitor, request: Request) -> Answer<Received> {
    let refuse = |fault: Fault| Refused::new(fault, visitor.0.locale);
    let signed = Signed::read(request).await.map_err(refuse)?;
    let path = format!("{PREFIX}{RECEIPTS}");
    let taken = receipts::take(&visitor.0, &signed.head(), (&path, &signed.bytes)).await;
    taken.map(|taken| Json(Received { taken })).map_err(refuse)
}
