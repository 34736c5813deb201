//! Reports that make themselves, for programs: one's own, another one, letting one go on, ending one.
//! Deliberately absent: when they are made and who is told (`services::reports`).

use axum::http::StatusCode;
use services::reports;
use shared::report::{AskSchedule, ScheduleView};
use uuid::Uuid;

use super::super::{
    Answer, Refused,
    caller::Caller,
    read::{Body, Id},
};

/// Schedules of reports
///
/// The caller's own.
#[utoipa::path(
    get, path = "/report-schedules", tag = "reports",
    responses((status = 200, description = "The schedules", body = Vec<ScheduleView>))
)]
pub async fn all(caller: Caller) -> Answer<Vec<ScheduleView>> {
    caller.answer(reports::schedules(&caller.0).await)
}

/// Schedule a report
///
/// It is made and kept in the scope that the caller has then; those named are told its number.
#[utoipa::path(
    post, path = "/report-schedules", tag = "reports", request_body = AskSchedule,
    responses((status = 200, description = "The schedules as they are now", body = Vec<ScheduleView>))
)]
pub async fn add(caller: Caller, Body(command): Body<AskSchedule>) -> Answer<Vec<ScheduleView>> {
    let done = async {
        reports::schedule(&caller.0, command).await?;
        reports::schedules(&caller.0).await
    };
    caller.answer(done.await)
}

/// Let a suspended schedule go on
#[utoipa::path(
    post, path = "/report-schedules/{id}/resume", tag = "reports", params(("id" = String, Path, description = "Its id")),
    responses((status = 204, description = "It goes on"))
)]
pub async fn go_on(caller: Caller, Id(id): Id<Uuid>) -> Result<StatusCode, Refused> {
    let done = reports::reschedule(&caller.0, id).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// End a schedule
#[utoipa::path(
    delete, path = "/report-schedules/{id}", tag = "reports", params(("id" = String, Path, description = "Its id")),
    responses((status = 204, description = "It is gone"))
)]
pub async fn end(caller: Caller, Id(id): Id<Uuid>) -> Result<StatusCode, Refused> {
    let done = reports::unschedule(&caller.0, id).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}
