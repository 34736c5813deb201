//! What the pages of approvals read, one call per page.
//! Not here: what they send (`forms::staff::approval`), the process owner's pages (`processes`).
//! Rights are asked in the services.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};
use shared::approval::view::{
    ApprovalChoices, ApprovalDetail, ApprovalFlow, ApprovalPage, StartView,
};
use shared::place::PlaceChoice;
use shared::ticket::view::Named;

use crate::error::AppError;

/// A shelf of the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shelved {
    /// The rows.
    pub page: ApprovalPage,
    /// All that wait for this person, whatever the shelf.
    pub waiting: i64,
    /// What the filters can be; of a to-do list nothing.
    pub choices: Option<Choices>,
}

/// What the filters of a shelf can be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choices {
    /// Definitions, and the steps of the chosen one.
    pub of_process: ApprovalChoices,
    /// Divisions in the reader's reach.
    pub regions: Vec<PlaceChoice>,
    /// Units of the chosen city.
    pub units: Vec<Named>,
}

/// A shelf for a query string with `shelf`, filters, `sort` and `cursor`. Other names are the page's own.
#[server(prefix = "/fn", endpoint = "staff/approvals", input = Json, output = Json)]
pub async fn read_approvals(query: String) -> Result<Shelved, AppError> {
    use services::approvals::views::{Query, count, list};
    use shared::approval::query::{ApprovalFilter, ApprovalSort};
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let mut filters = pairs.clone();
    filters.retain(|(name, _)| ApprovalFilter::NAMES.contains(&name.as_str()));
    let shelf = value_of(&pairs, "shelf").unwrap_or("todo").to_owned();
    let is_to_do = !["started", "done", "copied", "all"].contains(&shelf.as_str());
    let filter = if is_to_do {
        ApprovalFilter::default()
    } else {
        crate::error::settle(ApprovalFilter::from_pairs(&filters))?
    };
    let sort = value_of(&pairs, "sort").and_then(ApprovalSort::parse);
    let wanted = Query {
        shelf,
        filter,
        sort: sort.filter(|_| !is_to_do),
        cursor: value_of(&pairs, "cursor").map(str::to_owned),
        limit: None,
    };
    let page = crate::error::settle(list(&ctx, &wanted).await)?;
    let waiting = crate::error::settle(count(&ctx).await)?;
    let choices = if is_to_do {
        None
    } else {
        Some(crate::error::settle(choices(&ctx, &wanted.filter).await)?)
    };
    Ok(Shelved {
        page,
        waiting,
        choices,
    })
}

#[cfg(feature = "ssr")]
async fn choices(
    ctx: &services::Ctx,
    filter: &shared::approval::query::ApprovalFilter,
) -> Result<Choices, shared::fault::Fault> {
    use services::{approvals, directory};
    use shared::access::needs;

    let region = filter.region.as_deref();
    Ok(Choices {
        of_process: approvals::views::choices(ctx, filter.definition.as_deref()).await?,
        regions: directory::places(ctx, needs::APPROVALS, region).await?,
        units: directory::units_of(ctx, needs::APPROVALS, region).await?,
    })
}

/// How many approvals wait for this person; 0 for people without any.
#[server(prefix = "/fn", endpoint = "staff/approval-count", input = Json, output = Json)]
pub async fn approval_count() -> Result<i64, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::approvals::views::count(&ctx).await)
}

/// One approval.
#[server(prefix = "/fn", endpoint = "staff/approval", input = Json, output = Json)]
pub async fn read_approval(id: String) -> Result<ApprovalDetail, AppError> {
    use shared::ids::{ApprovalId, TicketId};
    use shared::ticket::command::Reveal;

    let ctx = crate::context::use_ctx()?;
    let visit = crate::context::use_visit()?;
    let Ok(id) = id.parse::<ApprovalId>() else {
        return crate::error::settle(Err(shared::fault::Fault::missing()));
    };
    let now = ctx.now();
    let look = visit
        .reveal
        .as_ref()
        .filter(|look| look.ticket == TicketId(id.0) && look.until > now);
    crate::error::settle(match look {
        None => services::approvals::views::get(&ctx, id).await,
        Some(look) => {
            // What the cookie keeps was a reason when it was kept.
            match look.reason.parse() {
                Ok(reason) => services::approvals::reveal(&ctx, id, Reveal { reason }).await,
                Err(_) => services::approvals::views::get(&ctx, id).await,
            }
        }
    })
}

/// One approval's process, drawn.
#[server(prefix = "/fn", endpoint = "staff/approval-flow", input = Json, output = Json)]
pub async fn read_approval_flow(id: String) -> Result<ApprovalFlow, AppError> {
    let ctx = crate::context::use_ctx()?;
    let found = match id.parse() {
        Ok(id) => services::approvals::views::flow(&ctx, id).await,
        Err(_) => Err(shared::fault::Fault::missing()),
    };
    crate::error::settle(found)
}

/// What can be filed: keys and names.
#[server(prefix = "/fn", endpoint = "staff/startable", input = Json, output = Json)]
pub async fn read_startable() -> Result<Vec<Named>, AppError> {
    let ctx = crate::context::use_ctx()?;
    let found = services::approvals::startable(&ctx).await;
    crate::error::settle(found.map(|list| list.into_iter().map(|one| one.definition).collect()))
}

/// The start form of a definition.
#[server(prefix = "/fn", endpoint = "staff/start-form", input = Json, output = Json)]
pub async fn read_start_form(key: String) -> Result<StartView, AppError> {
    let ctx = crate::context::use_ctx()?;
    let found = services::approvals::startable(&ctx).await.and_then(|list| {
        list.into_iter()
            .find(|one| one.definition.code == key)
            .ok_or_else(shared::fault::Fault::missing)
    });
    crate::error::settle(found)
}
