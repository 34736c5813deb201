//! Directives (督办单) to look at: the list, those of a ticket, and one as it is printed. A unit sees those that were issued to it, a centre those
//! about its tickets.
//! Not here: issuing, answering, accepting (`tickets/verbs/supervise`).
//! A list says nothing of what is in a ticket; the printed form has its title where the ticket's page would show it.

use shared::access::needs;
use shared::application::DirectiveState;
use shared::fault::{Code, Fault};
use shared::ids::{ApplicationId, TicketId};
use shared::ticket::view::{DirectivePage, DirectiveRow, DirectiveSheet};
use store::applications::Directives;
use store::record::Application;

use crate::context::Ctx;
use crate::fault::Settle;
use crate::paging;
use crate::views::show::Eye;
use crate::views::sight::hush;
use crate::{tickets, watch};

/// Directives of one page.
pub const PAGE: u32 = 50;
/// Largest page.
const MOST: u32 = 200;
/// Directives of one ticket that its page shows.
const OF_TICKET: u32 = 20;

/// Which directives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectiveQuery {
    /// Of this state; of all without one.
    pub state: Option<DirectiveState>,
    /// Opaque; from the page before.
    pub cursor: Option<String>,
    /// 1 to 200.
    pub limit: u32,
}

impl Default for DirectiveQuery {
    fn default() -> Self {
        Self {
            state: None,
            cursor: None,
            limit: PAGE,
        }
    }
}

/// A page of the directives in reach, the newest first.
///
/// # Errors
/// `access.denied`; `input.cursor`; `input.number` for a limit out of range.
pub async fn page(ctx: &Ctx, query: DirectiveQuery) -> Result<DirectivePage, Fault> {
    if !(1..=MOST).contains(&query.limit) {
        return Err(Fault::field("limit", Code::InputNumber));
    }
    let cursor = query.cursor.as_deref().filter(|it| !it.is_empty());
    let wanted = Directives {
        states: query.state.into_iter().collect(),
        after: cursor.map(paging::read).transpose()?,
        limit: query.limit + 1,
        ..Directives::default()
    };
    let mut found = watch::watched(ctx, "directive.list", "directives", read(ctx, wanted)).await?;
    let limit = query.limit as usize;
    let next_cursor = paging::cut(&mut found, limit).map(|it| paging::place(it.asked_at, it.id));
    Ok(DirectivePage {
        items: rows(ctx, &found).await?,
        next_cursor,
    })
}

/// Directives about a ticket, as its own or beside it.
///
/// # Errors
/// `access.denied`.
pub async fn of_ticket(ctx: &Ctx, ticket: TicketId) -> Result<Vec<DirectiveRow>, Fault> {
    let wanted = Directives {
        ticket: Some(ticket),
        limit: OF_TICKET,
        ..Directives::default()
    };
    let found = read(ctx, wanted).await?;
    rows(ctx, &found).await
}

/// One as it is printed.
///
/// # Errors
/// `access.denied`; `not_found` outside the reach.
pub async fn one(ctx: &Ctx, id: ApplicationId) -> Result<DirectiveSheet, Fault> {
    let wanted = Directives {
        id: Some(id),
        limit: 1,
        ..Directives::default()
    };
    let object = format!("application:{id}");
    let found = async { read(ctx, wanted).await?.pop().ok_or_else(Fault::missing) };
    let found = watch::watched(ctx, "directive.read", object, found).await?;
    // The look at the ticket is judged and recorded as that at its page.
    let detail = tickets::get(ctx, found.ticket_id).await?;
    let mut rows = rows(ctx, std::slice::from_ref(&found)).await?;
    let row = rows.pop().ok_or_else(Fault::missing)?;
    let sheet = DirectiveSheet {
        row,
        title: Some(detail.row.title).filter(|title| !title.is_empty()),
        demand: found.explanation,
        opinion: found.opinion,
        decided_at: found.decided_at,
        decided_by: found.decided_by_name,
    };
    Ok(hush::always(sheet))
}

async fn read(ctx: &Ctx, wanted: Directives) -> Result<Vec<Application>, Fault> {
    ctx.ask(needs::TICKETS)?;
    let scope = ctx.reach(needs::TICKETS)?;
    let db = ctx.services.store().reader().under(&scope);
    let found = store::applications::directives(&db, &scope, &wanted).await;
    found.settle(&ctx.services)
}

async fn rows(ctx: &Ctx, found: &[Application]) -> Result<Vec<DirectiveRow>, Fault> {
    let reference = ctx.services.reference().await?;
    let eye = Eye::of(ctx, &reference);
    let row = |it: &Application| {
        let number = it.application_no.rsplit_once('-');
        Some(DirectiveRow {
            id: it.id,
            application_no: it.application_no.clone(),
            ticket: it.ticket_id,
            ticket_no: number.map_or("", |(ticket, _)| ticket).to_owned(),
            assignment: it.assignment_id,
            unit: reference.unit_at(&it.unit, it.decided_at),
            issued_at: it.asked_at,
            issued_by: it.asked_by_name.clone(),
            directive: eye.directive(it)?,
        })
    };
    Ok(hush::always(found.iter().filter_map(row).collect()))
}
