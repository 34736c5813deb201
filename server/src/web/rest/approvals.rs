//! Approvals for programs: file, list, read, reveal.
//! Deliberately absent: their verbs (`verb`), definitions and versions (`processes`).
//! Filing is read like a verb: all that is wrong with it is told at once.

use axum::{Json, http::StatusCode};
use serde_json::{Map, Value};
use services::approvals::{self, views};
use shared::{
    approval::{
        command::Start,
        query::{ApprovalFilter, ApprovalSort},
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
    read::{self, Body, Id, Pairs, Read},
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
/// `todo` is what waits for the caller, nearest deadline first, without filters. The others are newest first, unless `sort` says another order;
/// their first page says how many there are (`total`, up to 10,000; `about` when there are more), and `prev_cursor` leads back.
/// Times are dates (+08:00) or RFC 3339: from inclusive, to exclusive, a date's to being the end of that day.
#[utoipa::path(
    get, path = "/approvals", tag = "approvals", params(
        ("shelf" = Option<String>, Query, description = "todo (default), started, done, copied, all"),
        ("status" = Option<String>, Query, description = "Any of these, divided by commas: running, correcting, suspended, ended, cancelled"),
        ("definition" = Option<String>, Query, description = "Key of the definition"),
        ("unit" = Option<String>, Query, description = "Code of the unit of whoever filed it; includes units below it"),
        ("region" = Option<String>, Query, description = "Code of a division, or what it begins with: 2, 4 or 6 digits"),
        ("by" = Option<String>, Query, description = "What the name of whoever filed it begins with"),
        ("no" = Option<String>, Query, description = "The number, or what it begins with"),
        ("step" = Option<String>, Query, description = "Id of an element at which a task is open"),
        ("light" = Option<String>, Query, description = "The worst light of its open tasks: green, yellow, red"),
        ("overdue" = Option<bool>, Query, description = "Whether an open task is past its deadline"),
        ("started_from" = Option<String>, Query, description = "Filed from"),
        ("started_to" = Option<String>, Query, description = "Filed until"),
        ("ended_from" = Option<String>, Query, description = "Ended from"),
        ("ended_to" = Option<String>, Query, description = "Ended until"),
        ("due_from" = Option<String>, Query, description = "An open task is due from"),
        ("due_to" = Option<String>, Query, description = "An open task is due until"),
        ("q" = Option<String>, Query, description = "Words of the title, or the beginning of a number"),
        ("sort" = Option<String>, Query, description = "-started_at (default), started_at, -updated_at"),
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
        ("cursor" = Option<String>, Query, description = "next_cursor or prev_cursor of a page"),
    ),
    responses((status = 200, description = "A page of approvals", body = ApprovalPage))
)]
pub async fn list(caller: Caller, pairs: Pairs) -> Answer<ApprovalPage> {
    let query = query(pairs).map_err(|fault| caller.refuse(fault))?;
    caller.answer(views::list(&caller.0, &query).await)
}

/// What says which page; the rest are filters.
const PAGING: [&str; 4] = ["shelf", "sort", "limit", "cursor"];

fn query(pairs: Pairs) -> Result<views::Query, Fault> {
    let is_paging = |(name, _): &(String, String)| PAGING.contains(&name.as_str());
    let (paging, filters): (Vec<_>, Vec<_>) = pairs.0.into_iter().partition(is_paging);
    let [shelf, sort, limit, cursor] = Pairs(paging).single(PAGING)?;
    let shelf = shelf.unwrap_or_else(|| "todo".to_owned());
    if !["todo", "started", "done", "copied", "all"].contains(&shelf.as_str()) {
        return Err(Fault::field("shelf", Code::InputCode));
    }
    let sort = sort
        .map(|word| ApprovalSort::parse(&word).ok_or_else(|| Fault::field("sort", Code::InputCode)))
        .transpose()?;
    Ok(views::Query {
        shelf,
        filter: ApprovalFilter::from_pairs(&filters)?,
        sort,
        limit: limit
            .map(|text| read::limit(Some(text.as_str()), (50, 200)))
            .transpose()?,
        cursor,
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
