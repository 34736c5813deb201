//! What pages read about signing in by an identity provider.
//! Not here: what they send (`forms::provider`).
//! Read next: `services::sessions::provider`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::account::provider::OwnIdentities;

use crate::error::AppError;

/// Whether people can sign in by a provider.
#[server(prefix = "/fn", endpoint = "public/provider", input = Json, output = Json)]
pub async fn read_provider() -> Result<bool, AppError> {
    let ctx = crate::context::use_ctx()?;
    Ok(services::sessions::provider::is_there(&ctx.services))
}

/// The reader's own identities.
#[server(prefix = "/fn", endpoint = "staff/own-identities", input = Json, output = Json)]
pub async fn read_own_identities() -> Result<OwnIdentities, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::sessions::provider::own(&ctx).await)
}
