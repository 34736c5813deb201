//! The own account for programs (password, sessions), and accounts for who manages them: list, sessions, links for a new password.
//! Deliberately absent: the life of accounts (`life`), making one by hand, which the command line does; posts and roles (`rights`).
//! A program that must choose a new password first gets `password.change` everywhere but here.

use axum::{Json, extract::Path, http::StatusCode};
use serde::{Deserialize, Serialize};
use services::{
    sessions,
    tries::{self, Try},
    users::{self, LookFor, SetPassword},
};
use shared::{
    account::{AccountPage, AccountSheet, ResetLink, SessionView},
    fault::Fault,
    ids::SessionId,
};

use crate::web::rest::{
    Answer, Refused,
    caller::{Caller, Visitor},
    read::{Body, Id, Pairs},
};

/// The present password and a new one.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The present one.
    current: String,
    /// At least 10 characters of three kinds, without the user name.
    password: String,
}

/// A link's secret and a new password.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UseReset {
    /// What stands behind `token=` in the link.
    token: String,
    /// At least 10 characters of three kinds, without the user name.
    password: String,
}

/// How many sessions were ended.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Ended {
    /// How many.
    ended: u64,
}

/// Change the own password
///
/// Every other session of the account ends; the caller's own goes on.
#[utoipa::path(
    post, path = "/account/password", tag = "account", request_body = ChangePassword,
    responses((status = 204, description = "Changed"))
)]
pub async fn password(
    caller: Caller,
    Body(change): Body<ChangePassword>,
) -> Result<StatusCode, Refused> {
    let command = SetPassword {
        username: None,
        current: Some(change.current),
        password: change.password,
    };
    done(&caller, users::set_password(&caller.0, command).await)
}

/// List the own sessions
///
/// Those that have not ended, the newest first.
#[utoipa::path(
    get, path = "/account/sessions", tag = "account",
    responses((status = 200, description = "Sessions", body = Vec<SessionView>))
)]
pub async fn own(caller: Caller) -> Answer<Vec<SessionView>> {
    caller.answer(sessions::own(&caller.0).await)
}

/// End all other own sessions
///
/// All but the caller's.
#[utoipa::path(
    delete, path = "/account/sessions", tag = "account",
    responses((status = 200, description = "How many there were", body = Ended))
)]
pub async fn end_others(caller: Caller) -> Answer<Ended> {
    ended(&caller, sessions::end_others(&caller.0).await)
}

/// End one of the own sessions
///
/// Its next request is refused.
#[utoipa::path(
    delete, path = "/account/sessions/{id}", tag = "account",
    params(("id" = SessionId, Path, description = "The session's id")),
    responses((status = 204, description = "Ended"))
)]
pub async fn end(caller: Caller, Id(id): Id<SessionId>) -> Result<StatusCode, Refused> {
    done(&caller, sessions::end_own(&caller.0, id).await)
}

/// Set a password by a link
///
/// The link is used up, and every session of the account ends.
#[utoipa::path(
    post, path = "/password-resets", tag = "account", request_body = UseReset, security(()),
    responses((status = 204, description = "Set"))
)]
pub async fn reset(
    Visitor(ctx): Visitor,
    Body(given): Body<UseReset>,
) -> Result<StatusCode, Refused> {
    let set = async {
        tries::count(&ctx, Try::SignIn).await?;
        users::reset(&ctx, &given.token, &given.password).await
    };
    match set.await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(fault) => Err(Refused::new(fault, ctx.locale)),
    }
}

/// List accounts
///
/// Those in the caller's reach, by sign-in name, closed ones included.
#[utoipa::path(
    get, path = "/accounts", tag = "account", params(
        ("q" = Option<String>, Query, description = "Part of the name or the sign-in name"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of accounts", body = AccountPage))
)]
pub async fn list(caller: Caller, pairs: Pairs) -> Answer<AccountPage> {
    let page = async {
        let [words, cursor] = pairs.single(["q", "cursor"])?;
        users::page(&caller.0, LookFor { words, cursor }).await
    };
    caller.answer(page.await)
}

/// Look at an account
///
/// Who it is, and its sessions.
#[utoipa::path(
    get, path = "/accounts/{username}", tag = "account",
    params(("username" = String, Path, description = "Sign-in name")),
    responses((status = 200, description = "The account", body = AccountSheet))
)]
pub async fn get(caller: Caller, Path(username): Path<String>) -> Answer<AccountSheet> {
    caller.answer(users::sheet(&caller.0, &username).await)
}

/// Make a link for a new password
///
/// Said this once; good for a day and one use. Earlier ones that were not used are void.
#[utoipa::path(
    post, path = "/accounts/{username}/reset", tag = "account",
    params(("username" = String, Path, description = "Sign-in name")),
    responses((status = 201, description = "The link", body = ResetLink))
)]
pub async fn make_reset(
    caller: Caller,
    Path(username): Path<String>,
) -> Result<(StatusCode, Json<ResetLink>), Refused> {
    users::make_reset(&caller.0, &username)
        .await
        .map(|link| (StatusCode::CREATED, Json(link)))
        .map_err(|fault| caller.refuse(fault))
}

/// Reset the second factor of an account
///
/// Every session of the account ends; the next sign-in sets a new one up.
#[utoipa::path(
    delete, path = "/accounts/{username}/factor", tag = "account",
    params(("username" = String, Path, description = "Sign-in name")),
    responses((status = 204, description = "Reset"))
)]
pub async fn reset_factor(
    caller: Caller,
    Path(username): Path<String>,
) -> Result<StatusCode, Refused> {
    done(
        &caller,
        sessions::factor::reset_of(&caller.0, &username).await,
    )
}

/// End all sessions of an account
///
/// Their next requests are refused.
#[utoipa::path(
    delete, path = "/accounts/{username}/sessions", tag = "account",
    params(("username" = String, Path, description = "Sign-in name")),
    responses((status = 200, description = "How many there were", body = Ended))
)]
pub async fn end_all_of(caller: Caller, Path(username): Path<String>) -> Answer<Ended> {
    ended(&caller, sessions::end_all_of(&caller.0, &username).await)
}

/// End one session of an account
///
/// Its next request is refused.
#[utoipa::path(
    delete, path = "/accounts/{username}/sessions/{id}", tag = "account",
    params(
        ("username" = String, Path, description = "Sign-in name"),
        ("id" = SessionId, Path, description = "The session's id"),
    ),
    responses((status = 204, description = "Ended"))
)]
pub async fn end_of(
    caller: Caller,
    Path((username, id)): Path<(String, String)>,
) -> Result<StatusCode, Refused> {
    let ended = async {
        let id: SessionId = id.parse()?;
        sessions::end_of(&caller.0, &username, id).await
    };
    done(&caller, ended.await)
}

fn done(caller: &Caller, result: Result<(), Fault>) -> Result<StatusCode, Refused> {
    match result {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(fault) => Err(caller.refuse(fault)),
    }
}

fn ended(caller: &Caller, result: Result<u64, Fault>) -> Answer<Ended> {
    result
        .map(|ended| Json(Ended { ended }))
        .map_err(|fault| caller.refuse(fault))
}
