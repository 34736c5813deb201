//! Clocks of the tickets that were accepted in a span, open and ended ones, and what they are sorted by: rules are tried on them before they count.
//! Not here: running clocks (`deadline`), reckoning (services). A page holds all clocks of its tickets.
//! Whoever asks is a job: what comes of it are numbers, and numbers of tickets, whose pages ask for the reader's reach.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use shared::calendar::{Added, Instant};
use shared::ids::TicketId;
use shared::ticket::{Channel, RequestKind, TicketNo, Urgency};

use crate::entity::Col;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// A clock that ran or runs, with what limits are looked up by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedClock {
    pub ticket_id: TicketId,
    pub ticket_no: TicketNo,
    /// The unit of an assignment, in whose hours it runs; nothing for the ticket's own clock.
    pub unit: Option<String>,
    /// When it began.
    pub from: Instant,
    /// When it was done; nothing while it runs.
    pub done_at: Option<Instant>,
    /// What was added to its limit.
    pub added: Added,
    pub channel: Channel,
    pub kind: RequestKind,
    pub category: Option<String>,
    pub urgency: Urgency,
    pub region: String,
    pub accepted_at: Instant,
}

impl AcceptedClock {
    /// Whether a deadline was missed, as of a moment.
    #[must_use]
    pub fn is_late(&self, due: Instant, now: Instant) -> bool {
        self.done_at.unwrap_or(now) > due
    }
}

/// Clocks of the next tickets of a span, in the order of acceptance, behind one.
pub async fn accepted_clocks(
    conn: &dyn Conn,
    (from, until): (Instant, Instant),
    after: (Instant, TicketId),
    limit: u32,
) -> Result<Vec<AcceptedClock>, StoreError> {
    let h = conn.handle();
    // Text: both kinds of clocks of one page of tickets, along the index of acceptance, in the order of acceptance and id (columns 14 and 1). The
    // cycles after the first have half of its limit.
    let mut sql = Sql::new(
        "with p as (select t.id from tickets t where t.accepted_at >= ? and t.accepted_at < ? and (t.accepted_at, t.id) > (?, ?)
           and t.due_at is not null and t.limit_value is not null and t.state <> 'RE' order by t.accepted_at, t.id limit ?)
         select t.id as ticket_id, ",
        vals![from, until, after.0, after.1, limit],
    );
    sql.text(if h.is_sqlite() {
        "null as unit"
    } else {
        "cast(null as text) as unit"
    });
    sql.text(
        ", t.ticket_no, t.accepted_at as since, coalesce(t.replied_at, t.closed_at) as done_at, 0 as extended_days, t.paused_minutes,
           cast(null as bigint) as promised_at, t.channel, t.kind, t.category, t.urgency, t.region, t.accepted_at
           from p join tickets t on t.id = p.id
         union all select a.ticket_id, a.unit, t.ticket_no, a.dispatched_at, coalesce(a.replied_at, a.ended_at), a.extended_days, a.paused_minutes,
           a.promised_at, t.channel, t.kind, t.category, t.urgency, t.region, t.accepted_at
           from p join tickets t on t.id = p.id join assignments a on a.ticket_id = p.id
           where a.cycle_no = 0 and a.due_at is not null and a.limit_value is not null order by 14, 1",
    );
    let rows = h.rows::<Row>(sql).await?;
    Ok(rows.into_iter().map(Row::clock).collect())
}

#[derive(FromQueryResult)]
struct Row {
    ticket_id: Col<TicketId>,
    unit: Option<String>,
    ticket_no: Col<TicketNo>,
    since: Col<Instant>,
    done_at: Col<Option<Instant>>,
    extended_days: i64,
    paused_minutes: i64,
    promised_at: Col<Option<Instant>>,
    channel: Col<Channel>,
    kind: Col<RequestKind>,
    category: Option<String>,
    urgency: Col<Urgency>,
    region: String,
    accepted_at: Col<Instant>,
}

impl Row {
    fn clock(self) -> AcceptedClock {
        AcceptedClock {
            ticket_id: self.ticket_id.0,
            ticket_no: self.ticket_no.0,
            unit: self.unit,
            from: self.since.0,
            done_at: self.done_at.0,
            added: Added {
                days: i32::try_from(self.extended_days).unwrap_or(i32::MAX),
                paused: i32::try_from(self.paused_minutes).unwrap_or(i32::MAX),
                promised: self.promised_at.0,
            },
            channel: self.channel.0,
            kind: self.kind.0,
            category: self.category,
            urgency: self.urgency.0,
            region: self.region,
            accepted_at: self.accepted_at.0,
        }
    }
}

/// What an accepted ticket is sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedMatter {
    pub ticket_id: TicketId,
    pub ticket_no: TicketNo,
    pub channel: Channel,
    pub kind: RequestKind,
    pub category: Option<String>,
    pub urgency: Urgency,
    pub region: String,
    pub accepted_at: Instant,
    /// The source's own words that are not understood yet.
    pub source_words: BTreeMap<String, String>,
    /// Answers about the matter to the office's own fields.
    pub own: BTreeMap<String, String>,
}

/// The next tickets of a span, in the order of acceptance, behind one.
pub async fn accepted_matters(
    conn: &dyn Conn,
    (from, until): (Instant, Instant),
    after: (Instant, TicketId),
    limit: u32,
) -> Result<Vec<AcceptedMatter>, StoreError> {
    // Text: one page along the index of acceptance, as of the clocks above.
    let sql = Sql::new(
        "select t.id as ticket_id, t.ticket_no, t.channel, t.kind, t.category, t.urgency, t.region, t.accepted_at, t.source_words, t.own
           from tickets t where t.accepted_at >= ? and t.accepted_at < ? and (t.accepted_at, t.id) > (?, ?) and t.state <> 'RE'
           order by t.accepted_at, t.id limit ?",
        vals![from, until, after.0, after.1, limit],
    );
    let rows = conn.handle().rows::<MatterRow>(sql).await?;
    Ok(rows.into_iter().map(MatterRow::matter).collect())
}

/// Tickets of a span with when they were accepted, the newest first, before one.
pub async fn accepted_before(
    conn: &dyn Conn,
    (from, until): (Instant, Instant),
    before: (Instant, TicketId),
    limit: u32,
) -> Result<Vec<(TicketId, Instant)>, StoreError> {
    // Text: one page along the index of acceptance, backwards.
    let sql = Sql::new(
        "select t.id as ticket_id, t.accepted_at from tickets t where t.accepted_at >= ? and t.accepted_at < ?
           and (t.accepted_at, t.id) < (?, ?) and t.state <> 'RE' order by t.accepted_at desc, t.id desc limit ?",
        vals![from, until, before.0, before.1, limit],
    );
    let rows = conn.handle().rows::<BeforeRow>(sql).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.ticket_id.0, row.accepted_at.0))
        .collect())
}

#[derive(FromQueryResult)]
struct BeforeRow {
    ticket_id: Col<TicketId>,
    accepted_at: Col<Instant>,
}

#[derive(FromQueryResult)]
struct MatterRow {
    ticket_id: Col<TicketId>,
    ticket_no: Col<TicketNo>,
    channel: Col<Channel>,
    kind: Col<RequestKind>,
    category: Option<String>,
    urgency: Col<Urgency>,
    region: String,
    accepted_at: Col<Instant>,
    source_words: Col<BTreeMap<String, String>>,
    own: Col<BTreeMap<String, String>>,
}

impl MatterRow {
    fn matter(self) -> AcceptedMatter {
        AcceptedMatter {
            ticket_id: self.ticket_id.0,
            ticket_no: self.ticket_no.0,
            channel: self.channel.0,
            kind: self.kind.0,
            category: self.category,
            urgency: self.urgency.0,
            region: self.region,
            accepted_at: self.accepted_at.0,
            source_words: self.source_words.0,
            own: self.own.0,
        }
    }
}
