//! What the pages of directives read.
//! Not here: issuing and answering, which are verbs of the ticket (`api::staff`).
//! Read next: `services::directives`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::ticket::view::{DirectivePage, DirectiveSheet};

use crate::error::AppError;

/// A page of the directives in reach, for a query string with `state` and `cursor`.
#[server(prefix = "/fn", endpoint = "staff/directives", input = Json, output = Json)]
pub async fn read_directives(query: String) -> Result<DirectivePage, AppError> {
    use services::directives::{self, DirectiveQuery};
    use shared::application::DirectiveState;
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let asked = DirectiveQuery {
        state: value_of(&pairs, "state").and_then(DirectiveState::parse),
        cursor: value_of(&pairs, "cursor").map(str::to_owned),
        ..DirectiveQuery::default()
    };
    crate::error::settle(directives::page(&ctx, asked).await)
}

/// One directive as it is printed.
#[server(prefix = "/fn", endpoint = "staff/directive", input = Json, output = Json)]
pub async fn read_directive(id: String) -> Result<DirectiveSheet, AppError> {
    let ctx = crate::context::use_ctx()?;
    let found = async {
        let id = id.parse().map_err(|_| shared::fault::Fault::missing())?;
        services::directives::one(&ctx, id).await
    };
    crate::error::settle(found.await)
}
