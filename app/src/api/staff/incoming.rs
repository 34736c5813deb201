//! What the page of messages that came in reads, and the desk's form that registers one.
//! Not here: linking and dismissing (`forms::staff::incoming`).
//! Read next: `services::gateway::incoming`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::incoming::{IncomingPage, IncomingView};

use crate::error::AppError;

/// A page of the messages of the reader's area, for a query string with `state` and `cursor`.
#[server(prefix = "/fn", endpoint = "staff/incoming", input = Json, output = Json)]
pub async fn read_incoming(query: String) -> Result<IncomingPage, AppError> {
    use services::gateway::incoming::shelf;

    let ctx = crate::context::use_ctx()?;
    let asked = super::desk::asked(&query, shelf::PAGE);
    crate::error::settle(shelf::list(&ctx, asked).await)
}

/// A message that waits, to be registered.
#[server(prefix = "/fn", endpoint = "staff/incoming-one", input = Json, output = Json)]
pub async fn read_message(id: String) -> Result<IncomingView, AppError> {
    let ctx = crate::context::use_ctx()?;
    let found = async {
        let id = id.parse().map_err(|_| shared::fault::Fault::missing())?;
        services::gateway::incoming::shelf::open(&ctx, id).await
    };
    crate::error::settle(found.await)
}
