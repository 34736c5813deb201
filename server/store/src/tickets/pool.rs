//! The follow-up pool (回访池): a row a ticket that waits for its call, those that are due first; taking one for a while, so that two never call the
//! same citizen. Whoever changes a ticket writes its row in the same transaction: a verb (`follow`), a bulk door (`bulk::prepare`).
//! Not here: the calls and what they are worth (services).
//! Text: the scope is one, and the walks go along the pool's own indexes.

use std::sync::LazyLock;

use sea_orm::ActiveValue::Set;
use sea_orm::FromQueryResult;
use sea_orm::entity::prelude::*;
use shared::access::Scope;
use shared::calendar::Instant;
use shared::ids::{TicketId, UserId};
use shared::ticket::pool::PoolShelf;
use shared::ticket::rules::follow_up::is_bad;
use shared::ticket::{
    RequestKind, Satisfaction, TicketNo, TicketState, Urgency, Verb, VisitChannel,
};

use crate::bulk::rows::Insert;
use crate::entity::ticket::pooled::{ActiveModel, Beside, Column, Entity, Model, moves};
use crate::entity::{Col, table};
use crate::record::{FollowUp, Pooled, Rating, Task, Ticket, TicketCase};
use crate::scope::{reaches, region};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

/// Without a limit: behind all others.
const NO_LIMIT: Instant = Instant(i64::MAX);

/// The pool of bulk doors.
pub(crate) static INSERT: LazyLock<Insert> = LazyLock::new(table::insert::<Entity>);
/// A ticket that comes, or stands otherwise now; whoever had taken it has it no more.
static PUT: LazyLock<Insert> = LazyLock::new(|| table::upsert::<Entity>(moves()));
static COLUMNS: LazyLock<&str> = LazyLock::new(|| table::columns::<Entity>("p"));

/// The row of a ticket that waits for its call, in nobody's hands.
fn waiting(
    ticket: &Ticket,
    tasks: &[Task],
    calls: &[FollowUp],
    ratings: &[Rating],
) -> Option<Pooled> {
    if let Some((_, since)) = upset(ticket, ratings) {
        return Some(Pooled {
            ticket_id: ticket.id,
            cycle_no: ticket.cycle_no,
            due_at: NO_LIMIT,
            tries: 0,
            last_try_at: None,
            appointed_at: None,
            held_by: None,
            held_name: None,
            held_until: None,
            upset_at: Some(since),
        });
    }
    if ticket.state != TicketState::ToVisit {
        return None;
    }
    let word = Verb::FollowUp.as_str();
    let waits = |task: &&Task| task.verbs.split(' ').any(|verb| verb == word);
    let due = tasks.iter().filter(waits).filter_map(|task| task.due_at);
    let of_cycle: Vec<&FollowUp> = calls
        .iter()
        .filter(|call| call.cycle_no == ticket.cycle_no && call.channel != VisitChannel::Sms)
        .collect();
    Some(Pooled {
        ticket_id: ticket.id,
        cycle_no: ticket.cycle_no,
        due_at: due.min().unwrap_or(NO_LIMIT),
        tries: i32::try_from(of_cycle.len()).unwrap_or(i32::MAX),
        last_try_at: of_cycle.iter().map(|call| call.at).max(),
        appointed_at: of_cycle.last().and_then(|call| call.appointed_at),
        held_by: None,
        held_name: None,
        held_until: None,
        upset_at: None,
    })
}

/// The bad rating of a closed ticket that nobody has settled, with when it was given; what was said before the closing, the caller has heard.
pub fn upset(ticket: &Ticket, ratings: &[Rating]) -> Option<(Uuid, Instant)> {
    let closed = ticket.closed_at?;
    let mut all = ratings.iter().rev();
    let latest = all.find(|it| it.cycle_no == ticket.cycle_no)?;
    let waits = ticket.state == TicketState::Closed
        && latest.at > closed
        && latest.settled_at.is_none()
        && is_bad(latest.satisfaction, latest.solved);
    waits.then_some((latest.id, latest.at))
}

/// The row of a case that a bulk door writes.
pub(crate) fn row_of(
    ticket: &Ticket,
    tasks: &[Task],
    calls: &[FollowUp],
) -> Option<Vec<sea_orm::Value>> {
    // What was written long ago is nobody's to see to.
    waiting(ticket, tasks, calls, &[]).map(|it| it.values(Beside {}))
}

/// Follows what a verb did to a ticket: it comes, stands otherwise, or goes.
pub(crate) async fn follow(
    tx: &Tx,
    before: Option<&TicketCase>,
    after: &TicketCase,
) -> Result<(), StoreError> {
    let of = |case: &TicketCase| {
        let (calls, ratings) = (&case.follow_ups, &case.ratings);
        waiting(&case.ticket, &case.hung.tasks, calls, ratings)
    };
    let (was, is) = (before.and_then(of), of(after));
    if was == is {
        return Ok(());
    }
    if let Some(row) = is {
        return table::put(tx, *PUT, std::iter::once(row.values(Beside {}))).await;
    }
    let gone = Entity::delete_by_id(Col(after.ticket.id));
    tx.handle().change(&gone).await.map(drop)
}

/// A deadline was computed anew.
pub(crate) async fn moved(tx: &Tx, id: TicketId) -> Result<(), StoreError> {
    // Text: the earliest deadline of its open tasks, as `follow` takes it.
    let sql = "update follow_up_pool set due_at = coalesce((select min(k.due_at) from tasks k where k.case_id = follow_up_pool.ticket_id and k.active), 9223372036854775807) where ticket_id = ?";
    tx.handle().run(Sql::new(sql, vals![id])).await.map(drop)
}

/// What is known beside the clock when the pool is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// Now.
    pub now: Instant,
    /// What was tried after this instant rests.
    pub rested: Instant,
}

/// Which tickets a list shows.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// How they stand.
    pub shelf: PoolShelf,
    /// Of one kind.
    pub kind: Option<RequestKind>,
    /// In one division and below.
    pub region: Option<String>,
    /// Time and ticket behind which the page begins.
    pub after: Option<(i64, Uuid)>,
    /// How many at most.
    pub limit: usize,
}

/// A ticket of the pool with what a list shows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its row.
    pub row: Pooled,
    /// Its number.
    pub ticket_no: TicketNo,
    /// What it is.
    pub kind: RequestKind,
    /// How urgent it is.
    pub urgency: Urgency,
    /// Its division.
    pub region: String,
    /// What the citizen said last.
    pub satisfaction: Satisfaction,
}

#[derive(FromQueryResult)]
struct OfTicket {
    ticket_no: Col<TicketNo>,
    kind: Col<RequestKind>,
    urgency: Col<Urgency>,
    region: String,
    latest_satisfaction: Col<Satisfaction>,
}

/// The pool (`p`) with its tickets (`t`), which are looked up behind it.
const FROM: &str = " from follow_up_pool p cross join tickets t where t.id = p.ticket_id";

/// What is looked at row by row, behind the walk along the pool.
fn reached(scope: &Scope, sqlite: bool) -> Sql {
    reaches(scope).aside(sqlite)
}

/// ` and …` that nobody has it in hand.
fn free(now: Instant) -> Sql {
    Sql::new(
        " and (p.held_until is null or p.held_until <= ?)",
        vals![now],
    )
}

/// ` and …` that it may be called now: the time asked for has come, or it was asked for none and the last try lies back far enough.
fn callable(at: Moment) -> Sql {
    Sql::new(
        " and p.upset_at is null and (p.appointed_at <= ? or (p.appointed_at is null and (p.last_try_at is null or p.last_try_at <= ?)))",
        vals![at.now, at.rested],
    )
}

/// ` and …` that it rests.
fn resting(at: Moment) -> Sql {
    Sql::new(
        " and (p.appointed_at > ? or (p.appointed_at is null and p.last_try_at > ?))",
        vals![at.now, at.rested],
    )
}

/// ` and …` of a shelf.
fn on(shelf: PoolShelf, who: UserId, at: Moment) -> Sql {
    let both = |mut sql: Sql, more: Sql| {
        sql.append(more);
        sql
    };
    match shelf {
        PoolShelf::Ready => both(free(at.now), callable(at)),
        PoolShelf::Later => both(free(at.now), resting(at)),
        PoolShelf::Held => Sql::new(" and p.held_until > ?", vals![at.now]),
        PoolShelf::Mine => Sql::new(
            " and p.held_by = ? and p.held_until > ?",
            vals![who, at.now],
        ),
        PoolShelf::Upset => Sql::new(" and p.upset_at is not null", vals![]),
        PoolShelf::All => Sql::default(),
    }
}

/// The statement of a page.
pub(crate) fn page(
    scope: &Scope,
    wanted: &Wanted,
    (who, at): (UserId, Moment),
    sqlite: bool,
) -> Sql {
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*COLUMNS)
        .text(", t.ticket_no, t.kind, t.urgency, t.region, t.latest_satisfaction")
        .text(FROM);
    if let Some((due, id)) = wanted.after {
        sql.push(" and (p.due_at, p.ticket_id) > (?, ?)", vals![due, id]);
    }
    sql.append(on(wanted.shelf, who, at));
    if let Some(kind) = wanted.kind {
        sql.append(Sql::new(" and t.kind = ?", vals![kind]).aside(sqlite));
    }
    if let Some(prefix) = &wanted.region {
        sql.append(region(prefix).aside(sqlite));
    }
    sql.append(reached(scope, sqlite));
    sql.text(" order by p.due_at, p.ticket_id");
    sql.limit(wanted.limit);
    sql
}

/// A page of the pool in a scope, those that are due first.
pub async fn list(
    conn: &dyn Conn,
    scope: &Scope,
    wanted: &Wanted,
    (who, at): (UserId, Moment),
) -> Result<Vec<Listed>, StoreError> {
    let h = conn.handle();
    let rows = h.all(page(scope, wanted, (who, at), h.is_sqlite())).await?;
    rows.iter()
        .map(|row| {
            let it = OfTicket::from_query_result(row, "")?;
            Ok(Listed {
                row: Model::from_query_result(row, "")?.into(),
                ticket_no: it.ticket_no.0,
                kind: it.kind.0,
                urgency: it.urgency.0,
                region: it.region,
                satisfaction: it.latest_satisfaction.0,
            })
        })
        .collect()
}

/// How many stand on a shelf, in a scope.
pub async fn count(
    conn: &dyn Conn,
    scope: &Scope,
    shelf: PoolShelf,
    (who, at): (UserId, Moment),
) -> Result<i64, StoreError> {
    let h = conn.handle();
    let mut sql = Sql::new("select count(*)", vals![]);
    sql.text(FROM)
        .append(on(shelf, who, at))
        .append(reached(scope, h.is_sqlite()));
    h.number(sql).await
}

/// The row of a ticket; the caller has loaded it inside a scope before.
pub async fn of_ticket(conn: &dyn Conn, id: TicketId) -> Result<Option<Pooled>, StoreError> {
    let row = conn.handle().find_one(Entity::find_by_id(Col(id))).await?;
    Ok(row.map(Into::into))
}

/// Who takes one, until when.
#[derive(Debug, Clone)]
pub struct Taker {
    /// The person.
    pub who: UserId,
    /// What others read.
    pub name: Option<String>,
    /// Until when it is nobody else's.
    pub until: Instant,
}

#[derive(FromQueryResult)]
struct Taken {
    ticket_id: Col<TicketId>,
}

/// Takes a ticket: what is wanted of those that may be called now. Whoever has one in hand gets that again.
///
/// One statement takes it, and rows in others' hands are skipped: of two who ask at once each gets another one.
async fn takes(tx: &Tx, taker: &Taker, choice: Sql) -> Result<Option<TicketId>, StoreError> {
    let h = tx.handle();
    let mut sql = Sql::new(
        "update follow_up_pool set held_by = ?, held_name = ?, held_until = ? where ticket_id in (select p.ticket_id",
        vals![taker.who, taker.name.clone(), taker.until],
    );
    sql.text(FROM).append(choice);
    sql.limit(1);
    if h.locks_rows() {
        sql.text(" for update of p skip locked");
    }
    sql.text(") returning ticket_id");
    let taken = h.rows::<Taken>(sql).await?.pop();
    Ok(taken.map(|it| it.ticket_id.0))
}

/// Takes the next one in a scope: what is in the taker's hands already, then who asked for this time, then what is due first.
pub async fn next(
    tx: &Tx,
    scope: &Scope,
    taker: &Taker,
    at: Moment,
) -> Result<Option<TicketId>, StoreError> {
    let sqlite = tx.handle().is_sqlite();
    let mut mine = on(PoolShelf::Mine, taker.who, at);
    mine.append(reached(scope, sqlite))
        .text(" order by p.due_at, p.ticket_id");
    if let Some(id) = takes(tx, taker, mine).await? {
        return Ok(Some(id));
    }
    let mut appointed = free(at.now);
    appointed
        .push(" and p.appointed_at <= ?", vals![at.now])
        .append(reached(scope, sqlite))
        .text(" order by p.appointed_at, p.ticket_id");
    if let Some(id) = takes(tx, taker, appointed).await? {
        return Ok(Some(id));
    }
    let mut due = on(PoolShelf::Ready, taker.who, at);
    due.append(reached(scope, sqlite))
        .text(" order by p.due_at, p.ticket_id");
    takes(tx, taker, due).await
}

/// Takes this one, whether it rests or not; `false` where it is in others' hands or not in the pool.
pub async fn take(
    tx: &Tx,
    scope: &Scope,
    id: TicketId,
    (taker, now): (&Taker, Instant),
) -> Result<bool, StoreError> {
    let mut this = Sql::new(
        " and p.ticket_id = ? and (p.held_until is null or p.held_until <= ? or p.held_by = ?)",
        vals![id, now, taker.who],
    );
    this.append(reached(scope, tx.handle().is_sqlite()));
    Ok(takes(tx, taker, this).await?.is_some())
}

/// Gives one back that is in this person's hands.
pub async fn give_back(tx: &Tx, id: TicketId, who: UserId) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            held_by: Set(Col(None)),
            held_name: Set(Col(None)),
            held_until: Set(Col(None)),
            ..Default::default()
        })
        .filter(Column::TicketId.eq(Col(id)))
        .filter(Column::HeldBy.eq(Col(who)));
    Ok(tx.handle().change(&update).await? == 1)
}

/// Takes over tickets that wait and have no row: those of a server that runs a release without the pool. How many there were.
pub async fn take_over(tx: &Tx) -> Result<u64, StoreError> {
    // Text: a set of rows from the index of what is open.
    let sql = "insert into follow_up_pool (ticket_id, cycle_no, due_at, tries)
        select t.id, t.cycle_no, coalesce((select min(k.due_at) from tasks k where k.case_id = t.id and k.active), 9223372036854775807), 0
        from tickets t where t.is_open and t.state = 'TV'
        and not exists (select 1 from follow_up_pool p where p.ticket_id = t.id) on conflict do nothing";
    tx.handle().run(Sql::new(sql, vals![])).await
}
