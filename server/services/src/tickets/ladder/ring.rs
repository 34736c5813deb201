//! The job of the ladder: clocks whose row is due are looked at; who has reached a rung gets a line in the history, and the row moves on to the
//! next rung in the same transaction, so that a job that is killed tells nothing twice and loses nothing.
//! Not here: telling people, many rungs in one notice (`tell`).
//! The version of the ticket stays: nobody's form is stale because time has passed.

use std::collections::BTreeMap;

use futures::{StreamExt as _, stream};
use shared::application::ApplicationSort;
use shared::calendar::Instant;
use shared::ids::TicketId;
use shared::ladder::Step;
use shared::ticket::{Urgency, Verb};
use store::record::{LadderCall, LadderClock, LadderDuty, TicketCase};
use store::tickets::escalations;
use store::tickets::ladder::{self, Armed};
use store::tickets::pool;
use store::{StoreError, Tx};

use super::receivers::audiences;
use super::{after, stands, tell};
use crate::applications::pending;
use crate::context::{Ctx, Services};
use crate::fault::Failure;
use crate::host::jobs::beside;
use crate::host::{Told, WorkingCopy};
use crate::jobs::Done;
use crate::reference::Reference;

/// Clocks of one run.
const BATCH: u32 = 500;
/// Tickets that are worked on at once.
const AT_ONCE: usize = 8;

/// One run.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    // A clock that has just jumped forwards may jump back: what was told cannot be taken back.
    if !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let now = services.now();
    let due = ladder::due(&services.store().reader(), now, BATCH).await?;
    let is_full = due.len() == BATCH as usize;
    let reference = services.reference().await?;
    let mut quiet: Vec<(Armed, LadderClock)> = Vec::new();
    let mut loud: BTreeMap<TicketId, Vec<Armed>> = BTreeMap::new();
    for armed in due {
        let rungs = reference.lists.ladder(&armed.region);
        match stands(&reference, &rungs, &armed, now) {
            Some(it) if !it.new.is_empty() => {
                loud.entry(armed.clock.ticket_id).or_default().push(armed);
            }
            Some(it) => {
                let then = after(&it, &armed, now);
                quiet.push((armed, then));
            }
            None => {
                let then = armed.clock.clone();
                quiet.push((armed, then));
            }
        }
    }
    let mut count = keep(services, quiet).await?;
    let rung = ring_all(services, loud).await;
    count += rung.count;
    if !is_full || count == 0 {
        count += tell::run(services).await?;
    }
    // One that cannot ring keeps no other from ringing.
    match rung.failed {
        Some(failure) => Err(failure),
        None => Ok(Done {
            count,
            more: is_full && count > 0,
        }),
    }
}

/// Takes over clocks, and tickets that wait for their follow-up call, that have no row yet.
pub(crate) async fn take_over(services: &Services) -> Result<Done, Failure> {
    let count = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(ladder::take_over(tx).await? + pool::take_over(tx).await?) })
        })
        .await?;
    Ok(Done { count, more: false })
}

/// Moves the rows of clocks that have reached nothing new.
async fn keep(services: &Services, quiet: Vec<(Armed, LadderClock)>) -> Result<u64, Failure> {
    if quiet.is_empty() {
        return Ok(0);
    }
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let quiet = quiet.clone();
            Box::pin(async move {
                let mut count = 0;
                for (seen, then) in &quiet {
                    count += u64::from(ladder::keep(tx, seen, then).await?);
                }
                Ok(count)
            })
        })
        .await
}

/// What came of ringing.
#[derive(Default)]
struct Rung {
    count: u64,
    failed: Option<Failure>,
}

/// Clocks of one ticket one after the other.
async fn ring_all(services: &Services, loud: BTreeMap<TicketId, Vec<Armed>>) -> Rung {
    let rung = stream::iter(loud.into_values())
        .map(|clocks| async move {
            let mut rung = Rung::default();
            for armed in clocks {
                match ring_one(services, armed).await {
                    Ok(true) => rung.count += 1,
                    Ok(false) => {}
                    Err(failure) => rung.failed = Some(failure),
                }
            }
            rung
        })
        .buffered(AT_ONCE)
        .collect::<Vec<_>>()
        .await;
    rung.into_iter().fold(Rung::default(), |all, one| Rung {
        count: all.count + one.count,
        failed: all.failed.or(one.failed),
    })
}

/// One clock; false when another server was faster or a verb has moved it.
async fn ring_one(services: &Services, armed: Armed) -> Result<bool, Failure> {
    let ctx = Ctx::process(services);
    let rung = services
        .store()
        .write(move |tx| {
            let (ctx, armed) = (ctx.clone(), armed.clone());
            Box::pin(async move { ring_in(&ctx, tx, &armed).await })
        })
        .await;
    match rung {
        Err(Failure::Store(StoreError::Conflict { .. })) => Ok(false),
        other => other,
    }
}

async fn ring_in(ctx: &Ctx, tx: &Tx, seen: &Armed) -> Result<bool, Failure> {
    let now = ctx.now();
    let id = seen.clock.ticket_id;
    let is_it = |it: &Armed| {
        it.clock.clock_id == seen.clock.clock_id && it.clock.at.is_some_and(|at| at <= now)
    };
    let clocks = ladder::of_ticket(tx, id).await?;
    let Some(armed) = clocks.into_iter().find(is_it) else {
        return Ok(false);
    };
    let reference = ctx.services.reference().await?;
    let rungs = reference.lists.ladder(&armed.region);
    let standing = stands(&reference, &rungs, &armed, now);
    let Some(standing) = standing.filter(|it| !it.new.is_empty()) else {
        return Ok(false);
    };
    let rings = |copy: &mut WorkingCopy<'_, TicketCase>| -> Result<_, Failure> {
        let reached = standing.new.iter();
        let calls: Vec<LadderCall> = reached
            .map(|step| call(ctx, &reference, (&copy.case, &armed), step))
            .collect();
        let reached = standing.new.iter();
        let duties: Vec<LadderDuty> = reached
            .filter_map(|step| duty(&copy.case, &armed, step))
            .collect();
        for step in &standing.new {
            copy.event(Verb::Ring, told(&armed, step));
        }
        Ok(Some((calls, duties)))
    };
    let Some((calls, duties)) = beside::<TicketCase, _>(ctx, tx, id.into(), rings).await? else {
        return Ok(false);
    };
    ladder::call(tx, &calls).await?;
    escalations::add(tx, &duties).await?;
    if ladder::keep(tx, &armed, &after(&standing, &armed, now)).await? {
        return Ok(true);
    }
    // Another server has told it, or the deadline was computed anew at this very moment: nothing has rung, the next run looks again.
    Err(StoreError::Conflict {
        object: format!("ladder:{}", armed.clock.clock_id),
        expected: 0,
        current: 0,
    }
    .into())
}

/// What a rung gives the centre to do about a part; nothing where a directive about it waits already.
fn duty(case: &TicketCase, armed: &Armed, step: &Step<'_>) -> Option<LadderDuty> {
    let act = step.rung.act?;
    let id = armed.assignment()?;
    let place = case.assignments.iter().position(|part| part.id == id)?;
    let part = case.assignments.get(place)?;
    if act.level().is_some() && pending(case, id, ApplicationSort::Supervise).is_some() {
        return None;
    }
    Some(LadderDuty {
        assignment_id: id,
        act: act.alarm().as_str().to_owned(),
        case_id: case.ticket.id,
        task_no: i64::try_from(place).unwrap_or(i64::MAX),
        rung: step.rung.code.clone(),
        unit: part.unit.clone(),
        due_key: step.at.0,
        opened_at: step.at,
    })
}

/// What people are to be told of a rung.
fn call(
    ctx: &Ctx,
    reference: &Reference,
    (case, armed): (&TicketCase, &Armed),
    step: &Step<'_>,
) -> LadderCall {
    let part = armed
        .assignment()
        .and_then(|id| case.assignments.iter().find(|part| part.id == id));
    let audiences = audiences(reference, case, part, step.rung);
    LadderCall {
        id: ctx.services.ids().new_id(ctx.now()),
        ticket_id: case.ticket.id,
        ticket_no: case.ticket.ticket_no.to_string(),
        region: armed.region.clone(),
        rung: step.rung.code.clone(),
        is_late: step.rung.is_late(),
        urgent: armed.urgency != Urgency::Normal,
        // Units, roles and ids always have a JSON.
        audience: serde_json::to_string(&audiences).unwrap_or_default(),
        at: step.at,
    }
}

/// What the history says of a rung: its code, and its name of then.
fn told(armed: &Armed, step: &Step<'_>) -> Told {
    let due = armed.due.map_or_else(String::new, Instant::rfc3339);
    let told = Told::default()
        .fact("rung", &step.rung.code)
        .fact("rung_zh", &step.rung.zh)
        .fact("rung_en", &step.rung.en)
        .fact("colour", step.rung.colour)
        .fact("due_at", due);
    Told {
        assignment: armed.assignment(),
        ..told
    }
}
