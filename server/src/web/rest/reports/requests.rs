//! Requests for data by programs: asked for, decided by a second person, taken once.
//! Deliberately absent: who may, and counting the cut (`services::reports::requests`).

use axum::{Json, http::StatusCode};
use services::reports::requests;
use shared::measure::{AskData, DataAsked, DataCut, DataRequestPage, DecideData};
use uuid::Uuid;

use crate::web::rest::{
    Answer, Refused,
    caller::Caller,
    read::{Id, Pairs, Read},
};

/// List requests for data
///
/// The caller's own, and those that the caller decides on, the newest first.
#[utoipa::path(
    get, path = "/data-requests", tag = "reports", params(
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of requests", body = DataRequestPage))
)]
pub async fn list(caller: Caller, pairs: Pairs) -> Answer<DataRequestPage> {
    let page = async {
        let [cursor] = pairs.single(["cursor"])?;
        requests::requests(&caller.0, cursor.as_deref()).await
    };
    caller.answer(page.await)
}

/// Ask for data
///
/// A second person who sees reports decides.
#[utoipa::path(
    post, path = "/data-requests", tag = "reports", request_body = AskData,
    responses((status = 200, description = "It waits for a decision", body = DataAsked))
)]
pub async fn ask(caller: Caller, Read(command): Read<AskData>) -> Answer<DataAsked> {
    let asked = requests::ask(&caller.0, command).await;
    asked
        .map(|id| Json(DataAsked { id }))
        .map_err(|fault| caller.refuse(fault))
}

/// Decide on a request for data
///
/// By somebody else than who asked for it. The cut is counted in the caller's scope when it is agreed.
#[utoipa::path(
    post, path = "/data-requests/{id}/decide", tag = "reports", request_body = DecideData,
    params(("id" = Uuid, Path, description = "The request's id")),
    responses((status = 204, description = "Decided"))
)]
pub async fn decide(
    caller: Caller,
    Id(id): Id<Uuid>,
    Read(command): Read<DecideData>,
) -> Result<StatusCode, Refused> {
    let done = requests::decide(&caller.0, id, command).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take a request for data back
///
/// Before anybody decided on it.
#[utoipa::path(
    post, path = "/data-requests/{id}/withdraw", tag = "reports",
    params(("id" = Uuid, Path, description = "The request's id")),
    responses((status = 204, description = "Taken back"))
)]
pub async fn withdraw(caller: Caller, Id(id): Id<Uuid>) -> Result<StatusCode, Refused> {
    let done = requests::withdraw(&caller.0, id).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take the data
///
/// By who asked for them, once: they are gone from the server with this answer.
#[utoipa::path(
    post, path = "/data-requests/{id}/take", tag = "reports",
    params(("id" = Uuid, Path, description = "The request's id")),
    responses((status = 200, description = "The cut", body = DataCut))
)]
pub async fn take(caller: Caller, Id(id): Id<Uuid>) -> Answer<DataCut> {
    caller.answer(requests::take(&caller.0, id).await)
}
