//! Saved views of the ticket list and how a list divides, for programs.
//! Deliberately absent: what a view finds (`rest::tickets`), the rules (`services::tickets::saved`).
//! A view gives no right: whoever opens its address sees what he may see anyway.

use axum::{Json, http::StatusCode};
use services::tickets::{self, followed, saved};
use shared::{
    ids::ViewId,
    query::{
        TicketQuery,
        facet::Shares,
        view::{ChangeView, KeepView, SubscribeView, ViewRow},
    },
};

use crate::web::rest::{
    Answer, Refused,
    caller::Caller,
    read::{Body, Id, Pairs},
};

/// How a list divides
///
/// By state, light, type, channel, first-level category, area and lead unit, the largest shares among the first 10,000 tickets. Takes the filters of the list; a search by
/// words is not divided, and units are not told of lead units.
#[utoipa::path(
    get, path = "/tickets/facets", tag = "tickets", params(
        ("where" = Option<String>, Query, description = "Conditions, as the list takes them; so are all its other filters"),
    ),
    responses((status = 200, description = "The shares", body = Vec<Shares>))
)]
pub async fn facets(caller: Caller, Pairs(pairs): Pairs) -> Answer<Vec<Shares>> {
    let query = TicketQuery::from_pairs(&pairs).map_err(|fault| caller.refuse(fault))?;
    caller.answer(tickets::facets(&caller.0, &query.filter).await)
}

/// List saved views
///
/// The caller's own by name, then those that colleagues share.
#[utoipa::path(
    get, path = "/views", tag = "tickets",
    responses((status = 200, description = "The views", body = Vec<ViewRow>))
)]
pub async fn list(caller: Caller) -> Answer<Vec<ViewRow>> {
    caller.answer(saved::list(&caller.0).await)
}

/// Keep a view
///
/// `query` is what stands behind the question mark of the list; at most 100 views a person.
#[utoipa::path(
    post, path = "/views", tag = "tickets", request_body = KeepView,
    responses((status = 201, description = "Its id", body = ViewId))
)]
pub async fn keep(
    caller: Caller,
    Body(command): Body<KeepView>,
) -> Result<(StatusCode, Json<ViewId>), Refused> {
    let kept = saved::keep(&caller.0, command).await;
    let id = kept.map_err(|fault| caller.refuse(fault))?;
    Ok((StatusCode::CREATED, Json(id)))
}

/// Rename or share a view
///
/// One of the caller's own, in the version that was read.
#[utoipa::path(
    put, path = "/views/{id}", tag = "tickets", request_body = ChangeView, params(("id" = ViewId, Path, description = "The view's id")),
    responses((status = 204, description = "It is changed"))
)]
pub async fn change(
    caller: Caller,
    Id(id): Id<ViewId>,
    Body(command): Body<ChangeView>,
) -> Result<StatusCode, Refused> {
    let (at, to) = ((id, command.version), (&*command.name, command.shared));
    let changed = saved::change(&caller.0, at, to).await;
    changed.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Delete a view
///
/// One of the caller's own. Who follows it is told.
#[utoipa::path(
    delete, path = "/views/{id}", tag = "tickets", params(("id" = ViewId, Path, description = "The view's id")),
    responses((status = 204, description = "It is gone"))
)]
pub async fn remove(caller: Caller, Id(id): Id<ViewId>) -> Result<StatusCode, Refused> {
    let gone = saved::delete(&caller.0, id).await;
    gone.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Follow a view
///
/// On working mornings, `daily` or `weekly`, one notice tells how many tickets each followed view finds in the caller's scope, confidential ones and
/// tip-offs left out. `null` ends it. At most 20 views a person.
#[utoipa::path(
    post, path = "/views/{id}/follow", tag = "tickets", request_body = SubscribeView,
    params(("id" = ViewId, Path, description = "The view's id")),
    responses((status = 204, description = "It is followed so"))
)]
pub async fn follow(
    caller: Caller,
    Id(id): Id<ViewId>,
    Body(command): Body<SubscribeView>,
) -> Result<StatusCode, Refused> {
    let done = followed::follow(&caller.0, id, command.rhythm).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}
