//! Roles, the posts of accounts and what they give, and who can see a ticket, for the security administrator's programs.
//! Deliberately absent: the rules (`services::users`), accounts themselves (`account`).
//! Read next: `shared::account::posts`.

use axum::{Json, extract::Path, http::StatusCode};
use serde::{Deserialize, Serialize};
use services::users::{
    self,
    readers::{self, LookAt},
    rights, roles,
};
use shared::{
    access::RoleCode,
    account::posts::{ComposeRole, GivePost, PersonPosts, Rights, RoleRow},
    account::readers::ReaderPage,
    fault::{Code, Fault},
    ids::AccountRequestId,
};

use crate::web::rest::{
    Answer, Refused,
    caller::Caller,
    read::{Body, Pairs},
};

/// A role of the office as it becomes.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeRole {
    /// What it is from now on; the code is that of the path.
    role: ComposeRole,
    /// The version that was read.
    version: i32,
}

/// A copy.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CopyRole {
    /// Its code.
    code: RoleCode,
    /// What it is called.
    name: String,
}

/// Whether a role goes on.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StopRole {
    /// Its posts sleep from now on.
    stopped: bool,
    /// The version that was read.
    version: i32,
}

/// Why a post is taken back.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndPost {
    /// In a few words.
    #[serde(default)]
    why: Option<String>,
}

/// What came of giving a post.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Given {
    /// The number of the post, counted from 1 for each account; absent while somebody else has to grant it.
    #[serde(skip_serializing_if = "Option::is_none")]
    no: Option<i32>,
    /// The request that another security administrator grants (`POST /account-requests/{id}/decide`).
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<AccountRequestId>,
}

/// List roles
///
/// Shipped ones first, then copies and own ones, with what each gives.
#[utoipa::path(
    get, path = "/roles", tag = "rights",
    responses((status = 200, description = "Roles", body = Vec<RoleRow>))
)]
pub async fn list(caller: Caller) -> Answer<Vec<RoleRow>> {
    caller.answer(roles::list(&caller.0).await)
}

/// Compose a role
///
/// Running the system, giving rights, reading the audit and business exclude each other.
#[utoipa::path(
    post, path = "/roles", tag = "rights", request_body = ComposeRole,
    responses((status = 201, description = "Made", body = RoleRow))
)]
pub async fn compose(
    caller: Caller,
    Body(role): Body<ComposeRole>,
) -> Result<(StatusCode, Json<RoleRow>), Refused> {
    let code = role.code.clone();
    let made = async {
        roles::compose(&caller.0, role).await?;
        roles::one(&caller.0, &code).await
    };
    created(&caller, made.await)
}

/// Look at a role
#[utoipa::path(
    get, path = "/roles/{code}", tag = "rights",
    params(("code" = String, Path, description = "The role's code")),
    responses((status = 200, description = "The role", body = RoleRow))
)]
pub async fn get(caller: Caller, Path(code): Path<String>) -> Answer<RoleRow> {
    let found = async { roles::one(&caller.0, &coded(&code)?).await };
    caller.answer(found.await)
}

/// Change a role of the office
///
/// Whoever has it works by it at the next request. Shipped roles are copied, not changed.
#[utoipa::path(
    patch, path = "/roles/{code}", tag = "rights", request_body = ChangeRole,
    params(("code" = String, Path, description = "The role's code")),
    responses((status = 200, description = "As it is now", body = RoleRow))
)]
pub async fn change(
    caller: Caller,
    Path(code): Path<String>,
    Body(change): Body<ChangeRole>,
) -> Answer<RoleRow> {
    let changed = async {
        let code = coded(&code)?;
        let role = ComposeRole {
            code: code.clone(),
            ..change.role
        };
        roles::change(&caller.0, role, change.version).await?;
        roles::one(&caller.0, &code).await
    };
    caller.answer(changed.await)
}

/// Copy a role
///
/// The copy can be changed.
#[utoipa::path(
    post, path = "/roles/{code}/copy", tag = "rights", request_body = CopyRole,
    params(("code" = String, Path, description = "The role's code")),
    responses((status = 201, description = "The copy", body = RoleRow))
)]
pub async fn copy(
    caller: Caller,
    Path(code): Path<String>,
    Body(copy): Body<CopyRole>,
) -> Result<(StatusCode, Json<RoleRow>), Refused> {
    let made = async {
        roles::copy(&caller.0, &coded(&code)?, copy.code.clone(), &copy.name).await?;
        roles::one(&caller.0, &copy.code).await
    };
    created(&caller, made.await)
}

/// Stop a role of the office, or let it go on
///
/// The posts of a stopped role sleep.
#[utoipa::path(
    post, path = "/roles/{code}/stop", tag = "rights", request_body = StopRole,
    params(("code" = String, Path, description = "The role's code")),
    responses((status = 200, description = "As it is now", body = RoleRow))
)]
pub async fn stop(
    caller: Caller,
    Path(code): Path<String>,
    Body(stop): Body<StopRole>,
) -> Answer<RoleRow> {
    let stopped = async {
        let code = coded(&code)?;
        roles::stop(&caller.0, code.clone(), stop.version, stop.stopped).await?;
        roles::one(&caller.0, &code).await
    };
    caller.answer(stopped.await)
}

/// List the posts of an account
///
/// Every post that it has or had, each with its state.
#[utoipa::path(
    get, path = "/accounts/{username}/posts", tag = "rights",
    params(("username" = String, Path, description = "Sign-in name")),
    responses((status = 200, description = "Posts", body = PersonPosts))
)]
pub async fn posts(caller: Caller, Path(username): Path<String>) -> Answer<PersonPosts> {
    caller.answer(rights::posts(&caller.0, &username).await)
}

/// Give a post
///
/// Never to oneself, and never farther than one's own rights reach. Once the office is at work it needs a reason and an end, and another security
/// administrator grants it.
#[utoipa::path(
    post, path = "/accounts/{username}/posts", tag = "rights", request_body = GivePost,
    params(("username" = String, Path, description = "Sign-in name")),
    responses(
        (status = 201, description = "It is given: its number", body = Given),
        (status = 202, description = "It waits to be granted: the request", body = Given),
    )
)]
pub async fn give(
    caller: Caller,
    Path(username): Path<String>,
    Body(post): Body<GivePost>,
) -> Result<(StatusCode, Json<Given>), Refused> {
    let given = users::give_post(&caller.0, &username, post).await;
    match given.map_err(|fault| caller.refuse(fault))? {
        users::Given::Now(no) => {
            let given = Given {
                no: Some(no),
                request: None,
            };
            Ok((StatusCode::CREATED, Json(given)))
        }
        users::Given::Asked(id) => {
            let given = Given {
                no: None,
                request: Some(id),
            };
            Ok((StatusCode::ACCEPTED, Json(given)))
        }
    }
}

/// Take a post back
///
/// The last administrator of a kind keeps it.
#[utoipa::path(
    post, path = "/accounts/{username}/posts/{no}/end", tag = "rights", request_body = EndPost,
    params(
        ("username" = String, Path, description = "Sign-in name"),
        ("no" = i32, Path, description = "The post's number"),
    ),
    responses((status = 204, description = "Taken back"))
)]
pub async fn end(
    caller: Caller,
    Path((username, no)): Path<(String, String)>,
    Body(end): Body<EndPost>,
) -> Result<StatusCode, Refused> {
    let ended = async {
        let no = no.parse().map_err(|_| Fault::missing())?;
        users::end_post(&caller.0, &username, no, end.why.as_deref()).await
    };
    match ended.await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(fault) => Err(caller.refuse(fault)),
    }
}

/// Resume a frozen post
///
/// It goes on until the day for which it was given. Posts are frozen when nobody says in a quarterly review that they are still needed.
#[utoipa::path(
    post, path = "/accounts/{username}/posts/{no}/resume", tag = "rights",
    params(
        ("username" = String, Path, description = "Sign-in name"),
        ("no" = i32, Path, description = "The post's number"),
    ),
    responses((status = 204, description = "Goes on"))
)]
pub async fn resume(
    caller: Caller,
    Path((username, no)): Path<(String, String)>,
) -> Result<StatusCode, Refused> {
    let resumed = async {
        let no = no.parse().map_err(|_| Fault::missing())?;
        users::resume_post(&caller.0, &username, no).await
    };
    match resumed.await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(fault) => Err(caller.refuse(fault)),
    }
}

/// What an account can really see and do, and why
///
/// Each permission with the posts that give it, those that sleep included.
#[utoipa::path(
    get, path = "/accounts/{username}/rights", tag = "rights",
    params(("username" = String, Path, description = "Sign-in name")),
    responses((status = 200, description = "Rights", body = Rights))
)]
pub async fn of(caller: Caller, Path(username): Path<String>) -> Answer<Rights> {
    caller.answer(rights::of(&caller.0, &username).await)
}

/// Who can see a ticket, and why
///
/// People with a post that reaches it, by sign-in name, with the rules that keep somebody out. Of the ticket only number and state are told.
#[utoipa::path(
    get, path = "/ticket-readers", tag = "rights", params(
        ("ticket_no" = String, Query, description = "The ticket's number"),
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of people", body = ReaderPage))
)]
pub async fn readers(caller: Caller, pairs: Pairs) -> Answer<ReaderPage> {
    let page = async {
        let [ticket_no, limit, cursor] = pairs.single(["ticket_no", "limit", "cursor"])?;
        let limit = match limit.map(|text| text.parse()) {
            None => readers::PAGE,
            Some(Ok(limit)) => limit,
            Some(Err(_)) => return Err(Fault::field("limit", Code::InputNumber)),
        };
        let look = LookAt {
            ticket_no: ticket_no.unwrap_or_default(),
            cursor,
            limit,
        };
        readers::page(&caller.0, look).await
    };
    caller.answer(page.await)
}

/// A code in a path; an unreadable one does not exist.
fn coded(text: &str) -> Result<RoleCode, Fault> {
    RoleCode::parse(text).ok_or_else(Fault::missing)
}

fn created<T>(caller: &Caller, made: Result<T, Fault>) -> Result<(StatusCode, Json<T>), Refused> {
    made.map(|made| (StatusCode::CREATED, Json(made)))
        .map_err(|fault| caller.refuse(fault))
}
