//! Doing an act on many tickets: kept as a whole first, then one verb a ticket, each with its own key made of the act's id.
//! Sent again under the same key it goes on where it stopped and repeats nothing; with other content it is refused.
//! Not here: the look before (`look`), the results (`results`).

use serde::Serialize;
use serde_json::{Map, Value};
use shared::access::needs;
use shared::command::Sent;
use shared::fault::{Class, Code, Fault};
use shared::ids::UserId;
use shared::text::bulk as words;
use shared::ticket::bulk::{BulkAct, BulkItem, BulkOutcome, MOST};
use shared::ticket::verbs::{CaseVerb, Dispatch, Reply, Sign, Tickets};
use shared::ticket::view::Acted;
use shared::ticket::{TicketNo, TicketState};
use store::record::{AuditEntry, TicketCase};
use store::todo::bulk::{Bulk, BulkRow};
use uuid::Uuid;

use super::{suits, wrong_number};
use crate::context::{Ctx, Refusals};
use crate::fault::{Failure, Settle};
use crate::host::idempotency::{self, Call};
use crate::host::{self, Act};
use crate::{spans, views, watch};

/// Name of the act in the audit.
const NAME: &str = "ticket.bulk";
/// Texts in which number and unit may stand.
const WORDED: [&str; 2] = ["handling", "public_reply"];

/// What was sent, as a repeated call is known by it.
#[derive(Serialize)]
struct Body<'a> {
    act: BulkAct,
    items: &'a [BulkItem],
    fields: &'a Map<String, Value>,
}

/// Does a verb to many tickets; gives the id under which the results are kept.
///
/// # Errors
/// `access.denied`; `ticket.bulk.items`; what is wrong with the fields that are the same for all; `idempotency.reused`. What a single
/// ticket is refused for stands in its result.
pub async fn run(ctx: &Ctx, act: BulkAct, items: &[BulkItem], sent: Sent) -> Result<Uuid, Fault> {
    let done = spans::called(ctx, NAME, done(ctx, act, items, sent)).await;
    if let Err(fault) = &done {
        watch::broke(ctx, (NAME, "tickets"), fault).await;
    }
    done
}

async fn done(ctx: &Ctx, act: BulkAct, items: &[BulkItem], sent: Sent) -> Result<Uuid, Fault> {
    ctx.ask(needs::TICKETS)?;
    let user = ctx.actor.user().ok_or_else(|| ctx.denied())?;
    let is_twice = |(index, item): (usize, &BulkItem)| {
        let same =
            |other: &BulkItem| (other.ticket, other.assignment) == (item.ticket, item.assignment);
        items[..index].iter().any(same)
    };
    let fits = (1..=MOST).contains(&items.len());
    if !fits || items.iter().enumerate().any(is_twice) {
        return Err(wrong_number(items.len()));
    }
    readable(act, &sent, items[0].version)?;
    let id = kept(ctx, user, (act, items), sent.values()).await?;
    let db = ctx.services.store().reader();
    let found = store::todo::bulk::get(&db, user, id).await;
    let (_, rows) = found.settle(&ctx.services)?.ok_or_else(Fault::missing)?;
    for row in rows {
        if row.outcome == BulkOutcome::Waiting {
            let row = one(ctx, act, row, &sent).await;
            tell(ctx, row).await?;
        }
    }
    Ok(id)
}

/// What is wrong with the fields that all share is told before the first ticket is touched.
fn readable(act: BulkAct, sent: &Sent, version: i32) -> Result<(), Fault> {
    let mut sent = sent.clone();
    sent.number("version", version);
    match act {
        BulkAct::Sign => read::<Sign>(sent).map(drop),
        BulkAct::Dispatch => read::<Dispatch>(sent).map(drop),
        BulkAct::Reply => read::<Reply>(sent).map(drop),
    }
}

fn read<V: CaseVerb>(sent: Sent) -> Result<V, Fault> {
    V::read(sent)
}

/// Keeps the act with all its items, once for the key.
async fn kept(
    ctx: &Ctx,
    user: UserId,
    (act, items): (BulkAct, &[BulkItem]),
    fields: &Map<String, Value>,
) -> Result<Uuid, Fault> {
    let body = Body { act, items, fields };
    let body = serde_json::to_value(&body).map_err(anyhow::Error::new);
    let body = body.settle(&ctx.services)?;
    let id = ctx.services.new_id();
    let bulk = Bulk {
        id,
        user_id: user,
        act,
        made_at: ctx.now(),
    };
    let row = |(item, item_no): (&BulkItem, i32)| BulkRow {
        bulk_id: id,
        item_no,
        ticket_id: item.ticket,
        assignment_id: item.assignment,
        version: item.version,
        ticket_no: None,
        outcome: BulkOutcome::Waiting,
        fault: None,
    };
    let rows: Vec<BulkRow> = items.iter().zip(1..).map(row).collect();
    let written = idempotency::twice(|| {
        let (own, body, bulk, rows) = (ctx.clone(), body.clone(), bulk.clone(), rows.clone());
        ctx.services.store().write::<_, Failure, _>(move |tx| {
            let (ctx, body) = (own.clone(), body.clone());
            let (bulk, rows) = (bulk.clone(), rows.clone());
            Box::pin(async move {
                let call = Call::new(&ctx, NAME, "tickets", &body)?;
                if let Some(known) = call.stored::<Uuid>(tx).await? {
                    return Ok(known);
                }
                store::todo::bulk::put(tx, &bulk, &rows).await?;
                store::audit::append(tx, &[entry(&ctx, &bulk, rows.len())]).await?;
                call.keep(tx, &bulk.id).await?;
                Ok(bulk.id)
            })
        })
    });
    written.await.settle(&ctx.services)
}

/// The audit's row of the act; each verb has its own.
fn entry(ctx: &Ctx, bulk: &Bulk, tickets: usize) -> AuditEntry {
    let mut entry = ctx.audit(NAME, format!("bulk:{}", bulk.id), "ok");
    let facts = [
        ("act", bulk.act.to_string()),
        ("tickets", tickets.to_string()),
    ];
    let facts = facts.map(|(name, value)| (name.to_owned(), value));
    entry.facts.extend(facts);
    entry
}

/// Does one of them and says what became of it.
async fn one(ctx: &Ctx, act: BulkAct, row: BulkRow, sent: &Sent) -> BulkRow {
    let ctx = Ctx {
        idempotency_key: Some(format!("bulk.{}.{}", row.bulk_id, row.item_no)),
        done_at: None,
        refusals: Refusals::default(),
        ..ctx.clone()
    };
    let (ticket_no, done) = match views::in_reach(&ctx, row.ticket_id).await {
        Ok(case) => {
            let done = on(&ctx, act, (&row, &case), sent).await;
            (Some(case.ticket.ticket_no), done)
        }
        Err(fault) => (None, Err(fault)),
    };
    let outcome = match &done {
        Ok(acted) if act == BulkAct::Dispatch && acted.state == TicketState::ToDispatch => {
            BulkOutcome::Proposed
        }
        Ok(_) => BulkOutcome::Done,
        Err(fault) if fault.code == Code::VersionStale => BulkOutcome::Changed,
        // What passes by itself is tried again when the same is sent once more.
        Err(fault) => match fault.code.class() {
            Class::Busy | Class::Broken | Class::Limited => BulkOutcome::Waiting,
            _ => BulkOutcome::Refused,
        },
    };
    let fault = done
        .err()
        .and_then(|fault| serde_json::to_string(&fault).ok());
    BulkRow {
        ticket_no: ticket_no.or(row.ticket_no),
        outcome,
        fault,
        ..row
    }
}

/// The verb on one ticket, or on one part of it.
async fn on(
    ctx: &Ctx,
    act: BulkAct,
    (row, case): (&BulkRow, &TicketCase),
    sent: &Sent,
) -> Result<Acted, Fault> {
    suits(act, &case.ticket)?;
    let part = row.assignment_id;
    let part = part.map(|id| case.assignments.iter().find(|part| part.id == id));
    let (id, unit) = match part {
        Some(Some(part)) if act.verb().is_of_assignment() => (part.id.0, part.unit.as_str()),
        None if !act.verb().is_of_assignment() => (case.ticket.id.0, ""),
        _ => return Err(Fault::missing()),
    };
    let reference = ctx.services.reference().await?;
    let unit = match unit {
        "" => String::new(),
        unit => reference.unit(unit).name,
    };
    let sent = worded(sent, row.version, (&case.ticket.ticket_no, &unit));
    match act {
        BulkAct::Sign => act_on::<Sign>(ctx, id, sent).await,
        BulkAct::Dispatch => act_on::<Dispatch>(ctx, id, sent).await,
        BulkAct::Reply => act_on::<Reply>(ctx, id, sent).await,
    }
}

/// What was sent for all, for one of them.
fn worded(sent: &Sent, version: i32, (no, unit): (&TicketNo, &str)) -> Sent {
    let mut sent = sent.clone();
    sent.number("version", version);
    for name in WORDED {
        sent.reword(name, |text| words::filled(text, no.as_str(), unit));
    }
    sent
}

async fn act_on<V: Act + CaseVerb<Of = Tickets>>(
    ctx: &Ctx,
    id: Uuid,
    sent: Sent,
) -> Result<Acted, Fault> {
    let command = read::<V>(sent)?;
    host::act::<V>(ctx, id, command).await
}

/// Keeps what became of one of them.
async fn tell(ctx: &Ctx, row: BulkRow) -> Result<(), Fault> {
    let written = ctx.services.store().write::<_, Failure, _>(move |tx| {
        let row = row.clone();
        Box::pin(async move { Ok(store::todo::bulk::tell(tx, &row).await?) })
    });
    written.await.settle(&ctx.services)
}
