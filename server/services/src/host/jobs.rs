//! Timers that ring: what nobody waits for, and has one effect also with two servers and after a crash (I9). A timer rings in the
//! transaction that takes its row away, whatever kind of case it hangs on.
//! Not here: services that are called (`serve`), events between cases (`deliver`), cases that start by themselves (`approvals::starts`).

use futures::{StreamExt as _, stream};
use shared::approval::IncidentKind;
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::CaseId;
use store::Tx;
use store::host::TimerDue;
use store::record::{ApplicationCase, ApprovalCase, CaseKind, TicketCase, Timer};

use super::people::People;
use super::perform::given;
use super::{About, Halt, Hosted, Scene, Told, WorkingCopy, deliver, serve};
use crate::approvals::starts;
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::jobs::Done;

/// Timers of one run.
const BATCH: u32 = 200;
/// Cases that are worked on at once.
const AT_ONCE: usize = 8;

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
    let ctx = Ctx::process(services);
    services
        .store()
        .write(move |tx| {
            let ctx = ctx.clone();
            Box::pin(async move {
                match timer.kind {
                    CaseKind::Ticket => ring_in::<TicketCase>(&ctx, tx, timer).await,
                    CaseKind::Approval => ring_in::<ApprovalCase>(&ctx, tx, timer).await,
                    CaseKind::Application => ring_in::<ApplicationCase>(&ctx, tx, timer).await,
                }
            })
        })
        .await
}

async fn ring_in<C: Hosted>(ctx: &Ctx, tx: &Tx, timer: TimerDue) -> Result<bool, Failure> {
    let now = ctx.now();
    let Some(case) = C::load_any(ctx.services.machinery().warrant(), tx, timer.case).await? else {
        return Ok(false);
    };
    let timers = case.hung().timers.iter();
    let known = timers
        .filter(|known| known.due_at.is_some_and(|at| at <= now))
        .find(|known| known.timer_no == timer.timer_no)
        .cloned();
    let Some(known) = known.filter(|_| case.head().is_running()) else {
        return Ok(false);
    };
    let reference = ctx.services.reference().await?;
    let library = case.library(&ctx.services, tx, &reference).await?;
    let people = People::default();
    let scene = Scene::of(ctx, &reference, &library, &people);
    let mut copy = WorkingCopy::open(scene, case.clone())?;
    // What rings is gone, whatever comes of it; the next round of a cycle is another timer with a number of its own.
    let hung = copy.case.hung_mut();
    hung.timers.retain(|t| t.timer_no != timer.timer_no);
    let told = rang(&known);
    copy.event(C::LINES.rang, told);
    C::rung(&mut copy, &known);
    let copy = match copy.ring(timer.timer_no) {
        Ok(()) => copy,
        Err(Halt::Failure(failure)) => return Err(failure),
        Err(Halt::Stopped(incident)) => {
            // The case stays where it is; the timer is held until its owner has settled the incident.
            let mut held = WorkingCopy::open(scene, case)?;
            let timers = &mut held.case.hung_mut().timers;
            if let Some(timer) = timers.iter_mut().find(|t| t.timer_no == timer.timer_no) {
                timer.held_at = timer.due_at.take();
            }
            let about = About::timer(&known.element, known.timer_no);
            held.incident(IncidentKind::Condition, &about, incident.obstacle);
            held
        }
    };
    let change = given(ctx, tx, copy).await?;
    C::save(tx, &change).await?;
    Ok(true)
}

/// What a job does to a case by itself, in one transaction; false where `act` found nothing to do any more.
pub(crate) async fn by_itself<C: Hosted>(
    services: &Services,
    id: CaseId,
    act: fn(&mut WorkingCopy<'_, C>) -> Result<bool, Failure>,
) -> Result<bool, Failure> {
    let ctx = Ctx::process(services);
    services
        .store()
        .write(move |tx| {
            let ctx = ctx.clone();
            Box::pin(async move { in_transaction(&ctx, tx, id, act).await })
        })
        .await
}

async fn in_transaction<C: Hosted>(
    ctx: &Ctx,
    tx: &Tx,
    id: CaseId,
    act: fn(&mut WorkingCopy<'_, C>) -> Result<bool, Failure>,
) -> Result<bool, Failure> {
    let did = |copy: &mut WorkingCopy<'_, C>| -> Result<Option<()>, Failure> {
        Ok(act(copy)?.then_some(()))
    };
    Ok(beside::<C, ()>(ctx, tx, id, did).await?.is_some())
}

/// The same in a transaction that writes other things beside the case: what `act` came to; nothing where it found nothing to do any more.
pub(crate) async fn beside<C: Hosted, T: Send>(
    ctx: &Ctx,
    tx: &Tx,
    id: CaseId,
    act: impl FnOnce(&mut WorkingCopy<'_, C>) -> Result<Option<T>, Failure> + Send,
) -> Result<Option<T>, Failure> {
    let Some(case) = C::load_any(ctx.services.machinery().warrant(), tx, id).await? else {
        return Ok(None);
    };
    let reference = ctx.services.reference().await?;
    let library = case.library(&ctx.services, tx, &reference).await?;
    let people = People::default();
    let scene = Scene::of(ctx, &reference, &library, &people);
    let mut copy = WorkingCopy::open(scene, case)?;
    let Some(done) = act(&mut copy)? else {
        return Ok(None);
    };
    let change = given(ctx, tx, copy).await?;
    C::save(tx, &change).await?;
    Ok(Some(done))
}

/// Any case as it stands, for a job that does to another one what follows from it.
pub(crate) async fn read_any<C: Hosted>(
    services: &Services,
    id: CaseId,
) -> Result<Option<C>, Failure> {
    let reader = services.store().reader();
    C::load_any(services.machinery().warrant(), &reader, id).await
}

/// What the history says of a timer that rang.
pub(crate) fn rang(timer: &Timer) -> Told {
    let due_at = timer.due_at.map_or_else(String::new, Instant::rfc3339);
    let told = Told::default()
        .fact("due_at", due_at)
        .fact("timer", timer.timer_no);
    let told = match timer.stage {
        Some(stage) => told.fact("stage", stage),
        None => told,
    };
    Told {
        element: Some(timer.element.clone()),
        assignment: timer.assignment_id,
        ..told
    }
}

/// Rings, serves, delivers and starts until nothing is due, for tests and commands that end at once.
pub async fn drain(services: &Services) -> Result<u64, Fault> {
    let mut count = 0;
    loop {
        let rung = ring(services).await.settle(services)?;
        let served = serve::serve(services).await.settle(services)?;
        let told = deliver::deliver(services).await.settle(services)?;
        let begun = starts::ring(services).await.settle(services)?;
        let round = rung.count + served.count + told.count + begun.count;
        count += round;
        if round == 0 {
            return Ok(count);
        }
    }
}
