//! Teams of units for the security administrator's programs.
//! Deliberately absent: the rules (`services::users::teams`).
//! Read next: `shared::account::teams`.

use axum::{Json, extract::Path, http::StatusCode};
use serde::Deserialize;
use services::users::teams;
use shared::{
    account::teams::{JoinTeam, MakeTeam, TeamPage, TeamSheet},
    fault::Fault,
    ids::TeamId,
};

use crate::web::rest::{
    Answer, Refused,
    caller::Caller,
    read::{Body, Id, Pairs},
};

/// Another name.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenameTeam {
    /// What it is called from now on.
    name: String,
    /// The version that was read.
    version: i32,
}

/// That a team ends.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndTeam {
    /// The version that was read.
    version: i32,
}

/// List teams
///
/// Those that have not ended, by unit, with who leads them and how many belong to them.
#[utoipa::path(
    get, path = "/teams", tag = "rights", params(
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of teams", body = TeamPage))
)]
pub async fn list(caller: Caller, pairs: Pairs) -> Answer<TeamPage> {
    let page = async {
        let [cursor] = pairs.single(["cursor"])?;
        teams::page(&caller.0, cursor.as_deref()).await
    };
    caller.answer(page.await)
}

/// Make a team in a unit
#[utoipa::path(
    post, path = "/teams", tag = "rights", request_body = MakeTeam,
    responses((status = 201, description = "Made", body = TeamSheet))
)]
pub async fn make(
    caller: Caller,
    Body(command): Body<MakeTeam>,
) -> Result<(StatusCode, Json<TeamSheet>), Refused> {
    let made = async {
        let id = teams::make(&caller.0, command).await?;
        teams::one(&caller.0, id).await
    };
    let made = made.await.map(|sheet| (StatusCode::CREATED, Json(sheet)));
    made.map_err(|fault| caller.refuse(fault))
}

/// Look at a team
///
/// With everybody who belongs or belonged to it.
#[utoipa::path(
    get, path = "/teams/{id}", tag = "rights",
    params(("id" = TeamId, Path, description = "The team's id")),
    responses((status = 200, description = "The team", body = TeamSheet))
)]
pub async fn get(caller: Caller, Id(id): Id<TeamId>) -> Answer<TeamSheet> {
    caller.answer(teams::one(&caller.0, id).await)
}

/// Rename a team
#[utoipa::path(
    post, path = "/teams/{id}/rename", tag = "rights", request_body = RenameTeam,
    params(("id" = TeamId, Path, description = "The team's id")),
    responses((status = 200, description = "As it is now", body = TeamSheet))
)]
pub async fn rename(
    caller: Caller,
    Id(id): Id<TeamId>,
    Body(rename): Body<RenameTeam>,
) -> Answer<TeamSheet> {
    let renamed = async {
        teams::rename(&caller.0, id, &rename.name, rename.version).await?;
        teams::one(&caller.0, id).await
    };
    caller.answer(renamed.await)
}

/// End a team
///
/// Nobody belongs to it from then on.
#[utoipa::path(
    post, path = "/teams/{id}/end", tag = "rights", request_body = EndTeam,
    params(("id" = TeamId, Path, description = "The team's id")),
    responses((status = 204, description = "Ended"))
)]
pub async fn end(
    caller: Caller,
    Id(id): Id<TeamId>,
    Body(end): Body<EndTeam>,
) -> Result<StatusCode, Refused> {
    let ended = teams::end(&caller.0, id, end.version).await;
    done(&caller, ended)
}

/// Take somebody into a team
///
/// Somebody of the team's unit, of one below it, or with a post there; never oneself.
#[utoipa::path(
    post, path = "/teams/{id}/members", tag = "rights", request_body = JoinTeam,
    params(("id" = TeamId, Path, description = "The team's id")),
    responses((status = 201, description = "Taken in", body = TeamSheet))
)]
pub async fn join(
    caller: Caller,
    Id(id): Id<TeamId>,
    Body(command): Body<JoinTeam>,
) -> Result<(StatusCode, Json<TeamSheet>), Refused> {
    let joined = async {
        teams::join(&caller.0, id, command).await?;
        teams::one(&caller.0, id).await
    };
    let joined = joined.await.map(|sheet| (StatusCode::CREATED, Json(sheet)));
    joined.map_err(|fault| caller.refuse(fault))
}

/// Let somebody go from a team
#[utoipa::path(
    post, path = "/teams/{id}/members/{no}/end", tag = "rights",
    params(
        ("id" = TeamId, Path, description = "The team's id"),
        ("no" = i32, Path, description = "The number among its people"),
    ),
    responses((status = 204, description = "Belongs to it no more"))
)]
pub async fn leave(
    caller: Caller,
    Path((id, no)): Path<(String, String)>,
) -> Result<StatusCode, Refused> {
    let left = async {
        let id = id.parse().map_err(|_| Fault::missing())?;
        let no = no.parse().map_err(|_| Fault::missing())?;
        teams::leave(&caller.0, id, no).await
    };
    done(&caller, left.await)
}

fn done(caller: &Caller, done: Result<(), Fault>) -> Result<StatusCode, Refused> {
    done.map(|()| StatusCode::NO_CONTENT)
        .map_err(|fault| caller.refuse(fault))
}
