//! The audit for the auditor's programs: a search, page by page.
//! Deliberately absent: what can be asked (`services::audit::search`), verifying (the command line).

use axum::{Json, http::StatusCode};
use services::audit::{
    alarms, questions, reports,
    search::{self, Asked},
};
use shared::{
    access::{AuditAlarms, AuditReports, AuditRows, DismissAuditAlarm, KeepAuditQuestion},
    fault::{Code, Fault},
};
use uuid::Uuid;

use crate::web::rest::{
    Answer, Refused,
    caller::Caller,
    read::{Id, Pairs, Read},
};

/// Search the audit
///
/// The newest first. Each call stands in the audit itself. With `off_hours` a page can be empty and still have a next one.
#[utoipa::path(
    get, path = "/audit", tag = "rights", params(
        ("question" = Option<String>, Query, description = "rights, off_hours, mass, exports, failures, dormant or auditors"),
        ("person" = Option<String>, Query, description = "Sign-in name, or system, visitor, process, job:…, partner:…"),
        ("action" = Option<String>, Query, description = "Code of the act"),
        ("kind" = Option<String>, Query, description = "Kind of object, such as ticket or user"),
        ("number" = Option<String>, Query, description = "Number of a ticket"),
        ("object" = Option<String>, Query, description = "One object, such as user: and its id"),
        ("outcome" = Option<String>, Query, description = "ok, failed, or the code of a refusal"),
        ("ip" = Option<String>, Query, description = "Address from which it was done"),
        ("request" = Option<String>, Query, description = "Number of a request, as in x-request-id"),
        ("from" = Option<String>, Query, description = "First day, as 2026-03-01"),
        ("to" = Option<String>, Query, description = "Last day"),
        ("off_hours" = Option<String>, Query, description = "true: only outside working time"),
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of rows", body = AuditRows))
)]
pub async fn list(caller: Caller, pairs: Pairs) -> Answer<AuditRows> {
    let page = async {
        let [
            cursor,
            limit,
            question,
            person,
            action,
            kind,
            number,
            object,
            outcome,
            ip,
            request,
            from,
            to,
            off_hours,
        ] = pairs.single([
            "cursor",
            "limit",
            "question",
            "person",
            "action",
            "kind",
            "number",
            "object",
            "outcome",
            "ip",
            "request",
            "from",
            "to",
            "off_hours",
        ])?;
        let limit = match limit.map(|text| text.parse()) {
            None => search::PAGE,
            Some(Ok(limit)) if (1..=search::MOST).contains(&limit) => limit,
            Some(_) => return Err(Fault::field("limit", Code::InputNumber)),
        };
        let given = [
            question, person, action, kind, number, object, outcome, ip, request, from, to,
            off_hours,
        ];
        let of = |name: &str| {
            let place = search::NAMES.iter().position(|other| *other == name)?;
            given[place].clone()
        };
        search::page(&caller.0, &Asked::of(of, cursor, limit)).await
    };
    caller.answer(page.await)
}

/// List alarms of the audit
///
/// What rules found along it, the newest first.
#[utoipa::path(
    get, path = "/audit-alarms", tag = "rights", params(
        ("shelf" = Option<String>, Query, description = "waiting, as when absent, or dismissed"),
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of alarms", body = AuditAlarms))
)]
pub async fn alarms(caller: Caller, pairs: Pairs) -> Answer<AuditAlarms> {
    let page = async {
        let [shelf, limit, cursor] = pairs.single(["shelf", "limit", "cursor"])?;
        let dismissed = match shelf.as_deref() {
            None | Some("waiting") => false,
            Some("dismissed") => true,
            Some(_) => return Err(Fault::field("shelf", Code::InputCode)),
        };
        let limit = match limit.map(|text| text.parse()) {
            None => alarms::PAGE,
            Some(Ok(limit)) if (1..=alarms::MOST).contains(&limit) => limit,
            Some(_) => return Err(Fault::field("limit", Code::InputNumber)),
        };
        alarms::page(&caller.0, dismissed, cursor.as_deref(), limit).await
    };
    caller.answer(page.await)
}

/// Dismiss an alarm
///
/// With what it was; that stands in the audit.
#[utoipa::path(
    post, path = "/audit-alarms/{id}/dismiss", tag = "rights", request_body = DismissAuditAlarm,
    params(("id" = Uuid, Path, description = "The alarm's id")),
    responses((status = 204, description = "Noted"))
)]
pub async fn dismiss(
    caller: Caller,
    Id(id): Id<Uuid>,
    Read(command): Read<DismissAuditAlarm>,
) -> Result<StatusCode, Refused> {
    let done = alarms::dismiss(&caller.0, id, command).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Keep a question
///
/// A search under a name, for oneself or for all auditors; the first page of a search lists them.
#[utoipa::path(
    post, path = "/audit-questions", tag = "rights", request_body = KeepAuditQuestion,
    responses((status = 201, description = "Its id", body = Uuid))
)]
pub async fn keep(
    caller: Caller,
    Read(command): Read<KeepAuditQuestion>,
) -> Result<(StatusCode, Json<Uuid>), Refused> {
    let kept = questions::keep(&caller.0, command).await;
    let id = kept.map_err(|fault| caller.refuse(fault))?;
    Ok((StatusCode::CREATED, Json(id)))
}

/// Delete a question
///
/// One of the caller's own.
#[utoipa::path(
    delete, path = "/audit-questions/{id}", tag = "rights", params(("id" = Uuid, Path, description = "The question's id")),
    responses((status = 204, description = "It is gone"))
)]
pub async fn remove(caller: Caller, Id(id): Id<Uuid>) -> Result<StatusCode, Refused> {
    let gone = questions::delete(&caller.0, id).await;
    gone.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// List monthly reports of the audit
///
/// The newest first; each is checked against its signature.
#[utoipa::path(
    get, path = "/audit-reports", tag = "rights",
    responses((status = 200, description = "Every report", body = AuditReports))
)]
pub async fn reports(caller: Caller) -> Answer<AuditReports> {
    caller.answer(reports::list(&caller.0).await)
}
