//! Running clocks of open tickets: those that were computed without a year's notice, all of them, and moving one when calendar or limit changes.
//! Not here: computing (`shared::calendar`), when (services).
//! A page holds all provisional clocks of its tickets, so that the last ticket's id is the next page's begin.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{FromQueryResult, QueryOrder as _, QuerySelect as _, QueryTrait as _, UpdateMany};
use shared::calendar::{Added, Due, Instant};
use shared::ids::{AssignmentId, TicketId};
use shared::process::limit::{Limit, Stage};
use shared::ticket::{Channel, Hold, LimitUnit, RequestKind, SlotRole, Urgency};

use crate::entity::Col;
use crate::entity::case::{task, timer};
use crate::entity::ticket::{assignment, ticket};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

/// A clock of an open ticket; where only provisional ones are asked for, one whose deadline is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provisional {
    /// The ticket.
    pub ticket_id: TicketId,
    /// The assignment; `None` for the ticket's own clock.
    pub assignment_id: Option<AssignmentId>,
    /// When the clock began.
    pub from: Instant,
    /// The deadline now.
    pub due_at: Option<Instant>,
    /// Row of the limit table.
    pub limit_rule: Option<i64>,
    /// How many.
    pub limit_value: Option<i32>,
    /// Of what.
    pub limit_unit: Option<LimitUnit>,
    /// What was added to it.
    pub added: Added,
    /// Whether a year's notice was missing.
    pub provisional: bool,
    /// The unit of an assignment, in whose hours it runs.
    pub unit: Option<String>,
    /// Division of the ticket.
    pub region: String,
}

/// A running clock of an open ticket with what limits are looked up by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenClock {
    /// The clock.
    pub clock: Provisional,
    pub channel: Channel,
    pub kind: RequestKind,
    pub category: Option<String>,
    pub urgency: Urgency,
    pub accepted_at: Instant,
}

/// Running clocks of the next open tickets behind `after`, in the order of ids, with all of a ticket's on one page.
pub async fn open_clocks(
    conn: &dyn Conn,
    after: Option<TicketId>,
    limit: u32,
) -> Result<Vec<OpenClock>, StoreError> {
    let after = after.map_or(Uuid::nil(), |id| id.0);
    let h = conn.handle();
    // Text: both kinds of clocks of one page of tickets.
    let mut sql = Sql::new(
        "with p as (select id from tickets where is_open and due_at is not null and limit_value is not null and id > ? order by id limit ?)
         select t.id as ticket_id, ",
        vals![after, limit],
    );
    sql.text(if h.is_sqlite() {
        "null as assignment_id, null as unit"
    } else {
        "cast(null as uuid) as assignment_id, cast(null as text) as unit"
    });
    sql.text(
        ", coalesce((select max(c.at) from clock_entries c where c.case_id = t.id and c.assignment_id is null and c.kind = 'start'),
           t.accepted_at) as since, t.due_at, t.limit_rule, t.limit_value, t.limit_unit, 0 as extended_days, t.paused_minutes, cast(null as bigint) as promised_at, t.provisional,
           t.channel, t.kind, t.category, t.urgency, t.region, t.accepted_at from p join tickets t on t.id = p.id
         union all select a.ticket_id, a.id, a.unit, a.dispatched_at, a.due_at, a.limit_rule, a.limit_value, a.limit_unit, a.extended_days, a.paused_minutes, a.promised_at, a.provisional,
           t.channel, t.kind, t.category, t.urgency, t.region, t.accepted_at
           from p join tickets t on t.id = p.id join assignments a on a.ticket_id = p.id
           where a.ended_at is null and a.due_at is not null and a.limit_value is not null order by 1",
    );
    let rows = h.rows::<RunningOpen>(sql).await?;
    Ok(rows.into_iter().map(open_of).collect())
}

#[derive(FromQueryResult)]
struct RunningOpen {
    ticket_id: Col<TicketId>,
    assignment_id: Col<Option<AssignmentId>>,
    unit: Option<String>,
    since: Col<Instant>,
    due_at: Col<Option<Instant>>,
    limit_rule: Option<i64>,
    limit_value: Col<Option<i32>>,
    limit_unit: Col<Option<LimitUnit>>,
    extended_days: i64,
    paused_minutes: i64,
    promised_at: Col<Option<Instant>>,
    provisional: bool,
    channel: Col<Channel>,
    kind: Col<RequestKind>,
    category: Option<String>,
    urgency: Col<Urgency>,
    region: String,
    accepted_at: Col<Instant>,
}

fn open_of(row: RunningOpen) -> OpenClock {
    OpenClock {
        clock: Provisional {
            ticket_id: row.ticket_id.0,
            assignment_id: row.assignment_id.0,
            from: row.since.0,
            due_at: row.due_at.0,
            limit_rule: row.limit_rule,
            limit_value: row.limit_value.0,
            limit_unit: row.limit_unit.0,
            added: added(row.extended_days, row.paused_minutes, row.promised_at.0),
            provisional: row.provisional,
            unit: row.unit,
            region: row.region,
        },
        channel: row.channel.0,
        kind: row.kind.0,
        category: row.category,
        urgency: row.urgency.0,
        accepted_at: row.accepted_at.0,
    }
}

fn added(days: i64, paused: i64, promised: Option<Instant>) -> Added {
    Added {
        days: i32::try_from(days).unwrap_or(i32::MAX),
        paused: i32::try_from(paused).unwrap_or(i32::MAX),
        promised,
    }
}

/// Open tickets that have waited until now, and those with a promise whose day is near and of which nothing was told; the oldest first.
pub async fn held(
    conn: &dyn Conn,
    (now, near): (Instant, Instant),
    limit: u32,
) -> Result<Vec<TicketId>, StoreError> {
    let due = ticket::Entity::find()
        .select_only()
        .column(ticket::Column::Id)
        .filter(ticket::Column::HeldUntil.is_not_null())
        .filter(
            ticket::Column::HeldUntil
                .lte(Col(now))
                .or(ticket::Column::Hold
                    .eq(Col(Hold::Tracking))
                    .and(ticket::Column::HoldTold.eq(false))
                    .and(ticket::Column::HeldUntil.lte(Col(near)))),
        )
        .order_by_asc(ticket::Column::HeldUntil)
        .limit(u64::from(limit));
    let h = conn.handle();
    let rows = h
        .rows::<Waiting>(Sql::built(due.build(h.backend())))
        .await?;
    Ok(rows.into_iter().map(|row| row.id.0).collect())
}

#[derive(FromQueryResult)]
struct Waiting {
    id: Col<TicketId>,
}

/// Provisional clocks of the next tickets behind `after`, in the order of ids.
pub async fn provisional(
    conn: &dyn Conn,
    after: Option<TicketId>,
    limit: u32,
) -> Result<Vec<Provisional>, StoreError> {
    let after = after.map_or(Uuid::nil(), |id| id.0);
    let h = conn.handle();
    // Text: both kinds of clocks of one page of tickets.
    let mut sql = Sql::new(
        "with p as (select id from tickets where provisional and is_open and id > ?
           union select a.ticket_id from assignments a join tickets o on o.id = a.ticket_id
           where a.provisional and o.is_open and a.ended_at is null and a.ticket_id > ? order by 1 limit ?)
         select t.id as ticket_id, "
        , vals![after, after, limit],
    );
    sql.text(if h.is_sqlite() {
        "null as assignment_id, null as unit"
    } else {
        "cast(null as uuid) as assignment_id, cast(null as text) as unit"
    });
    sql.text(
        ", coalesce((select max(c.at) from clock_entries c where c.case_id = t.id and c.assignment_id is null and c.kind = 'start'),
           t.accepted_at) as since, t.due_at, t.limit_rule, t.limit_value, t.limit_unit, 0 as extended_days, t.paused_minutes, cast(null as bigint) as promised_at, t.region from p join tickets t on t.id = p.id where t.provisional
         union all select a.ticket_id, a.id, a.unit, a.dispatched_at, a.due_at, a.limit_rule, a.limit_value, a.limit_unit, a.extended_days, a.paused_minutes, a.promised_at, t.region from p join tickets t on t.id = p.id join assignments a on a.ticket_id = p.id
           where a.provisional and a.ended_at is null order by 1",
    );
    let rows = h.rows::<Running>(sql).await?;
    Ok(rows.into_iter().map(provisional_of).collect())
}

#[derive(FromQueryResult)]
struct Running {
    ticket_id: Col<TicketId>,
    assignment_id: Col<Option<AssignmentId>>,
    unit: Option<String>,
    since: Col<Instant>,
    due_at: Col<Option<Instant>>,
    limit_rule: Option<i64>,
    limit_value: Col<Option<i32>>,
    limit_unit: Col<Option<LimitUnit>>,
    extended_days: i64,
    paused_minutes: i64,
    promised_at: Col<Option<Instant>>,
    region: String,
}

fn provisional_of(row: Running) -> Provisional {
    Provisional {
        ticket_id: row.ticket_id.0,
        assignment_id: row.assignment_id.0,
        from: row.since.0,
        due_at: row.due_at.0,
        limit_rule: row.limit_rule,
        limit_value: row.limit_value.0,
        limit_unit: row.limit_unit.0,
        added: added(row.extended_days, row.paused_minutes, row.promised_at.0),
        provisional: true,
        unit: row.unit,
        region: row.region,
    }
}

/// The deadline that a clock gets: a ticket's follows its redos and extended assignments where they end later.
async fn followed(tx: &Tx, clock: &Provisional, due: Due) -> Result<Due, StoreError> {
    if clock.assignment_id.is_some() {
        return Ok(due);
    }
    let latest = assignment::Entity::find()
        .filter(assignment::Column::TicketId.eq(Col(clock.ticket_id)))
        .filter(
            assignment::Column::CycleNo
                .gt(Col(0))
                .or(assignment::Column::ExtendedDays.gt(Col(0)))
                .or(assignment::Column::PausedMinutes.gt(Col(0)))
                .or(assignment::Column::PromisedAt.is_not_null()),
        )
        .filter(assignment::Column::DueAt.gt(Col(due.at)))
        .order_by_desc(assignment::Column::DueAt)
        .limit(1);
    let found = tx.handle().find_one(latest).await?;
    Ok(found.map_or(due, |part| Due {
        at: part.due_at.0.unwrap_or(due.at),
        warn_at: part.warn_at.0.unwrap_or(due.warn_at),
        provisional: part.provisional.0,
    }))
}

/// Sets the final deadline of a clock, of the tasks that show it and the timers that ring at it, and gives it; nothing when a verb has changed
/// the clock in the meantime. Assignments are moved before their ticket, which follows them.
pub async fn move_deadline(
    tx: &Tx,
    clock: &Provisional,
    due: Due,
) -> Result<Option<Due>, StoreError> {
    move_clock(tx, clock, due, None).await
}

/// The same with another row of the limit table. A clock that stands there already, and by this row, is left alone.
pub async fn move_clock(
    tx: &Tx,
    clock: &Provisional,
    due: Due,
    rule: Option<(i64, Limit)>,
) -> Result<Option<Due>, StoreError> {
    let h = tx.handle();
    let due = followed(tx, clock, due).await?;
    let is_there = Some(due.at) == clock.due_at && due.provisional == clock.provisional;
    if is_there && rule.is_none_or(|(id, _)| Some(id) == clock.limit_rule) {
        return Ok(None);
    }
    let by = rule.map_or(
        (clock.limit_rule, clock.limit_value, clock.limit_unit),
        |(id, limit)| (Some(id), Some(limit.value), Some(limit.unit)),
    );
    let seen = crate::feed::Seen::of(tx, clock.ticket_id).await?;
    let moved = set_clock(tx, clock, due, by).await?;
    if moved != 1 {
        return Ok(None);
    }
    let mut tasks = task::Entity::update_many()
        .set(task::ActiveModel {
            due_at: Set(Some(due.at).into()),
            due_key: Set(due.at.into()),
            warn_at: Set(Some(due.warn_at).into()),
            provisional: Set(due.provisional.into()),
            ..Default::default()
        })
        .filter(task::Column::CaseId.eq(Col(clock.ticket_id)))
        .filter(task::Column::Provisional.eq(clock.provisional))
        .filter(task::Column::DueAt.eq(Col(clock.due_at)));
    if let Some(id) = clock.assignment_id {
        tasks = tasks.filter(task::Column::AssignmentId.eq(Col(id)));
        let lead = ticket::Entity::update_many()
            .set(ticket::ActiveModel {
                lead_due_at: Set(Some(due.at).into()),
                ..Default::default()
            })
            .filter(ticket::Column::Id.eq(Col(clock.ticket_id)))
            .filter(ticket::Column::LeadDueAt.eq(Col(clock.due_at)));
        // Another one's clock may have ended at the same moment.
        let part = h.find_one(assignment::Entity::find_by_id(Col(id))).await?;
        if part.is_some_and(|part| part.role.0 == SlotRole::Lead) {
            h.change(&lead).await?;
        }
    } else {
        tasks = tasks.filter(task::Column::AssignmentId.is_null());
    }
    h.change(&tasks).await?;
    h.change(&timers_at(clock, due)).await?;
    super::ladder::moved(tx, clock.ticket_id, clock.assignment_id, due.at).await?;
    // What is due later is not late any more; where it is due earlier its rung stays reached, and would not ring again.
    if let Some(part) = clock
        .assignment_id
        .filter(|_| clock.due_at.is_none_or(|was| due.at > was))
    {
        super::escalations::of_part(tx, part).await?;
    }
    super::pool::moved(tx, clock.ticket_id).await?;
    seen.recomputed(tx).await?;
    Ok(Some(due))
}

/// The row of the limit table behind a clock, and what it says.
type By = (Option<i64>, Option<i32>, Option<LimitUnit>);

/// Sets the deadline of the ticket or the assignment itself; how many rows it was, none when a verb has changed the clock in the meantime.
async fn set_clock(tx: &Tx, clock: &Provisional, due: Due, by: By) -> Result<u64, StoreError> {
    let h = tx.handle();
    match clock.assignment_id {
        None => {
            let update = ticket::Entity::update_many()
                .set(ticket::ActiveModel {
                    due_at: Set(Some(due.at).into()),
                    warn_at: Set(Some(due.warn_at).into()),
                    provisional: Set(due.provisional.into()),
                    limit_rule: Set(by.0.into()),
                    limit_value: Set(by.1.into()),
                    limit_unit: Set(by.2.into()),
                    ..Default::default()
                })
                .filter(ticket::Column::Id.eq(Col(clock.ticket_id)))
                .filter(ticket::Column::Provisional.eq(clock.provisional))
                .filter(ticket::Column::DueAt.eq(Col(clock.due_at)));
            h.change(&update).await
        }
        Some(id) => {
            let update = assignment::Entity::update_many()
                .set(assignment::ActiveModel {
                    due_at: Set(Some(due.at).into()),
                    warn_at: Set(Some(due.warn_at).into()),
                    provisional: Set(due.provisional.into()),
                    limit_rule: Set(by.0.into()),
                    limit_value: Set(by.1.into()),
                    limit_unit: Set(by.2.into()),
                    ..Default::default()
                })
                .filter(assignment::Column::Id.eq(Col(id)))
                .filter(assignment::Column::Provisional.eq(clock.provisional))
                .filter(assignment::Column::DueAt.eq(Col(clock.due_at)));
            h.change(&update).await
        }
    }
}

/// The timers that ring at a clock's deadline, set to its new one.
fn timers_at(clock: &Provisional, due: Due) -> UpdateMany<timer::Entity> {
    let timers = timer::Entity::update_many()
        .set(timer::ActiveModel {
            due_at: Set(Some(due.at).into()),
            ..Default::default()
        })
        .filter(timer::Column::CaseId.eq(Col(clock.ticket_id)))
        .filter(timer::Column::DueAt.eq(Col(clock.due_at)));
    match clock.assignment_id {
        Some(id) => timers
            .filter(timer::Column::AssignmentId.eq(Col(id)))
            .filter(timer::Column::Stage.eq(Col(Stage::Handle))),
        None => timers
            .filter(timer::Column::AssignmentId.is_null())
            .filter(timer::Column::Stage.eq(Col(Stage::Ticket))),
    }
}
