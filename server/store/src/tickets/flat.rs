//! Tickets as the analytic copy has them: what predicates, dimensions and scopes ask of each, without anything personal.
//! Not here: the copy (`minsheng-analytics`), who keeps it (`services::reports::analytic`), the formulas (`tickets::cells`).
//! Texts: a few columns of a wide row, and what hangs on a page of tickets along the indexes by ticket.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::FromQueryResult;
use shared::access::lies_in;
use shared::application::{ApplicationSort, ApplicationStatus};
use shared::calendar::Instant;
use shared::ids::{AssignmentId, TicketId, UserId};
use shared::ticket::{
    Channel, RequestKind, ReturnReason, Satisfaction, SlotRole, Solved, TicketState, Urgency,
};

use crate::entity::Col;
use crate::migration::floor;
use crate::sql::{Bind as _, Sql, vals};
use crate::{Conn, StoreError};

/// When something was due in a lead assignment, when it was done, and when the assignment ended.
pub type Promise = (Option<Instant>, Option<Instant>, Option<Instant>);

/// A ticket for the copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flat {
    /// The ticket.
    pub id: TicketId,
    /// Its version.
    pub version: i64,
    /// 0 first, 1.. redo.
    pub cycle_no: i64,
    /// Acceptance.
    pub accepted_at: Instant,
    /// Account that registered it.
    pub accepted_by: Option<UserId>,
    /// Six digits.
    pub region: String,
    /// Four.
    pub city: String,
    /// Nine.
    pub street: Option<String>,
    /// Leaf code.
    pub category: Option<String>,
    /// Kind.
    pub kind: RequestKind,
    /// Channel.
    pub channel: Channel,
    /// State.
    pub state: TicketState,
    /// Urgency.
    pub urgency: Urgency,
    /// First dispatch.
    pub first_dispatched_at: Option<Instant>,
    /// Reply.
    pub replied_at: Option<Instant>,
    /// Closing.
    pub closed_at: Option<Instant>,
    /// Deadline.
    pub due_at: Option<Instant>,
    /// Yellow light.
    pub warn_at: Option<Instant>,
    /// Deadline of the lead assignment in force.
    pub lead_due_at: Option<Instant>,
    /// Its reply.
    pub lead_replied_at: Option<Instant>,
    /// Unit that leads.
    pub lead_unit: Option<String>,
    /// First rating.
    pub first_satisfaction: Satisfaction,
    /// Latest rating.
    pub latest_satisfaction: Satisfaction,
    /// What the citizen said.
    pub solved: Option<Solved>,
    /// The state waits for somebody.
    pub is_open: bool,
    /// An earlier request made again.
    pub repeated: bool,
    /// How often it was urged.
    pub urge_count: i64,
    /// A hard case.
    pub difficult: bool,
    /// With a three-way call.
    pub three_way: bool,
    /// Ruled to be not counted.
    pub not_counted: bool,
    /// Ruled to be an unreasonable demand.
    pub unreasonable: bool,
    /// Codes of tags.
    pub tags: Vec<String>,
    /// What hangs on it.
    pub hung: Hung,
}

/// What hangs on a ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hung {
    /// Units with a part and those above them.
    pub units: BTreeSet<String>,
    /// Units with a part of their own.
    pub own_units: BTreeSet<String>,
    /// Signing of its lead assignments.
    pub signing: Vec<Promise>,
    /// First contact in them.
    pub contact: Vec<Promise>,
    /// One of them was extended.
    pub extended: bool,
    /// A send-back was granted.
    pub back_granted: bool,
    /// A send-back was refused.
    pub back_refused: bool,
    /// A send-back was granted for a wrong area or duty.
    pub misdirected: bool,
    /// A directive was issued about it.
    pub supervised: bool,
}

#[derive(FromQueryResult)]
struct Head {
    id: Col<TicketId>,
    version: i64,
    cycle_no: i64,
    accepted_at: Col<Instant>,
    accepted_by: Col<Option<UserId>>,
    region: String,
    city: String,
    street: Option<String>,
    category: Option<String>,
    kind: Col<RequestKind>,
    channel: Col<Channel>,
    state: Col<TicketState>,
    urgency: Col<Urgency>,
    first_dispatched_at: Col<Option<Instant>>,
    replied_at: Col<Option<Instant>>,
    closed_at: Col<Option<Instant>>,
    due_at: Col<Option<Instant>>,
    warn_at: Col<Option<Instant>>,
    lead_due_at: Col<Option<Instant>>,
    lead_replied_at: Col<Option<Instant>>,
    lead_unit: Option<String>,
    first_satisfaction: Col<Satisfaction>,
    latest_satisfaction: Col<Satisfaction>,
    solved: Col<Option<Solved>>,
    is_open: bool,
    repeat_of: Option<String>,
    urge_count: i64,
    difficult_at: Col<Option<Instant>>,
    three_way_at: Col<Option<Instant>>,
    not_counted: bool,
    unreasonable: bool,
    tags: Col<Vec<String>>,
    accused_unit: Option<String>,
}

#[derive(FromQueryResult)]
struct Part {
    ticket_id: Col<TicketId>,
    unit: String,
    unit_path: String,
    role: Col<SlotRole>,
    parent_id: Col<Option<AssignmentId>>,
    extended_days: i64,
    sign_due_at: Col<Option<Instant>>,
    signed_at: Col<Option<Instant>>,
    contact_due_at: Col<Option<Instant>>,
    contacted_at: Col<Option<Instant>>,
    ended_at: Col<Option<Instant>>,
}

#[derive(FromQueryResult)]
struct Asked {
    ticket_id: Col<TicketId>,
    sort: Col<ApplicationSort>,
    status: Col<ApplicationStatus>,
    return_reason: Col<Option<ReturnReason>>,
}

#[derive(FromQueryResult)]
struct Linked {
    ticket_id: Col<TicketId>,
}

const COLUMNS: &str = "select t.id, t.version, t.cycle_no, t.accepted_at, t.accepted_by, t.region, t.city, t.street, t.category, t.kind, t.channel, t.state, \
     t.urgency, t.first_dispatched_at, t.replied_at, t.closed_at, t.due_at, t.warn_at, t.lead_due_at, t.lead_replied_at, t.lead_unit, \
     t.first_satisfaction, t.latest_satisfaction, t.solved, t.is_open, t.repeat_of, t.urge_count, t.difficult_at, t.three_way_at, t.not_counted, t.unreasonable, t.tags, t.accused_unit \
     from tickets t where ";

/// These tickets, those that there are.
pub async fn of(conn: &dyn Conn, ids: &[TicketId]) -> Result<Vec<Flat>, StoreError> {
    let mut sql = Sql::new(COLUMNS, vals![]);
    sql.text("t.id in ")
        .list(ids.iter().map(|id| id.bind()).collect());
    whole(conn, sql).await
}

/// The next tickets behind one, in the order of their ids.
pub async fn behind(
    conn: &dyn Conn,
    after: Option<TicketId>,
    most: usize,
) -> Result<Vec<Flat>, StoreError> {
    let mut sql = Sql::new(COLUMNS, vals![]);
    match after {
        Some(after) => sql.push("t.id > ?", vals![after]),
        None => sql.text("1 = 1"),
    };
    sql.text(" order by t.id").limit(most);
    whole(conn, sql).await
}

/// The next tickets behind one, or behind the beginning, that were accepted before a moment.
pub async fn accepted(
    conn: &dyn Conn,
    (from, until): (Instant, Instant),
    after: Option<TicketId>,
    most: usize,
) -> Result<Vec<Flat>, StoreError> {
    let mut sql = Sql::new(COLUMNS, vals![]);
    sql.push_bounds("t.id >= ? and t.id < ?", vals![floor(from), floor(until)]);
    if let Some(after) = after {
        sql.push(" and t.id > ?", vals![after]);
    }
    sql.text(" order by t.id").limit(most);
    whole(conn, sql).await
}

/// Heads with what hangs on them.
async fn whole(conn: &dyn Conn, sql: Sql) -> Result<Vec<Flat>, StoreError> {
    let heads = conn.handle().rows::<Head>(sql).await?;
    if heads.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<TicketId> = heads.iter().map(|head| head.id.0).collect();
    let mut hung = BTreeMap::new();
    let accused: BTreeMap<TicketId, &str> = heads
        .iter()
        .filter_map(|head| Some((head.id.0, head.accused_unit.as_deref()?)))
        .collect();
    parts(conn, &ids, &accused, &mut hung).await?;
    asked(conn, &ids, &mut hung).await?;
    Ok(heads
        .into_iter()
        .map(|head| {
            let hung = hung.remove(&head.id.0).unwrap_or_default();
            flat(head, hung)
        })
        .collect())
}

/// A text about these tickets.
fn about(text: &'static str, ids: &[TicketId]) -> Sql {
    let mut sql = Sql::new(text, vals![]);
    sql.list(ids.iter().map(|id| id.bind()).collect());
    sql
}

async fn parts(
    conn: &dyn Conn,
    ids: &[TicketId],
    accused: &BTreeMap<TicketId, &str>,
    hung: &mut BTreeMap<TicketId, Hung>,
) -> Result<(), StoreError> {
    let sql = about(
        "select s.ticket_id, s.unit, s.unit_path, s.role, s.parent_id, s.extended_days, \
         s.sign_due_at, s.signed_at, s.contact_due_at, s.contacted_at, s.ended_at from assignments s where s.ticket_id in ",
        ids,
    );
    for part in conn.handle().rows::<Part>(sql).await? {
        let of = hung.entry(part.ticket_id.0).or_default();
        // The unit that it is about does not count it, nor does any below it (`case::assignments::unit_rows`).
        let accused = accused.get(&part.ticket_id.0).copied();
        let path = part.unit_path.split('/').filter(|code| !code.is_empty());
        let above = path.take_while(|code| Some(*code) != accused);
        of.units.extend(above.map(str::to_owned));
        let bars = |unit: &str| lies_in(&part.unit_path, unit) || part.unit == unit;
        if !accused.is_some_and(bars) {
            of.units.insert(part.unit.clone());
            of.own_units.insert(part.unit);
        }
        if part.role.0 == SlotRole::Lead && part.parent_id.0.is_none() {
            let ended = part.ended_at.0;
            of.extended |= part.extended_days > 0;
            of.signing
                .push((part.sign_due_at.0, part.signed_at.0, ended));
            of.contact
                .push((part.contact_due_at.0, part.contacted_at.0, ended));
        }
    }
    Ok(())
}

async fn asked(
    conn: &dyn Conn,
    ids: &[TicketId],
    hung: &mut BTreeMap<TicketId, Hung>,
) -> Result<(), StoreError> {
    let h = conn.handle();
    let sql = about(
        "select p.ticket_id, p.sort, p.status, p.return_reason from applications p where p.sort in ('B', 'S') and p.ticket_id in ",
        ids,
    );
    for asked in h.rows::<Asked>(sql).await? {
        let of = hung.entry(asked.ticket_id.0).or_default();
        if asked.sort.0 == ApplicationSort::Supervise {
            of.supervised = true;
            continue;
        }
        let is_granted = asked.status.0 == ApplicationStatus::Granted;
        let is_wrong = matches!(
            asked.return_reason.0,
            Some(ReturnReason::WrongRegion | ReturnReason::WrongDuty)
        );
        of.back_granted |= is_granted;
        of.back_refused |= asked.status.0 == ApplicationStatus::Refused;
        of.misdirected |= is_granted && is_wrong;
    }
    let sql = about(
        "select r.ticket_id from directive_tickets r where r.ticket_id in ",
        ids,
    );
    for linked in h.rows::<Linked>(sql).await? {
        hung.entry(linked.ticket_id.0).or_default().supervised = true;
    }
    Ok(())
}

fn flat(head: Head, hung: Hung) -> Flat {
    Flat {
        id: head.id.0,
        version: head.version,
        cycle_no: head.cycle_no,
        accepted_at: head.accepted_at.0,
        accepted_by: head.accepted_by.0,
        region: head.region,
        city: head.city,
        street: head.street,
        category: head.category,
        kind: head.kind.0,
        channel: head.channel.0,
        state: head.state.0,
        urgency: head.urgency.0,
        first_dispatched_at: head.first_dispatched_at.0,
        replied_at: head.replied_at.0,
        closed_at: head.closed_at.0,
        due_at: head.due_at.0,
        warn_at: head.warn_at.0,
        lead_due_at: head.lead_due_at.0,
        lead_replied_at: head.lead_replied_at.0,
        lead_unit: head.lead_unit,
        first_satisfaction: head.first_satisfaction.0,
        latest_satisfaction: head.latest_satisfaction.0,
        solved: head.solved.0,
        is_open: head.is_open,
        repeated: head.repeat_of.is_some(),
        urge_count: head.urge_count,
        difficult: head.difficult_at.0.is_some(),
        three_way: head.three_way_at.0.is_some(),
        not_counted: head.not_counted,
        unreasonable: head.unreasonable,
        tags: head.tags.0,
        hung,
    }
}
