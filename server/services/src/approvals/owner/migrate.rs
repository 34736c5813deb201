//! Moves running cases to another version of their definition: by equal ids, or as a mapping says. A dry run counts how many would stand
//! where, and why others cannot.
//! Each case moves in a transaction of its own, which also keeps how it stood before; cases that fail stay where they are.
//! Not here: finding the places (`bpmn::change`), taking it back (`undo`).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bpmn::change::{Migration as Moved, ProblemKind};
use shared::access::{Scope, needs};
use shared::approval::ApprovalVerb;
use shared::approval::view::{MigrationView, PlaceMove, ProblemRow};
use shared::fault::{Code, Fault};
use shared::ids::{ApprovalId, MigrationId};
use store::Tx;
use store::approvals::Reach;
use store::record::{Approval, Migration};

use crate::approvals::draft::{Draft, Halt, Scene, Told};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::host::denied::recorded;
use crate::host::library::Pins;
use crate::host::people::People;
use crate::host::perform::given;

/// Cases that are looked up together.
const PAGE: u32 = 200;

/// What to migrate.
#[derive(Debug, Clone)]
pub struct Order {
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

/// What a case comes to.
enum Outcome {
    Fits(Vec<(String, String)>),
    Cannot(Vec<(String, String, &'static str)>),
}

#[derive(Default)]
struct Tally {
    cases: i64,
    fits: i64,
    moved: i64,
    places: BTreeMap<(String, String), i64>,
    problems: BTreeMap<(String, String, &'static str), i64>,
}

impl Tally {
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
pub async fn migrate(ctx: &Ctx, order: Order) -> Result<MigrationView, Fault> {
    let what = ("process.migrate", format!("process:{}", order.key));
    recorded(ctx, what, run(ctx, order).await).await
}

/// How far the actor moves cases.
pub(super) fn scope_of(ctx: &Ctx) -> Result<Scope, Fault> {
    ctx.reach(needs::OPERATING)
}

async fn run(ctx: &Ctx, order: Order) -> Result<MigrationView, Fault> {
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
    if order.dry_run {
        let tally = count(ctx, &order, &pins).await?;
        return Ok(shown(order, None, tally, true));
    }
    let id = MigrationId(services.new_id());
    begin(ctx, &order, id).await?;
    let (patience, begun) = (order.patience, order.clone());
    // It goes on when nobody waits any more: each case is a transaction of its own, and the list of migrations counts them.
    let work = tokio::spawn({
        let ctx = ctx.clone();
        async move { move_all(&ctx, &order, &pins, id).await }
    });
    let done = match patience {
        None => work.await,
        Some(patience) => {
            if let Ok(done) = tokio::time::timeout(patience, work).await {
                done
            } else {
                let known = store::approvals::migrations::get(&reader, id)
                    .await
                    .settle(services)?;
                let tally = Tally {
                    moved: known.map_or(0, |known| known.moved),
                    ..Tally::default()
                };
                return Ok(shown(begun, Some(id), tally, false));
            }
        }
    };
    let tally = done
        .map_err(anyhow::Error::new)
        .map_err(Failure::from)
        .settle(services)??;
    Ok(shown(begun, Some(id), tally, true))
}

/// Where every case would stand, from its state alone.
async fn count(ctx: &Ctx, order: &Order, pins: &Pins) -> Result<Tally, Fault> {
    let services = &ctx.services;
    let reader = services.store().reader();
    let library = services
        .library(&reader, (&order.key, order.to), pins)
        .await
        .settle(services)?;
    let scope = scope_of(ctx)?;
    let mut tally = Tally::default();
    let mut after: Option<ApprovalId> = None;
    loop {
        let version = (order.key.as_str(), order.from);
        let page = store::approvals::states_of_version(&reader, &scope, version, (after, PAGE))
            .await
            .settle(services)?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        for approval in &page {
            let Some(instance) = instance_of(approval).settle(services)? else {
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

async fn move_all(ctx: &Ctx, order: &Order, pins: &Pins, id: MigrationId) -> Result<Tally, Fault> {
    let services = &ctx.services;
    let reader = services.store().reader();
    let scope = scope_of(ctx)?;
    let mut tally = Tally::default();
    let mut after: Option<ApprovalId> = None;
    loop {
        let version = (order.key.as_str(), order.from);
        let page = store::approvals::open_of_version(&reader, &scope, version, (after, PAGE))
            .await
            .settle(services)?;
        let Some(last) = page.last() else { break };
        after = Some(*last);
        for case in page {
            if let Some(outcome) = move_one(ctx, order, pins, (id, case)).await? {
                tally.moved += i64::from(matches!(outcome, Outcome::Fits(_)));
                tally.add(outcome);
            }
        }
    }
    Ok(tally)
}

fn shown(order: Order, id: Option<MigrationId>, tally: Tally, is_finished: bool) -> MigrationView {
    MigrationView {
        id,
        key: order.key,
        from: order.from,
        to: order.to,
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
                kind: kind.to_owned(),
                count,
            })
            .collect(),
        moved: tally.moved,
        is_finished,
    }
}

async fn begin(ctx: &Ctx, order: &Order, id: MigrationId) -> Result<(), Fault> {
    let record = Migration {
        id,
        definition: order.key.clone(),
        from_version: order.from,
        to_version: order.to,
        at: ctx.now(),
        by: ctx.actor.user,
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
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (record, entry) = (record.clone(), entry.clone());
            Box::pin(async move {
                store::approvals::migrations::begin(tx, &record).await?;
                Ok(store::audit::append(tx, &[entry]).await?)
            })
        })
        .await
        .settle(&ctx.services)
}

fn instance_of(approval: &Approval) -> Result<Option<bpmn::Instance>, Failure> {
    Ok(approval
        .inside
        .state
        .as_deref()
        .map(serde_json::from_str)
        .transpose()
        .map_err(anyhow::Error::new)?)
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
                .map(|problem| (problem.element, problem.target, kind_word(problem.kind)))
                .collect(),
        )),
        Err(error) => Err(Outcome::Cannot(vec![(
            String::new(),
            error.to_string(),
            "failed",
        )])),
    }
}

async fn move_one(
    ctx: &Ctx,
    order: &Order,
    pins: &Pins,
    (migration, id): (MigrationId, ApprovalId),
) -> Result<Option<Outcome>, Fault> {
    let work = Arc::new((ctx.clone(), order.clone(), pins.clone()));
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let work = Arc::clone(&work);
            Box::pin(async move {
                let (ctx, order, pins) = &*work;
                move_in(ctx, tx, (order, pins), (migration, id)).await
            })
        })
        .await
        .settle(&ctx.services)
}

async fn move_in(
    ctx: &Ctx,
    tx: &Tx,
    (order, pins): (&Order, &Pins),
    (migration, id): (MigrationId, ApprovalId),
) -> Result<Option<Outcome>, Failure> {
    let scope = scope_of(ctx)?;
    let reach = Reach {
        scope: &scope,
        actor: &ctx.actor,
    };
    let Some(case) = store::approvals::load(tx, reach, id).await? else {
        return Ok(None);
    };
    if case.approval.definition_version != order.from {
        return Ok(None);
    }
    let found = instance_of(&case.approval)?;
    let reference = ctx.services.reference().await?;
    let library = ctx
        .services
        .library(tx, (&order.key, order.to), pins)
        .await?;
    let moved = match found.map(|instance| tried(&library.lookup, &instance, &order.mapping)) {
        None => None,
        Some(Ok(moved)) => Some(moved),
        Some(Err(outcome)) => return Ok(Some(outcome)),
    };
    let people = People::default();
    let scene = Scene::of(ctx, &reference, &library, &people);
    let before = case.approval.clone();
    let mut draft = Draft::open(scene, case)?;
    draft.case.approval.definition_version = order.to;
    draft.case.approval.pins = pins.clone();
    if let Some(moved) = &moved {
        draft.rename(&moved.instance);
    }
    draft.event(
        ApprovalVerb::Migrate,
        Told::default()
            .fact("from", order.from)
            .fact("to", order.to)
            .fact("migration", migration),
    );
    let places = moved.as_ref().map_or_else(Vec::new, |it| it.places.clone());
    if let Some(moved) = moved
        && let Err(halt) = draft.replace(moved.instance, moved.effects)
    {
        return match halt {
            Halt::Failure(failure) => Err(failure),
            Halt::Stopped(incident) => Ok(Some(Outcome::Cannot(vec![(
                incident.element,
                incident.words,
                "failed",
            )]))),
        };
    }
    let change = given(ctx, tx, draft).await?;
    store::approvals::save(tx, &change).await?;
    store::approvals::migrations::keep(tx, migration, &before, change.after.approval.version)
        .await?;
    Ok(Some(Outcome::Fits(places)))
}
