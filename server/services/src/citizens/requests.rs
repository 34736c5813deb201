//! The own requests of a citizen who has signed in: those whose contact is the verified number, and those filed for an organisation by a mandate that
//! holds; of an organisation that the citizen represents by law those of everybody who acts for it. Followed, urged, rated and taken back as by number
//! and query code, with the same verbs.
//! Of one that is confidential or a tip-off the list tells number and state, and the rest wants its query code: a number may come into other hands.
//! Not here: what a citizen sees of a ticket (`public`).

use shared::citizen::{OwnPage, OwnRow};
use shared::fault::Fault;
use shared::ticket::TicketNo;
use shared::ticket::verbs::{Rate, Reopen, Urge};
use shared::ticket::view::PublicTicket;
use store::citizens;
use store::record::{Ticket, TicketCase};
use store::tickets::case::{self, Claim, Mine};

use super::{Known, myself};
use crate::context::Ctx;
use crate::fault::Settle;
use crate::paging;
use crate::public::{self, Own, OwnWithdraw, Reason};
use crate::tickets::perform::{Order, Target, perform};
use crate::tickets::rights::is_discreet;

/// Requests of a page.
pub const PAGE: u32 = 20;

/// By what a citizen reaches tickets.
pub(super) fn reach(ctx: &Ctx, known: &Known) -> Mine {
    let db = ctx.services.store().reader();
    Mine {
        phone: citizens::phone_hashes(&db, &known.account.phone),
        citizen: known.account.id,
        acts: !known.acts_for.is_empty(),
        now: ctx.now(),
    }
}

/// What proves that a ticket is a citizen's own.
pub(crate) fn claim(ctx: &Ctx, known: &Known) -> Claim {
    Claim::Citizen(reach(ctx, known))
}

/// The newest of them, behind a cursor.
///
/// # Errors
/// `session.signed_out`, `input.cursor`; of the store.
pub async fn list(ctx: &Ctx, cursor: Option<&str>) -> Result<OwnPage, Fault> {
    let known = myself(ctx)?;
    let before = cursor.map(paging::id).transpose()?;
    let db = ctx.services.store().reader();
    let found = citizens::of_citizen(&db, &reach(ctx, &known), before, PAGE + 1).await;
    Ok(page(found.settle(&ctx.services)?))
}

/// A page of what was found, which is one more than a page has.
fn page(mut found: Vec<Ticket>) -> OwnPage {
    let next_cursor = paging::cut(&mut found, PAGE as usize).map(|ticket| ticket.id.to_string());
    OwnPage {
        next_cursor,
        items: found.iter().map(row).collect(),
    }
}

fn row(ticket: &Ticket) -> OwnRow {
    let open = !is_discreet(ticket);
    let organisation = ticket
        .citizen
        .as_ref()
        .and_then(|it| it.organisation.clone());
    OwnRow {
        ticket_no: ticket.ticket_no.clone(),
        title: open.then(|| ticket.title.clone()),
        kind: open.then_some(ticket.kind),
        organisation: organisation.filter(|_| open && ticket.mandate.is_some()),
        state: ticket.state,
        accepted_at: ticket.accepted_at,
        due_at: ticket.due_at.filter(|_| ticket.state.is_open()),
    }
}

/// One of them with what the citizen gave.
///
/// # Errors
/// `not_found` for one that is not the citizen's, and for a discreet one.
pub async fn follow(ctx: &Ctx, no: &TicketNo) -> Result<(PublicTicket, Own), Fault> {
    let known = myself(ctx)?;
    let db = ctx.services.store().reader();
    let found = case::load_own(&db, no, &claim(ctx, &known)).await;
    let found = found.settle(&ctx.services)?.ok_or_else(Fault::missing)?;
    public::seen(ctx, &found).await
}

/// Urges it, once per working day.
///
/// # Errors
/// As [`follow`], and those of the verb.
pub async fn urge(ctx: &Ctx, no: TicketNo, command: Urge) -> Result<PublicTicket, Fault> {
    act(ctx, no, command).await
}

/// Asks for it to be opened again, with a new fact.
///
/// # Errors
/// As [`follow`], and those of the verb.
pub async fn reopen(ctx: &Ctx, no: TicketNo, command: Reopen) -> Result<PublicTicket, Fault> {
    act(ctx, no, command).await
}

/// Rates the handling.
///
/// # Errors
/// As [`follow`], and those of the verb.
pub async fn rate(ctx: &Ctx, no: TicketNo, command: Rate) -> Result<PublicTicket, Fault> {
    act(ctx, no, command).await
}

/// Takes it back before a unit has answered.
///
/// # Errors
/// As [`follow`], and those of the verb.
pub async fn withdraw(
    ctx: &Ctx,
    no: TicketNo,
    reason: Option<Reason>,
) -> Result<PublicTicket, Fault> {
    act(ctx, no, OwnWithdraw { reason }).await
}

async fn act<O: Order<On = TicketCase>>(
    ctx: &Ctx,
    no: TicketNo,
    order: O,
) -> Result<PublicTicket, Fault> {
    let known = myself(ctx)?;
    let target = Target::Own(no.clone(), claim(ctx, &known));
    perform(ctx, target, order).await?;
    let db = ctx.services.store().reader();
    let found = case::load_own(&db, &no, &claim(ctx, &known)).await;
    let found = found.settle(&ctx.services)?.ok_or_else(Fault::missing)?;
    let (ticket, _) = public::seen(ctx, &found).await?;
    Ok(ticket)
}
