//! Beside the agent's form: the caller's earlier tickets, and tickets that may be about the same matter (`domain.md` 3.2, row 1).
//! Reaches the agent's whole area, not only the agent's own tickets, and therefore shows number, title and state only.
//! Not here: linking a repeated request (`tickets::register`, field `repeat_of`).

use shared::access::{Permission, Scope};
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::person;
use shared::place;
use shared::ticket::view::Related;
use store::record::Ticket;

use crate::cases::perform::require;
use crate::context::Ctx;
use crate::fault::Settle;

/// How far back the same phone counts.
const PHONE_DAYS: i64 = 30;
/// How far back the same place and category count.
const PLACE_DAYS: i64 = 7;
const DAY: i64 = 86_400_000;
/// At most so many of each sort.
const MOST: u32 = 10;

/// What the form says so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RelatedQuery {
    /// The caller's number.
    pub phone: Option<String>,
    /// Division code.
    pub region: Option<String>,
    /// Category leaf.
    pub category: Option<String>,
    /// What the caller says; matching is by phone, place and category, so it only travels along with the form.
    pub content: Option<String>,
}

/// Earlier tickets of the phone and likely duplicates, newest first.
///
/// # Errors
/// `access.denied` without the right to register.
pub async fn related(ctx: &Ctx, query: RelatedQuery) -> Result<Vec<Related>, Fault> {
    require(ctx, Permission::TicketRegister)?;
    let scope = area(ctx)?;
    let now = ctx.now();
    let db = ctx.services.store().reader();
    let phone = query
        .phone
        .as_deref()
        .and_then(|phone| person::phone::check(phone).ok());
    let mut found = Vec::new();
    if let Some(phone) = phone {
        let earlier =
            store::tickets::of_phone(&db, &scope, &phone, Instant(now.0 - PHONE_DAYS * DAY), MOST)
                .await
                .settle(&ctx.services)?;
        found.extend(earlier.iter().map(|ticket| row(ticket, "same_phone")));
    }
    if let (Some(region), Some(category)) = (query.region.as_deref(), query.category.as_deref()) {
        let near = store::tickets::of_matter(
            &db,
            &scope,
            region,
            category,
            Instant(now.0 - PLACE_DAYS * DAY),
            MOST,
        )
        .await
        .settle(&ctx.services)?;
        for ticket in &near {
            if !found.iter().any(|known: &Related| known.id == ticket.id) {
                found.push(row(ticket, "same_matter"));
            }
        }
    }
    Ok(found)
}

/// The city of the agent's centre, whatever narrower scope the agent's verbs have.
fn area(ctx: &Ctx) -> Result<Scope, Fault> {
    if ctx.actor.scope(Permission::TicketRegister) == Some(Scope::All) {
        return Ok(Scope::All);
    }
    ctx.actor
        .region
        .as_deref()
        .map(|region| Scope::Region(place::prefix(region).to_owned()))
        .ok_or_else(Fault::denied)
}

fn row(ticket: &Ticket, why: &str) -> Related {
    Related {
        id: ticket.id,
        ticket_no: ticket.ticket_no.clone(),
        title: ticket.title.clone(),
        state: ticket.state,
        accepted_at: ticket.accepted_at,
        why: why.to_owned(),
    }
}
