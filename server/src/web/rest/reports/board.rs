//! The caller's own page of figures, for programs: its tiles, what one of them shows, and what stands on it.
//! Deliberately absent: how a tile is counted (`services::reports`).
//! A tile gives no right: it counts what its owner may count now.

use axum::{Json, http::StatusCode};
use services::reports;
use shared::report::{BoardView, PinTile, TileShown};
use uuid::Uuid;

use super::super::{
    Answer, Refused,
    caller::Caller,
    read::{Body, Id},
};

/// Tiles
///
/// Those of the caller in their order, and what can be put beside them; nothing is counted.
#[utoipa::path(
    get, path = "/board", tag = "reports",
    responses((status = 200, description = "The tiles", body = BoardView))
)]
pub async fn list(caller: Caller) -> Answer<BoardView> {
    let found = reports::board(&caller.0).await;
    found.map(Json).map_err(|fault| caller.refuse(fault))
}

/// What a tile shows
///
/// Its numbers now, in the language of the request, each with the address of the list behind it.
#[utoipa::path(
    get, path = "/board/{id}", tag = "reports", params(("id" = Uuid, Path, description = "The tile's id")),
    responses((status = 200, description = "The numbers", body = TileShown))
)]
pub async fn show(caller: Caller, Id(id): Id<Uuid>) -> Answer<TileShown> {
    let found = reports::tile(&caller.0, id).await;
    found.map(Json).map_err(|fault| caller.refuse(fault))
}

/// Put a tile on the page
///
/// Behind the rest; what is there already stays where it is.
#[utoipa::path(
    post, path = "/board", tag = "reports", request_body = PinTile,
    responses((status = 200, description = "The tiles as they are now", body = BoardView))
)]
pub async fn pin(caller: Caller, Body(command): Body<PinTile>) -> Answer<BoardView> {
    let done = async {
        reports::pin(&caller.0, command.kind, command.subject).await?;
        reports::board(&caller.0).await
    };
    done.await.map(Json).map_err(|fault| caller.refuse(fault))
}

/// Put a tile in front
#[utoipa::path(
    post, path = "/board/{id}/front", tag = "reports", params(("id" = Uuid, Path, description = "The tile's id")),
    responses((status = 204, description = "It is the first one"))
)]
pub async fn front(caller: Caller, Id(id): Id<Uuid>) -> Result<StatusCode, Refused> {
    let done = reports::to_front(&caller.0, id).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take a tile away
#[utoipa::path(
    delete, path = "/board/{id}", tag = "reports", params(("id" = Uuid, Path, description = "The tile's id")),
    responses((status = 204, description = "It is gone"))
)]
pub async fn unpin(caller: Caller, Id(id): Id<Uuid>) -> Result<StatusCode, Refused> {
    let done = reports::unpin(&caller.0, id).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}
