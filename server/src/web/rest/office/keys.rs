//! The keys that sign access tokens, for the system administrator's programs.
//! Deliberately absent: private keys, which never leave the services.
//! Read next: `services::sessions::rotate`.

use axum::{Json, http::StatusCode};
use serde::Deserialize;
use services::sessions;
use shared::account::SessionKeyView;

use crate::web::rest::{Answer, Refused, caller::Caller, read::Body};

/// How a new key takes over.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rotate {
    /// Refuse tokens of the keys before from now on; else they are good for a quarter of an hour longer.
    #[serde(default)]
    at_once: bool,
}

/// List the keys
///
/// The newest first: it signs, those before it check until they end.
#[utoipa::path(
    get, path = "/session-keys", tag = "keys",
    responses((status = 200, description = "Keys", body = Vec<SessionKeyView>))
)]
pub async fn list(caller: Caller) -> Answer<Vec<SessionKeyView>> {
    caller.answer(sessions::session_keys(&caller.0).await)
}

/// Make a new key
///
/// It signs from now on; every server takes it up within seconds.
#[utoipa::path(
    post, path = "/session-keys", tag = "keys", request_body = Rotate,
    responses((status = 201, description = "The new key", body = SessionKeyView))
)]
pub async fn rotate(
    caller: Caller,
    Body(how): Body<Rotate>,
) -> Result<(StatusCode, Json<SessionKeyView>), Refused> {
    sessions::rotate(&caller.0, how.at_once)
        .await
        .map(|key| (StatusCode::CREATED, Json(key)))
        .map_err(|fault| caller.refuse(fault))
}
