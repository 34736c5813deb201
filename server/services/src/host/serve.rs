//! Services that are called: claimed, called with a time limit, and completed in a transaction that checks that the task still waits.
//! Not here: what services do (`services`), timers (`jobs`).
//! A failing one is tried again, each time later; after the last try an incident waits for the process owner.

use std::time::Duration;

use bpmn::Vars;
use futures::{StreamExt as _, stream};
use shared::approval::IncidentKind;
use shared::calendar::Instant;
use shared::process::obstacle::Obstacle;
use store::Tx;
use store::host::CallDue;
use store::record::{ApplicationCase, ApprovalCase, Call, CaseKind, TicketCase};

use super::people::People;
use super::perform::given;
use super::services::{About as Facts, Around, Request, ServiceTrouble};
use super::{About, Halt, Hosted, Kind, Scene, Told, WorkingCopy, engine_number};
use crate::context::{Ctx, Services};
use crate::fault::Failure;
use crate::jobs::Done;

/// Calls of one run.
const BATCH: u32 = 200;
/// Services that are called at once.
const AT_ONCE: usize = 8;
/// How long a service may take.
const TIME_LIMIT: Duration = Duration::from_secs(20);
/// How long a claim holds, in milliseconds: longer than the service may take.
const CLAIM: i64 = 40_000;
/// Tries before a failing service becomes an incident.
const TRIES: i32 = 5;
/// Wait before the second try, in milliseconds; four times as long each time.
const FIRST_WAIT: i64 = 2_000;

/// What a service outside said; `None` for one that works inside.
type Answer = Result<Vars, ServiceTrouble>;

/// Calls the services that wait, oldest first.
pub(crate) async fn serve(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    let due = store::host::calls_due(&services.store().reader(), now, BATCH).await?;
    let more = due.len() == BATCH as usize;
    let served = stream::iter(due)
        .map(|call| async move {
            match call.kind {
                CaseKind::Ticket => serve_one::<TicketCase>(services, call).await,
                CaseKind::Approval => serve_one::<ApprovalCase>(services, call).await,
                CaseKind::Application => serve_one::<ApplicationCase>(services, call).await,
            }
        })
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

async fn serve_one<C: Hosted>(services: &Services, call: CallDue) -> Result<bool, Failure> {
    let now = services.now();
    let claimed = {
        let call = call.clone();
        services
            .store()
            .write::<_, Failure, _>(move |tx| {
                let call = call.clone();
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
    let outside = outside::<C>(services, &call).await?;
    let ctx = Ctx::process(services);
    services
        .store()
        .write(move |tx| {
            let (ctx, call, outside) = (ctx.clone(), call.clone(), outside.clone());
            Box::pin(async move { finish::<C>(&ctx, tx, &call, outside).await })
        })
        .await
}

/// Calls a service that works outside; `None` for one that works inside.
async fn outside<C: Hosted>(
    services: &Services,
    call: &CallDue,
) -> Result<Option<Answer>, Failure> {
    let Some(service) = services.machinery().service(&call.service) else {
        return Ok(Some(Err(unknown(&call.service))));
    };
    let reader = services.store().reader();
    let Some(case) = C::load_any(services.machinery().warrant(), &reader, call.case).await? else {
        return Ok(None);
    };
    let request = request(&case, call)?;
    let Some(calling) = service.call(services, request) else {
        return Ok(None);
    };
    let answer = tokio::time::timeout(TIME_LIMIT, calling).await;
    Ok(Some(answer.unwrap_or_else(|_| {
        Err(ServiceTrouble::Again(Obstacle::ServiceSilent {
            seconds: TIME_LIMIT.as_secs(),
        }))
    })))
}

fn unknown(service: &str) -> ServiceTrouble {
    ServiceTrouble::Never(Obstacle::NoService {
        service: service.to_owned(),
    })
}

fn open_call<C: Kind>(case: &C, task_no: i64) -> Option<&Call> {
    let calls = &case.hung().calls;
    calls.iter().find(|open| open.task_no == task_no)
}

fn request<C: Kind>(case: &C, call: &CallDue) -> Result<Request, Failure> {
    let instance: Option<bpmn::Instance> = case
        .process()
        .map(serde_json::from_str)
        .transpose()
        .map_err(anyhow::Error::new)?;
    Ok(Request {
        case: call.case,
        kind: call.kind,
        number: case.head().number.to_owned(),
        task_no: call.task_no,
        element: open_call(case, call.task_no).map_or_else(String::new, |it| it.element.clone()),
        vars: instance
            .map(|instance| instance.visible(engine_number(call.task_no)))
            .unwrap_or_default(),
    })
}

/// Completes the task with what the service said, or notes the failure.
async fn finish<C: Hosted>(
    ctx: &Ctx,
    tx: &Tx,
    call: &CallDue,
    outside: Option<Answer>,
) -> Result<bool, Failure> {
    let Some(case) = C::load_any(ctx.services.machinery().warrant(), tx, call.case).await? else {
        return Ok(false);
    };
    // Between the claim and now its owner may have skipped the step, or the case may have ended: then the answer is for nobody.
    let waits = open_call(&case, call.task_no).is_some_and(|open| open.next_try_at.is_some());
    if !waits || !case.head().is_running() {
        return Ok(false);
    }
    let reference = ctx.services.reference().await?;
    let library = case.library(&ctx.services, tx, &reference).await?;
    let people = People::default();
    let scene = Scene::of(ctx, &reference, &library, &people);
    let mut copy = WorkingCopy::open(scene, case.clone())?;
    let answer = match outside {
        Some(answer) => answer,
        None => inside(ctx, tx, &mut copy, call).await?,
    };
    let change = match taken(&mut copy, call, answer) {
        Ok(()) => given(ctx, tx, copy).await?,
        Err(Halt::Failure(failure)) => return Err(failure),
        Err(Halt::Stopped(incident)) => {
            // The service has answered, but the process cannot go on with it: asking again would not help, so it waits for its owner.
            let mut failed = WorkingCopy::open(scene, case)?;
            failed_call(&mut failed, call, incident.obstacle, true);
            given(ctx, tx, failed).await?
        }
    };
    C::save(tx, &change).await?;
    Ok(true)
}

async fn inside<C: Kind>(
    ctx: &Ctx,
    tx: &Tx,
    copy: &mut WorkingCopy<'_, C>,
    call: &CallDue,
) -> Result<Answer, Failure> {
    let Some(service) = ctx.services.machinery().service(&call.service) else {
        return Ok(Err(unknown(&call.service)));
    };
    let vars = copy.visible(call.task_no);
    let head = copy.case.head();
    let about = Facts {
        case: call.case,
        kind: call.kind,
        number: head.number.to_owned(),
        title: head.title.to_owned(),
        region: head.region.to_owned(),
        definition: head.definition.to_owned(),
    };
    let around = Around {
        about: &about,
        vars: &vars,
        reference: copy.scene.reference,
        now: ctx.now(),
        ids: ctx.services.ids(),
    };
    Ok(match service.inside(tx, around).await? {
        Ok(done) => {
            for message in done.messages {
                copy.send(message);
            }
            Ok(done.vars)
        }
        Err(trouble) => Err(trouble),
    })
}

fn taken<C: Kind>(
    copy: &mut WorkingCopy<'_, C>,
    call: &CallDue,
    answer: Answer,
) -> Result<(), Halt> {
    let open = open_call(&copy.case, call.task_no);
    let element = open.map_or_else(String::new, |open| open.element.clone());
    let told = || Told::at(&element, call.task_no).fact("service", &call.service);
    match answer {
        Ok(vars) => {
            copy.event(C::LINES.served, told());
            copy.complete_task(call.task_no, vars)
        }
        Err(ServiceTrouble::Error(code)) => {
            copy.event(C::LINES.served, told().fact("error", &code));
            copy.fail_task(call.task_no, &code)
        }
        Err(ServiceTrouble::Again(obstacle)) => {
            failed_call(copy, call, obstacle, false);
            Ok(())
        }
        Err(ServiceTrouble::Never(obstacle)) => {
            failed_call(copy, call, obstacle, true);
            Ok(())
        }
    }
}

/// Tries again later, each time later; after the last try an incident waits for the process owner.
fn failed_call<C: Kind>(
    copy: &mut WorkingCopy<'_, C>,
    call: &CallDue,
    obstacle: Obstacle,
    for_good: bool,
) {
    let now = copy.now();
    let calls = &mut copy.case.hung_mut().calls;
    let Some(open) = calls.iter_mut().find(|open| open.task_no == call.task_no) else {
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
    let about = About::task(&element, call.task_no);
    copy.incident(IncidentKind::Service, &about, obstacle);
}
