//! One's own notices for programs: reading them, marking them as read, and how one wants to be told.
//! Deliberately absent: how they come to be (`services::gateway::inside`), citizens' notifications (`notifications`).
//! Everything is the caller's own.

use axum::http::StatusCode;
use services::gateway::bell;
use shared::{
    fault::{Code, Fault},
    notice::{NoticePage, NoticeSettings},
};
use uuid::Uuid;

use crate::web::rest::{
    Answer, Refused,
    caller::Caller,
    read::{self, Body, Id, Pairs},
};

/// List
///
/// The caller's notices, the newest first, with how many are unread.
#[utoipa::path(
    get, path = "/notices", tag = "notices", params(
        ("unread" = Option<bool>, Query, description = "Only unread ones"),
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of them", body = NoticePage))
)]
pub async fn list(caller: Caller, pairs: Pairs) -> Answer<NoticePage> {
    let page = async {
        let [unread, limit, cursor] = pairs.single(["unread", "limit", "cursor"])?;
        let limit = read::limit(limit.as_deref(), (bell::PAGE, bell::MOST))?;
        let unread = match unread.as_deref() {
            None | Some("false") => false,
            Some("true") => true,
            Some(_) => return Err(Fault::field("unread", Code::InputCode)),
        };
        bell::page(&caller.0, unread, cursor.as_deref(), limit).await
    };
    caller.answer(page.await)
}

/// Mark one as read
#[utoipa::path(
    post, path = "/notices/{id}/read", tag = "notices",
    params(("id" = Uuid, Path, description = "The notice's id")),
    responses((status = 204, description = "It is read"))
)]
pub async fn read(caller: Caller, Id(id): Id<Uuid>) -> Result<StatusCode, Refused> {
    let done = bell::read(&caller.0, Some(id)).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Mark all as read
#[utoipa::path(
    post, path = "/notices/read", tag = "notices",
    responses((status = 204, description = "They are read"))
)]
pub async fn read_all(caller: Caller) -> Result<StatusCode, Refused> {
    let done = bell::read(&caller.0, None).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// How the caller is told
///
/// Every kind with its ways, and where mails and text messages go.
#[utoipa::path(
    get, path = "/notices/settings", tag = "notices",
    responses((status = 200, description = "The settings", body = NoticeSettings))
)]
pub async fn settings(caller: Caller) -> Answer<NoticeSettings> {
    caller.answer(bell::settings(&caller.0).await)
}

/// Choose how to be told
///
/// Takes the place of what was chosen; a kind that is absent comes in the product alone.
#[utoipa::path(
    post, path = "/notices/settings", tag = "notices", request_body = NoticeSettings,
    responses((status = 200, description = "The settings as they are kept", body = NoticeSettings))
)]
pub async fn choose(caller: Caller, Body(sent): Body<NoticeSettings>) -> Answer<NoticeSettings> {
    caller.answer(bell::choose(&caller.0, sent).await)
}
