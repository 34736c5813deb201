//! What commands refer to, for programs: units, categories, divisions.
//! Deliberately absent: people.
//! Names of units and places are Chinese in every language.

use services::directory;
use shared::{organisation::Unit, place::Division};

use crate::web::rest::{Answer, caller::Caller, read::Pairs};

/// Units
///
/// Units that may get a ticket of a region, by default of the caller's own.
#[utoipa::path(
    get, path = "/units", tag = "directory", params(
        ("region" = Option<String>, Query, description = "Division code; the caller's own when absent"),
    ),
    responses((status = 200, description = "The units", body = Vec<Unit>))
)]
pub async fn units(caller: Caller, pairs: Pairs) -> Answer<Vec<Unit>> {
    let [region] = pairs
        .single(["region"])
        .map_err(|fault| caller.refuse(fault))?;
    let region = region.as_deref();
    caller.answer(directory::units(&caller.0, region).await)
}

/// Categories
///
/// The category tree, three levels, both languages.
#[utoipa::path(
    get, path = "/categories", tag = "directory",
    responses((status = 200, description = "The tree", body = Vec<shared::category::CategoryNode>))
)]
pub async fn categories(caller: Caller) -> Answer<Vec<shared::category::CategoryNode>> {
    caller.answer(directory::categories(&caller.0).await)
}

/// Divisions
///
/// Administrative divisions below one (GB/T 2260): cities, counties, streets.
#[utoipa::path(
    get, path = "/divisions", tag = "directory", params(
        ("parent" = Option<String>, Query, description = "Code of the division above; the provinces when absent"),
    ),
    responses((status = 200, description = "The divisions", body = Vec<Division>))
)]
pub async fn divisions(caller: Caller, pairs: Pairs) -> Answer<Vec<Division>> {
    let [parent] = pairs
        .single(["parent"])
        .map_err(|fault| caller.refuse(fault))?;
    let parent = parent.unwrap_or_default();
    caller.answer(directory::divisions(&caller.0, &parent).await)
}
