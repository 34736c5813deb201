//! Takes a migration back: cases that nobody has touched since stand again as before, on their old version.
//! A job, some cases a step. Not here: migrating (`migrate`).
//! What was kept is the whole state, so nothing has to be computed backwards.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use shared::access::needs;
use shared::approval::view::MigrationUndone;
use shared::fault::{Code, Fault};
use shared::ids::{CaseId, JobId, MigrationId};
use shared::job::JobKind;
use store::Tx;
use store::host::migrations::{self, Before};
use store::jobs::{Job, Stand};
use store::record::{ApprovalCase, Migration, TicketCase};

use super::migrate::scope_of;
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::host::denied::recorded;
use crate::host::people::People;
use crate::host::perform::given;
use crate::host::versions::Moves;
use crate::host::{Scene, Told, WorkingCopy};
use crate::jobs::host::{self, Effect, Over, Step, Stepwise, effect, json, parsed};
use crate::process::{Movable, movable};

/// Cases of one step; one by one after a failure.
const BATCH: u32 = 20;

/// What is taken back.
#[derive(Debug, Serialize, Deserialize)]
struct Asked {
    id: MigrationId,
    definition: String,
    /// How many cases were moved.
    moved: i64,
}

/// Where it stands.
#[derive(Debug, Serialize, Deserialize)]
struct Cursor {
    after: Option<CaseId>,
    so_far: MigrationUndone,
}

/// Takes a migration back.
///
/// # Errors
/// `not_found`; `migration.undone` when it was taken back already.
pub async fn undo_migration(ctx: &Ctx, id: MigrationId) -> Result<MigrationUndone, Fault> {
    let what = ("process.undo_migration", format!("migration:{id}"));
    recorded(ctx, what, run(ctx, id)).await
}

async fn run(ctx: &Ctx, id: MigrationId) -> Result<MigrationUndone, Fault> {
    ctx.ask(needs::OPERATING)?;
    ctx.ask(needs::MIGRATING)?;
    let services = &ctx.services;
    let reader = services.store().reader();
    let migration = migrations::get(&reader, id)
        .await
        .settle(services)?
        .ok_or_else(Fault::missing)?;
    if migration.undone_at.is_some() {
        return Err(Fault::new(Code::MigrationUndone));
    }
    let job = ask(ctx, &migration).await.settle(services)?;
    let job = host::drive(services, job, None).await.settle(services)?;
    if let Some(fault) = host::fault_of(&job) {
        return Err(fault);
    }
    parsed(job.report.as_deref().unwrap_or_default()).settle(services)
}

/// The job that takes it back: a new one, or the one under way.
async fn ask(ctx: &Ctx, migration: &Migration) -> Result<JobId, Failure> {
    let scope = json(&Asked {
        id: migration.id,
        definition: migration.definition.clone(),
        moved: migration.moved,
    })?;
    let kind = JobKind::UndoMigration.as_str();
    let subject = format!(
        "{} {} → {}",
        migration.definition, migration.to_version, migration.from_version
    );
    let mut new = host::asked(ctx, kind, subject, scope);
    new.once = Some(format!("{kind}:{}", migration.id));
    host::put_once(ctx, new, Code::MigrationUndone).await
}

/// The kind.
pub(crate) const BACK: Stepwise = Stepwise {
    kind: JobKind::UndoMigration,
    step: |services, job| Box::pin(step(services, job)),
};

async fn step(services: &Services, job: &Job) -> Result<Effect, Failure> {
    let asked: Asked = parsed(&job.scope)?;
    let ctx = host::owner(services, job).await?;
    scope_of(&ctx)?;
    let cursor = job.cursor.as_deref().map(parsed::<Cursor>).transpose()?;
    let cursor = cursor.unwrap_or(Cursor {
        after: None,
        so_far: MigrationUndone {
            id: asked.id,
            back: 0,
            stayed: 0,
        },
    });
    let reader = services.store().reader();
    let limit = if job.tries > 0 { 1 } else { BATCH };
    let page = migrations::cases(&reader, asked.id, cursor.after, limit).await?;
    let work = Arc::new((ctx, asked, page, cursor.so_far));
    Ok(effect(move |tx| {
        let work = Arc::clone(&work);
        Box::pin(async move {
            let (ctx, asked, page, so_far) = &*work;
            some(tx, (ctx, asked), page, so_far.clone()).await
        })
    }))
}

async fn some(
    tx: &Tx,
    (ctx, asked): (&Ctx, &Asked),
    page: &[Before],
    mut so_far: MigrationUndone,
) -> Result<Step, Failure> {
    for before in page {
        let is_back = match movable(&asked.definition)? {
            Movable::Tickets => back::<TicketCase>(ctx, tx, asked, before).await?,
            Movable::Approvals => back::<ApprovalCase>(ctx, tx, asked, before).await?,
        };
        if is_back {
            so_far.back += 1;
        } else {
            so_far.stayed += 1;
        }
    }
    let done = so_far.back + so_far.stayed;
    if let Some(last) = page.last() {
        return Ok(Step::On(Stand {
            cursor: json(&Cursor {
                after: Some(last.case),
                so_far,
            })?,
            done,
            total: Some(asked.moved),
        }));
    }
    let object = format!("process:{}", asked.definition);
    let mut entry = ctx.audit("process.undo_migration", object, "ok");
    for (name, value) in [
        ("migration", asked.id.to_string()),
        ("back", so_far.back.to_string()),
    ] {
        entry.facts.insert(name.to_owned(), value);
    }
    migrations::undone(tx, asked.id, ctx.now()).await?;
    store::audit::append(tx, &[entry]).await?;
    Ok(Step::Over(Over {
        done,
        report: json(&so_far)?,
        outcome: "ok",
        file: None,
    }))
}

/// Puts one case back; false when it has moved on since.
async fn back<C: Moves>(
    ctx: &Ctx,
    tx: &Tx,
    asked: &Asked,
    before: &Before,
) -> Result<bool, Failure> {
    let scope = scope_of(ctx)?;
    let Some(case) = C::within(ctx, tx, &scope, before.case).await? else {
        return Ok(false);
    };
    if case.stand() != before.stand_after {
        return Ok(false);
    }
    let state = C::process_in(&before.kept)?;
    let instance: Option<bpmn::Instance> = state
        .as_deref()
        .map(serde_json::from_str)
        .transpose()
        .map_err(anyhow::Error::new)?;
    let reference = ctx.services.reference().await?;
    let version = (asked.definition.as_str(), before.definition_version);
    let library = ctx.services.library(tx, version, &before.pins).await?;
    let library = library.in_hours_of(case.whose());
    let people = People::default();
    let scene = Scene::of(ctx, &reference, &library, &people);
    let mut copy = WorkingCopy::open(scene, case)?;
    copy.case.run_on(before.definition_version, &before.pins);
    if let Some(instance) = &instance {
        copy.rename(instance);
        copy.restore_timers(instance);
    }
    let told = Told::default()
        .fact("to", before.definition_version)
        .fact("migration", asked.id);
    copy.event(C::MOVED_BACK, told);
    if let Some(instance) = instance {
        copy.restore(instance);
    }
    let change = given(ctx, tx, copy).await?;
    C::save(tx, &change).await?;
    Ok(true)
}
