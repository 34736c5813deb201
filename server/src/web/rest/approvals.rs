//! Approvals for programs: file, list, read, and one path per verb.
//! Deliberately absent: definitions and versions (`processes`).
//! Each verb takes the `version` that the program saw; somebody else's change in between is 409.

use axum::{Json, http::StatusCode};
use services::approvals::{self, views};
use shared::{
    approval::{
        ApprovalStatus,
        command::{
            AcceptLacking, AddSigner, AskCorrection, ChangeDue, Claim, Copy, Correct, Decide,
            Delegate, Jump, Message, Reasoned, Reject, RemoveSigner, SetVariables, Settle, Start,
            Supply, TakeBack, Transfer,
        },
        view::{ApprovalActed, ApprovalDetail, ApprovalPage, StartView},
    },
    fault::{Code, Fault},
    ids::ApprovalId,
    ticket::command::Reveal,
};

use super::{
    Answer, Refused,
    caller::Caller,
    read::{Body, Id, Pairs},
};

/// What can be filed
///
/// Definitions with an active version, with the fields of their start forms.
#[utoipa::path(get, path = "/approvals/startable", tag = "approvals",
    responses((status = 200, description = "Definitions", body = Vec<StartView>)))]
pub async fn startable(caller: Caller) -> Answer<Vec<StartView>> {
    approvals::startable(&caller.0)
        .await
        .map(Json)
        .map_err(|fault| caller.refuse(fault))
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
    Body(command): Body<Start>,
) -> Result<(StatusCode, Json<ApprovalActed>), Refused> {
    let done = approvals::start(&caller.0, command)
        .await
        .map_err(|fault| caller.refuse(fault))?;
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
    views::list(&caller.0, &query)
        .await
        .map(Json)
        .map_err(|fault| caller.refuse(fault))
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
    views::get(&caller.0, id)
        .await
        .map(Json)
        .map_err(|fault| caller.refuse(fault))
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
    Body(command): Body<Reveal>,
) -> Answer<ApprovalDetail> {
    approvals::reveal(&caller.0, id, command)
        .await
        .map(Json)
        .map_err(|fault| caller.refuse(fault))
}

macro_rules! verbs {
    ($($(#[$doc:meta])* $name:ident, $path:tt, $command:ident, $verb:path;)+) => {$(
        $(#[$doc])*
        #[utoipa::path(
            post, path = $path, tag = "approvals", request_body = $command, params(
                ("id" = ApprovalId, Path, description = "The approval's id"),
                ("Idempotency-Key" = Option<String>, Header, description = "1 to 128 visible ASCII characters, made by the caller for this act"),
            ),
            responses((status = 200, description = "Done; the new version, status and steps", body = ApprovalActed))
        )]
        pub async fn $name(caller: Caller, Id(id): Id<ApprovalId>, Body(command): Body<$command>) -> Answer<ApprovalActed> {
            $verb(&caller.0, id, command).await.map(Json).map_err(|fault| caller.refuse(fault))
        }
    )+};
}

verbs! {
    /// Approve or refuse
    ///
    /// The task itself, or the part of it that the caller was asked for.
    decide, "/approvals/{id}/decide", Decide, approvals::decide;
    /// Send back to a step
    reject, "/approvals/{id}/reject", Reject, approvals::reject;
    /// Take back
    ///
    /// One's own newest decision, as long as nobody has acted on it.
    take_back, "/approvals/{id}/take-back", TakeBack, approvals::take_back;
    /// Add a signer
    add_signer, "/approvals/{id}/add-signer", AddSigner, approvals::add_signer;
    /// Remove a signer
    remove_signer, "/approvals/{id}/remove-signer", RemoveSigner, approvals::remove_signer;
    /// Transfer
    transfer, "/approvals/{id}/transfer", Transfer, approvals::transfer;
    /// Delegate
    delegate, "/approvals/{id}/delegate", Delegate, approvals::delegate;
    /// Copy to
    copy, "/approvals/{id}/copy", Copy, approvals::copy;
    /// Claim
    claim, "/approvals/{id}/claim", Claim, approvals::claim;
    /// Put back
    release, "/approvals/{id}/release", Claim, approvals::release;
    /// Ask for a correction
    ask_correction, "/approvals/{id}/ask-correction", AskCorrection, approvals::ask_correction;
    /// Hand in the correction
    correct, "/approvals/{id}/correct", Correct, approvals::correct;
    /// Accept with papers missing
    accept_lacking, "/approvals/{id}/accept-lacking", AcceptLacking, approvals::accept_lacking;
    /// Hand in a missing paper
    supply, "/approvals/{id}/supply", Supply, approvals::supply;
    /// Suspend
    suspend, "/approvals/{id}/suspend", Reasoned, approvals::suspend;
    /// Resume
    resume, "/approvals/{id}/resume", Reasoned, approvals::resume;
    /// Cancel
    cancel, "/approvals/{id}/cancel", Reasoned, approvals::cancel;
    /// Change a deadline
    change_due, "/approvals/{id}/change-due", ChangeDue, approvals::change_due;
    /// Jump
    jump, "/approvals/{id}/jump", Jump, approvals::jump;
    /// Set variables
    set_variables, "/approvals/{id}/set-variables", SetVariables, approvals::set_variables;
    /// Deliver a message
    message, "/approvals/{id}/message", Message, approvals::message;
    /// Retry what an incident stopped
    retry, "/approvals/{id}/retry", Settle, approvals::retry;
    /// Go on without what an incident stopped
    skip, "/approvals/{id}/skip", Settle, approvals::skip;
}
