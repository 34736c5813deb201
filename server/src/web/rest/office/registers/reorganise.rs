//! Merging and dividing units for programs: what it would move, and the act that writes the drafts.
//! Deliberately absent: the rules (`services::register::reorganise`), publishing the drafts (`registers`).
//! The base's area is called `base`; a supplement's by its division code.

use axum::extract::Path;
use services::register;
use shared::{
    access::needs,
    register::{Reorganise, ReorganiseView, Reorganised},
};

use crate::web::rest::{
    Answer,
    caller::Caller,
    read::{Body, Pairs},
};

/// What merging or dividing units would move
///
/// With the open work, the people and the duties of each unit that would end; without any only the units in use.
#[utoipa::path(get, path = "/reorganisations/{area}", tag = "registers", params(
        ("area" = String, Path, description = "`base`, or the division code of a supplement"),
        ("ends" = Option<String>, Query, description = "Code of a unit that ends; may stand several times"),
        ("into" = Option<String>, Query, description = "Code of a unit that follows; the first is the successor"),
        ("from" = Option<String>, Query, description = "A day, as 2027-01-01"),
    ),
    responses((status = 200, description = "What it would move", body = ReorganiseView)))]
pub async fn look(
    caller: Caller,
    Path(area): Path<String>,
    pairs: Pairs,
) -> Answer<ReorganiseView> {
    let found = async {
        caller.0.ask(needs::DRAFTING)?;
        let asked = app::api::lists::reorganise_of(&pairs.0);
        register::look_at_units(&caller.0, &area, &asked).await
    };
    caller.answer(found.await)
}

/// Merge or divide units
///
/// Writes the drafts of units and of the duty list, both or neither; they are published as any other.
#[utoipa::path(post, path = "/reorganisations/{area}", tag = "registers", request_body = Reorganise,
    params(("area" = String, Path, description = "`base`, or a division code")),
    responses((status = 200, description = "The drafts", body = Reorganised)))]
pub async fn reorganise(
    caller: Caller,
    Path(area): Path<String>,
    Body(command): Body<Reorganise>,
) -> Answer<Reorganised> {
    let done = async {
        caller.0.ask(needs::DRAFTING)?;
        register::reorganise(&caller.0, &area, &command).await
    };
    caller.answer(done.await)
}
