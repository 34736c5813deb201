//! What the pages of a citizen's account read.
//! Not here: what they send (`forms::citizen::account`), the ticket that is followed by its code (`public`).
//! Read next: `services::citizens`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::citizen::mandate::OwnMandates;
use shared::citizen::own_data::OwnData;
use shared::citizen::{CitizenView, OwnPage};

use super::public::OwnTicket;
use crate::error::AppError;

/// The own requests, the newest first, for a query string with `cursor`.
#[server(prefix = "/fn", endpoint = "citizen/requests", input = Json, output = Json)]
pub async fn own_requests(query: String) -> Result<OwnPage, AppError> {
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let cursor = value_of(&pairs, "cursor");
    crate::error::settle(services::citizens::list(&ctx, cursor).await)
}

/// One of them.
#[server(prefix = "/fn", endpoint = "citizen/request", input = Json, output = Json)]
pub async fn own_request(no: String) -> Result<OwnTicket, AppError> {
    use shared::fault::Fault;
    use shared::ticket::TicketNo;

    let ctx = crate::context::use_ctx()?;
    let read = async {
        let no = TicketNo::parse(&no).ok_or_else(Fault::missing);
        // Whoever may not ask is told that first.
        let no = ctx.ask(shared::access::needs::CITIZEN).and(no)?;
        let (ticket, own) = services::citizens::follow(&ctx, &no).await?;
        Ok(OwnTicket {
            ticket,
            own: crate::pages::citizen::own_words(own, ctx.locale),
        })
    };
    crate::error::settle(read.await)
}

/// The account.
#[server(prefix = "/fn", endpoint = "citizen/account", input = Json, output = Json)]
pub async fn own_account() -> Result<CitizenView, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::citizens::view(&ctx).await)
}

/// For which organisations the citizen acts or asks to act.
#[server(prefix = "/fn", endpoint = "citizen/mandates", input = Json, output = Json)]
pub async fn organisations_acted_for() -> Result<OwnMandates, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::citizens::mandates::mine(&ctx).await)
}

/// What is kept about the citizen, for a query string with `cursor`.
#[server(prefix = "/fn", endpoint = "citizen/data", input = Json, output = Json)]
pub async fn read_own_data(query: String) -> Result<OwnData, AppError> {
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let cursor = value_of(&pairs, "cursor");
    crate::error::settle(services::citizens::own_data(&ctx, cursor).await)
}
