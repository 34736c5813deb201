//! Linked platforms for programs: what they were told, where they differ, telling one again.
//! Deliberately absent: what is told (`services::scim::out`).
//! What an identity management says of our accounts comes in by SCIM (`web::scim`).

use axum::http::StatusCode;
use services::scim::out;
use shared::account::platform::PlatformPage;
use uuid::Uuid;

use crate::web::rest::{
    Answer, Refused,
    caller::Caller,
    read::{Id, Pairs},
};

/// List linked platforms
///
/// With what they were told of accounts, the newest first, and where they differed at the last look of the night.
#[utoipa::path(
    get, path = "/platforms", tag = "account",
    params(("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "Platforms", body = PlatformPage))
)]
pub async fn list(caller: Caller, pairs: Pairs) -> Answer<PlatformPage> {
    let page = async {
        let [cursor] = pairs.single(["cursor"])?;
        out::page(&caller.0, cursor.as_deref()).await
    };
    page.await
        .map(axum::Json)
        .map_err(|fault| caller.refuse(fault))
}

/// Push an account again
///
/// The platform is told how the account of this push is now.
#[utoipa::path(
    post, path = "/platforms/pushes/{id}/again", tag = "account",
    params(("id" = Uuid, Path, description = "Id of a push")),
    responses((status = 204, description = "It goes out again"))
)]
pub async fn again(caller: Caller, Id(id): Id<Uuid>) -> Result<StatusCode, Refused> {
    out::again(&caller.0, id)
        .await
        .map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}
