//! Messages and signals between cases: handed out to whoever listens, then delivered one by one, each in a transaction of its own (I9).
//! A signal reaches every case that waits for it and starts every definition that begins with it. A message reaches one: the case whose
//! number stands in its variable `message_to`, else kin (the case that started the sender, or one that the sender started), else a new case.
//! Not here: how a case throws (`draft/throw`), how definitions begin (`starts`).

use bpmn::{Value, Vars};
use shared::access::needs;
use shared::approval::command::Throw;
use shared::approval::view::Thrown;
use shared::approval::{ApprovalStatus, ApprovalVerb, EventKind, IncidentKind, rules};
use shared::fault::{Code, Fault};
use shared::ids::ApprovalId;
use store::Tx;
use store::host::deliveries as events;
use store::record::{ApprovalCase, Delivery, Receiver};

use super::denied::recorded;
use super::draft::{About, Draft, Halt, Scene, Told};
use super::people::People;
use super::perform::{given, scope_of};
use super::starts::{Begun, begin_by_itself, started_by};
use super::verbs::values;
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::jobs::Done;

/// Events of one run.
const BATCH: u32 = 200;
/// Listeners that are read at once.
const PAGE: u32 = 500;
/// The variable that names the receiver of a message by its number.
const TO: &str = "message_to";

/// Hands out and delivers what is under way, oldest first.
pub(crate) async fn deliver(services: &Services) -> Result<Done, Failure> {
    let waiting = events::under_way(&services.store().reader(), BATCH).await?;
    let (mut count, mut trouble) = (0, None);
    for id in &waiting {
        let (ctx, id) = (Ctx::system(services), *id);
        let done = services
            .store()
            .write::<_, Failure, _>(move |tx| {
                let ctx = ctx.clone();
                Box::pin(async move {
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
        Receiver::Case(id, _) => reach(ctx, tx, ApprovalId(id.0), &delivery).await,
        Receiver::Start {
            definition,
            version,
            element,
        } => {
            let Some(initiator) = delivery.initiator else {
                return Ok(false);
            };
            let sender = delivery.sent_by.map(|id| ApprovalId(id.0));
            let title = match sender {
                Some(id) => store::approvals::load_unscoped(tx, id)
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
                caused_by: sender,
                filed: true,
                hops: delivery.hops,
            };
            begin_by_itself(ctx, tx, begun, sent(&delivery)?).await
        }
    }
}

fn sent(delivery: &Delivery) -> Result<Vars, Failure> {
    Ok(serde_json::from_str(&delivery.variables).map_err(anyhow::Error::new)?)
}

/// One row for each receiver.
async fn hand_out(ctx: &Ctx, tx: &Tx, open: Delivery) -> Result<bool, Failure> {
    let what = (open.kind, open.name.as_str());
    let mut receivers = Vec::new();
    match open.kind {
        EventKind::Signal => {
            let mut after = None;
            loop {
                let page = events::listeners(tx, what, open.sent_by, (after, PAGE)).await?;
                after = page.last().map(|(id, _)| *id);
                let full = page.len() == PAGE as usize;
                receivers.extend(page.into_iter().map(|(id, kind)| Receiver::Case(id, kind)));
                if !full {
                    break;
                }
            }
            receivers.extend(starting(ctx, tx, what).await?);
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
                None => starting(ctx, tx, what).await?.into_iter().take(1).collect(),
            };
        }
    }
    if receivers.is_empty() {
        tracing::info!(kind = %open.kind, name = open.name, "nobody listens");
    }
    let any = !receivers.is_empty();
    for receiver in receivers {
        let one = Delivery {
            id: ctx.services.new_id(),
            receiver,
            ..open.clone()
        };
        events::send(tx, &one).await?;
    }
    Ok(any)
}

async fn starting(ctx: &Ctx, tx: &Tx, what: (EventKind, &str)) -> Result<Vec<Receiver>, Failure> {
    let found = started_by(&ctx.services, tx, what).await?;
    let start = |(definition, version, element)| Receiver::Start {
        definition,
        version,
        element,
    };
    Ok(found.into_iter().map(start).collect())
}

/// A case gets what it waits for; if it no longer waits, the event is over.
async fn reach(ctx: &Ctx, tx: &Tx, id: ApprovalId, delivery: &Delivery) -> Result<bool, Failure> {
    let Some(case) = store::approvals::load_unscoped(tx, id).await? else {
        return Ok(false);
    };
    let awaited = (delivery.kind, delivery.name.clone());
    match case.approval.status {
        ApprovalStatus::Running if case.listens.contains(&awaited) => {}
        // Paused since it was looked for: it waits for the next round.
        ApprovalStatus::Correcting | ApprovalStatus::Suspended => {
            events::send(tx, delivery).await?;
            return Ok(false);
        }
        _ => return Ok(false),
    }
    let reference = ctx.services.reference().await?;
    let library = ctx.services.library_of(tx, &case.approval).await?;
    let people = People::default();
    let scene = Scene::of(ctx, &reference, &library, &people);
    let mut draft = heard(scene, case.clone(), delivery)?;
    let vars = sent(delivery)?;
    let done = match delivery.kind {
        EventKind::Message => draft.message(&delivery.name, vars),
        EventKind::Signal => draft.signal(&delivery.name, vars),
    };
    let draft = match done {
        Ok(()) => draft,
        Err(Halt::Failure(failure)) => return Err(failure),
        Err(Halt::Stopped(incident)) => {
            let mut held = heard(scene, case, delivery)?;
            let about = About {
                element: &incident.element,
                task_no: None,
                timer_no: None,
            };
            held.incident(IncidentKind::Condition, &about, incident.words);
            held
        }
    };
    let change = given(tx, draft).await?;
    store::approvals::save(tx, &change).await?;
    Ok(true)
}

/// The case with a line that it has heard the event.
fn heard<'a>(
    scene: Scene<'a>,
    case: ApprovalCase,
    delivery: &Delivery,
) -> Result<Draft<'a>, Failure> {
    let mut draft = Draft::open(scene, case)?;
    draft.hops = delivery.hops;
    let told = Told::default()
        .fact("name", &delivery.name)
        .fact("kind", delivery.kind);
    draft.event(ApprovalVerb::Message, told);
    Ok(draft)
}

/// A message goes only to a case that the sender reaches.
async fn in_reach(ctx: &Ctx, number: &str) -> Result<(), Fault> {
    let scope = scope_of(ctx);
    let reach = store::approvals::Reach {
        scope: &scope,
        actor: &ctx.actor,
    };
    let reader = ctx.services.store().reader();
    let found = store::approvals::id_of(&reader, reach, number)
        .await
        .settle(&ctx.services)?;
    found
        .map(drop)
        .ok_or_else(|| Fault::field("approval_no", Code::NotFound))
}

/// Sends a message or a signal from outside; new cases start in the caller's name.
///
/// # Errors
/// `access.denied` without the right to operate processes; faults of the fields, also for a number out of reach.
pub async fn throw(ctx: &Ctx, command: Throw) -> Result<Thrown, Fault> {
    let what = ("process.throw", format!("event:{}", command.name));
    recorded(ctx, what, send(ctx, command).await).await
}

async fn send(ctx: &Ctx, command: Throw) -> Result<Thrown, Fault> {
    ctx.ask(needs::OPERATING)?;
    let name = rules::line("name", &command.name, 200)?;
    let mut variables = if command.variables.is_empty() {
        Vars::new()
    } else {
        values(&command.variables)?
    };
    if let Some(number) = &command.approval_no {
        if command.kind == EventKind::Signal {
            return Err(Fault::field("approval_no", Code::InputBody));
        }
        let number = rules::line("approval_no", number, 200)?;
        variables.insert(TO.to_owned(), Value::Text(number));
    }
    if let Some(number) = command.approval_no.as_deref() {
        in_reach(ctx, number.trim()).await?;
    }
    let delivery = Delivery {
        id: ctx.services.new_id(),
        sent_at: ctx.now(),
        kind: command.kind,
        name,
        sent_by: None,
        initiator: ctx.actor.user,
        hops: 0,
        receiver: Receiver::Open,
        variables: serde_json::to_string(&variables)
            .map_err(|error| ctx.services.fault(anyhow::Error::new(error).into()))?,
    };
    let id = delivery.id;
    let mut entry = ctx.audit("process.throw", format!("event:{}", delivery.name), "ok");
    entry
        .facts
        .insert("kind".to_owned(), delivery.kind.to_string());
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (delivery, entry) = (delivery.clone(), entry.clone());
            Box::pin(async move {
                events::send(tx, &delivery).await?;
                Ok(store::audit::append(tx, &[entry]).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    Ok(Thrown { id: id.to_string() })
}
