//! Moves running cases to another version of their definition: by equal ids, or as a mapping says. A dry run counts how many would stand
//! where, and why others cannot.
//! It is a job: some cases a step, in one transaction with how far it is, which also keeps how each stood before; cases that do not fit stay
//! where they are. Not here: finding the places (`bpmn::change`), taking it back (`undo`).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bpmn::change::{Migration as Moved, ProblemKind};
use serde::{Deserialize, Serialize};
use shared::access::{Scope, needs};
use shared::approval::command::Migrate;
use shared::approval::view::{MigrationView, PlaceMove, ProblemRow};
use shared::fault::{Code, Fault};
use shared::ids::{CaseId, JobId, MigrationId};
use shared::job::JobKind;
use shared::process::obstacle::Obstacle;
use store::Tx;
use store::host::migrations::{self, Before};
use store::jobs::{Job, Stand};
use store::record::{ApprovalCase, Migration, TicketCase};

use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::host::denied::recorded;
use crate::host::library::Pins;
use crate::host::people::People;
use crate::host::perform::given;
use crate::host::versions::Moves;
use crate::host::{Halt, Scene, Told, WorkingCopy};
use crate::jobs::host::{self, Effect, Over, Step, Stepwise, effect, json, parsed};
use crate::process::{Movable, movable};

/// Cases that are looked up together.
const PAGE: u32 = 200;
/// Cases of one step. After a failure they are tried one by one, so that a case that cannot be written keeps back no other.
const BATCH: u32 = 20;

/// What to migrate.
#[derive(Debug, Clone)]
pub struct MigrationPlan {
    /// Key of the definition.
    pub key: String,
    /// The version that cases leave.
    pub from: i32,
    /// The version that they go to.
    pub to: i32,
    /// New ids by old ones, where an element's id has changed.
    pub mapping: BTreeMap<String, String>,
    /// Only count.
    pub dry_run: bool,
    /// How long the caller waits; without it until all is done. A migration goes on behind an answer that came before.
    pub patience: Option<Duration>,
}

impl MigrationPlan {
    /// What was asked of a definition, for a caller who waits so long.
    pub fn of(key: String, command: Migrate, patience: Option<Duration>) -> Self {
        Self {
            key,
            from: command.from,
            to: command.to,
            mapping: command.mapping.into_map(),
            dry_run: command.dry_run.0,
            patience,
        }
    }
}

/// The same as the job keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Asked {
    id: MigrationId,
    key: String,
    from: i32,
    to: i32,
    mapping: BTreeMap<String, String>,
    pins: Pins,
}

/// Where a migration stands.
#[derive(Debug, Serialize, Deserialize)]
struct Cursor {
    after: Option<CaseId>,
    so_far: MigrationView,
}

/// What a case comes to.
enum Outcome {
    Fits(Vec<(String, String)>),
    Cannot(Vec<(String, String, String)>),
}

#[derive(Clone, Default)]
struct Tally {
    cases: i64,
    fits: i64,
    moved: i64,
    places: BTreeMap<(String, String), i64>,
    problems: BTreeMap<(String, String, String), i64>,
}

impl Tally {
    /// What was told of a migration under way.
    fn of(view: MigrationView) -> Self {
        let places = view.places.into_iter();
        let problems = view.problems.into_iter();
        Self {
            cases: view.cases,
            fits: view.fits,
            moved: view.moved,
            places: places
                .map(|place| ((place.from, place.to), place.count))
                .collect(),
            problems: problems
                .map(|it| ((it.element, it.target, it.kind), it.count))
                .collect(),
        }
    }

    fn add(&mut self, outcome: Outcome) {
        self.cases += 1;
        match outcome {
            Outcome::Fits(places) => {
                self.fits += 1;
                for place in places {
                    *self.places.entry(place).or_default() += 1;
                }
            }
            Outcome::Cannot(problems) => {
                for problem in problems {
                    *self.problems.entry(problem).or_default() += 1;
                }
            }
        }
    }
}

/// Migrates, or counts what a migration would do.
///
/// # Errors
/// `not_found` for a version that is not deployed; `input.invalid` for one and the same version.
pub async fn migrate(ctx: &Ctx, order: MigrationPlan) -> Result<MigrationView, Fault> {
    let what = ("process.migrate", format!("process:{}", order.key));
    recorded(ctx, what, run(ctx, order)).await
}

/// How far the actor moves cases.
pub(super) fn scope_of(ctx: &Ctx) -> Result<Scope, Fault> {
    ctx.reach(needs::OPERATING)
}

async fn run(ctx: &Ctx, order: MigrationPlan) -> Result<MigrationView, Fault> {
    ctx.ask(needs::OPERATING)?;
    if order.from == order.to {
        return Err(Fault::field("to", Code::InputCode));
    }
    let services = &ctx.services;
    let reader = services.store().reader();
    for version in [order.from, order.to] {
        store::definitions::get(&reader, &order.key, version)
            .await
            .settle(services)?
            .ok_or_else(Fault::missing)?;
    }
    let pins = services
        .pins(&reader, &order.key, order.to)
        .await
        .settle(services)?;
    let movable = movable(&order.key)?;
    if order.dry_run {
        let tally = match movable {
            Movable::Tickets => count::<TicketCase>(ctx, &order, &pins).await?,
            Movable::Approvals => count::<ApprovalCase>(ctx, &order, &pins).await?,
        };
        return Ok(shown((&order.key, order.from, order.to), None, tally, true));
    }
    ctx.ask(needs::MIGRATING)?;
    let asked = Asked {
        id: MigrationId(services.new_id()),
        key: order.key,
        from: order.from,
        to: order.to,
        mapping: order.mapping,
        pins,
    };
    let job = begin(ctx, &asked).await?;
    let job = host::drive(services, job, order.patience)
        .await
        .settle(services)?;
    if let Some(fault) = host::fault_of(&job) {
        return Err(fault);
    }
    if let Some(report) = &job.report {
        return parsed(report).settle(services);
    }
    let known = migrations::get(&reader, asked.id).await.settle(services)?;
    let tally = Tally {
        moved: known.map_or(0, |known| known.moved),
        ..Tally::default()
    };
    let which = (asked.key.as_str(), asked.from, asked.to);
    Ok(shown(which, Some(asked.id), tally, false))
}

/// Where every case would stand, from its state alone.
async fn count<C: Moves>(ctx: &Ctx, order: &MigrationPlan, pins: &Pins) -> Result<Tally, Fault> {
    let services = &ctx.services;
    let reader = services.store().reader();
    let library = services
        .library(&reader, (&order.key, order.to), pins)
        .await
        .settle(services)?;
    let scope = scope_of(ctx)?;
    let mut tally = Tally::default();
    let mut after: Option<CaseId> = None;
    loop {
        let version = (order.key.as_str(), order.from);
        let page = C::standings(&reader, &scope, version, (after, PAGE))
            .await
            .settle(services)?;
        let Some((last, _)) = page.last() else { break };
        after = Some(*last);
        for (_, state) in &page {
            let Some(instance) = instance_of(state.as_deref()).settle(services)? else {
                // It waits at its start, and begins on the new version when its owner tries again.
                tally.add(Outcome::Fits(Vec::new()));
                continue;
            };
            tally.add(match tried(&library.lookup, &instance, &order.mapping) {
                Ok(moved) => Outcome::Fits(moved.places),
                Err(outcome) => outcome,
            });
        }
    }
    Ok(tally)
}

/// The kind.
pub(crate) const MOVE: Stepwise = Stepwise {
    kind: JobKind::Migrate,
    step: |services, job| Box::pin(step(services, job)),
};

/// The next cases, with the rights that whoever asked has now.
async fn step(services: &Services, job: &Job) -> Result<Effect, Failure> {
    let asked: Asked = parsed(&job.scope)?;
    match movable(&asked.key)? {
        Movable::Tickets => step_of::<TicketCase>(services, job, asked).await,
        Movable::Approvals => step_of::<ApprovalCase>(services, job, asked).await,
    }
}

async fn step_of<C: Moves>(
    services: &Services,
    job: &Job,
    asked: Asked,
) -> Result<Effect, Failure> {
    let ctx = host::owner(services, job).await?;
    let scope = scope_of(&ctx)?;
    let reader = services.store().reader();
    let cursor = job.cursor.as_deref().map(parsed::<Cursor>).transpose()?;
    let (after, tally) = match cursor {
        Some(cursor) => (cursor.after, Tally::of(cursor.so_far)),
        None => (None, Tally::default()),
    };
    let total = match job.total {
        Some(total) => total,
        None => open_cases::<C>(services, &scope, &asked).await?,
    };
    let version = (asked.key.as_str(), asked.from);
    let limit = if job.tries > 0 { 1 } else { BATCH };
    let page = C::of_version(&reader, &scope, version, (after, limit)).await?;
    let work = Arc::new((ctx, asked, page, tally));
    Ok(effect(move |tx| {
        let work = Arc::clone(&work);
        Box::pin(async move { move_some::<C>(tx, &work, total).await })
    }))
}

/// How many cases there are to move, so that progress can be shown.
async fn open_cases<C: Moves>(
    services: &Services,
    scope: &Scope,
    asked: &Asked,
) -> Result<i64, Failure> {
    let reader = services.store().reader();
    let version = (asked.key.as_str(), asked.from);
    let (mut total, mut after) = (0, None);
    loop {
        let page = C::of_version(&reader, scope, version, (after, PAGE)).await?;
        total += page.len() as i64;
        after = page.last().copied();
        if page.len() < PAGE as usize {
            return Ok(total);
        }
    }
}

async fn move_some<C: Moves>(
    tx: &Tx,
    (ctx, asked, page, tally): &(Ctx, Asked, Vec<CaseId>, Tally),
    total: i64,
) -> Result<Step, Failure> {
    let mut tally = tally.clone();
    for case in page {
        if let Some(outcome) = move_in::<C>(ctx, tx, asked, *case).await? {
            tally.moved += i64::from(matches!(outcome, Outcome::Fits(_)));
            tally.add(outcome);
        }
    }
    let which = (asked.key.as_str(), asked.from, asked.to);
    let so_far = shown(which, Some(asked.id), tally, page.is_empty());
    let done = so_far.cases;
    Ok(match page.last() {
        Some(last) => Step::On(Stand {
            cursor: json(&Cursor {
                after: Some(*last),
                so_far,
            })?,
            done,
            total: Some(total),
        }),
        None => Step::Over(Over {
            done,
            report: json(&so_far)?,
            outcome: "ok",
            file: None,
        }),
    })
}

fn shown(
    (key, from, to): (&str, i32, i32),
    id: Option<MigrationId>,
    tally: Tally,
    is_finished: bool,
) -> MigrationView {
    MigrationView {
        id,
        key: key.to_owned(),
        from,
        to,
        cases: tally.cases,
        fits: tally.fits,
        places: tally
            .places
            .into_iter()
            .map(|((from, to), count)| PlaceMove { from, to, count })
            .collect(),
        problems: tally
            .problems
            .into_iter()
            .map(|((element, target, kind), count)| ProblemRow {
                element,
                target,
                kind,
                count,
            })
            .collect(),
        moved: tally.moved,
        is_finished,
    }
}

async fn begin(ctx: &Ctx, order: &Asked) -> Result<JobId, Fault> {
    let id = order.id;
    let subject = format!("{} {} → {}", order.key, order.from, order.to);
    let scope = json(order).settle(&ctx.services)?;
    let new = host::asked(ctx, JobKind::Migrate.as_str(), subject, scope);
    let job = new.id;
    let record = Migration {
        id,
        definition: order.key.clone(),
        from_version: order.from,
        to_version: order.to,
        at: ctx.now(),
        by: ctx.actor.user(),
        by_name: Some(ctx.actor.name.clone()).filter(|name| !name.is_empty()),
        mapping: order.mapping.clone(),
        moved: 0,
        undone_at: None,
    };
    let mut entry = ctx.audit("process.migrate", format!("process:{}", order.key), "ok");
    entry
        .facts
        .insert("from".to_owned(), order.from.to_string());
    entry.facts.insert("to".to_owned(), order.to.to_string());
    entry.facts.insert("migration".to_owned(), id.to_string());
    entry.facts.insert("job".to_owned(), job.to_string());
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                store::jobs::put(tx, &new).await?;
                migrations::begin(tx, &record).await?;
                Ok(store::audit::append(tx, &[entry]).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    Ok(job)
}

fn instance_of(state: Option<&str>) -> Result<Option<bpmn::Instance>, Failure> {
    let read = state.map(serde_json::from_str).transpose();
    Ok(read.map_err(anyhow::Error::new)?)
}

fn kind_word(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Missing => "missing",
        ProblemKind::OtherKind => "other_kind",
        ProblemKind::OtherScope => "other_scope",
        ProblemKind::OtherLoop => "other_loop",
        ProblemKind::NoSuchFlow => "no_such_flow",
        ProblemKind::NoProcess => "no_process",
    }
}

/// Where a case would stand; the engine's own failures count as a problem of their kind.
fn tried(
    lookup: &bpmn::Library,
    instance: &bpmn::Instance,
    mapping: &BTreeMap<String, String>,
) -> Result<Moved, Outcome> {
    match bpmn::change::migrate(lookup, instance, mapping) {
        Ok(Ok(moved)) => Ok(moved),
        Ok(Err(problems)) => Err(Outcome::Cannot(
            problems
                .into_iter()
                .map(|problem| {
                    let kind = kind_word(problem.kind).to_owned();
                    (problem.element, problem.target, kind)
                })
                .collect(),
        )),
        Err(error) => Err(Outcome::Cannot(vec![(
            String::new(),
            Obstacle::from(error).to_json(),
            "failed".to_owned(),
        )])),
    }
}

async fn move_in<C: Moves>(
    ctx: &Ctx,
    tx: &Tx,
    order: &Asked,
    id: CaseId,
) -> Result<Option<Outcome>, Failure> {
    let (pins, migration) = (&order.pins, order.id);
    let scope = scope_of(ctx)?;
    let Some(case) = C::within(ctx, tx, &scope, id).await? else {
        return Ok(None);
    };
    let (version, pins_before) = case.runs_on();
    if version != order.from {
        return Ok(None);
    }
    let found = instance_of(case.process())?;
    let reference = ctx.services.reference().await?;
    let library = ctx
        .services
        .library(tx, (&order.key, order.to), pins)
        .await?
        .in_hours_of(case.whose());
    let moved = match found.map(|instance| tried(&library.lookup, &instance, &order.mapping)) {
        None => None,
        Some(Ok(moved)) => Some(moved),
        Some(Err(outcome)) => return Ok(Some(outcome)),
    };
    let people = People::default();
    let scene = Scene::of(ctx, &reference, &library, &people);
    let kept = case.kept()?;
    let mut copy = WorkingCopy::open(scene, case)?;
    copy.case.run_on(order.to, pins);
    if let Some(moved) = &moved {
        copy.rename(&moved.instance);
    }
    let told = Told::default()
        .fact("from", order.from)
        .fact("to", order.to)
        .fact("migration", migration);
    copy.event(C::MOVED, told);
    let places = moved.as_ref().map_or_else(Vec::new, |it| it.places.clone());
    if let Some(moved) = moved
        && let Err(halt) = copy.replace(moved.instance, moved.effects)
    {
        return match halt {
            Halt::Failure(failure) => Err(failure),
            Halt::Stopped(incident) => Ok(Some(Outcome::Cannot(vec![(
                incident.element,
                incident.obstacle.to_json(),
                "failed".to_owned(),
            )]))),
        };
    }
    let change = given(ctx, tx, copy).await?;
    C::save(tx, &change).await?;
    let before = Before {
        case: id,
        stand_after: change.after.stand(),
        definition_version: version,
        pins: pins_before,
        kept,
    };
    migrations::keep(tx, migration, &before).await?;
    Ok(Some(Outcome::Fits(places)))
}
