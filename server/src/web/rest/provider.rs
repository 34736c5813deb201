//! Identities of a provider for programs: which belong to an account, linking by the subject, taking away; and where the provider says that
//! somebody has signed out there (OpenID Connect Back-Channel Logout 1.0), whose body is a form and whose refusal is 400, as that standard has it.
//! Deliberately absent: when it is believed, and linking by signing in there, which wants a browser (`services::sessions::provider`).

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, Request},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use services::sessions::provider;
use shared::account::provider::{IdentityView, OwnIdentities};
use shared::fault::{Code, Fault};
use uuid::Uuid;

use super::{
    Answer, Refused,
    caller::{Caller, Visitor},
    read::{Body, Id},
};
use crate::web::bounds::{self, budget::Held};

/// The word of the provider.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct LogOut {
    /// A token that the provider has signed; it is taken once.
    logout_token: String,
}

/// End the sessions of somebody who has signed out at the identity provider
///
/// For the provider alone, which signs what it says; there is no bearer token. What is not believed is 400.
#[utoipa::path(
    post, path = "/sessions/provider-log-out", tag = "sessions", security(()),
    request_body(content = LogOut, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "They have ended"))
)]
pub async fn log_out(Visitor(ctx): Visitor, request: Request) -> Response {
    let ended = async {
        let held = request.extensions().get::<Arc<Held>>().cloned();
        let bytes = axum::body::to_bytes(request.into_body(), usize::MAX).await;
        let bytes = bytes.map_err(|_| bounds::unreadable(held.as_ref()))?;
        let read = serde_urlencoded::from_bytes::<LogOut>(&bytes);
        let token = read.map(|it| it.logout_token);
        let token = token.map_err(|_| Fault::new(Code::InputBody).fact("detail", "urlencoded"))?;
        provider::log_out(&ctx, &token).await
    };
    match ended.await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(fault) => {
            let is_ours = matches!(fault.code, Code::ProviderToken | Code::InputBody);
            let mut response = Refused::new(fault, ctx.locale).into_response();
            if is_ours {
                *response.status_mut() = StatusCode::BAD_REQUEST;
            }
            response
        }
    }
}

/// An identity to be linked.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkIdentity {
    /// What the provider calls the person (`sub`).
    subject: String,
}

/// List the own identities
///
/// Those of an identity provider that sign in to the caller's account. Linking one asks for signing in there, which a browser does.
#[utoipa::path(
    get, path = "/account/identities", tag = "account",
    responses((status = 200, description = "The provider and what is linked", body = OwnIdentities))
)]
pub async fn own(caller: Caller) -> Answer<OwnIdentities> {
    provider::own(&caller.0)
        .await
        .map(Json)
        .map_err(|fault| caller.refuse(fault))
}

/// Take an own identity away
///
/// The sessions that it opened end, but for the caller's. A proof of the person that is not old is asked.
#[utoipa::path(
    delete, path = "/account/identities/{id}", tag = "account",
    params(("id" = Uuid, Path, description = "The identity's id")),
    responses((status = 204, description = "Taken away"))
)]
pub async fn unlink(caller: Caller, Id(id): Id<Uuid>) -> Result<StatusCode, Refused> {
    done(&caller, provider::unlink(&caller.0, id).await)
}

/// List the identities of an account
///
/// The oldest first.
#[utoipa::path(
    get, path = "/accounts/{username}/identities", tag = "account",
    params(("username" = String, Path, description = "Sign-in name")),
    responses((status = 200, description = "What is linked", body = Vec<IdentityView>))
)]
pub async fn list(caller: Caller, Path(username): Path<String>) -> Answer<Vec<IdentityView>> {
    provider::of(&caller.0, &username)
        .await
        .map(Json)
        .map_err(|fault| caller.refuse(fault))
}

/// Link an identity to an account
///
/// By what the provider of this installation calls the person. An identity belongs to one account.
#[utoipa::path(
    post, path = "/accounts/{username}/identities", tag = "account", request_body = LinkIdentity,
    params(("username" = String, Path, description = "Sign-in name")),
    responses((status = 204, description = "Linked"))
)]
pub async fn link_of(
    caller: Caller,
    Path(username): Path<String>,
    Body(given): Body<LinkIdentity>,
) -> Result<StatusCode, Refused> {
    let linked = provider::link_of(&caller.0, &username, &given.subject).await;
    done(&caller, linked)
}

/// Take the identities of an account away
///
/// All of them; the sessions that they opened end.
#[utoipa::path(
    delete, path = "/accounts/{username}/identities", tag = "account",
    params(("username" = String, Path, description = "Sign-in name")),
    responses((status = 204, description = "Taken away"))
)]
pub async fn unlink_of(
    caller: Caller,
    Path(username): Path<String>,
) -> Result<StatusCode, Refused> {
    done(&caller, provider::unlink_of(&caller.0, &username).await)
}

fn done(caller: &Caller, result: Result<(), Fault>) -> Result<StatusCode, Refused> {
    match result {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(fault) => Err(caller.refuse(fault)),
    }
}
