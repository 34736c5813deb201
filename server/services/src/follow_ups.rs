//! The follow-up pool (回访池) to work from: the list in a scope with counts beside, taking the next ticket or this one for a while, giving it back.
//! Not here: the call itself, which is a verb of the ticket; who takes one and does not call loses it by time.
//! Nothing personal is in the list; whom to call stands on the ticket's page, behind its own right.

use shared::access::{Scope, needs};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::{TicketId, UserId};
use shared::place::is_prefix;
use shared::ticket::RequestKind;
use shared::ticket::pool::{HeldView, PoolCount, PoolPage, PoolRow, PoolShelf, PoolTaken};
use store::record::AuditEntry;
use store::tickets::pool::{self, Listed, Moment, Taker, Wanted};

use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::paging;
use crate::reference::{FollowUps, Reference};
use crate::views::show::{Clocked, Eye};

/// Tickets of a page, unless another number is asked for.
pub const PAGE: u32 = 50;
/// Most of a page.
pub const MOST: u32 = 200;
/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;

/// Which tickets are asked for, as it was sent.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The shelf; what can be called now where absent.
    pub shelf: Option<String>,
    /// Of one kind.
    pub kind: Option<String>,
    /// In a division and below.
    pub region: Option<String>,
    /// The page.
    pub cursor: Option<String>,
    /// How many at most.
    pub limit: u32,
}

impl Asked {
    fn read(self) -> Result<Wanted, Fault> {
        let code = |name: &str| Fault::field(name, Code::InputCode);
        let shelf = match self.shelf.as_deref().map(PoolShelf::parse) {
            Some(None) => return Err(code("shelf")),
            shelf => shelf.flatten().unwrap_or(PoolShelf::Ready),
        };
        let kind = match self.kind.as_deref().map(RequestKind::parse) {
            Some(None) => return Err(code("kind")),
            kind => kind.flatten(),
        };
        if self.region.as_deref().is_some_and(|it| !is_prefix(it)) {
            return Err(Fault::field("region", Code::InputPlace));
        }
        let limit = self.limit.clamp(1, MOST) as usize;
        let after = self.cursor.as_deref().map(paging::read).transpose()?;
        Ok(Wanted {
            shelf,
            kind,
            region: self.region,
            after: after.map(|(at, id)| (at.0, id)),
            limit: limit + 1,
        })
    }
}

/// Who works on the pool, where, and what is set about it.
struct Desk {
    scope: Scope,
    who: UserId,
    at: Moment,
    set: FollowUps,
}

impl Desk {
    async fn of(ctx: &Ctx) -> Result<Self, Fault> {
        let scope = ctx.reach(needs::FOLLOW_UPS)?;
        let who = ctx.actor.user().ok_or_else(Fault::denied)?;
        let set = ctx.services.reference().await?.follow_up;
        let now = ctx.now();
        let rested = Instant(now.0 - i64::from(set.pause_minutes) * MINUTE);
        Ok(Self {
            scope,
            who,
            at: Moment { now, rested },
            set,
        })
    }

    fn taker(&self, ctx: &Ctx) -> Taker {
        Taker {
            who: self.who,
            name: ctx.actor.signature(),
            until: Instant(self.at.now.0 + i64::from(self.set.lease_minutes) * MINUTE),
        }
    }
}

/// A page of the pool in the reader's scope, with how many stand on each shelf.
///
/// # Errors
/// `access.denied`; faults at `shelf`, `kind`, `region` and `cursor`.
pub async fn list(ctx: &Ctx, asked: Asked) -> Result<PoolPage, Fault> {
    let desk = Desk::of(ctx).await?;
    let wanted = asked.read()?;
    let limit = wanted.limit - 1;
    let (db, asks) = (ctx.services.store().reader(), (desk.who, desk.at));
    let found = pool::list(&db, &desk.scope, &wanted, asks).await;
    let mut found = found.settle(&ctx.services)?;
    let next_cursor = paging::cut(&mut found, limit)
        .map(|last| paging::place(last.row.due_at, last.row.ticket_id));
    let mut counts = Vec::new();
    for shelf in PoolShelf::ALL {
        let count = pool::count(&db, &desk.scope, *shelf, asks).await;
        counts.push(PoolCount {
            shelf: *shelf,
            count: count.settle(&ctx.services)?,
        });
    }
    let reference = ctx.services.reference().await?;
    let items = found.iter().map(|it| row(ctx, (&*reference, &desk), it));
    Ok(PoolPage {
        items: items.collect(),
        next_cursor,
        counts,
    })
}

fn row(ctx: &Ctx, (reference, desk): (&Reference, &Desk), it: &Listed) -> PoolRow {
    let pause = i64::from(desk.set.pause_minutes) * MINUTE;
    let again = it.row.last_try_at.map(|at| Instant(at.0 + pause));
    let next_at = it.row.appointed_at.or(again);
    let held = it.row.held_until.filter(|until| *until > desk.at.now);
    let clock = Clocked {
        from: None,
        due_at: Some(it.row.due_at).filter(|due| due.0 < i64::MAX),
        warn_at: None,
        provisional: false,
        limit: None,
        extended: 0,
        done_at: None,
    };
    PoolRow {
        ticket: it.row.ticket_id,
        ticket_no: it.ticket_no.clone(),
        kind: it.kind,
        urgency: it.urgency,
        region: reference.region(&it.region),
        satisfaction: Some(it.satisfaction).filter(|said| said.is_rated()),
        due: Eye::of(ctx, reference).deadline(reference.hours.of_place(&it.region), clock),
        tries: it.row.tries,
        last_try_at: it.row.last_try_at,
        next_at: next_at.filter(|at| *at > desk.at.now),
        is_appointed: it.row.appointed_at.is_some(),
        held_by: it.row.held_name.clone().filter(|_| held.is_some()),
        held_until: held,
        is_mine: held.is_some() && it.row.held_by == Some(desk.who),
    }
}

/// Takes the next ticket that may be called now, for a while; whoever has one in hand gets that again.
///
/// # Errors
/// `access.denied`.
pub async fn next(ctx: &Ctx) -> Result<PoolTaken, Fault> {
    let desk = Desk::of(ctx).await?;
    let taker = desk.taker(ctx);
    let (scope, at, until) = (desk.scope, desk.at, taker.until);
    let entry = ctx.audit("follow_up.take", "follow_up_pool", "ok");
    let ticket = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (scope, taker, entry) = (scope.clone(), taker.clone(), entry.clone());
            Box::pin(async move {
                let found = pool::next(tx, &scope, &taker, at).await?;
                if let Some(id) = found {
                    store::audit::append(tx, &[of_ticket(entry, id)]).await?;
                }
                Ok(found)
            })
        })
        .await
        .settle(&ctx.services)?;
    Ok(PoolTaken {
        ticket,
        until: ticket.map(|_| until),
    })
}

fn of_ticket(mut entry: AuditEntry, id: TicketId) -> AuditEntry {
    entry.object = format!("ticket:{id}");
    entry
}

/// Takes this ticket for a while, also before its time.
///
/// # Errors
/// `access.denied`; `ticket.follow_up.held` where it is in others' hands, or waits for no call in the reader's scope.
pub async fn take(ctx: &Ctx, id: TicketId) -> Result<PoolTaken, Fault> {
    let desk = Desk::of(ctx).await?;
    let taker = desk.taker(ctx);
    let (scope, now, until) = (desk.scope, desk.at.now, taker.until);
    let entry = ctx.audit("follow_up.take", format!("ticket:{id}"), "ok");
    let done = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (scope, taker, entry) = (scope.clone(), taker.clone(), entry.clone());
            Box::pin(async move {
                let done = pool::take(tx, &scope, id, (&taker, now)).await?;
                if done {
                    store::audit::append(tx, &[entry]).await?;
                }
                Ok(done)
            })
        })
        .await
        .settle(&ctx.services)?;
    if !done {
        return Err(Fault::new(Code::FollowUpHeld));
    }
    Ok(PoolTaken {
        ticket: Some(id),
        until: Some(until),
    })
}

/// Gives back a ticket that is in one's own hands; without effect where it is not.
///
/// # Errors
/// `access.denied`.
pub async fn give_back(ctx: &Ctx, id: TicketId) -> Result<(), Fault> {
    let desk = Desk::of(ctx).await?;
    let who = desk.who;
    let entry = ctx.audit("follow_up.return", format!("ticket:{id}"), "ok");
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let entry = entry.clone();
            Box::pin(async move {
                let is_given = pool::give_back(tx, id, who).await?;
                if is_given {
                    store::audit::append(tx, &entry).await?;
                }
                Ok(is_given)
            })
        })
        .await
        .settle(&ctx.services)
        .map(drop)
}

/// Who has a ticket in hand to call the citizen, where that is somebody else than the reader; nothing for who calls nobody. The caller has loaded the ticket inside a scope.
///
/// # Errors
/// Those of the store.
pub async fn held(ctx: &Ctx, id: TicketId) -> Result<Option<HeldView>, Fault> {
    if !needs::FOLLOW_UPS.is_met_by(&ctx.actor) {
        return Ok(None);
    }
    let row = pool::of_ticket(&ctx.services.store().reader(), id).await;
    let row = row.settle(&ctx.services)?;
    let (now, me) = (ctx.now(), ctx.actor.user());
    let row = row.filter(|row| row.held_by.is_some() && row.held_by != me);
    Ok(row.and_then(|row| {
        let until = row.held_until.filter(|until| *until > now)?;
        Some(HeldView {
            by: row.held_name.unwrap_or_default(),
            until,
        })
    }))
}
