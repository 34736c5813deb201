//! The register of personal fields for programs, and who looked at citizens' data.
//! Deliberately absent: any personal data; only columns and what is said of them.
//! Read next: `services::personal`.

use shared::personal::{PersonalFields, looks::PersonalLooks};

use crate::web::rest::{Answer, caller::Caller, read::Pairs};

/// The register of personal fields
///
/// Every column that holds something about a person: class, what it is for, on which ground and for how long.
#[utoipa::path(
    get, path = "/personal-fields", tag = "office",
    responses((status = 200, description = "The register", body = PersonalFields))
)]
pub async fn fields(caller: Caller) -> Answer<PersonalFields> {
    caller.answer(services::personal::fields(&caller.0).await)
}

/// Who looked at citizens' data
///
/// Each look in the clear with who, when and why, in the caller's area, the newest first. A page may have fewer than the next one.
#[utoipa::path(
    get, path = "/personal-looks", tag = "office",
    params(("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "A page of looks", body = PersonalLooks))
)]
pub async fn looks(caller: Caller, pairs: Pairs) -> Answer<PersonalLooks> {
    let page = async {
        let [cursor] = pairs.single(["cursor"])?;
        services::personal::looks(&caller.0, cursor.as_deref()).await
    };
    caller.answer(page.await)
}
