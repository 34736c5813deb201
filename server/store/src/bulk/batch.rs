//! What an import asks before it writes, and taking a batch back.
//! Not here: the list of runs (`batches`), writing (`writer`).
//! Taking back moves tickets to RECYCLED; nothing is deleted but open tasks and processes.

use std::collections::BTreeMap;

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, Value};
use shared::access::Who;
use shared::calendar::Instant;
use shared::ids::{BatchId, TicketId, UserId};
use shared::ticket::{TicketState, Verb};

use crate::entity::Col;
use crate::entity::ticket::external_key;
use crate::host::events;
use crate::record::Event;
use crate::sql::{Bind, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// A source's number that is here already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its ticket.
    pub ticket: TicketId,
    /// `bulk::text_hash` of the ticket when it came.
    pub text_hash: Vec<u8>,
}

/// Which of these numbers of a source are here already.
pub async fn known(
    conn: &dyn Conn,
    source: &str,
    numbers: &[String],
) -> Result<BTreeMap<String, Known>, StoreError> {
    let known = external_key::Entity::find()
        .filter(external_key::Column::SourceSystem.eq(source))
        .filter(external_key::Column::ExternalNo.is_in(numbers));
    let rows: Vec<external_key::ExternalKey> = conn.handle().records(known).await?;
    let known = |key: external_key::ExternalKey| {
        let (ticket, text_hash) = (key.ticket_id, key.text_hash);
        (key.external_no, Known { ticket, text_hash })
    };
    Ok(rows.into_iter().map(known).collect())
}

/// Whether any of these tickets is here already, recycled or not.
pub async fn any_kept(conn: &dyn Conn, tickets: &[TicketId]) -> Result<bool, StoreError> {
    // As many values as every database takes in one statement.
    for some in tickets.chunks(500) {
        let mut sql = Sql::new("select 1 from tickets t where t.id in ", vals![]);
        sql.list(some.iter().map(|id| id.bind()).collect()).limit(1);
        if conn.handle().one(sql).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Taking a batch back.
#[derive(Debug, Clone)]
pub struct Recycle {
    /// Which.
    pub batch: BatchId,
    /// At most so many tickets in this transaction.
    pub limit: u32,
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: Option<UserId>,
    /// Display name.
    pub by_name: Option<String>,
    /// What kind of actor.
    pub actor: Who,
    /// The verb under which it stands in the history.
    pub verb: Verb,
    /// Why.
    pub note: Option<String>,
}

/// Where a ticket of the batch stands.
#[derive(FromQueryResult)]
struct Standing {
    id: Col<TicketId>,
    state: Col<TicketState>,
    updated_at: Col<Instant>,
    last_seq: Col<Option<i32>>,
}

/// Moves the next tickets of a batch to RECYCLED with an event each; 0 when none is left.
pub async fn recycle(tx: &Tx, order: &Recycle) -> Result<u64, StoreError> {
    let h = tx.handle();
    // Texts: a thousand tickets each.
    let sql = "select t.id, t.state, t.updated_at, (select max(e.seq) from events e where e.case_id = t.id) as last_seq from tickets t where t.batch_id = ? and t.state <> 'RE' order by t.id limit ?";
    let rows = h
        .rows::<Standing>(Sql::new(sql, vals![order.batch, order.limit]))
        .await?;
    let mut recycled = Vec::with_capacity(rows.len());
    for row in &rows {
        let next = row.last_seq.0.unwrap_or(0) + 1;
        recycled.push(Event {
            // Never before what stands in the history already, whatever the clock says.
            at: order.at.max(row.updated_at.0),
            ..event(order, row.id.0, row.state.0, next)
        });
    }
    if recycled.is_empty() {
        return Ok(0);
    }
    let ids = || {
        recycled
            .iter()
            .map(|e| e.case_id.bind())
            .collect::<Vec<_>>()
    };
    // The source's numbers are free again, so that the file can be imported once more.
    let mut keys = Sql::new(
        "delete from external_keys where (source_system, external_no) in (select t.source_system, t.external_no from tickets t where t.id in ",
        vals![],
    );
    keys.list(ids()).text(")");
    h.run(keys).await?;
    lapse(tx, order, ids()).await?;
    for head in [
        "delete from tasks where case_id in ",
        "delete from timers where case_id in ",
        "delete from instances where ticket_id in ",
        "delete from ladder_duties where case_id in ",
        "delete from follow_up_pool where ticket_id in ",
    ] {
        let mut sql = Sql::new(head, vals![]);
        sql.list(ids());
        h.run(sql).await?;
    }
    let mut sql = Sql::new(
        "update tickets set state = 'RE', is_open = ?, updated_at = case when updated_at > ? then updated_at else ? end, version = version + 1 where id in ",
        vals![false, order.at, order.at],
    );
    sql.list(ids());
    let count = h.run(sql).await?;
    events::append(tx, &recycled).await?;
    crate::feed::rebuild(tx, order.batch).await?;
    Ok(count)
}

/// Of what was asked for in these tickets nothing is left to decide.
async fn lapse(tx: &Tx, order: &Recycle, tickets: Vec<Value>) -> Result<(), StoreError> {
    const OPEN: &str = " where q.status = 'O' and q.ticket_id in ";
    let mut line = Sql::new(
        "insert into events (case_id, seq, verb, at, assignment_id, from_state, to_state)
         select q.id, q.last_seq + 1, 'lapse', case when q.updated_at > ? then q.updated_at else ? end, q.assignment_id, 'O', 'L' from applications q",
        vals![order.at, order.at],
    );
    line.text(OPEN).list(tickets.clone());
    let mut tasks = Sql::new(
        "delete from tasks where case_id in (select q.id from applications q",
        vals![],
    );
    tasks.text(OPEN).list(tickets.clone()).text(")");
    let mut heads = Sql::new(
        "update applications set status = 'L', process = null, version = version + 1, last_seq = last_seq + 1,
         updated_at = case when updated_at > ? then updated_at else ? end where status = 'O' and ticket_id in ",
        vals![order.at, order.at],
    );
    heads.list(tickets);
    for sql in [line, tasks, heads] {
        tx.handle().run(sql).await?;
    }
    Ok(())
}

fn event(order: &Recycle, ticket_id: TicketId, from: TicketState, seq: i32) -> Event {
    Event {
        case_id: ticket_id.into(),
        seq,
        verb: order.verb,
        at: order.at,
        by: order.by,
        by_name: order.by_name.clone(),
        unit: None,
        assignment_id: None,
        element: None,
        task_no: None,
        from_state: Some(from),
        to_state: TicketState::Recycled,
        note: order.note.clone(),
        facts: BTreeMap::new(),
        actor: Some(order.actor.kind()),
        actor_code: order.actor.code().map(str::to_owned),
        done_at: None,
    }
}
