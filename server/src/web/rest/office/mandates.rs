//! Who acts for organisations, for programs of staff: those of the caller's cities, the answer, and ending what holds.
//! Deliberately absent: the rules (`services::citizens::mandates`), the citizen's side (`rest::citizens`).
//! The version is the one that was seen: what has moved since is not decided.

use serde::Deserialize;
use services::citizens::mandates::{self, Decision, End, LookFor};
use shared::{
    citizen::mandate::{MandatePage, MandateShelf, MandateView},
    fault::{Code, Fault},
    ids::MandateId,
};

use crate::web::rest::{
    Answer,
    caller::Caller,
    read::{Body, Id, Pairs},
};

/// An answer to whoever asks to act for an organisation.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideMandate {
    /// The version that was seen.
    version: i32,
    /// Whether the citizen may act for the organisation.
    agrees: bool,
    /// Why; needed to refuse. The citizen is told.
    #[serde(default)]
    reason: Option<String>,
}

/// That somebody no longer acts for an organisation.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndMandate {
    /// The version that was seen.
    version: i32,
    /// Why. The citizen is told.
    reason: String,
}

/// List who acts for organisations
///
/// Of the caller's cities: what waits, the oldest first; what holds and what is over, the newest first.
#[utoipa::path(
    get, path = "/mandates", tag = "citizens", params(
        ("shelf" = Option<String>, Query, description = "waiting (default), holding or over"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of them", body = MandatePage))
)]
pub async fn list(caller: Caller, pairs: Pairs) -> Answer<MandatePage> {
    let page = async {
        let [shelf, cursor] = pairs.single(["shelf", "cursor"])?;
        let shelf = match shelf.as_deref() {
            None => MandateShelf::Waiting,
            Some(word) => {
                let known = MandateShelf::parse(word);
                known.ok_or_else(|| Fault::field("shelf", Code::InputCode))?
            }
        };
        mandates::list(&caller.0, LookFor { shelf, cursor }).await
    };
    caller.answer(page.await)
}

/// Decide who acts for an organisation
///
/// Nobody decides about himself. The citizen is told by text message.
#[utoipa::path(
    post, path = "/mandates/{id}/decide", tag = "citizens", request_body = DecideMandate,
    params(("id" = MandateId, Path, description = "The mandate's id")),
    responses((status = 200, description = "The mandate", body = MandateView))
)]
pub async fn decide(
    caller: Caller,
    Id(id): Id<MandateId>,
    Body(said): Body<DecideMandate>,
) -> Answer<MandateView> {
    let said = Decision {
        version: said.version,
        agrees: said.agrees,
        reason: said.reason,
    };
    caller.answer(mandates::decide(&caller.0, id, said).await)
}

/// End that somebody acts for an organisation
///
/// Before its last day, with a reason. The citizen is told by text message.
#[utoipa::path(
    post, path = "/mandates/{id}/end", tag = "citizens", request_body = EndMandate,
    params(("id" = MandateId, Path, description = "The mandate's id")),
    responses((status = 200, description = "The mandate", body = MandateView))
)]
pub async fn end(
    caller: Caller,
    Id(id): Id<MandateId>,
    Body(said): Body<EndMandate>,
) -> Answer<MandateView> {
    let said = End {
        version: said.version,
        reason: said.reason,
    };
    caller.answer(mandates::end(&caller.0, id, said).await)
}
