//! Tickets that look as if they were about the same: open ones of the last 90 days of the same phone and category, or of the same place and category
//! with nearly the same words. The look is bounded whatever the words are: ten of a phone, a hundred of a place and matter, each along an index of its own.
//! Not here: who is told of them (`views::related` at the desk, `likely` on a ticket's page), merging them.
//! Words are compared by their pairs of characters (`quality::similar`), so that two people may put the same in another order.

use shared::access::{Permission, Scope, needs};
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::TicketId;
use shared::place;
use shared::quality::similarity;
use shared::ticket::TicketState;
use shared::ticket::view::Related;
use store::record::Ticket;

use crate::context::Ctx;
use crate::fault::Settle;
use crate::tickets::rights::is_discreet;
use crate::views;

/// How far back is looked.
pub(super) const DAYS: i64 = 90;
pub(super) const DAY: i64 = 86_400_000;
/// Of a phone so many are looked at.
const OF_PHONE: u32 = 10;
/// Of a place and matter so many are looked at.
pub(super) const OF_MATTER: u32 = 100;
/// From so many percent words count as nearly the same.
pub(super) const NEAR: u32 = 60;
/// Suspected ones at most at the desk.
const MOST: usize = 5;
/// And on a ticket's page, where many are merged at once.
const MOST_LIKELY: usize = 50;

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Looks<'a> {
    /// The number, where it may be looked at.
    pub phone: Option<&'a str>,
    /// Division code of a county, a city or a street.
    pub region: &'a str,
    /// Category leaf.
    pub category: &'a str,
    /// The words.
    pub content: &'a str,
}

/// A suspected ticket, and why it is one.
pub(crate) struct Suspected {
    pub ticket: Ticket,
    pub why: &'static str,
}

/// Whether a ticket may still be joined.
pub(super) fn is_worked_on(ticket: &Ticket) -> bool {
    ticket.state.is_open() && ticket.state != TicketState::ToVisit
}

async fn look(ctx: &Ctx, scope: &Scope, looks: Looks<'_>) -> Result<Vec<Suspected>, Fault> {
    let db = ctx.services.store().reader().under(scope);
    let since = Instant(ctx.now().0 - DAYS * DAY);
    let mut found = Vec::new();
    if let Some(phone) = looks.phone {
        let of_phone = store::tickets::of_phone(&db, scope, phone, since, OF_PHONE).await;
        let same = of_phone.settle(&ctx.services)?.into_iter();
        let same = same.filter(is_worked_on);
        let same = same.filter(|it| it.category.as_deref() == Some(looks.category));
        found.extend(same.map(|ticket| Suspected {
            ticket,
            why: "same_caller",
        }));
    }
    let area = place::county_code(looks.region).unwrap_or(looks.region);
    let matter = (area, looks.category);
    let near = store::tickets::open_of_matter(&db, scope, matter, since, OF_MATTER).await;
    let mut near: Vec<(u32, Ticket)> = near
        .settle(&ctx.services)?
        .into_iter()
        .filter(is_worked_on)
        .map(|ticket| (similarity(looks.content, &ticket.content), ticket))
        .filter(|(percent, _)| *percent >= NEAR)
        .collect();
    near.sort_by_key(|(percent, _)| std::cmp::Reverse(*percent));
    for (_, ticket) in near {
        if !found.iter().any(|it: &Suspected| it.ticket.id == ticket.id) {
            found.push(Suspected {
                ticket,
                why: "alike",
            });
        }
    }
    Ok(found)
}

/// The likeliest few, beside the agent's form.
///
/// # Errors
/// Of the store.
pub(crate) async fn alike(
    ctx: &Ctx,
    scope: &Scope,
    looks: Looks<'_>,
) -> Result<Vec<Suspected>, Fault> {
    let mut found = look(ctx, scope, looks).await?;
    found.truncate(MOST);
    Ok(found)
}

/// Those that may be merged into a ticket, for whoever may merge them.
///
/// # Errors
/// `access.denied`; `not_found` outside the scope.
pub async fn likely(ctx: &Ctx, id: TicketId) -> Result<Vec<Related>, Fault> {
    ctx.ask(needs::DISPATCHING)?;
    let scope = ctx.reach(needs::DISPATCHING)?;
    let db = ctx.services.store().reader();
    let found = store::tickets::get(&db, &scope, id).await;
    let ticket = found.settle(&ctx.services)?.ok_or_else(Fault::missing)?;
    let Some(category) = ticket.category.as_deref() else {
        return Ok(Vec::new());
    };
    if is_discreet(&ticket) || !is_worked_on(&ticket) {
        return Ok(Vec::new());
    }
    let citizen = ticket.citizen.as_ref();
    let looks = Looks {
        phone: citizen.and_then(|it| it.phone.as_deref()),
        region: &ticket.region,
        category,
        content: &ticket.content,
    };
    let mut found = look(ctx, &scope, looks).await?;
    let city = place::city_code(&ticket.region);
    found.retain(|it| it.ticket.id != id && place::city_code(&it.ticket.region) == city);
    found.truncate(MOST_LIKELY);
    let reference = ctx.services.reference().await?;
    let row = |it: &Suspected| {
        let seen = (&it.ticket, Permission::TicketView);
        views::related_row(ctx, &reference, seen, it.why)
    };
    Ok(found.iter().map(row).collect())
}
