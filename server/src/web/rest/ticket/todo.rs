//! The lists of the to-do centre for programs, and the star on tickets and approvals, internal notes.
//! Deliberately absent: to-dos (`tickets`, `approvals`), acts on many tickets (`bulk`).
//! Read next: `services::todo`.

use axum::http::StatusCode;
use services::tickets::notes;
use services::todo::{self, Followed, ShelfQuery};
use shared::{
    fault::{Code, Fault},
    ids::{ApprovalId, TicketId},
    ticket::command::WriteNote,
    todo::{Shelf, ShelfPage},
};

use crate::web::rest::{
    Answer, Refused,
    caller::Caller,
    read::{Id, Pairs, Read},
};

/// Cases that one has to do with
///
/// Tickets and approvals in one list, the latest first: what one did, what of it is under way, what one follows, where one was named.
#[utoipa::path(
    get, path = "/tasks/cases", tag = "tickets", params(
        ("shelf" = Option<String>, Query, description = "done (when absent), running, followed or copied"),
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of cases", body = ShelfPage))
)]
pub async fn list(caller: Caller, pairs: Pairs) -> Answer<ShelfPage> {
    let page = async { todo::page(&caller.0, query(&pairs)?).await };
    caller.answer(page.await)
}

fn query(pairs: &Pairs) -> Result<ShelfQuery, Fault> {
    let [shelf, limit, cursor] = pairs.single(["shelf", "limit", "cursor"])?;
    let shelf = match shelf {
        Some(word) => Shelf::parse(&word).ok_or_else(|| Fault::field("shelf", Code::InputCode))?,
        None => Shelf::Done,
    };
    let limit = match limit {
        Some(text) => text
            .parse()
            .map_err(|_| Fault::field("limit", Code::InputNumber))?,
        None => todo::PAGE,
    };
    Ok(ShelfQuery {
        shelf,
        cursor,
        limit,
    })
}

/// Write an internal note
///
/// A line of the history that is read in the house alone. Who is named by @ and a sign-in name must see the ticket, and is told.
#[utoipa::path(
    post, path = "/tickets/{id}/note", tag = "tickets", request_body = WriteNote, params(
        ("id" = TicketId, Path, description = "The ticket's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 128 visible ASCII characters, made by the caller for this note"),
    ),
    responses((status = 204, description = "Written"))
)]
pub async fn note(
    caller: Caller,
    Id(id): Id<TicketId>,
    Read(command): Read<WriteNote>,
) -> Result<StatusCode, Refused> {
    let done = notes::add(&caller.0, id, command).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

async fn follow(caller: &Caller, case: Followed, on: bool) -> Result<StatusCode, Refused> {
    let done = todo::follow(&caller.0, case, on).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Follow a ticket
///
/// It stands in one's list of what is followed, and nobody else hears of it.
#[utoipa::path(
    post, path = "/tickets/{id}/follow", tag = "tickets",
    params(("id" = TicketId, Path, description = "The ticket's id")),
    responses((status = 204, description = "Followed"))
)]
pub async fn follow_ticket(caller: Caller, Id(id): Id<TicketId>) -> Result<StatusCode, Refused> {
    follow(&caller, Followed::Ticket(id), true).await
}

/// Follow a ticket no longer
#[utoipa::path(
    post, path = "/tickets/{id}/unfollow", tag = "tickets",
    params(("id" = TicketId, Path, description = "The ticket's id")),
    responses((status = 204, description = "Not followed"))
)]
pub async fn unfollow_ticket(caller: Caller, Id(id): Id<TicketId>) -> Result<StatusCode, Refused> {
    follow(&caller, Followed::Ticket(id), false).await
}

/// Follow an approval
///
/// It stands in one's list of what is followed, and nobody else hears of it.
#[utoipa::path(
    post, path = "/approvals/{id}/follow", tag = "approvals",
    params(("id" = ApprovalId, Path, description = "The approval's id")),
    responses((status = 204, description = "Followed"))
)]
pub async fn follow_approval(
    caller: Caller,
    Id(id): Id<ApprovalId>,
) -> Result<StatusCode, Refused> {
    follow(&caller, Followed::Approval(id), true).await
}

/// Follow an approval no longer
#[utoipa::path(
    post, path = "/approvals/{id}/unfollow", tag = "approvals",
    params(("id" = ApprovalId, Path, description = "The approval's id")),
    responses((status = 204, description = "Not followed"))
)]
pub async fn unfollow_approval(
    caller: Caller,
    Id(id): Id<ApprovalId>,
) -> Result<StatusCode, Refused> {
    follow(&caller, Followed::Approval(id), false).await
}
