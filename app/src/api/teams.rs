//! What the pages of teams read.
//! Not here: what they send (`forms::staff::teams`).
//! Read next: `services::users::teams`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::account::teams::{TeamPage, TeamSheet};

use crate::error::AppError;

/// A page of the teams in reach, for a query string with `cursor`.
#[server(prefix = "/fn", endpoint = "staff/teams", input = Json, output = Json)]
pub async fn read_teams(query: String) -> Result<TeamPage, AppError> {
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let cursor = value_of(&pairs, "cursor");
    crate::error::settle(services::users::teams::page(&ctx, cursor).await)
}

/// One team with its people.
#[server(prefix = "/fn", endpoint = "staff/team", input = Json, output = Json)]
pub async fn read_team(id: String) -> Result<TeamSheet, AppError> {
    let ctx = crate::context::use_ctx()?;
    let found = async {
        let id = id.parse().map_err(|_| shared::fault::Fault::missing())?;
        services::users::teams::one(&ctx, id).await
    };
    crate::error::settle(found.await)
}
