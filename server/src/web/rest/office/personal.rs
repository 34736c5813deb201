//! The register of personal fields for programs.
//! Deliberately absent: any personal data; only columns and what is said of them.
//! Read next: `services::personal`.

use axum::Json;
use shared::personal::PersonalFields;

use crate::web::rest::{Answer, caller::Caller};

/// The register of personal fields
///
/// Every column that holds something about a person: class, what it is for, on which ground and for how long.
#[utoipa::path(
    get, path = "/personal-fields", tag = "office",
    responses((status = 200, description = "The register", body = PersonalFields))
)]
pub async fn fields(caller: Caller) -> Answer<PersonalFields> {
    services::personal::fields(&caller.0)
        .await
        .map(Json)
        .map_err(|fault| caller.refuse(fault))
}
