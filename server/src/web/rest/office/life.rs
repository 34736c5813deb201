//! The life of accounts for programs: requests, answers, freezing, handing over, staff from a table, stand-ins, reviews.
//! Deliberately absent: the rules (`services::users::life`).
//! Links are said once, in the answer of the call that made them.

use axum::{Json, extract::Path, http::StatusCode};
use serde::{Deserialize, Serialize};
use services::{
    sheet,
    users::{
        self, StaffTable,
        life::{self, Answer, AskAccount, Freeze, LookForRequests},
    },
};
use shared::{
    account::{
        ResetLink,
        life::{
            AccountAct, AccountRequestDetail, AccountRequestPage, AccountRequestView, HandOverView,
        },
        posts::GivePost,
        review::{AnswerPost, ReviewHead, ReviewSheet},
        staff::{StaffReport, TakeStaff},
        stand_in::{AskStandIn, StandInAnswer, StandInView},
    },
    fault::Fault,
    ids::{AccountRequestId, ReviewId, StandInId},
};

use crate::web::rest::{
    Answer as Given, Refused,
    caller::Caller,
    read::{Body, Id, Pairs},
};

/// What is asked for about an account.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskForAccount {
    /// What: open, change, freeze, resume, cancel.
    kind: AccountAct,
    /// Sign-in name: of the account, or that the new one gets.
    username: String,
    /// Name of the person; only for a new account.
    #[serde(default)]
    name: Option<String>,
    /// Code of the unit; for a change the one that it has when absent.
    #[serde(default)]
    unit: Option<String>,
    /// The posts that the account has afterwards.
    #[serde(default)]
    posts: Vec<GivePost>,
    /// Why.
    reason: String,
    /// Sign-in name of who takes over what is open.
    #[serde(default)]
    heir: Option<String>,
}

/// An answer to a request.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerRequest {
    /// The version of the request that was seen.
    version: i32,
    /// Whether the next step is taken; otherwise the request is refused.
    agrees: bool,
    /// Why; needed to refuse.
    #[serde(default)]
    answer: Option<String>,
}

/// Names the version that was seen.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeenRequest {
    /// The version of the request that was seen.
    version: i32,
}

/// Freezes an account.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FreezeAccount {
    /// The version of the account that was seen.
    version: i32,
    /// Why.
    reason: String,
}

/// What came of an answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Decided {
    /// The request now.
    request: AccountRequestView,
    /// Of an account that was opened: the link for its holder, this once.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<ResetLink>,
}

/// List requests about accounts
///
/// Those that the caller asked for or has to do with: what waits, the oldest first; with `ended` what has ended, the newest first.
#[utoipa::path(
    get, path = "/account-requests", tag = "account", params(
        ("ended" = Option<String>, Query, description = "`1` for those that have ended"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of requests", body = AccountRequestPage))
)]
pub async fn list(caller: Caller, pairs: Pairs) -> Given<AccountRequestPage> {
    let page = async {
        let [ended, cursor] = pairs.single(["ended", "cursor"])?;
        let look = LookForRequests {
            ended: ended.is_some(),
            cursor,
        };
        life::requests(&caller.0, look).await
    };
    caller.answer(page.await)
}

/// Ask about an account
///
/// For a colleague: a new account, a change of unit or posts, freezing, resuming, cancelling. One thing at a time for each account.
#[utoipa::path(
    post, path = "/account-requests", tag = "account", request_body = AskForAccount,
    responses((status = 201, description = "The request", body = AccountRequestView))
)]
pub async fn ask(
    caller: Caller,
    Body(asked): Body<AskForAccount>,
) -> Result<(StatusCode, Json<AccountRequestView>), Refused> {
    let asked = AskAccount {
        kind: asked.kind,
        username: asked.username,
        name: asked.name,
        unit: asked.unit,
        posts: asked.posts,
        reason: asked.reason,
        heir: asked.heir,
    };
    life::ask(&caller.0, asked)
        .await
        .map(|made| (StatusCode::CREATED, Json(made)))
        .map_err(|fault| caller.refuse(fault))
}

/// Look at a request about an account
///
/// With what hangs on its holder, where the account is to be closed.
#[utoipa::path(
    get, path = "/account-requests/{id}", tag = "account",
    params(("id" = AccountRequestId, Path, description = "The request's id")),
    responses((status = 200, description = "The request", body = AccountRequestDetail))
)]
pub async fn get(caller: Caller, Id(id): Id<AccountRequestId>) -> Given<AccountRequestDetail> {
    caller.answer(life::detail(&caller.0, id).await)
}

/// Answer a request about an account
///
/// Takes its next step, or refuses it. The last step carries it out; of a new account the link for its holder is said this once.
#[utoipa::path(
    post, path = "/account-requests/{id}/decide", tag = "account", request_body = AnswerRequest,
    params(("id" = AccountRequestId, Path, description = "The request's id")),
    responses((status = 200, description = "What came of it", body = Decided))
)]
pub async fn decide(
    caller: Caller,
    Id(id): Id<AccountRequestId>,
    Body(given): Body<AnswerRequest>,
) -> Given<Decided> {
    let answer = Answer {
        version: given.version,
        agrees: given.agrees,
        answer: given.answer,
    };
    let done = life::decide(&caller.0, id, answer).await;
    let done = done.map(|done| Decided {
        request: done.request,
        link: done.link,
    });
    caller.answer(done)
}

/// Withdraw a request about an account
///
/// What the caller asked for, while nobody has carried it out.
#[utoipa::path(
    post, path = "/account-requests/{id}/withdraw", tag = "account", request_body = SeenRequest,
    params(("id" = AccountRequestId, Path, description = "The request's id")),
    responses((status = 200, description = "The request", body = AccountRequestView))
)]
pub async fn withdraw(
    caller: Caller,
    Id(id): Id<AccountRequestId>,
    Body(seen): Body<SeenRequest>,
) -> Given<AccountRequestView> {
    caller.answer(life::withdraw(&caller.0, id, seen.version).await)
}

/// Freeze an account at once
///
/// Its sessions end. It is resumed on request.
#[utoipa::path(
    post, path = "/accounts/{username}/freeze", tag = "account", request_body = FreezeAccount,
    params(("username" = String, Path, description = "Sign-in name")),
    responses((status = 204, description = "Frozen"))
)]
pub async fn freeze(
    caller: Caller,
    Path(username): Path<String>,
    Body(given): Body<FreezeAccount>,
) -> Result<StatusCode, Refused> {
    let command = Freeze {
        version: given.version,
        reason: given.reason,
    };
    life::freeze(&caller.0, &username, command)
        .await
        .map(|()| StatusCode::NO_CONTENT)
        .map_err(|fault| caller.refuse(fault))
}

/// Look at what hangs on somebody
///
/// Open tasks that somebody else must take before the account closes; with `heir`, which of them that person may take.
#[utoipa::path(
    get, path = "/accounts/{username}/hand-over", tag = "account", params(
        ("username" = String, Path, description = "Sign-in name"),
        ("heir" = Option<String>, Query, description = "Sign-in name of who would take over"),
    ),
    responses((status = 200, description = "The tasks", body = HandOverView))
)]
pub async fn hand_over(
    caller: Caller,
    Path(username): Path<String>,
    pairs: Pairs,
) -> Given<HandOverView> {
    let seen = async {
        let [heir] = pairs.single(["heir"])?;
        life::preview(&caller.0, &username, heir.as_deref()).await
    };
    caller.answer(seen.await)
}

/// Make the accounts of a table of people
///
/// As a whole or not at all; with `only_look` nothing is written. Lines that cannot be taken are in the answer. The links by which new people
/// choose a password are said this once. Posts wait for who may grant them.
#[utoipa::path(
    post, path = "/accounts/import", tag = "account", request_body = TakeStaff,
    responses((status = 200, description = "What came of it", body = StaffReport))
)]
pub async fn import(caller: Caller, Body(given): Body<TakeStaff>) -> Given<StaffReport> {
    let done = async {
        caller.0.ask(shared::access::needs::STAFFING)?;
        let (text, encoding) = sheet::text::sent(given.text, given.file).await?;
        let table = StaffTable {
            text,
            encoding,
            only_look: given.only_look,
        };
        users::take_staff(&caller.0, table).await
    };
    caller.answer(done.await)
}

/// What is answered about posts of a review.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerReview {
    /// One for each post; what is left out stays open.
    answers: Vec<AnswerPost>,
}

/// List the own stand-ins
///
/// Who stands in for the caller, and for whom the caller does, until they are over.
#[utoipa::path(
    get, path = "/account/stand-ins", tag = "account",
    responses((status = 200, description = "Stand-ins", body = Vec<StandInView>))
)]
pub async fn stand_ins(caller: Caller) -> Given<Vec<StandInView>> {
    caller.answer(life::stand_ins(&caller.0).await)
}

/// Ask somebody to stand in
///
/// For tasks that hang on the caller by name; it begins when the other has agreed.
#[utoipa::path(
    post, path = "/account/stand-ins", tag = "account", request_body = AskStandIn,
    responses((status = 201, description = "The stand-in", body = StandInView))
)]
pub async fn ask_stand_in(
    caller: Caller,
    Body(asked): Body<AskStandIn>,
) -> Result<(StatusCode, Json<StandInView>), Refused> {
    life::ask_stand_in(&caller.0, asked)
        .await
        .map(|made| (StatusCode::CREATED, Json(made)))
        .map_err(|fault| caller.refuse(fault))
}

/// Answer about a stand-in
///
/// Agree or decline as who is asked; end it as either.
#[utoipa::path(
    post, path = "/account/stand-ins/{id}/{answer}", tag = "account", params(
        ("id" = StandInId, Path, description = "Its id"),
        ("answer" = StandInAnswer, Path, description = "agree, decline or end"),
    ),
    responses((status = 200, description = "The stand-in", body = StandInView))
)]
pub async fn answer_stand_in(
    caller: Caller,
    Path((id, answer)): Path<(String, String)>,
) -> Given<StandInView> {
    let done = async {
        let (id, answer) = (id.parse()?, answer.parse().map_err(|_| Fault::missing())?);
        life::answer_stand_in(&caller.0, id, answer).await
    };
    caller.answer(done.await)
}

/// List reviews of posts
///
/// The newest in the caller's reach: one for each unit and quarter.
#[utoipa::path(
    get, path = "/account-reviews", tag = "account",
    responses((status = 200, description = "Reviews", body = Vec<ReviewHead>))
)]
pub async fn reviews(caller: Caller) -> Given<Vec<ReviewHead>> {
    caller.answer(life::reviews(&caller.0).await)
}

/// Look at a review of posts
///
/// With its posts, and what was answered about each.
#[utoipa::path(
    get, path = "/account-reviews/{id}", tag = "account",
    params(("id" = ReviewId, Path, description = "Its id")),
    responses((status = 200, description = "The review", body = ReviewSheet))
)]
pub async fn review(caller: Caller, Id(id): Id<ReviewId>) -> Given<ReviewSheet> {
    caller.answer(life::review(&caller.0, id).await)
}

/// Answer a review of posts
///
/// Which posts are kept, which end on a day, and which are taken back. A post that is not answered about in time is frozen.
#[utoipa::path(
    post, path = "/account-reviews/{id}/answer", tag = "account", request_body = AnswerReview,
    params(("id" = ReviewId, Path, description = "Its id")),
    responses((status = 200, description = "The review", body = ReviewSheet))
)]
pub async fn answer_review(
    caller: Caller,
    Id(id): Id<ReviewId>,
    Body(given): Body<AnswerReview>,
) -> Given<ReviewSheet> {
    caller.answer(life::answer_review(&caller.0, id, given.answers).await)
}
