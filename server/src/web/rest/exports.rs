//! Templates of exports for programs: list, keep, remove.
//! Deliberately absent: exports themselves (`jobs`), what a template may hold (`services::exports::templates`).
//! A template gives no right: what its user may not have is left out of the file.

use axum::http::StatusCode;
use services::exports::templates;
use shared::export::{KeepTemplate, TemplateView};

use super::{
    Answer, Refused,
    caller::Caller,
    read::{Body, Id},
};

/// List templates of exports
///
/// The caller's own, and those that people of the same unit share.
#[utoipa::path(
    get, path = "/export-templates", tag = "jobs",
    responses((status = 200, description = "The templates by their names", body = Vec<TemplateView>))
)]
pub async fn list(caller: Caller) -> Answer<Vec<TemplateView>> {
    caller.answer(templates::list(&caller.0).await)
}

/// Keep a template of exports
///
/// One of the caller's own; one of the same name is replaced.
#[utoipa::path(
    post, path = "/export-templates", tag = "jobs", request_body = KeepTemplate,
    responses((status = 200, description = "The templates as they are now", body = Vec<TemplateView>))
)]
pub async fn keep(caller: Caller, Body(command): Body<KeepTemplate>) -> Answer<Vec<TemplateView>> {
    caller.answer(templates::keep(&caller.0, command).await)
}

/// Remove a template of exports
///
/// One of the caller's own.
#[utoipa::path(
    delete, path = "/export-templates/{id}", tag = "jobs", params(("id" = String, Path, description = "The template's id")),
    responses((status = 204, description = "It is gone"))
)]
pub async fn remove(caller: Caller, Id(id): Id<String>) -> Result<StatusCode, Refused> {
    let gone = templates::remove(&caller.0, &id).await;
    gone.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}
