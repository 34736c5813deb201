//! Where an identity provider says that somebody has signed out there (OpenID Connect Back-Channel Logout 1.0).
//! Deliberately absent: when it is believed (`services::sessions::provider`).
//! The body is a form and the refusal of what is not believed is 400, as that standard has it.

use std::sync::Arc;

use axum::{
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use services::sessions::provider;
use shared::fault::{Code, Fault};

use super::{Refused, caller::Visitor};
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
