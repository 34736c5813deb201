//! Phrases that forms offer, for programs.
//! Deliberately absent: the rules (`services::todo::phrases`), the forms that offer them (`app`).
//! A phrase gives no right.

use axum::{Json, http::StatusCode};
use services::todo::phrases;
use shared::query::phrase::{ChangePhrase, KeepPhrase, PhraseRow};
use uuid::Uuid;

use crate::web::rest::{
    Answer, Refused,
    caller::Caller,
    read::{Body, Id},
};

/// List phrases
///
/// The caller's own by name, then those that colleagues of the unit and of the area share.
#[utoipa::path(
    get, path = "/phrases", tag = "tickets",
    responses((status = 200, description = "The phrases", body = Vec<PhraseRow>))
)]
pub async fn list(caller: Caller) -> Answer<Vec<PhraseRow>> {
    phrases::list(&caller.0)
        .await
        .map(Json)
        .map_err(|fault| caller.refuse(fault))
}

/// Keep a phrase
///
/// At most 200 a person. One for the area is kept by who dispatches there.
#[utoipa::path(
    post, path = "/phrases", tag = "tickets", request_body = KeepPhrase,
    responses((status = 201, description = "Its id", body = Uuid))
)]
pub async fn keep(
    caller: Caller,
    Body(command): Body<KeepPhrase>,
) -> Result<(StatusCode, Json<Uuid>), Refused> {
    let kept = phrases::keep(&caller.0, command).await;
    let id = kept.map_err(|fault| caller.refuse(fault))?;
    Ok((StatusCode::CREATED, Json(id)))
}

/// Change a phrase
///
/// One of the caller's own, in the version that was read.
#[utoipa::path(
    put, path = "/phrases/{id}", tag = "tickets", request_body = ChangePhrase, params(("id" = Uuid, Path, description = "The phrase's id")),
    responses((status = 204, description = "It is changed"))
)]
pub async fn change(
    caller: Caller,
    Id(id): Id<Uuid>,
    Body(command): Body<ChangePhrase>,
) -> Result<StatusCode, Refused> {
    let changed = phrases::change(&caller.0, id, command).await;
    changed.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Delete a phrase
///
/// One of the caller's own.
#[utoipa::path(
    delete, path = "/phrases/{id}", tag = "tickets", params(("id" = Uuid, Path, description = "The phrase's id")),
    responses((status = 204, description = "It is gone"))
)]
pub async fn remove(caller: Caller, Id(id): Id<Uuid>) -> Result<StatusCode, Refused> {
    let gone = phrases::delete(&caller.0, id).await;
    gone.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}
