//! What the pages of what citizens ask of the centre read: who acts for organisations, and what is wished about own data.
//! Not here: what they send (`forms::staff::mandates`, `forms::staff::wishes`), the citizen's side (`citizen`).
//! Read next: `services::citizens::mandates`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::citizen::mandate::MandatePage;
use shared::citizen::wish::WishPage;

use crate::error::AppError;

/// Those of the reader's cities, for a query string with `shelf` and `cursor`.
#[server(prefix = "/fn", endpoint = "staff/mandates", input = Json, output = Json)]
pub async fn read_mandates(query: String) -> Result<MandatePage, AppError> {
    use services::citizens::mandates::{self, LookFor};
    use shared::citizen::mandate::MandateShelf;
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let shelf = value_of(&pairs, "shelf").and_then(MandateShelf::parse);
    let look = LookFor {
        shelf: shelf.unwrap_or(MandateShelf::Waiting),
        cursor: value_of(&pairs, "cursor").map(ToOwned::to_owned),
    };
    crate::error::settle(mandates::list(&ctx, look).await)
}

/// Those of the reader's cities, for a query string with `shelf` and `cursor`.
#[server(prefix = "/fn", endpoint = "staff/wishes", input = Json, output = Json)]
pub async fn read_wishes(query: String) -> Result<WishPage, AppError> {
    use services::citizens::wishes::{self, LookFor};
    use shared::citizen::wish::WishShelf;
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let shelf = value_of(&pairs, "shelf").and_then(WishShelf::parse);
    let look = LookFor {
        shelf: shelf.unwrap_or(WishShelf::Waiting),
        cursor: value_of(&pairs, "cursor").map(ToOwned::to_owned),
    };
    crate::error::settle(wishes::list(&ctx, look).await)
}
