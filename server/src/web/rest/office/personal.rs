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
/// Each look of a month with who, when and why, in the caller's area, the newest first; the first page says how often who looked. A page may have
/// fewer than the next one. A unit reads of looks at its own tickets, and of look-ups and exports by its own people.
#[utoipa::path(
    get, path = "/personal-looks", tag = "office",
    params(
        ("month" = Option<String>, Query, description = "As 2026-03; this month without it"),
        ("kind" = Option<String>, Query, description = "One kind of look alone, such as reveal"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of looks", body = PersonalLooks))
)]
pub async fn looks(caller: Caller, pairs: Pairs) -> Answer<PersonalLooks> {
    let page = async {
        let [month, kind, cursor] = pairs.single(["month", "kind", "cursor"])?;
        let look = services::personal::LookFor {
            month,
            kind,
            cursor,
        };
        services::personal::looks(&caller.0, look).await
    };
    caller.answer(page.await)
}
