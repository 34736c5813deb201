//! What citizens wish about their data in a ticket, for programs of staff: those of the caller's cities, and the answer.
//! Deliberately absent: the rules (`services::citizens::wishes`), the citizen's side (`rest::citizens`).
//! The version is the one that was seen: what has moved since is not answered.

use serde::Deserialize;
use services::citizens::wishes::{self, LookFor, WishAnswer};
use shared::{
    citizen::wish::{WishPage, WishShelf, WishView},
    fault::{Code, Fault},
    ids::WishId,
};

use crate::web::rest::{
    Answer,
    caller::Caller,
    read::{Body, Id, Pairs},
};

/// An answer to what a citizen wishes about the own data.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideWish {
    /// The version that was seen.
    version: i32,
    /// Whether it is done.
    agrees: bool,
    /// Why not; needed to refuse. The citizen is told.
    #[serde(default)]
    reason: Option<String>,
}

/// List what citizens wish about their data
///
/// Of the caller's cities: what waits, the oldest first; what is over, the newest first.
#[utoipa::path(
    get, path = "/wishes", tag = "citizens", params(
        ("shelf" = Option<String>, Query, description = "waiting (default) or over"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of them", body = WishPage))
)]
pub async fn list(caller: Caller, pairs: Pairs) -> Answer<WishPage> {
    let page = async {
        let [shelf, cursor] = pairs.single(["shelf", "cursor"])?;
        let shelf = match shelf.as_deref() {
            None => WishShelf::Waiting,
            Some(word) => {
                let known = WishShelf::parse(word);
                known.ok_or_else(|| Fault::field("shelf", Code::InputCode))?
            }
        };
        wishes::list(&caller.0, LookFor { shelf, cursor }).await
    };
    caller.answer(page.await)
}

/// Answer what a citizen wishes about the own data
///
/// What is agreed is done by the ticket's own verb. The citizen is told by text message.
#[utoipa::path(
    post, path = "/wishes/{id}/decide", tag = "citizens", request_body = DecideWish,
    params(("id" = WishId, Path, description = "The wish's id")),
    responses((status = 200, description = "The wish", body = WishView))
)]
pub async fn decide(
    caller: Caller,
    Id(id): Id<WishId>,
    Body(said): Body<DecideWish>,
) -> Answer<WishView> {
    let said = WishAnswer {
        version: said.version,
        agrees: said.agrees,
        reason: said.reason,
    };
    caller.answer(wishes::answer(&caller.0, id, said).await)
}
