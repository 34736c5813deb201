//! Messages and signals between cases: handed out to whoever listens, then delivered one by one, each in a transaction of its own (I9).
//! A signal reaches every case that waits for it and starts every definition that begins with it. A message reaches one: the case whose
//! number stands in its variable `message_to`, else kin (the case that started the sender, or one that the sender started), else a new case.
//! Not here: how a case throws (`throw`), how definitions begin (`approvals::starts`), what comes from outside (`approvals::outside`).

use bpmn::{Correlation, Value, Vars};
use shared::approval::{EventKind, IncidentKind};
use shared::calendar::Instant;
use shared::ids::CaseId;
use shared::register::Rule;
use store::Tx;
use store::host::deliveries as events;
use store::record::{ApplicationCase, ApprovalCase, CaseKind, Delivery, Receiver, TicketCase};

use super::people::People;
use super::perform::given;
use super::{About, Halt, Hosted, Scene, Told, WorkingCopy};
use crate::approvals::starts::{Begun, begin_by_itself, started_by};
use crate::context::{Ctx, Services};
use crate::fault::Failure;
use crate::jobs::Done;

/// Events of one run.
const BATCH: u32 = 200;
/// Listeners that are read at once.
const PAGE: u32 = 500;
/// The setting that says for how many days a message is kept for which nobody waits yet.
const MESSAGE_DAYS: Rule = Rule::MESSAGE_DAYS;
/// As many at most.
const LONGEST: i64 = 3_650;
const DAY: i64 = 86_400_000;
/// The variable that names the receiver of a message by its number.
pub(crate) const TO: &str = "message_to";
/// The variable that tells the receiver of a message who sent it, by its number: to answer, it becomes `message_to`.
pub(crate) const FROM: &str = "message_from";

/// Hands out and delivers what is under way, oldest first.
pub(crate) async fn deliver(services: &Services) -> Result<Done, Failure> {
    let waiting = events::under_way(&services.store().reader(), BATCH).await?;
    let (mut count, mut trouble) = (0, None);
    for id in &waiting {
        let (ctx, id) = (Ctx::process(services), *id);
        let done = services
            .store()
            .write::<_, Failure, _>(move |tx| {
                let ctx = ctx.clone();
                Box::pin(async move {
                    // Taking the row is the claim: a second server finds none, and a crash before the commit gives it back.
                    let Some(delivery) = events::take(tx, id).await? else {
                        return Ok(false);
                    };
                    deliver_in(&ctx, tx, delivery).await
                })
            })
            .await;
        match done {
            Ok(done) => count += u64::from(done),
            // The others do not wait for one that cannot be delivered now.
            Err(failure) => trouble = Some(failure),
        }
    }
    match trouble {
        Some(failure) => Err(failure),
        None => Ok(Done {
            count,
            more: !waiting.is_empty(),
        }),
    }
}

async fn deliver_in(ctx: &Ctx, tx: &Tx, delivery: Delivery) -> Result<bool, Failure> {
    match delivery.receiver.clone() {
        Receiver::Open => hand_out(ctx, tx, delivery).await,
        Receiver::Case(id, CaseKind::Ticket) => reach::<TicketCase>(ctx, tx, id, &delivery).await,
        Receiver::Case(id, CaseKind::Approval) => {
            reach::<ApprovalCase>(ctx, tx, id, &delivery).await
        }
        Receiver::Case(id, CaseKind::Application) => {
            reach::<ApplicationCase>(ctx, tx, id, &delivery).await
        }
        Receiver::Start {
            definition,
            version,
            element,
        } => {
            let Some(initiator) = delivery.initiator else {
                return Ok(false);
            };
            let title = match delivery.sent_by {
                Some(id) => ApprovalCase::load_any(ctx.services.machinery().warrant(), tx, id)
                    .await?
                    .map(|case| case.approval.title),
                None => None,
            };
            let begun = Begun {
                definition: &definition,
                version,
                element,
                title,
                initiator,
                caused_by: delivery.sent_by,
                filed: true,
                hops: delivery.hops,
            };
            begin_by_itself(ctx, tx, begun, arrived(tx, &delivery).await?).await
        }
    }
}

fn sent(delivery: &Delivery) -> Result<Vars, Failure> {
    Ok(serde_json::from_str(&delivery.variables).map_err(anyhow::Error::new)?)
}

/// What comes with an event: what was sent without the address, and who sent it.
async fn arrived(tx: &Tx, delivery: &Delivery) -> Result<Vars, Failure> {
    let mut vars = sent(delivery)?;
    if delivery.kind == EventKind::Signal {
        return Ok(vars);
    }
    // Only the house says who sent it; a process that wrote the name itself could answer in another's.
    vars.remove(TO);
    vars.remove(FROM);
    if let Some(sender) = delivery.sent_by
        && let Some(number) = events::number_of(tx, sender).await?
    {
        vars.insert(FROM.to_owned(), Value::Text(number));
    }
    Ok(vars)
}

/// One row for each receiver.
async fn hand_out(ctx: &Ctx, tx: &Tx, open: Delivery) -> Result<bool, Failure> {
    let mut receivers = Vec::new();
    match open.kind {
        EventKind::Signal => {
            let mut after = None;
            loop {
                let page = events::listeners(tx, &open, (after, PAGE)).await?;
                after = page.last().map(|(id, _)| *id);
                let full = page.len() == PAGE as usize;
                receivers.extend(page.into_iter().map(|(id, kind)| Receiver::Case(id, kind)));
                if !full {
                    break;
                }
            }
            receivers.extend(starting(ctx, tx, &open).await?);
        }
        EventKind::Message => {
            let to = match sent(&open)?.get(TO) {
                Some(Value::Text(number)) => Some(number.clone()),
                _ => None,
            };
            let case = match (to, open.sent_by) {
                (Some(number), _) => events::listening(tx, &open.name, &number).await?,
                (None, Some(sender)) => events::kin_listening(tx, &open.name, sender).await?,
                (None, None) => None,
            };
            receivers = match case {
                Some((id, kind)) => vec![Receiver::Case(id, kind)],
                // A message has one receiver: where no case waits, the first definition that begins with it, not all of them.
                None => starting(ctx, tx, &open)
                    .await?
                    .into_iter()
                    .take(1)
                    .collect(),
            };
        }
    }
    if receivers.is_empty() {
        rest(ctx, tx, open).await?;
        return Ok(false);
    }
    // A row each, delivered in transactions of their own: one receiver that stops keeps back no other.
    for receiver in receivers {
        let one = Delivery {
            id: ctx.services.new_id(),
            receiver,
            ..open.clone()
        };
        events::send(tx, &one).await?;
    }
    Ok(true)
}

/// Nobody waits for it: a signal is over, a message rests for its time.
async fn rest(ctx: &Ctx, tx: &Tx, open: Delivery) -> Result<(), Failure> {
    let now = ctx.now();
    let keep_until = match open.keep_until {
        Some(until) => until,
        None => Instant(open.sent_at.0 + kept_days(tx).await? * DAY),
    };
    if open.kind == EventKind::Signal || keep_until <= now {
        tracing::info!(kind = %open.kind, name = open.name, "nobody listens");
        return Ok(());
    }
    let resting = Delivery {
        rests_since: Some(now),
        keep_until: Some(keep_until),
        ..open
    };
    Ok(events::send(tx, &resting).await?)
}

/// For how many days a message is kept for which nobody waits.
async fn kept_days(tx: &Tx) -> Result<i64, Failure> {
    let set = store::settings::get(tx, MESSAGE_DAYS.key).await?;
    Ok(MESSAGE_DAYS.number(set.as_deref()).min(LONGEST))
}

/// Messages that rest are looked at again, since versions may have been activated meanwhile; those whose time is over are gone.
pub(crate) async fn look_again(services: &Services) -> Result<Done, Failure> {
    if events::resting(&services.store().reader()).await? == 0 {
        return Ok(Done::default());
    }
    let now = services.now();
    let gone = services.store().write::<_, Failure, _>(move |tx| {
        Box::pin(async move {
            let gone = events::expire(tx, now).await?;
            events::wake(tx, None).await?;
            Ok(gone)
        })
    });
    let count = gone.await?;
    if count > 0 {
        tracing::info!(count, "messages for which nobody waited are gone");
    }
    Ok(Done { count, more: false })
}

async fn starting(ctx: &Ctx, tx: &Tx, event: &Delivery) -> Result<Vec<Receiver>, Failure> {
    let region = match event.sent_by {
        Some(sender) => events::region_of(tx, sender).await?,
        None => None,
    };
    let what = (event.kind, event.name.as_str());
    let found = started_by(&ctx.services, tx, what, region.as_deref()).await?;
    let start = |(definition, version, element)| Receiver::Start {
        definition,
        version,
        element,
    };
    Ok(found.into_iter().map(start).collect())
}

/// A case gets what it waits for; if it no longer waits, the event is over.
async fn reach<C: Hosted>(
    ctx: &Ctx,
    tx: &Tx,
    id: CaseId,
    delivery: &Delivery,
) -> Result<bool, Failure> {
    let Some(case) = C::load_any(ctx.services.machinery().warrant(), tx, id).await? else {
        return Ok(false);
    };
    let awaited = (delivery.kind, delivery.name.clone());
    let head = case.head();
    if head.is_open && !head.is_running() {
        // Paused since it was looked for: it waits for the next round.
        events::send(tx, delivery).await?;
        return Ok(false);
    }
    if !head.is_open || !case.hung().listens.contains(&awaited) {
        return Ok(false);
    }
    let reference = ctx.services.reference().await?;
    let library = case.library(&ctx.services, tx, &reference).await?;
    let people = People::default();
    let scene = Scene::of(ctx, &reference, &library, &people);
    let mut copy = heard(scene, case.clone(), delivery)?;
    let vars = C::received(arrived(tx, delivery).await?);
    let done = match delivery.kind {
        EventKind::Message => copy.hear(&delivery.name, &Correlation::Any, vars),
        EventKind::Signal => copy.signal(&delivery.name, vars),
    };
    let copy = match done {
        Ok(()) => copy,
        Err(Halt::Failure(failure)) => return Err(failure),
        Err(Halt::Stopped(incident)) => {
            // From the case as it was loaded: what the failed step has changed of the first copy must not be saved.
            let mut held = heard(scene, case, delivery)?;
            let about = About::place(&incident.element);
            let number = held.incident(IncidentKind::Condition, &about, incident.obstacle);
            // It is not lost: whoever settles the incident has it delivered again.
            let stopped = Delivery {
                incident: Some(number),
                ..delivery.clone()
            };
            events::send(tx, &stopped).await?;
            held
        }
    };
    let change = given(ctx, tx, copy).await?;
    C::save(tx, &change).await?;
    Ok(true)
}

/// The case with a line that it has heard the event.
fn heard<'a, C: Hosted>(
    scene: Scene<'a>,
    case: C,
    delivery: &Delivery,
) -> Result<WorkingCopy<'a, C>, Failure> {
    let mut copy = WorkingCopy::open(scene, case)?;
    copy.hops = delivery.hops;
    let told = Told::default()
        .fact("name", &delivery.name)
        .fact("kind", delivery.kind);
    copy.event(C::LINES.heard, told);
    Ok(copy)
}
