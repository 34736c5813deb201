//! Lists, counts, one ticket and its history.
//! Not here: how records become views (`show`), tasks (`tasks`).
//! Who holds no right to view gets `access.denied`; what lies outside the scope is `not_found`.

use std::sync::Arc;

use shared::access::{Permission, Scope};
use shared::fault::{Code, Fault};
use shared::ids::TicketId;
use shared::process::limit::Limit;
use shared::query::{TicketFilter, TicketQuery};
use shared::ticket::TicketNo;
use shared::ticket::view::{AttachmentView, HistoryEvent, TicketDetail, TicketPage, TicketSheet};

use store::record::{Case, Event};

use super::show::Eye;
use crate::cases::perform::require;
use crate::cases::rights;
use crate::context::Ctx;
use crate::fault::Settle;
use crate::reference::Reference;

/// Where counting stops: pages say "more than".
const COUNT_CAP: i64 = 10_000;

/// How many tickets a filter finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Counted, at most the cap.
    pub n: i64,
    /// There are more than were counted.
    pub capped: bool,
}

/// The actor's scope for viewing tickets.
pub(super) fn view_scope(ctx: &Ctx) -> Result<Scope, Fault> {
    require(ctx, Permission::TicketView)?;
    ctx.actor
        .scope(Permission::TicketView)
        .ok_or_else(Fault::denied)
}

/// Largest page.
const MOST: u32 = 200;

/// A page of the list.
///
/// # Errors
/// `access.denied`; `input.number` for a limit out of range; `input.cursor` for a cursor that is not ours.
pub async fn list(ctx: &Ctx, query: TicketQuery) -> Result<TicketPage, Fault> {
    let scope = view_scope(ctx)?;
    if !(1..=MOST).contains(&query.limit) {
        return Err(Fault::field("limit", Code::InputNumber));
    }
    let reference = ctx.services.reference().await?;
    let db = ctx.services.store().reader();
    let reading = async {
        store::tickets::list(&db, &scope, &query, ctx.now())
            .await
            .settle(&ctx.services)
    };
    let page = ctx.wanted.read(reading).await?;
    let eye = Eye::of(ctx, &reference);
    Ok(TicketPage {
        items: page.items.iter().map(|ticket| eye.row(ticket)).collect(),
        next_cursor: page.next_cursor,
    })
}

/// How many tickets the filter finds, up to 10,000.
///
/// # Errors
/// `access.denied`.
pub async fn count(ctx: &Ctx, filter: &TicketFilter) -> Result<Count, Fault> {
    let scope = view_scope(ctx)?;
    let db = ctx.services.store().reader();
    let reading = async {
        store::tickets::count_capped(&db, &scope, filter, COUNT_CAP, ctx.now())
            .await
            .settle(&ctx.services)
    };
    let n = ctx.wanted.read(reading).await?;
    Ok(Count {
        n: n.min(COUNT_CAP),
        capped: n > COUNT_CAP,
    })
}

/// The whole ticket as the actor may see it, with what the actor may do now.
///
/// # Errors
/// `not_found` outside the scope.
pub async fn get(ctx: &Ctx, id: TicketId) -> Result<TicketDetail, Fault> {
    let (reference, case) = found(ctx, id).await?;
    let attachments = photos(ctx, &case).await?;
    let eye = Eye::of(ctx, &reference);
    Ok(eye.detail(&case, attachments))
}

/// The id of a ticket number inside the actor's scope.
///
/// # Errors
/// `access.denied`.
pub async fn find_by_no(ctx: &Ctx, no: &TicketNo) -> Result<Option<TicketId>, Fault> {
    let scope = view_scope(ctx)?;
    store::tickets::find_by_no(&ctx.services.store().reader(), &scope, no)
        .await
        .settle(&ctx.services)
}

/// The history as the actor may see it, oldest first.
///
/// # Errors
/// `not_found` outside the scope.
pub async fn history(ctx: &Ctx, id: TicketId) -> Result<Vec<HistoryEvent>, Fault> {
    let (reference, case) = found(ctx, id).await?;
    let events = events(ctx, id).await?;
    let eye = Eye::of(ctx, &reference);
    Ok(eye.history(&case, &events))
}

/// The ticket, its history and the arithmetic behind its deadline, from one reading of the case: what the ticket's page shows.
///
/// # Errors
/// `not_found` outside the scope.
pub async fn sheet(ctx: &Ctx, id: TicketId) -> Result<TicketSheet, Fault> {
    let (reference, case) = found(ctx, id).await?;
    let attachments = photos(ctx, &case).await?;
    let events = events(ctx, id).await?;
    let eye = Eye::of(ctx, &reference);
    let detail = eye.detail(&case, attachments);
    let deadline = &detail.row.deadline;
    let explained = match (deadline.from, deadline.limit_value, deadline.limit_unit) {
        (Some(from), Some(value), Some(unit)) => {
            reference.calendar.explain(from, Limit { value, unit })
        }
        _ => Vec::new(),
    };
    Ok(TicketSheet {
        history: eye.history(&case, &events),
        explained,
        detail,
    })
}

/// A case inside the actor's scope, with the names to show it by.
pub(super) async fn found(ctx: &Ctx, id: TicketId) -> Result<(Arc<Reference>, Case), Fault> {
    let scope = view_scope(ctx)?;
    let reference = ctx.services.reference().await?;
    let case = store::cases::load(&ctx.services.store().reader(), &scope, id)
        .await
        .settle(&ctx.services)?
        .ok_or_else(Fault::missing)?;
    Ok((reference, case))
}

pub(super) async fn events(ctx: &Ctx, id: TicketId) -> Result<Vec<Event>, Fault> {
    store::cases::history(&ctx.services.store().reader(), id)
        .await
        .settle(&ctx.services)
}

/// The ticket's photos; none for a unit that sees only its own part.
async fn photos(ctx: &Ctx, case: &Case) -> Result<Vec<AttachmentView>, Fault> {
    if rights::own_part_only(&ctx.actor, case) {
        return Ok(Vec::new());
    }
    let files = store::attachments::of_ticket(&ctx.services.store().reader(), case.ticket.id)
        .await
        .settle(&ctx.services)?;
    Ok(files
        .into_iter()
        .map(super::show::attachment_view)
        .collect())
}
