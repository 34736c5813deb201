//! What the staff's pages read, one call per page. Addresses travel as query strings, in the words that the REST interface takes.
//! Not here: what the pages send (`forms::staff`), the report (`report`).
//! Rights are asked in the services. Read next: `read`, which puts the pages' parts together.

pub mod alarms;
pub mod audit;
pub mod board;
mod conditions;
#[cfg(feature = "ssr")]
mod desk;
pub mod follow_ups;
pub mod incoming;
pub mod paper;
pub mod phrases;
pub mod plan;
pub mod platforms;
#[cfg(feature = "ssr")]
mod read;
pub mod search;
pub mod statements;
pub mod todo;
pub mod views;

pub use conditions::Beside;
#[cfg(feature = "ssr")]
pub(crate) use read::about_filters;

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};
use shared::category::{Category, CategoryNode};
use shared::notification::MessageView;
use shared::place::PlaceChoice;
use shared::register::LevelRow;
use shared::ticket::caller::CallerCard;
use shared::ticket::pool::HeldView;
use shared::ticket::view::{
    CitizenView, DirectiveRow, DispatchSheet, DutyView, FlowView, Named, OwnAskView, Related,
    TagView, TaskPage, TicketPage, TicketSheet, UnitChoice,
};

use crate::api::public::FiledView;
use crate::error::AppError;

/// The page of to-dos.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tasks {
    /// The rows.
    pub page: TaskPage,
    /// All that wait for this person, whatever the filter.
    pub count: i64,
}

/// The list with the words for its filters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    /// The filters, order and cursor as they were read.
    pub query: String,
    /// The rows.
    pub page: TicketPage,
    /// How many the filters find, up to 10,000.
    pub count: i64,
    /// There are more than were counted.
    pub capped: bool,
    /// Names of the units, places and categories that the filters speak of, by code.
    pub names: Vec<Named>,
    /// Places to choose from: cities for the province, districts inside a city.
    pub regions: Vec<PlaceChoice>,
    /// Units to choose from; none while a whole province is listed.
    pub units: Vec<Named>,
    /// First-level categories.
    pub categories: Vec<Category>,
    /// The office's tags.
    pub tags: Vec<TagView>,
    /// Own fields that can stand in columns beside the rest.
    #[serde(default)]
    pub own: Vec<OwnAskView>,
    /// Codes of those among them by which the list can be filtered.
    #[serde(default)]
    pub own_asked: Vec<String>,
    /// Why these filters find nothing by their kind; there are no rows then.
    #[serde(default)]
    pub fault: Option<shared::fault::Fault>,
    /// Conditions, and how the list divides.
    #[serde(default)]
    pub beside: Beside,
}

/// The ticket's page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The ticket, its history, the arithmetic.
    pub ticket: TicketSheet,
    /// The citizen in the clear, while this browser may look.
    pub revealed: Option<CitizenView>,
    /// What this browser has just registered, if it is this ticket.
    pub filed: Option<FiledView>,
    /// Units that a ruling or a recall may choose; empty when neither can be done now.
    pub units: Vec<Named>,
    /// Rows of the areas of responsibility that a send-back may rely on; empty where none can be asked for.
    pub duties: Vec<DutyView>,
    /// Directives about it.
    pub directives: Vec<DirectiveRow>,
    /// Who else has taken it to call the citizen.
    pub held: Option<HeldView>,
    /// Messages about it and what became of each; none for who has nothing to do with them.
    pub messages: Vec<MessageView>,
    /// Tickets that look as if they were about the same event, for who may merge them into this one.
    pub likely: Option<Vec<Related>>,
}

/// The dispatch page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dispatching {
    /// The ticket as the dispatcher sees it.
    pub ticket: TicketSheet,
    /// Units and terms; none when it cannot be dispatched now.
    pub sheet: Option<DispatchSheet>,
    /// The category tree.
    pub categories: Vec<CategoryNode>,
}

/// The person's to-dos; `query` has `verb` and `cursor`.
#[server(prefix = "/fn", endpoint = "staff/tasks", input = Json, output = Json)]
pub async fn read_tasks(query: String) -> Result<Tasks, AppError> {
    use services::tickets::TaskQuery;
    use shared::query::{pairs_of, value_of};
    use shared::ticket::Verb;

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let query = TaskQuery {
        cursor: value_of(&pairs, "cursor").map(str::to_owned),
        verb: value_of(&pairs, "verb").and_then(Verb::parse),
        ..TaskQuery::default()
    };
    let page = crate::error::settle(services::tickets::tasks(&ctx, query).await)?;
    let count = crate::error::settle(services::tickets::task_count(&ctx).await)?;
    Ok(Tasks { page, count })
}

/// How many to-dos wait; 0 for people without any.
#[server(prefix = "/fn", endpoint = "staff/task-count", input = Json, output = Json)]
pub async fn task_count() -> Result<i64, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::tickets::task_count(&ctx).await)
}

/// The list for a query string.
#[server(prefix = "/fn", endpoint = "staff/tickets", input = Json, output = Json)]
pub async fn read_tickets(query: String) -> Result<Listed, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(read::listed(&ctx, &query).await)
}

/// One ticket.
#[server(prefix = "/fn", endpoint = "staff/ticket", input = Json, output = Json)]
pub async fn read_ticket(id: String) -> Result<Sheet, AppError> {
    let (ctx, visit) = (crate::context::use_ctx()?, crate::context::use_visit()?);
    crate::error::settle(read::sheet(&ctx, &visit, &id).await)
}

/// One ticket's process, drawn.
#[server(prefix = "/fn", endpoint = "staff/flow", input = Json, output = Json)]
pub async fn read_flow(id: String) -> Result<FlowView, AppError> {
    let ctx = crate::context::use_ctx()?;
    let id = id.parse().map_err(|_| shared::fault::Fault::missing());
    let drawn = match id {
        Ok(id) => services::tickets::flow(&ctx, id).await,
        Err(fault) => Err(fault),
    };
    crate::error::settle(drawn)
}

/// What a dispatcher needs for one ticket.
#[server(prefix = "/fn", endpoint = "staff/dispatching", input = Json, output = Json)]
pub async fn read_dispatching(id: String) -> Result<Dispatching, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(read::dispatch(&ctx, &id).await)
}

/// Likely units for one ticket, for the category that is about to be given to it.
#[server(prefix = "/fn", endpoint = "staff/suggested", input = Json, output = Json)]
pub async fn read_suggested(id: String, category: String) -> Result<Vec<UnitChoice>, AppError> {
    let ctx = crate::context::use_ctx()?;
    let found = match id.parse() {
        Ok(id) => services::tickets::suggested(&ctx, id, &category).await,
        Err(_) => Err(shared::fault::Fault::missing()),
    };
    crate::error::settle(found)
}

/// The unit of whoever asks; none for people without one.
#[server(prefix = "/fn", endpoint = "staff/own-unit", input = Json, output = Json)]
pub async fn read_own_unit() -> Result<Option<Named>, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::directory::own_unit(&ctx).await)
}

/// What the desk's form says so far, by which related tickets are looked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// The caller's number.
    pub phone: String,
    /// How the request comes in.
    pub channel: String,
    /// Why a number is looked up without a call.
    pub reason: String,
    /// Division code.
    pub region: String,
    /// Category leaf.
    pub category: String,
    /// What the caller says.
    pub content: String,
}

#[cfg(feature = "ssr")]
impl From<Asked> for services::tickets::RelatedQuery {
    fn from(asked: Asked) -> Self {
        let given = |text: String| Some(text).filter(|text| !text.trim().is_empty());
        Self {
            phone: given(asked.phone),
            region: given(asked.region),
            category: given(asked.category),
            channel: shared::ticket::Channel::parse(&asked.channel),
            reason: given(asked.reason),
            content: given(asked.content),
        }
    }
}

/// Tickets that look like the same event, earlier ones of a phone number, and those of the same place and category. Without a call a number
/// is looked up for a reason.
#[server(prefix = "/fn", endpoint = "staff/related", input = Json, output = Json)]
pub async fn read_related(asked: Asked) -> Result<Vec<Related>, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::tickets::related(&ctx, asked.into()).await)
}

/// What there is of a caller's number in the agent's area. Without a call it is looked up for a reason.
#[server(prefix = "/fn", endpoint = "staff/caller", input = Json, output = Json)]
pub async fn read_caller(asked: Asked) -> Result<Option<CallerCard>, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::tickets::caller(&ctx, asked.into()).await)
}

/// The category tree.
#[server(prefix = "/fn", endpoint = "staff/categories", input = Json, output = Json)]
pub async fn read_categories() -> Result<Vec<CategoryNode>, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::directory::categories(&ctx).await)
}

/// What the office's lists say at the desk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeskWords {
    /// What is said when the telephone is picked up, in the page's language.
    pub greeting: String,
    /// The tags that a ticket can have.
    pub tags: Vec<TagView>,
    /// What the office asks beside the rest.
    pub own: Vec<OwnAskView>,
    /// Which level follows from impact and haste.
    pub levels: Vec<LevelRow>,
    /// By which channels requests come in, in their order.
    pub channels: Vec<TagView>,
    /// Units of the city, one of which a request can be about.
    pub units: Vec<Named>,
}

/// What the office's lists say at the desk.
#[server(prefix = "/fn", endpoint = "staff/desk", input = Json, output = Json)]
pub async fn read_desk() -> Result<DeskWords, AppError> {
    let ctx = crate::context::use_ctx()?;
    let lists = services::directory::desk_lists(&ctx).await;
    crate::error::settle(lists.map(|lists| DeskWords {
        greeting: lists.greeting,
        tags: lists.tags,
        own: lists.own,
        levels: lists.levels,
        channels: lists.channels,
        units: lists.units,
    }))
}
