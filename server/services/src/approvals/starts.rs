//! How definitions begin by themselves: at a message, a signal or a time. The newest active version of a definition counts.
//! Not here: filing by a person (`start`), events under way (`events`).
//! Whoever activated a version, or whose case sent the event, is the initiator of the new case.

use std::sync::Arc;

use bpmn::model::{Event, NodeKind, TimerKind};
use bpmn::time::TimerError;
use bpmn::{Definition, StartAt, TimerSpec, Vars};
use shared::approval::EventKind;
use shared::calendar::Instant;
use shared::ids::{CaseId, UserId};
use shared::place;
use shared::text::Locale;
use store::record::{ApprovalChange, StartTimer};
use store::{Conn, Tx};

use super::people::People;
use super::start::{Beginning, begin, initiated};
use crate::context::{Ctx, Services};
use crate::fault::Failure;
use crate::host::Trouble;
use crate::host::time::{Whose, WorkClock};
use crate::jobs::Done;
use crate::process::is_reserved;
use crate::sessions::actor_of;

/// Timers of one run.
const BATCH: u32 = 100;
/// Letters of a new case's title.
const TITLE: usize = 60;

/// Start events outside sub-processes, with their events.
fn start_events(definition: &Definition) -> impl Iterator<Item = (&str, &Event)> {
    definition
        .process(definition.process_id())
        .into_iter()
        .flat_map(|process| &process.nodes)
        .filter(|node| node.parent.is_none())
        .filter_map(|node| match &node.kind {
            NodeKind::Start(start) => Some((node.id.as_str(), &start.event)),
            _ => None,
        })
}

/// The first start event of a definition that waits for a time.
pub(super) fn first_timer(definition: &Definition) -> Option<&str> {
    let mut starts = start_events(definition);
    let timer = starts.find(|(_, event)| matches!(event, Event::Timer(_)));
    timer.map(|(element, _)| element)
}

/// The start event of a definition that waits for a message or a signal. One that names an area (`ms:area`, a division's code) waits only for
/// what is sent there.
fn start_at(
    definition: &Definition,
    (kind, name): (EventKind, &str),
    region: Option<&str>,
) -> Option<String> {
    let is_near = |start: &str| {
        let element = definition.element(start);
        let area = element.and_then(|element| element.attr("area"));
        area.is_none_or(|area| region.is_some_and(|it| it.starts_with(place::prefix(area.trim()))))
    };
    start_events(definition)
        .filter(|(start, _)| is_near(start))
        .find(|(_, event)| match (kind, event) {
            (EventKind::Message, Event::Message(known)) => known == name,
            (EventKind::Signal, Event::Signal(known)) => known == name,
            _ => false,
        })
        .map(|(id, _)| id.to_owned())
}

/// Active definitions that start at a message or a signal from an area: key, version, start event.
pub(crate) async fn started_by(
    services: &Services,
    conn: &dyn Conn,
    what: (EventKind, &str),
    region: Option<&str>,
) -> Result<Vec<(String, i32, String)>, Failure> {
    let now = services.now();
    let mut newest: Vec<(String, i32)> = Vec::new();
    for head in store::definitions::heads(conn).await?.iter().rev() {
        let is_first = !newest.iter().any(|(key, _)| *key == head.key);
        if is_first && !is_reserved(&head.key) && head.is_active(now) {
            newest.push((head.key.clone(), head.version));
        }
    }
    let mut found = Vec::new();
    for (key, version) in newest {
        let definition = services.machinery().definition(conn, &key, version).await?;
        let element = definition.and_then(|definition| start_at(&definition, what, region));
        if let Some(element) = element {
            found.push((key, version, element));
        }
    }
    Ok(found)
}

/// The timers at which new cases of a version start from an instant on. The check lets none pass whose time is an expression.
///
/// # Errors
/// The start event whose time cannot be set, and why.
pub(super) fn start_timers(
    definition: &Definition,
    version: i32,
    clock: &WorkClock,
    initiator: UserId,
) -> Result<Vec<StartTimer>, (String, TimerError)> {
    start_events(definition)
        .filter_map(|(element, event)| {
            let Event::Timer(timer) = event else {
                return None;
            };
            let spec = match timer.kind {
                TimerKind::Date => TimerSpec::Date(timer.text.clone()),
                TimerKind::Duration => TimerSpec::Duration(timer.text.clone()),
                TimerKind::Cycle => TimerSpec::Cycle(timer.text.clone()),
            };
            let place = (definition.process_id(), version, element);
            Some(row(place, &spec, clock, initiator).map_err(|why| (element.to_owned(), why)))
        })
        .collect()
}

fn row(
    (key, version, element): (&str, i32, &str),
    spec: &TimerSpec,
    clock: &WorkClock,
    initiator: UserId,
) -> Result<StartTimer, TimerError> {
    let due_at = bpmn::time::due(spec, clock)?;
    let (kind, text) = match spec {
        TimerSpec::Date(text) => ("date", text),
        TimerSpec::Duration(text) => ("duration", text),
        TimerSpec::Cycle(text) => ("cycle", text),
    };
    Ok(StartTimer {
        definition: key.to_owned(),
        version,
        element: element.to_owned(),
        kind: kind.to_owned(),
        spec: text.clone(),
        due_at: Instant(due_at),
        initiator,
    })
}

/// Starts the cases whose time has come, in the order of the times.
pub(crate) async fn ring(services: &Services) -> Result<Done, Failure> {
    // A clock that has just jumped forwards may jump back: what rang cannot be taken back.
    if !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let now = services.now();
    let due =
        store::approvals::starts::start_timers_due(&services.store().reader(), now, BATCH).await?;
    let more = due.len() == BATCH as usize;
    let mut count = 0;
    for timer in due {
        let ctx = Ctx::process(services);
        let rung = services
            .store()
            .write::<_, Failure, _>(move |tx| {
                let (ctx, timer) = (ctx.clone(), timer.clone());
                Box::pin(async move { ring_in(&ctx, tx, timer).await })
            })
            .await?;
        count += u64::from(rung);
    }
    Ok(Done { count, more })
}

async fn ring_in(ctx: &Ctx, tx: &Tx, timer: StartTimer) -> Result<bool, Failure> {
    let services = &ctx.services;
    if !store::approvals::starts::take_start_timer(tx, &timer).await? {
        return Ok(false);
    }
    // Of a version that is no longer the one on which new cases start, nothing is left.
    let active = services.active(tx, &timer.definition).await?;
    if active.is_none_or(|(version, _)| version != timer.version) {
        return Ok(false);
    }
    let spec = match timer.kind.as_str() {
        "cycle" => bpmn::next_round(&TimerSpec::Cycle(timer.spec.clone())),
        _ => None,
    };
    if let Some(spec) = spec {
        let reference = services.reference().await?;
        let after = |at: Instant| {
            let clock = WorkClock::new(Arc::clone(&reference), at);
            let place = (
                timer.definition.as_str(),
                timer.version,
                timer.element.as_str(),
            );
            row(place, &spec, &clock, timer.initiator)
                .inspect_err(|why| {
                    tracing::warn!(
                        definition = timer.definition,
                        %why,
                        "a start timer cannot be set again"
                    );
                })
                .ok()
        };
        // From its own time, so that it does not creep; rounds that a stop has swallowed are not made up for.
        let next = after(timer.due_at)
            .filter(|next| next.due_at > ctx.now())
            .or_else(|| after(ctx.now()));
        if let Some(next) = next {
            store::approvals::starts::put_start_timer(tx, &next).await?;
        }
    }
    let begun = Begun {
        definition: &timer.definition,
        version: timer.version,
        element: timer.element.clone(),
        title: None,
        initiator: timer.initiator,
        caused_by: None,
        filed: false,
        hops: 0,
    };
    begin_by_itself(ctx, tx, begun, Vars::new()).await
}

/// A case that begins without a person.
pub(crate) struct Begun<'a> {
    pub definition: &'a str,
    pub version: i32,
    pub element: String,
    pub title: Option<String>,
    pub initiator: UserId,
    pub caused_by: Option<CaseId>,
    /// Whether a person's own act stands behind it.
    pub filed: bool,
    pub hops: i32,
}

/// Begins a case; false, with the reason in the log, where it cannot.
pub(crate) async fn begin_by_itself(
    ctx: &Ctx,
    tx: &Tx,
    begun: Begun<'_>,
    vars: Vars,
) -> Result<bool, Failure> {
    match try_begin(ctx, tx, begun, vars).await {
        Ok(change) => Ok(change.is_some()),
        Err(Trouble::Failure(failure)) => Err(failure),
        Err(Trouble::Stopped(_, incident)) => {
            tracing::warn!(element = %incident.element, obstacle = %incident.obstacle, "a process could not be started by an event");
            Ok(false)
        }
    }
}

async fn try_begin(
    ctx: &Ctx,
    tx: &Tx,
    begun: Begun<'_>,
    mut vars: Vars,
) -> Result<Option<ApprovalChange>, Trouble> {
    let services = &ctx.services;
    let reference = services.reference().await?;
    let user = store::users::find(tx, begun.initiator).await?;
    let actor = user
        .as_ref()
        .map(|user| actor_of(&reference, user, ctx.now()));
    let unit = actor.as_ref().and_then(|actor| {
        let area = actor.unit_path.clone().zip(actor.region.clone());
        let (path, region) = area?;
        Some((actor.unit.clone()?, path, region))
    });
    let (Some(actor), Some(unit)) = (actor, unit) else {
        tracing::warn!(
            definition = begun.definition,
            "whoever a case would start for is gone"
        );
        return Ok(None);
    };
    let pins = services.pins(tx, begun.definition, begun.version).await?;
    let library = services
        .library(tx, (begun.definition, begun.version), &pins)
        .await?
        .in_hours_of(Whose::Unit(unit.0.clone()));
    let named = (&*actor.username, &*actor.name);
    initiated(&mut vars, &library.main, named, &unit.0);
    let title = begun
        .title
        .unwrap_or_else(|| library.main.name_in(Locale::Zh).to_owned())
        .chars()
        .take(TITLE)
        .collect();
    let beginning = Beginning {
        library: &library,
        people: &People::default(),
        definition: (begun.definition, begun.version, pins),
        title,
        initiator: (begun.initiator, &actor.name),
        unit,
        at: (StartAt::Event(&begun.element), begun.element.clone()),
        caused_by: begun.caused_by,
        filed: begun.filed,
        hops: begun.hops,
        own: std::collections::BTreeMap::new(),
    };
    begin(ctx, tx, &reference, beginning, vars).await.map(Some)
}
