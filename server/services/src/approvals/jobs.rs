//! What nobody waits for: timers that ring and services that are called. Each has one effect, also with two servers and after a crash (I9).
//! A timer rings in the transaction that takes its row away. A service is claimed, called, and completed in a transaction that checks
//! that the task still waits.
//! Not here: what services do (`serve`), events between cases (`events`), cases that start by themselves (`starts`).

use std::time::Duration;

use bpmn::Vars;
use futures::{StreamExt as _, stream};
use shared::approval::{ApprovalStatus, ApprovalVerb, IncidentKind};
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::ApprovalId;
use store::Tx;
use store::host::{CallDue, TimerDue};
use store::record::ApprovalCase;

use super::draft::{About, Draft, Halt, Scene, Told};
use super::people::People;
use super::perform::given;
use super::serve::{Around, Request, ServiceTrouble};
use super::{events, starts};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::jobs::Done;

/// Timers or calls of one run.
const BATCH: u32 = 200;
/// Cases that are worked on at once.
const AT_ONCE: usize = 8;
/// How long a service may take.
const TIME_LIMIT: Duration = Duration::from_secs(20);
/// How long a claim holds, in milliseconds: longer than the service may take.
const CLAIM: i64 = 40_000;
/// Tries before a failing service becomes an incident.
const TRIES: i32 = 5;
/// Wait before the second try, in milliseconds; four times as long each time.
const FIRST_WAIT: i64 = 2_000;

/// Rings what is due, in the order of the times; of one case one after the other.
pub(crate) async fn ring(services: &Services) -> Result<Done, Failure> {
    // A clock that has just jumped forwards may jump back: what rang cannot be taken back.
    if !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let now = services.now();
    let due = store::host::timers_due(&services.store().reader(), now, BATCH).await?;
    let more = due.len() == BATCH as usize;
    let mut by_case: Vec<Vec<TimerDue>> = Vec::new();
    for timer in due {
        match by_case.iter_mut().find(|case| case[0].case == timer.case) {
            Some(case) => case.push(timer),
            None => by_case.push(vec![timer]),
        }
    }
    let rung = stream::iter(by_case)
        .map(|timers| async move {
            let mut count = 0;
            for timer in timers {
                count += u64::from(ring_one(services, timer).await?);
            }
            Ok::<u64, Failure>(count)
        })
        .buffered(AT_ONCE)
        .collect::<Vec<_>>()
        .await;
    let mut count = 0;
    for one in rung {
        count += one?;
    }
    Ok(Done {
        count,
        more: more && count > 0,
    })
}

/// Rings one timer; false when another server was faster or the case is paused.
async fn ring_one(services: &Services, timer: TimerDue) -> Result<bool, Failure> {
    let ctx = Ctx::system(services);
    services
        .store()
        .write(move |tx| {
            let ctx = ctx.clone();
            Box::pin(async move { ring_in(&ctx, tx, timer).await })
        })
        .await
}

async fn ring_in(ctx: &Ctx, tx: &Tx, timer: TimerDue) -> Result<bool, Failure> {
    let now = ctx.now();
    let Some(case) = store::approvals::load_unscoped(tx, ApprovalId(timer.case.0)).await? else {
        return Ok(false);
    };
    let known = case
        .timers
        .iter()
        .find(|known| known.timer_no == timer.timer_no && known.due_at.is_some_and(|at| at <= now))
        .cloned();
    let (Some(known), ApprovalStatus::Running) = (known, case.approval.status) else {
        return Ok(false);
    };
    let reference = ctx.services.reference().await?;
    let library = ctx.services.library_of(tx, &case.approval).await?;
    let people = People::default();
    let scene = Scene::of(ctx, &reference, &library, &people);
    let told = || {
        Told::default()
            .fact("due_at", timer.due_at.rfc3339())
            .fact("timer", known.timer_no)
    };
    let mut draft = Draft::open(scene, case.clone())?;
    draft.case.timers.retain(|t| t.timer_no != timer.timer_no);
    let mut event = told();
    event.element = Some(known.element.clone());
    draft.event(ApprovalVerb::Ring, event);
    let draft = match draft.ring(timer.timer_no) {
        Ok(()) => draft,
        Err(Halt::Failure(failure)) => return Err(failure),
        Err(Halt::Stopped(incident)) => {
            // The case stays where it is; the timer is held until its owner has settled the incident.
            let mut held = Draft::open(scene, case)?;
            if let Some(timer) = held
                .case
                .timers
                .iter_mut()
                .find(|t| t.timer_no == timer.timer_no)
            {
                timer.held_at = timer.due_at.take();
            }
            let about = About {
                element: &known.element,
                task_no: None,
                timer_no: Some(known.timer_no),
            };
            held.incident(IncidentKind::Condition, &about, incident.words);
            held
        }
    };
    let change = given(tx, draft).await?;
    store::approvals::save(tx, &change).await?;
    Ok(true)
}

/// Calls the services that wait, oldest first.
pub(crate) async fn serve(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    let due = store::host::calls_due(&services.store().reader(), now, BATCH).await?;
    let more = due.len() == BATCH as usize;
    let served = stream::iter(due)
        .map(|call| serve_one(services, call))
        .buffered(AT_ONCE)
        .collect::<Vec<_>>()
        .await;
    let mut count = 0;
    for one in served {
        count += u64::from(one?);
    }
    Ok(Done {
        count,
        more: more || count > 0,
    })
}

async fn serve_one(services: &Services, call: CallDue) -> Result<bool, Failure> {
    let now = services.now();
    let claimed = {
        let call = call.clone();
        services
            .store()
            .write::<_, Failure, _>(move |tx| {
                Box::pin(async move {
                    let until = Instant(now.0 + CLAIM);
                    Ok(store::host::claim_call(tx, &call, now, until).await?)
                })
            })
            .await?
    };
    if !claimed {
        return Ok(false);
    }
    let outside = outside(services, &call).await?;
    let ctx = Ctx::system(services);
    services
        .store()
        .write(move |tx| {
            let (ctx, call, outside) = (ctx.clone(), call.clone(), outside.clone());
            Box::pin(async move { finish(&ctx, tx, &call, outside).await })
        })
        .await
}

/// Calls a service that works outside; `None` for one that works inside.
async fn outside(
    services: &Services,
    call: &CallDue,
) -> Result<Option<Result<Vars, ServiceTrouble>>, Failure> {
    let Some(service) = services.approvals().service(&call.service) else {
        return Ok(Some(Err(ServiceTrouble::Never(format!(
            "there is no service {}",
            call.service
        )))));
    };
    let reader = services.store().reader();
    let Some(case) = store::approvals::load_unscoped(&reader, ApprovalId(call.case.0)).await?
    else {
        return Ok(None);
    };
    let request = request(&case, call)?;
    let Some(calling) = service.call(services, request) else {
        return Ok(None);
    };
    let answer = tokio::time::timeout(TIME_LIMIT, calling).await;
    Ok(Some(answer.unwrap_or_else(|_| {
        Err(ServiceTrouble::Again(format!(
            "the service did not answer within {} seconds",
            TIME_LIMIT.as_secs()
        )))
    })))
}

fn request(case: &ApprovalCase, call: &CallDue) -> Result<Request, Failure> {
    let instance: Option<bpmn::Instance> = case
        .approval
        .inside
        .state
        .as_deref()
        .map(serde_json::from_str)
        .transpose()
        .map_err(anyhow::Error::new)?;
    let element = case
        .calls
        .iter()
        .find(|open| open.task_no == call.task_no)
        .map(|open| open.element.clone())
        .unwrap_or_default();
    Ok(Request {
        approval: ApprovalId(call.case.0),
        approval_no: case.approval.approval_no.clone(),
        task_no: call.task_no,
        element,
        vars: instance
            .map(|instance| instance.visible(u64::try_from(call.task_no).unwrap_or(u64::MAX)))
            .unwrap_or_default(),
    })
}

/// Completes the task with what the service said, or notes the failure.
async fn finish(
    ctx: &Ctx,
    tx: &Tx,
    call: &CallDue,
    outside: Option<Result<Vars, ServiceTrouble>>,
) -> Result<bool, Failure> {
    let Some(case) = store::approvals::load_unscoped(tx, ApprovalId(call.case.0)).await? else {
        return Ok(false);
    };
    let waits = case
        .calls
        .iter()
        .any(|open| open.task_no == call.task_no && open.next_try_at.is_some());
    if !waits || case.approval.status != ApprovalStatus::Running {
        return Ok(false);
    }
    let reference = ctx.services.reference().await?;
    let library = ctx.services.library_of(tx, &case.approval).await?;
    let people = People::default();
    let scene = Scene::of(ctx, &reference, &library, &people);
    let mut draft = Draft::open(scene, case.clone())?;
    let answer = match outside {
        Some(answer) => answer,
        None => inside(ctx, tx, &mut draft, call).await?,
    };
    let change = match taken(&mut draft, call, answer) {
        Ok(()) => given(tx, draft).await?,
        Err(Halt::Failure(failure)) => return Err(failure),
        Err(Halt::Stopped(incident)) => {
            let mut failed = Draft::open(scene, case)?;
            failed_call(&mut failed, call, incident.words, true);
            given(tx, failed).await?
        }
    };
    store::approvals::save(tx, &change).await?;
    Ok(true)
}

async fn inside(
    ctx: &Ctx,
    tx: &Tx,
    draft: &mut Draft<'_>,
    call: &CallDue,
) -> Result<Result<Vars, ServiceTrouble>, Failure> {
    let Some(service) = ctx.services.approvals().service(&call.service) else {
        return Ok(Err(ServiceTrouble::Never(format!(
            "there is no service {}",
            call.service
        ))));
    };
    let vars = draft.visible(call.task_no);
    let around = Around {
        approval: &draft.case.approval.clone(),
        vars: &vars,
        now: ctx.now(),
        ids: ctx.services.ids(),
    };
    Ok(match service.inside(tx, around).await? {
        Ok(done) => {
            for message in done.messages {
                draft.send(message);
            }
            Ok(done.vars)
        }
        Err(trouble) => Err(trouble),
    })
}

fn taken(
    draft: &mut Draft<'_>,
    call: &CallDue,
    answer: Result<Vars, ServiceTrouble>,
) -> Result<(), Halt> {
    let element = draft
        .case
        .calls
        .iter()
        .find(|open| open.task_no == call.task_no)
        .map(|open| open.element.clone())
        .unwrap_or_default();
    let told = || Told::of(&element, call.task_no).fact("service", &call.service);
    match answer {
        Ok(vars) => {
            draft.event(ApprovalVerb::Serve, told());
            draft.complete(call.task_no, vars)
        }
        Err(ServiceTrouble::Error(code)) => {
            draft.event(ApprovalVerb::Serve, told().fact("error", &code));
            draft.fail(call.task_no, &code)
        }
        Err(ServiceTrouble::Again(words)) => {
            failed_call(draft, call, words, false);
            Ok(())
        }
        Err(ServiceTrouble::Never(words)) => {
            failed_call(draft, call, words, true);
            Ok(())
        }
    }
}

/// Tries again later, each time later; after the last try an incident waits for the process owner.
fn failed_call(draft: &mut Draft<'_>, call: &CallDue, words: String, for_good: bool) {
    let now = draft.now();
    let Some(open) = draft
        .case
        .calls
        .iter_mut()
        .find(|open| open.task_no == call.task_no)
    else {
        return;
    };
    open.tries += 1;
    if !for_good && open.tries < TRIES {
        let wait = FIRST_WAIT << (2 * (open.tries - 1)).clamp(0, 20);
        open.next_try_at = Some(Instant(now.0 + wait));
        return;
    }
    open.next_try_at = None;
    let element = open.element.clone();
    let about = About {
        element: &element,
        task_no: Some(call.task_no),
        timer_no: None,
    };
    draft.incident(IncidentKind::Service, &about, words);
}

/// Rings, serves, delivers and starts until nothing is due, for tests and commands that end at once.
pub async fn drain(services: &Services) -> Result<u64, Fault> {
    let mut count = 0;
    loop {
        let rung = ring(services).await.settle(services)?;
        let served = serve(services).await.settle(services)?;
        let told = events::deliver(services).await.settle(services)?;
        let begun = starts::ring(services).await.settle(services)?;
        let round = rung.count + served.count + told.count + begun.count;
        count += round;
        if round == 0 {
            return Ok(count);
        }
    }
}
