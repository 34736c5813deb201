//! The to-do centre (待办中心) beside the to-dos: what somebody did, what of it is under way, what he follows, where he was named. Tickets and
//! approvals stand in one list, the latest first, as far as they are in his reach.
//! Not here: to-dos (`tickets::tasks`, `approvals::views`), acts on many at once (`tickets::bulk`).

pub mod phrases;
pub mod typed;

use std::collections::BTreeMap;

use shared::access::{Need, Scope, needs};
use shared::approval::ApprovalStatus;
use shared::approval::view::ApprovalRow;
use shared::fault::{Code, Fault};
use shared::ids::{ApprovalId, CaseId, TicketId, UserId};
use shared::process::CaseKind;
use shared::ticket::view::TicketRow;
use shared::todo::{Mark, Shelf, ShelfPage, ShelfRow};
use store::approvals::Reach;
use store::record::Ticket;
use store::todo::{CaseMark, Marked, Wanted};

use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::host::denied::recorded;
use crate::paging;
use crate::views::show::{Eye, own_part_of};
use crate::{approvals, spans, views};

/// Cases of a page, unless another number is asked for.
pub const PAGE: u32 = 50;
/// Most of a page.
const MOST: u32 = 200;

/// Which list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShelfQuery {
    /// Which.
    pub shelf: Shelf,
    /// Opaque; from the page before.
    pub cursor: Option<String>,
    /// 1 to 200.
    pub limit: u32,
}

/// A case that can be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// A ticket.
    Ticket(TicketId),
    /// An approval.
    Approval(ApprovalId),
}

impl Followed {
    const fn id(self) -> CaseId {
        match self {
            Self::Ticket(id) => CaseId(id.0),
            Self::Approval(id) => CaseId(id.0),
        }
    }
}

/// A page of one's own list.
///
/// # Errors
/// `session.signed_out`; `input.number` for a limit out of range; `input.cursor`.
pub async fn page(ctx: &Ctx, query: ShelfQuery) -> Result<ShelfPage, Fault> {
    spans::called(ctx, "todo.shelf", read(ctx, query)).await
}

async fn read(ctx: &Ctx, query: ShelfQuery) -> Result<ShelfPage, Fault> {
    ctx.ask(needs::TO_DO)?;
    if !(1..=MOST).contains(&query.limit) {
        return Err(Fault::field("limit", Code::InputNumber));
    }
    let limit = query.limit as usize;
    let cursor = query.cursor.as_deref().filter(|it| !it.is_empty());
    let after = cursor.map(paging::read).transpose()?;
    let Some(user) = ctx.actor.user() else {
        return Ok(ShelfPage {
            items: Vec::new(),
            next_cursor: None,
        });
    };
    let (tickets, reached) = (scope(ctx, needs::TICKETS), scope(ctx, needs::APPROVALS));
    let wanted = Wanted {
        user,
        mark: query.shelf.mark(),
        is_open: query.shelf.is_of_open(),
        after,
        limit: limit + 1,
        tickets: tickets.as_ref(),
        approvals: reached.as_ref().map(|scope| reach(ctx, scope)),
    };
    let db = ctx.services.store().reader();
    let reading = async { store::todo::list(&db, &wanted).await.settle(&ctx.services) };
    let mut found = ctx.wanted.read(reading).await?;
    let next_cursor = paging::cut(&mut found, limit).map(|it| paging::place(it.at, it.case));
    spans::rows(found.len());
    let mut of_tickets = ticket_rows(ctx, tickets.as_ref(), &found).await?;
    let mut of_approvals = approval_rows(ctx, reached.as_ref(), &found).await?;
    let row = |it: Marked| {
        let (ticket, approval) = (of_tickets.remove(&it.case), of_approvals.remove(&it.case));
        // Gone out of reach between the two readings.
        (ticket.is_some() || approval.is_some()).then_some(ShelfRow {
            at: it.at,
            ticket,
            approval,
        })
    };
    Ok(ShelfPage {
        items: found.into_iter().filter_map(row).collect(),
        next_cursor,
    })
}

fn scope(ctx: &Ctx, need: Need) -> Option<Scope> {
    need.scope(&ctx.actor)
}

fn reach<'a>(ctx: &'a Ctx, scope: &'a Scope) -> Reach<'a> {
    Reach {
        scope,
        actor: &ctx.actor,
    }
}

fn of_kind(found: &[Marked], kind: CaseKind) -> impl Iterator<Item = CaseId> {
    let of_kind = found.iter().filter(move |it| it.kind == kind);
    of_kind.map(|it| it.case)
}

async fn ticket_rows(
    ctx: &Ctx,
    scope: Option<&Scope>,
    found: &[Marked],
) -> Result<BTreeMap<CaseId, TicketRow>, Fault> {
    let ids = of_kind(found, CaseKind::Ticket).map(|id| TicketId(id.0));
    let ids: Vec<TicketId> = ids.collect();
    let Some(scope) = scope.filter(|_| !ids.is_empty()) else {
        return Ok(BTreeMap::new());
    };
    let reference = ctx.services.reference().await?;
    let db = ctx.services.store().reader();
    let tickets = store::todo::tickets(&db, scope, &ids).await;
    let tickets = tickets.settle(&ctx.services)?;
    let live = store::tickets::case::live_parts(&db, scope, &ids).await;
    let live = live.settle(&ctx.services)?;
    let eye = Eye::of(ctx, &reference);
    let row = |ticket: &Ticket| {
        let row = eye.row(ticket);
        let row = if live.contains(&ticket.id) {
            row
        } else {
            own_part_of(row)
        };
        (CaseId(ticket.id.0), row)
    };
    Ok(tickets.iter().map(row).collect())
}

async fn approval_rows(
    ctx: &Ctx,
    scope: Option<&Scope>,
    found: &[Marked],
) -> Result<BTreeMap<CaseId, ApprovalRow>, Fault> {
    let ids = of_kind(found, CaseKind::Approval).map(|id| ApprovalId(id.0));
    let ids: Vec<ApprovalId> = ids.collect();
    let Some(scope) = scope.filter(|_| !ids.is_empty()) else {
        return Ok(BTreeMap::new());
    };
    let db = ctx.services.store().reader();
    let approvals = store::todo::approvals(&db, reach(ctx, scope), &ids).await;
    let approvals = approvals.settle(&ctx.services)?;
    let rows = approvals::views::rows_of(ctx, &approvals).await;
    let rows = rows.settle(&ctx.services)?;
    Ok(rows
        .into_iter()
        .map(|row| (CaseId(row.id.0), row))
        .collect())
}

/// Puts a star on a case in one's reach, or takes it away.
///
/// # Errors
/// `access.denied` without the right to look; `not_found` outside the reach.
pub async fn follow(ctx: &Ctx, case: Followed, on: bool) -> Result<(), Fault> {
    let what = match case {
        Followed::Ticket(id) => ("ticket.follow", format!("ticket:{id}")),
        Followed::Approval(id) => ("approval.follow", format!("approval:{id}")),
    };
    recorded(ctx, what, marked(ctx, case, on)).await
}

async fn marked(ctx: &Ctx, case: Followed, on: bool) -> Result<(), Fault> {
    let (kind, is_open) = match case {
        Followed::Ticket(id) => {
            let ticket = views::in_reach(ctx, id).await?.ticket;
            (CaseKind::Ticket, ticket.state.is_open())
        }
        Followed::Approval(id) => (CaseKind::Approval, is_open(ctx, id).await?),
    };
    let user = own(ctx)?;
    let mark = CaseMark {
        user_id: user,
        mark: Mark::Followed,
        case_id: case.id(),
        case_kind: kind,
        marked_at: ctx.now(),
        is_open,
    };
    let written = ctx.services.store().write::<_, Failure, _>(move |tx| {
        let mark = mark.clone();
        Box::pin(async move {
            if on {
                store::todo::put(tx, std::slice::from_ref(&mark)).await?;
            } else {
                store::todo::take(tx, (mark.user_id, mark.mark), mark.case_id).await?;
            }
            Ok(())
        })
    });
    written.await.settle(&ctx.services)
}

/// Whether an approval in reach is under way.
async fn is_open(ctx: &Ctx, id: ApprovalId) -> Result<bool, Fault> {
    let scope = ctx.reach(needs::APPROVALS)?;
    let db = ctx.services.store().reader();
    let found = store::todo::approvals(&db, reach(ctx, &scope), &[id]).await;
    let mut found = found.settle(&ctx.services)?;
    let (approval, _) = found.pop().ok_or_else(Fault::missing)?;
    Ok(!matches!(
        approval.status,
        ApprovalStatus::Ended | ApprovalStatus::Cancelled
    ))
}

fn own(ctx: &Ctx) -> Result<UserId, Fault> {
    ctx.actor.user().ok_or_else(|| ctx.denied())
}

/// Whether one follows a case; what it is, its own page has asked.
///
/// # Errors
/// Faults of the store.
pub async fn follows(ctx: &Ctx, case: Followed) -> Result<bool, Fault> {
    let Some(user) = ctx.actor.user() else {
        return Ok(false);
    };
    let db = ctx.services.store().reader();
    let has = store::todo::has(&db, (user, Mark::Followed), case.id()).await;
    has.settle(&ctx.services)
}
