//! What the pages of acts on many tickets read, and the lists of the to-do centre beside the to-dos.
//! Not here: to-dos (the module above), what is sent (`forms::staff::bulk`).
//! Read next: `services::tickets::bulk`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};
use shared::ticket::bulk::{BulkPreview, BulkResult};
use shared::ticket::view::Named;
use shared::todo::ShelfPage;

use crate::error::AppError;

/// The look before an act on many tickets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bulk {
    /// What would be done to each.
    pub preview: BulkPreview,
    /// Units to choose from, where it is a dispatch.
    pub units: Vec<Named>,
}

/// A form that was typed and not sent: its address, and pairs of name and value.
pub type TypedForm = (String, Vec<(String, String)>);

/// The look before an act; `query` has `act`, and `ticket` or `item` for each that was chosen.
#[server(prefix = "/fn", endpoint = "staff/bulk", input = Json, output = Json)]
pub async fn read_bulk(query: String) -> Result<Bulk, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(looked(&ctx, &query).await)
}

#[cfg(feature = "ssr")]
async fn looked(ctx: &services::Ctx, query: &str) -> Result<Bulk, shared::fault::Fault> {
    use services::directory::{self, Candidates};
    use services::tickets::bulk;
    use shared::ids::TicketId;
    use shared::query::{pairs_of, value_of};
    use shared::ticket::bulk::{BulkAct, BulkItem};

    let pairs = pairs_of(query);
    let act = value_of(&pairs, "act").and_then(BulkAct::parse);
    let act = act.unwrap_or(BulkAct::Sign);
    let chosen = |(name, value): &(String, String)| match name.as_str() {
        "ticket" => value.parse::<TicketId>().ok(),
        "item" => value.parse::<BulkItem>().ok().map(|item| item.ticket),
        _ => None,
    };
    let tickets: Vec<TicketId> = pairs.iter().filter_map(chosen).collect();
    let preview = bulk::preview(ctx, act, &tickets).await?;
    let first = preview.rows.iter().find(|row| row.item.is_some());
    let place = first.and_then(|row| row.row.as_ref());
    let units = match place.filter(|_| act == BulkAct::Dispatch) {
        Some(row) => {
            let wanted = Candidates {
                region: Some(row.region.code.clone()),
                category: row.category.as_ref().map(|category| category.code.clone()),
                anywhere: false,
            };
            directory::candidates(ctx, wanted).await?
        }
        None => Vec::new(),
    };
    let named = |unit: shared::organisation::Unit| Named {
        code: unit.code,
        name: unit.name,
    };
    Ok(Bulk {
        preview,
        units: units.into_iter().map(named).collect(),
    })
}

/// What became of an act.
#[server(prefix = "/fn", endpoint = "staff/bulk-result", input = Json, output = Json)]
pub async fn read_bulk_result(id: String) -> Result<BulkResult, AppError> {
    let ctx = crate::context::use_ctx()?;
    let found = async {
        let id = id.parse().map_err(|_| shared::fault::Fault::missing())?;
        services::tickets::bulk::result(&ctx, id).await
    };
    crate::error::settle(found.await)
}

/// A list of the centre; `query` has `shelf` and `cursor`.
#[server(prefix = "/fn", endpoint = "staff/shelf", input = Json, output = Json)]
pub async fn read_shelf(query: String) -> Result<ShelfPage, AppError> {
    use services::todo::{self, ShelfQuery};
    use shared::query::{pairs_of, value_of};
    use shared::todo::Shelf;

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let shelf = value_of(&pairs, "shelf").and_then(Shelf::parse);
    let asked = ShelfQuery {
        shelf: shelf.unwrap_or(Shelf::Done),
        cursor: value_of(&pairs, "cursor").map(str::to_owned),
        limit: todo::PAGE,
    };
    crate::error::settle(todo::page(&ctx, asked).await)
}

/// Whether one follows the case of a page, such as `/tickets/7`.
#[server(prefix = "/fn", endpoint = "staff/followed", input = Json, output = Json)]
pub async fn read_followed(address: String) -> Result<bool, AppError> {
    use services::todo::{self, Followed};

    let ctx = crate::context::use_ctx()?;
    let case = match address.trim_start_matches('/').split_once('/') {
        Some(("tickets", id)) => id.parse().map(Followed::Ticket),
        Some(("approvals", id)) => id.parse().map(Followed::Approval),
        _ => Err(shared::fault::Fault::missing()),
    };
    let found = match case {
        Ok(case) => todo::follows(&ctx, case).await,
        Err(fault) => Err(fault),
    };
    crate::error::settle(found)
}

/// What is typed into a form and not sent yet, as pairs of name and value; none forgets it.
#[server(prefix = "/fn", endpoint = "staff/keep-typed", input = Json, output = Json)]
pub async fn keep_typed(address: String, fields: Vec<(String, String)>) -> Result<(), AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::typed::keep(&ctx, address, fields).await)
}

/// What one typed into forms and has not sent: each with its address, the latest first.
#[server(prefix = "/fn", endpoint = "staff/typed", input = Json, output = Json)]
pub async fn read_typed() -> Result<Vec<TypedForm>, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::typed::kept(&ctx).await)
}
