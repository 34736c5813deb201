//! Long jobs for programs: list, look at, stop, take a result, and ask for an export of tickets as a file.
//! Deliberately absent: how a job goes on (`services::jobs::host`).
//! A program asks, looks at the job until it is done, and takes the result once.

use axum::{
    Json,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use services::{exports, jobs::host::desk};
use shared::{
    ids::JobId,
    job::{AskExport, JobPage, JobView},
};

use super::{
    Answer, Refused,
    caller::Caller,
    read::{self, Body, Id, Pairs},
};
use crate::web::results;

/// List
///
/// The caller's jobs, the newest first; for who may look after others' jobs, those of the own area as well.
#[utoipa::path(
    get, path = "/jobs", tag = "jobs", params(
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of jobs", body = JobPage))
)]
pub async fn list(caller: Caller, pairs: Pairs) -> Answer<JobPage> {
    let page = async {
        let [limit, cursor] = pairs.single(["limit", "cursor"])?;
        let limit = read::limit(limit.as_deref(), (desk::PAGE, desk::MOST))?;
        desk::list(&caller.0, cursor.as_deref(), limit).await
    };
    caller.answer(page.await)
}

/// Ask for an export
///
/// The tickets behind a filter as a file, masked, as many as there are: `csv`, `gb18030` (CSV for older programs), `xlsx` or
/// `jsonl`; one export of a person at a time. With `locked` it is a ZIP archive whose password stands in this answer alone;
/// with `clear`, personal data stand in the clear once a second person has agreed.
#[utoipa::path(
    post, path = "/jobs", tag = "jobs", request_body = AskExport,
    responses((status = 202, description = "It is on its way; look at the job until its state is `done`", body = JobView))
)]
pub async fn export(
    caller: Caller,
    Body(command): Body<AskExport>,
) -> Result<(StatusCode, Json<JobView>), Refused> {
    let job = exports::job::ask(&caller.0, command)
        .await
        .map_err(|fault| caller.refuse(fault))?;
    Ok((StatusCode::ACCEPTED, Json(job)))
}

/// Look at
///
/// How it stands, how far it is, what it came to.
#[utoipa::path(
    get, path = "/jobs/{id}", tag = "jobs", params(("id" = JobId, Path, description = "The job's id")),
    responses((status = 200, description = "The job", body = JobView))
)]
pub async fn get(caller: Caller, Id(id): Id<JobId>) -> Answer<JobView> {
    caller.answer(desk::get(&caller.0, id).await)
}

/// Stop
///
/// It ends before its next step; what it has done stays.
#[utoipa::path(
    post, path = "/jobs/{id}/cancel", tag = "jobs", params(("id" = JobId, Path, description = "The job's id")),
    responses((status = 200, description = "The job as it is now", body = JobView))
)]
pub async fn cancel(caller: Caller, Id(id): Id<JobId>) -> Answer<JobView> {
    caller.answer(desk::cancel(&caller.0, id).await)
}

/// Take the result
///
/// The file of a job of the caller's own, while it is kept and the rights are what they were.
#[utoipa::path(
    get, path = "/jobs/{id}/result", tag = "jobs", params(("id" = JobId, Path, description = "The job's id")),
    responses((status = 200, description = "The file", content_type = "application/octet-stream", body = String))
)]
pub async fn result(
    caller: Caller,
    Id(id): Id<JobId>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let answer = async {
        let taken = desk::result(&caller.0, id).await?;
        results::file(taken, &headers).await
    };
    answer.await.map_err(|fault| caller.refuse(fault))
}
