//! Saved pivots and warnings of figures, for programs.
//! Deliberately absent: the own page of figures (`board`); what rules find (`services::reports`).

use axum::http::StatusCode;
use services::reports;
use shared::fault::{Code, Fault};
use shared::measure::{AnswerWarning, Warnings};
use shared::report::{KeepPivot, PivotRow};
use uuid::Uuid;

use super::super::{
    Answer, Refused,
    caller::Caller,
    read::{Body, Id, Pairs, Read},
};

/// Saved pivots
///
/// The caller's own and those that colleagues share; `query` is that of a cube over the days that the span has today.
#[utoipa::path(
    get, path = "/pivots", tag = "reports",
    responses((status = 200, description = "The pivots", body = Vec<PivotRow>))
)]
pub async fn pivots(caller: Caller) -> Answer<Vec<PivotRow>> {
    caller.answer(reports::pivots(&caller.0).await)
}

/// Keep a pivot
#[utoipa::path(
    post, path = "/pivots", tag = "reports", request_body = KeepPivot,
    responses((status = 200, description = "The pivots as they are now", body = Vec<PivotRow>))
)]
pub async fn keep(caller: Caller, Body(command): Body<KeepPivot>) -> Answer<Vec<PivotRow>> {
    let done = async {
        reports::keep_pivot(&caller.0, command).await?;
        reports::pivots(&caller.0).await
    };
    caller.answer(done.await)
}

/// Delete a pivot
#[utoipa::path(
    delete, path = "/pivots/{id}", tag = "reports", params(("id" = String, Path, description = "Its id")),
    responses((status = 204, description = "It is gone"))
)]
pub async fn delete(caller: Caller, Id(id): Id<Uuid>) -> Result<StatusCode, Refused> {
    let done = reports::delete_pivot(&caller.0, id).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Warnings of figures
///
/// What the office's rules found, the newest first; fifty of a page.
#[utoipa::path(
    get, path = "/figure-warnings", tag = "reports", params(
        ("shelf" = Option<String>, Query, description = "waiting, as when absent, or answered"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "The warnings", body = Warnings))
)]
pub async fn warnings(caller: Caller, pairs: Pairs) -> Answer<Warnings> {
    let page = async {
        let [shelf, cursor] = pairs.single(["shelf", "cursor"])?;
        let answered = match shelf.as_deref() {
            None | Some("waiting") => false,
            Some("answered") => true,
            Some(_) => return Err(Fault::field("shelf", Code::InputCode)),
        };
        reports::figure_warnings(&caller.0, answered, cursor.as_deref()).await
    };
    caller.answer(page.await)
}

/// Answer a warning
///
/// With what it is; it leaves the list of those that wait.
#[utoipa::path(
    post, path = "/figure-warnings/{id}/answer", tag = "reports", request_body = AnswerWarning,
    params(("id" = Uuid, Path, description = "The warning's id")),
    responses((status = 204, description = "Noted"))
)]
pub async fn answer(
    caller: Caller,
    Id(id): Id<Uuid>,
    Read(command): Read<AnswerWarning>,
) -> Result<StatusCode, Refused> {
    let done = reports::answer_warning(&caller.0, id, command).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}
