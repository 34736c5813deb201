//! Beside the agent's form: the caller's earlier tickets, and tickets that may be about the same matter (`domain.md` 3.2, row 1).
//! Reaches the agent's whole area, not only the agent's own tickets, and therefore shows number, title and state only, and never a
//! confidential ticket or a tip-off. Who looks a number up says why and is recorded. Not here: linking (`tickets::register`, `repeat_of`).

use shared::access::{Permission, PersonalField, Scope, Shown, needs};
use shared::calendar::Instant;
use shared::command::{Command as _, Sent};
use shared::fault::Fault;
use shared::person;
use shared::ticket::command::{Reveal, Why};
use shared::ticket::view::Related;
use shared::ticket::{Channel, TicketState};
use store::record::Ticket;

use super::sight::Sight;
use crate::audit::reads::{LookUps, looked_up_in};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::reference::Reference;
use crate::tickets::together::{self, Looks, Suspected};
use crate::watch::{alarm, placed, watched};

/// How far back the same phone counts.
const PHONE_DAYS: i64 = 30;
/// How far back the same place and category count.
const PLACE_DAYS: i64 = 7;
const DAY: i64 = 86_400_000;
/// At most so many of each sort.
const MOST: u32 = 10;
/// Name of the action in the audit.
pub(super) const ACTION: &str = "tickets.related";
/// What the digest of a number is made for.
const LOOKED_UP: &str = "phone-looked-up";

/// What the form says so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RelatedQuery {
    /// The caller's number.
    pub phone: Option<String>,
    /// Division code.
    pub region: Option<String>,
    /// Category leaf.
    pub category: Option<String>,
    /// How the request comes in. Somebody who calls has given the reason for looking: the call itself. There is no telephony that could
    /// tell, so the form's word counts, and the look-ups of a person are counted.
    pub channel: Option<Channel>,
    /// Why a number is looked up without a call.
    pub reason: Option<String>,
    /// What the caller says, with which tickets of the same place and category are compared.
    pub content: Option<String>,
}

/// Earlier tickets of the phone and likely duplicates, newest first.
///
/// # Errors
/// `access.denied` without the right to register; faults at `reason` when a number is looked up without a call; `rate.limited`.
pub async fn related(ctx: &Ctx, query: RelatedQuery) -> Result<Vec<Related>, Fault> {
    watched(ctx, ACTION, "tickets", find(ctx, query)).await
}

async fn find(ctx: &Ctx, query: RelatedQuery) -> Result<Vec<Related>, Fault> {
    ctx.ask(needs::DESK)?;
    let scope = area(ctx)?;
    let now = ctx.now();
    let phone = number(ctx, &query);
    if let Some(phone) = &phone {
        told_why(ctx, phone, &query).await?;
    }
    let db = ctx.services.store().reader().under(&scope);
    let reference = ctx.services.reference().await?;
    let row = |ticket: &Ticket, why: &str| {
        row(ctx, &reference, (ticket, Permission::TicketRegister), why)
    };
    let mut found: Vec<Related> = suspected(ctx, &scope, phone.as_deref(), &query)
        .await?
        .iter()
        .map(|it| row(&it.ticket, it.why))
        .collect();
    if let Some(phone) = phone {
        let earlier =
            store::tickets::of_phone(&db, &scope, &phone, Instant(now.0 - PHONE_DAYS * DAY), MOST)
                .await
                .settle(&ctx.services)?;
        for ticket in &earlier {
            if !found.iter().any(|known| known.id == ticket.id) {
                found.push(row(ticket, "same_phone"));
            }
        }
    }
    if let (Some(region), Some(category)) = (query.region.as_deref(), query.category.as_deref()) {
        let near = store::tickets::of_matter(
            &db,
            &scope,
            (region, category),
            Instant(now.0 - PLACE_DAYS * DAY),
            MOST,
        )
        .await
        .settle(&ctx.services)?;
        for ticket in &near {
            if !found.iter().any(|known| known.id == ticket.id) {
                found.push(row(ticket, "same_matter"));
            }
        }
    }
    Ok(found)
}

/// The whole number that is looked up. Whoever is not shown numbers is not told what stands under one.
pub(super) fn number(ctx: &Ctx, query: &RelatedQuery) -> Option<String> {
    let typed = query.phone.as_deref()?;
    let phone = person::phone::check(typed).ok()?;
    let shown = ctx
        .actor
        .shows_anywhere(Permission::TicketRegister, PersonalField::Phone);
    (shown != Shown::Hidden).then_some(phone)
}

/// Those that look as if they were about the same event, with place and category known.
async fn suspected(
    ctx: &Ctx,
    scope: &Scope,
    phone: Option<&str>,
    query: &RelatedQuery,
) -> Result<Vec<Suspected>, Fault> {
    let (Some(region), Some(category)) = (query.region.as_deref(), query.category.as_deref())
    else {
        return Ok(Vec::new());
    };
    let looks = Looks {
        phone,
        region,
        category,
        content: query.content.as_deref().unwrap_or_default(),
    };
    together::alike(ctx, scope, looks).await
}

/// Writes down who looks which number up and why, before anything is shown. The form asks again with each of its fields: the same number
/// of the same person is one look-up for ten minutes.
pub(super) async fn told_why(ctx: &Ctx, phone: &str, query: &RelatedQuery) -> Result<(), Fault> {
    let by_call = query.channel == Some(Channel::Phone);
    let reason: Option<Why> = if by_call {
        None
    } else {
        let mut sent = serde_json::Map::new();
        sent.insert("reason".to_owned(), query.reason.clone().into());
        Some(Reveal::read(Sent::json(sent))?.reason)
    };
    let keys = ctx.services.keys();
    let number = hex::encode(&keys.mac(LOOKED_UP, phone)[..8]);
    let mut entry = ctx.audit(ACTION, format!("phone:{number}"), "ok");
    let why = if by_call { "call" } else { "reason" };
    entry.facts.insert("why".to_owned(), why.to_owned());
    placed(ctx, &mut entry);
    if let Some(reason) = reason {
        entry.erasable.insert("reason".to_owned(), reason.into());
    }
    let who = ctx.actor_name().into_owned();
    let of_number = keys.mac("phone-look-up", &format!("{who}\u{0}{number}"));
    let of_person = keys.mac("phone-look-ups", &who);
    let (now, caller) = (ctx.now(), ctx.clone());
    let set = LookUps::set(ctx).await?;
    let span = set.span;
    let numbers = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                if store::devices::tally(tx, &of_number, span, now).await? > 1 {
                    return Ok(0);
                }
                store::audit::append(tx, &entry).await?;
                looked_up_in(&caller, tx).await?;
                Ok(store::devices::tally(tx, &of_person, span, now).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    // Many numbers of one person are an alarm (`security.md` X-26).
    if numbers > 0 && set.alarm > 0 && numbers % set.alarm == 0 {
        let facts = [
            ("numbers", numbers.to_string()),
            ("minutes", (span / 60_000).to_string()),
        ];
        alarm(ctx, "phone_lookups", &facts).await;
    }
    if numbers > set.most {
        return Err(set.refused());
    }
    Ok(())
}

/// What look-ups of a number are called in the audit, by each key of the ring.
pub(crate) fn objects_of(ctx: &Ctx, phone: &str) -> Vec<String> {
    let numbers = ctx.services.keys().macs(LOOKED_UP, phone);
    let object = |number: &Vec<u8>| {
        let number = hex::encode(number.get(..8).unwrap_or_default());
        format!("phone:{number}")
    };
    numbers.iter().map(object).collect()
}

/// The area of the agent's centre, whatever narrower scope the agent's verbs have.
pub(crate) fn area(ctx: &Ctx) -> Result<Scope, Fault> {
    let whole = needs::DESK.scope(&ctx.actor);
    let whole = whole.filter(|scope| *scope == Scope::All);
    let area = || ctx.actor.area();
    let region = || area().map(|area| Scope::Region(area.into_prefix()));
    whole.or_else(region).ok_or_else(Fault::denied)
}

/// What the codes of the area of whoever works at the desk begin with; nothing for everywhere.
pub(crate) fn desk_prefix(ctx: &Ctx) -> Result<String, Fault> {
    ctx.ask(needs::DESK)?;
    match area(ctx)? {
        Scope::All => Ok(String::new()),
        Scope::Region(prefix) => Ok(prefix),
        _ => Err(Fault::denied()),
    }
}

/// Which rows of a list of the desk are asked for, as it was sent.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// How they stand; those that wait where absent.
    pub state: Option<String>,
    /// The page.
    pub cursor: Option<String>,
    /// How many at most.
    pub limit: u32,
}

/// A ticket that is related, as it is read through a permission.
pub(crate) fn row(
    ctx: &Ctx,
    reference: &Reference,
    (ticket, through): (&Ticket, Permission),
    why: &str,
) -> Related {
    let sight = Sight::of_row(&ctx.actor, reference, ticket, through);
    let lead = ticket.lead_unit.as_deref();
    let state = ticket.state;
    let is_worked_on = state.is_open() && state != TicketState::ToVisit;
    Related {
        id: ticket.id,
        ticket_no: ticket.ticket_no.clone(),
        title: sight.words(&ticket.title),
        state: ticket.state,
        accepted_at: ticket.accepted_at,
        why: why.to_owned(),
        unit: lead.map(|code| reference.unit(code)),
        may_join: is_worked_on || state == TicketState::Merged,
    }
}
