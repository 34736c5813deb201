//! Approvals for programs: file, list, read, reveal.
//! Deliberately absent: their verbs (`verb`), definitions and versions (`processes`).
//! Filing is read like a verb: all that is wrong with it is told at once.

use axum::{Json, http::StatusCode};
use serde_json::{Map, Value};
use services::approvals::{self, views};
use shared::{
    approval::{
        ApprovalStatus,
        command::Start,
        view::{ApprovalActed, ApprovalDetail, ApprovalPage, StartView},
    },
    command::Sent,
    fault::{Code, Fault},
    ids::ApprovalId,
    ticket::command::Reveal,
};

use super::{
    Answer, Refused,
    caller::Caller,
    read::{Body, Id, Pairs, Read},
};

/// What can be filed
///
/// Definitions with an active version, with the fields of their start forms.
#[utoipa::path(get, path = "/approvals/startable", tag = "approvals",
    responses((status = 200, description = "Definitions", body = Vec<StartView>)))]
pub async fn startable(caller: Caller) -> Answer<Vec<StartView>> {
    caller.answer(approvals::startable(&caller.0).await)
}

/// File
///
/// A repeated `Idempotency-Key` with the same body gives the same answer.
#[utoipa::path(
    post, path = "/approvals", tag = "approvals", request_body = Start, params(
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 128 visible ASCII characters, made by the caller for this application"),
    ),
    responses((status = 201, description = "Filed, now or under this key before", body = ApprovalActed))
)]
pub async fn start(
    caller: Caller,
    Body(fields): Body<Map<String, Value>>,
) -> Result<(StatusCode, Json<ApprovalActed>), Refused> {
    let done = async {
        let command = approvals::read_start(&caller.0, Sent::json(fields)).await?;
        approvals::start(&caller.0, command).await
    };
    let done = done.await.map_err(|fault| caller.refuse(fault))?;
    Ok((StatusCode::CREATED, Json(done)))
}

/// List
///
/// `todo` is what waits for the caller, nearest deadline first; the others are newest first.
#[utoipa::path(
    get, path = "/approvals", tag = "approvals", params(
        ("shelf" = Option<String>, Query, description = "todo (default), started, done, copied, all"),
        ("status" = Option<String>, Query, description = "Only of all: running, correcting, suspended, ended, cancelled"),
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of approvals", body = ApprovalPage))
)]
pub async fn list(caller: Caller, pairs: Pairs) -> Answer<ApprovalPage> {
    let query = query(&pairs).map_err(|fault| caller.refuse(fault))?;
    caller.answer(views::list(&caller.0, &query).await)
}

fn query(pairs: &Pairs) -> Result<views::Query, Fault> {
    let [shelf, status, limit, cursor] = pairs.single(["shelf", "status", "limit", "cursor"])?;
    let shelf = shelf.unwrap_or_else(|| "todo".to_owned());
    if !["todo", "started", "done", "copied", "all"].contains(&shelf.as_str()) {
        return Err(Fault::field("shelf", Code::InputCode));
    }
    let status = status
        .map(|word| {
            ApprovalStatus::parse(&word).ok_or_else(|| Fault::field("status", Code::InputCode))
        })
        .transpose()?;
    let limit = limit
        .map(|text| {
            text.parse::<u32>()
                .ok()
                .filter(|limit| (1..=200).contains(limit))
                .ok_or_else(|| Fault::field("limit", Code::InputNumber))
        })
        .transpose()?;
    Ok(views::Query {
        shelf,
        status,
        cursor,
        limit,
    })
}

/// Read
///
/// Facts, open tasks with what the caller may do, papers, incidents, history.
#[utoipa::path(get, path = "/approvals/{id}", tag = "approvals",
    params(("id" = ApprovalId, Path, description = "The approval's id")),
    responses((status = 200, description = "The approval", body = ApprovalDetail)))]
pub async fn get(caller: Caller, Id(id): Id<ApprovalId>) -> Answer<ApprovalDetail> {
    caller.answer(views::get(&caller.0, id).await)
}

/// Reveal
///
/// The approval in the clear, for a reason. Each look is audited.
#[utoipa::path(post, path = "/approvals/{id}/reveal", tag = "approvals", request_body = Reveal,
    params(("id" = ApprovalId, Path, description = "The approval's id")),
    responses((status = 200, description = "The approval, nothing masked", body = ApprovalDetail)))]
pub async fn reveal(
    caller: Caller,
    Id(id): Id<ApprovalId>,
    Read(command): Read<Reveal>,
) -> Answer<ApprovalDetail> {
    caller.answer(approvals::reveal(&caller.0, id, command).await)
}
