//! The overtime alarm of a centre (超时报警): what waits too long at the gate, and emergencies that no unit has signed for in time.
//! Not here: rungs of running clocks (`ring`), the statement (`store::tickets::alarms`).
//! Whoever supervises sees them on the page and their number above the to-dos.

use std::collections::HashMap;

use shared::access::{Scope, needs};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::TicketId;
use shared::ladder::{Alarm, AlarmCount, AlarmPage, AlarmRow};
use shared::register::{Keep, setting_of};
use store::record::Ticket;
use store::tickets::alarms as kept;
use store::tickets::alarms::{Alarmed, Wanted};

use crate::context::Ctx;
use crate::fault::Settle;
use crate::paging;
use crate::views::show::Eye;
use crate::watch;

/// Tickets of a page.
pub const ALARM_PAGE: u32 = 50;
/// Most of a page.
const MOST: u32 = 200;
/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;

/// Which alarms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlarmQuery {
    /// The kind.
    pub alarm: Alarm,
    /// Opaque; from the page before.
    pub cursor: Option<String>,
    /// 1 to 200.
    pub limit: u32,
}

/// A page of one kind in reach, with how many there are of each.
///
/// # Errors
/// `access.denied`; `input.cursor`; `input.number` for a limit out of range.
pub async fn alarms(ctx: &Ctx, query: AlarmQuery) -> Result<AlarmPage, Fault> {
    watch::watched(ctx, "alarm.list", "alarms", read(ctx, query)).await
}

/// How many alarms ring for the caller; none for who does not supervise.
///
/// # Errors
/// `session.signed_out`.
pub async fn alarm_count(ctx: &Ctx) -> Result<i64, Fault> {
    ctx.ask(needs::TO_DO)?;
    let Some(scope) = needs::ALARMS.scope(&ctx.actor) else {
        return Ok(0);
    };
    let counts = counts(ctx, &scope, allowed(ctx).await?).await?;
    Ok(counts.iter().map(|it| it.count).sum())
}

async fn read(ctx: &Ctx, query: AlarmQuery) -> Result<AlarmPage, Fault> {
    let scope = ctx.reach(needs::ALARMS)?;
    if !(1..=MOST).contains(&query.limit) {
        return Err(Fault::field("limit", Code::InputNumber));
    }
    let allowed = allowed(ctx).await?;
    let limit = query.limit as usize;
    let cursor = query.cursor.as_deref().filter(|it| !it.is_empty());
    let wanted = Wanted {
        after: cursor.map(position).transpose()?,
        limit: limit + 1,
        ..wanted(ctx, query.alarm, allowed)
    };
    let db = ctx.services.store().reader();
    let found = kept::list(&db, &scope, &wanted).await;
    let mut found = found.settle(&ctx.services)?;
    let next_cursor = paging::cut(&mut found, limit)
        .map(|it| format!("{}.{}.{}", it.due_key, it.ticket, it.task_no));
    Ok(AlarmPage {
        alarm: query.alarm,
        allowed,
        counts: counts(ctx, &scope, allowed).await?,
        items: rows(ctx, &scope, &found).await?,
        next_cursor,
    })
}

/// Minutes that something may wait at the gate.
async fn allowed(ctx: &Ctx) -> Result<i32, Fault> {
    let db = ctx.services.store().reader();
    let said = store::settings::get(&db, &setting_of(Keep::ALARM.key)).await;
    let said = said.settle(&ctx.services)?;
    Ok(Keep::ALARM.of(said.as_deref()))
}

fn wanted(ctx: &Ctx, alarm: Alarm, allowed: i32) -> Wanted {
    let now = ctx.now();
    Wanted {
        alarm,
        now,
        opened: Instant(now.0 - i64::from(allowed) * MINUTE),
        after: None,
        limit: 0,
    }
}

async fn counts(ctx: &Ctx, scope: &Scope, allowed: i32) -> Result<Vec<AlarmCount>, Fault> {
    let db = ctx.services.store().reader();
    let mut all = Vec::new();
    for alarm in Alarm::ALL {
        let count = kept::count(&db, scope, &wanted(ctx, *alarm, allowed)).await;
        all.push(AlarmCount {
            alarm: *alarm,
            count: count.settle(&ctx.services)?,
        });
    }
    Ok(all)
}

async fn rows(ctx: &Ctx, scope: &Scope, found: &[Alarmed]) -> Result<Vec<AlarmRow>, Fault> {
    let reference = ctx.services.reference().await?;
    let db = ctx.services.store().reader();
    let ids: Vec<TicketId> = found.iter().map(|it| it.ticket).collect();
    let tickets = store::todo::tickets(&db, scope, &ids).await;
    let tickets = tickets.settle(&ctx.services)?.into_iter();
    let tickets: HashMap<TicketId, Ticket> = tickets.map(|it| (it.id, it)).collect();
    let eye = Eye::of(ctx, &reference);
    let row = |it: &Alarmed| {
        Some(AlarmRow {
            ticket: eye.row(tickets.get(&it.ticket)?),
            since: it.opened_at,
            minutes: (ctx.now().0 - it.opened_at.0) / MINUTE,
            unit: it.unit.as_deref().map(|code| reference.unit(code)),
        })
    };
    Ok(found.iter().filter_map(row).collect())
}

fn position(cursor: &str) -> Result<(i64, TicketId, i64), Fault> {
    let read = || {
        let mut parts = cursor.split('.');
        let due = parts.next()?.parse().ok()?;
        let ticket = parts.next()?.parse().ok()?;
        let task = parts.next()?.parse().ok()?;
        parts.next().is_none().then_some((due, ticket, task))
    };
    read().ok_or_else(paging::wrong)
}
