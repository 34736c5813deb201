//! What the page of the follow-up pool reads.
//! Not here: taking and giving back (`forms::staff::follow_ups`), the call itself, a verb of the ticket.
//! Read next: `services::follow_ups`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::ticket::pool::PoolPage;

use crate::error::AppError;

/// A page of the pool in the reader's scope, for a query string with `shelf`, `kind`, `region` and `cursor`.
#[server(prefix = "/fn", endpoint = "staff/follow-ups", input = Json, output = Json)]
pub async fn read_pool(query: String) -> Result<PoolPage, AppError> {
    use services::follow_ups::{self, Asked};
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let of = |name: &str| {
        let value = value_of(&pairs, name).filter(|value| !value.is_empty());
        value.map(str::to_owned)
    };
    let asked = Asked {
        shelf: of("shelf"),
        kind: of("kind"),
        region: of("region"),
        cursor: of("cursor"),
        limit: follow_ups::PAGE,
    };
    crate::error::settle(follow_ups::list(&ctx, asked).await)
}
