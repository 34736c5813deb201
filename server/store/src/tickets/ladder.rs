//! Clocks on the escalation ladder: a row a running clock, armed for its next rung alone; and what was reached and is still to be told.
//! Whoever starts, moves or ends a clock writes its row in the same transaction: a verb (`follow`), a recomputed deadline (`moved`), a bulk door
//! (`bulk::prepare`). The row is then due at once, and the job says when the next rung comes.
//! Not here: which rung that is (`shared::ladder`), telling people (services).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{FromQueryResult, QueryOrder as _, QuerySelect as _};
use shared::calendar::Instant;
use shared::ids::{AssignmentId, TicketId};
use shared::ticket::{LimitUnit, TicketState, Urgency};

use crate::bulk::rows::Insert;
use crate::entity::ticket::ladder_call;
use crate::entity::ticket::ladder_clock::{ActiveModel, Beside, Column, Entity};
use crate::entity::{Col, table};
use crate::record::{Assignment, LadderCall, LadderClock, Ticket, TicketCase};
use crate::sql::{Bind as _, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// Due at once.
const NOW: Instant = Instant(0);
/// Taken over as it stands: nobody is told of what it has reached before the first look at it.
pub const AS_IT_STANDS: Instant = Instant(i64::MAX);

/// The clocks of bulk doors.
pub(crate) static INSERT: LazyLock<Insert> = LazyLock::new(table::insert::<Entity>);
/// A clock that starts, or whose deadline is another one now; what it has reached stays.
static ARM: LazyLock<Insert> =
    LazyLock::new(|| table::upsert::<Entity>(vec![Column::DueAt, Column::At]));

/// The clocks of a case that run, with their deadlines: the ticket's own under its id, those of its assignments under theirs.
fn running(ticket: &Ticket, assignments: &[Assignment]) -> BTreeMap<Uuid, Instant> {
    // What is suspended has stopped its clocks.
    if !ticket.state.is_open() || ticket.state == TicketState::Suspended {
        return BTreeMap::new();
    }
    let own = ticket.due_at.map(|due| (ticket.id.0, due));
    let parts = assignments.iter().filter(|part| part.ended_at.is_none());
    let parts = parts.filter_map(|part| Some((part.id.0, part.due_at?)));
    own.into_iter().chain(parts).collect()
}

/// A row that is looked at at once.
const fn armed(
    ticket_id: TicketId,
    clock_id: Uuid,
    due_at: Instant,
    since: Instant,
) -> LadderClock {
    LadderClock {
        ticket_id,
        clock_id,
        since,
        due_at,
        at: Some(NOW),
        rung: None,
        reached_at: None,
    }
}

/// Rows of a case that a bulk door writes.
pub(crate) fn rows_of(ticket: &Ticket, assignments: &[Assignment]) -> Vec<Vec<sea_orm::Value>> {
    let clocks = running(ticket, assignments).into_iter();
    clocks
        .map(|(clock, due)| armed(ticket.id, clock, due, AS_IT_STANDS).values(Beside {}))
        .collect()
}

/// Follows what a verb did to the clocks of a case.
pub(crate) async fn follow(
    tx: &Tx,
    before: Option<&TicketCase>,
    after: &TicketCase,
) -> Result<(), StoreError> {
    let was = before.map_or_else(BTreeMap::new, |it| running(&it.ticket, &it.assignments));
    let is = running(&after.ticket, &after.assignments);
    let id = after.ticket.id;
    for clock in was.keys().filter(|clock| !is.contains_key(*clock)) {
        ended(tx, id, *clock).await?;
    }
    let since = after.ticket.updated_at;
    let moved = is
        .iter()
        .filter(|(clock, due)| was.get(*clock) != Some(*due))
        .map(|(clock, due)| armed(id, *clock, *due, since).values(Beside {}));
    table::put(tx, *ARM, moved).await
}

/// A clock's deadline was computed anew.
pub(crate) async fn moved(
    tx: &Tx,
    ticket: TicketId,
    assignment: Option<AssignmentId>,
    due: Instant,
) -> Result<(), StoreError> {
    let clock = assignment.map_or(ticket.0, |id| id.0);
    let update = Entity::update_many()
        .set(ActiveModel {
            due_at: Set(due.into()),
            at: Set(Some(NOW).into()),
            ..Default::default()
        })
        .filter(Column::TicketId.eq(Col(ticket)))
        .filter(Column::ClockId.eq(clock));
    tx.handle().change(&update).await.map(drop)
}

/// A clock has ended.
async fn ended(tx: &Tx, ticket: TicketId, clock: Uuid) -> Result<(), StoreError> {
    let gone = Entity::delete_by_id((Col(ticket), Col(clock)));
    tx.handle().change(&gone).await.map(drop)
}

/// A clock with what its way is reckoned from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Armed {
    /// Its row.
    pub clock: LadderClock,
    /// The deadline now; nothing when the clock runs no more.
    pub due: Option<Instant>,
    /// When it began.
    pub from: Instant,
    /// The unit of an assignment.
    pub unit: Option<String>,
    /// How its limit is counted.
    pub limit_unit: Option<LimitUnit>,
    /// Working days by which it was extended.
    pub extended_days: i64,
    /// Minutes for which it stood still.
    pub paused_minutes: i64,
    /// Division of the ticket.
    pub region: String,
    pub urgency: Urgency,
}

impl Armed {
    /// The assignment whose clock it is; nothing for the ticket's own.
    pub fn assignment(&self) -> Option<AssignmentId> {
        let clock = self.clock.clock_id;
        (clock != self.clock.ticket_id.0).then_some(AssignmentId(clock))
    }
}

#[derive(FromQueryResult)]
struct Row {
    ticket_id: Col<TicketId>,
    clock_id: Uuid,
    since: Col<Instant>,
    armed_for: Col<Instant>,
    at: Col<Option<Instant>>,
    rung: Option<String>,
    reached_at: Col<Option<Instant>>,
    due_at: Col<Option<Instant>>,
    began_at: Col<Instant>,
    unit: Option<String>,
    limit_unit: Col<Option<LimitUnit>>,
    extended_days: i64,
    paused_minutes: i64,
    region: String,
    urgency: Col<Urgency>,
}

impl From<Row> for Armed {
    fn from(row: Row) -> Self {
        Self {
            clock: LadderClock {
                ticket_id: row.ticket_id.0,
                clock_id: row.clock_id,
                since: row.since.0,
                due_at: row.armed_for.0,
                at: row.at.0,
                rung: row.rung,
                reached_at: row.reached_at.0,
            },
            due: row.due_at.0,
            from: row.began_at.0,
            unit: row.unit,
            limit_unit: row.limit_unit.0,
            extended_days: row.extended_days,
            paused_minutes: row.paused_minutes,
            region: row.region,
            urgency: row.urgency.0,
        }
    }
}

/// Text: clocks, found along one index or by their ticket, with what they are reckoned from.
const BEHIND: &str = " c join tickets t on t.id = c.ticket_id
 left join assignments a on a.id = c.clock_id and a.ticket_id = c.ticket_id order by c.at, c.ticket_id, c.clock_id";
const COLUMNS: &str = "select c.ticket_id, c.clock_id, c.since, c.due_at as armed_for, c.at, c.rung, c.reached_at,
 case when not t.is_open or t.state = 'SU' then null when c.clock_id = c.ticket_id then t.due_at when a.ended_at is null then a.due_at end as due_at,
 coalesce(a.dispatched_at, (select max(e.at) from clock_entries e where e.case_id = t.id and e.assignment_id is null and e.kind = 'start'), t.accepted_at) as began_at,
 a.unit, case when a.id is null then t.limit_unit else a.limit_unit end as limit_unit, coalesce(a.extended_days, 0) as extended_days, coalesce(a.paused_minutes, t.paused_minutes) as paused_minutes, t.region, t.urgency from ";

fn statement(inner: Sql) -> Sql {
    let mut sql = Sql::new(COLUMNS, vals![]);
    sql.text("(").append(inner).text(")").text(BEHIND);
    sql
}

async fn found(conn: &dyn Conn, sql: Sql) -> Result<Vec<Armed>, StoreError> {
    let rows = conn.handle().rows::<Row>(sql).await?;
    Ok(rows.into_iter().map(Armed::from).collect())
}

/// The walk along the index of what is due.
pub(crate) fn due_statement(now: Instant, limit: u32) -> Sql {
    statement(Sql::new(
        "select * from ladder_clocks where at is not null and at <= ? order by at, ticket_id, clock_id limit ?",
        vals![now, limit],
    ))
}

/// Clocks that are to be looked at, in the order of their times.
pub async fn due(conn: &dyn Conn, now: Instant, limit: u32) -> Result<Vec<Armed>, StoreError> {
    found(conn, due_statement(now, limit)).await
}

/// The clocks of a ticket; the caller has loaded it inside a scope before.
pub async fn of_ticket(conn: &dyn Conn, id: TicketId) -> Result<Vec<Armed>, StoreError> {
    let inner = Sql::new("select * from ladder_clocks where ticket_id = ?", vals![id]);
    found(conn, statement(inner)).await
}

/// The rungs that the own clocks of these tickets have reached; the caller has found the tickets inside a scope before.
pub async fn reached(
    conn: &dyn Conn,
    ids: &[TicketId],
) -> Result<Vec<(TicketId, String)>, StoreError> {
    let mut sql = Sql::new(
        "select c.ticket_id, c.rung from ladder_clocks c where c.clock_id = c.ticket_id and c.rung is not null and c.ticket_id in ",
        vals![],
    );
    sql.list(ids.iter().map(|id| id.bind()).collect());
    let rows = conn.handle().rows::<Reached>(sql).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.ticket_id.0, row.rung))
        .collect())
}

#[derive(FromQueryResult)]
struct Reached {
    ticket_id: Col<TicketId>,
    rung: String,
}

/// Keeps how a clock stands after a look at it, if it still stands as it was looked at; a clock that runs no more is taken away.
pub async fn keep(tx: &Tx, seen: &Armed, then: &LadderClock) -> Result<bool, StoreError> {
    let (ticket, clock) = (seen.clock.ticket_id, seen.clock.clock_id);
    if seen.due.is_none() {
        ended(tx, ticket, clock).await?;
        return Ok(true);
    }
    let update = Entity::update_many()
        .set(then.moved())
        .filter(Column::TicketId.eq(Col(ticket)))
        .filter(Column::ClockId.eq(clock))
        .filter(Column::DueAt.eq(Col(seen.clock.due_at)))
        .filter(Column::At.eq(Col(seen.clock.at)));
    Ok(tx.handle().change(&update).await? == 1)
}

/// Every clock is looked at anew, from an instant on: the list, the calendar or the hours have changed.
pub async fn look_again(tx: &Tx, from: Instant) -> Result<(), StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            at: Set(Some(from).into()),
            ..Default::default()
        })
        .filter(Column::At.is_null().or(Column::At.gt(Col(from))));
    tx.handle().change(&update).await.map(drop)
}

/// Takes over running clocks that have no row, as they stand: those of a server that runs a release without the ladder. How many there were.
pub async fn take_over(tx: &Tx) -> Result<u64, StoreError> {
    // Texts: sets of rows from the indexes of what is open. The number is `AS_IT_STANDS`.
    let own = "insert into ladder_clocks (ticket_id, clock_id, since, due_at, at)
        select t.id, t.id, 9223372036854775807, t.due_at, 0 from tickets t where t.is_open and t.due_at is not null and t.state <> 'SU'
        and not exists (select 1 from ladder_clocks c where c.ticket_id = t.id and c.clock_id = t.id) on conflict do nothing";
    let parts = "insert into ladder_clocks (ticket_id, clock_id, since, due_at, at)
        select a.ticket_id, a.id, 9223372036854775807, a.due_at, 0 from tickets t join assignments a on a.ticket_id = t.id
        where t.is_open and t.state <> 'SU' and a.ended_at is null and a.due_at is not null
        and not exists (select 1 from ladder_clocks c where c.ticket_id = a.ticket_id and c.clock_id = a.id) on conflict do nothing";
    let h = tx.handle();
    Ok(h.run(Sql::new(own, vals![])).await? + h.run(Sql::new(parts, vals![])).await?)
}

/// Keeps what was reached until people are told.
pub async fn call(tx: &Tx, calls: &[LadderCall]) -> Result<(), StoreError> {
    let rows = calls.iter().map(|it| it.values(ladder_call::Beside {}));
    table::put(tx, table::insert::<ladder_call::Entity>(), rows).await
}

/// What people are still to be told of, in the order in which it was reached.
pub async fn calls(conn: &dyn Conn, limit: u32) -> Result<Vec<LadderCall>, StoreError> {
    let select = ladder_call::Entity::find()
        .order_by_asc(ladder_call::Column::At)
        .order_by_asc(ladder_call::Column::Id)
        .limit(u64::from(limit));
    conn.handle().records(select).await
}

/// Takes away what was told; how many of them were still there.
pub async fn told(tx: &Tx, ids: &[Uuid]) -> Result<u64, StoreError> {
    let mut count = 0;
    for part in ids.chunks(500) {
        let gone = ladder_call::Entity::delete_many()
            .filter(ladder_call::Column::Id.is_in(part.iter().copied()));
        count += tx.handle().change(&gone).await?;
    }
    Ok(count)
}
