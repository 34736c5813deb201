//! Takes a migration back: cases that nobody has touched since stand again as before, on their old version.
//! Not here: migrating (`migrate`).
//! What was kept is the whole state, so nothing has to be computed backwards.

use std::sync::Arc;

use shared::access::needs;
use shared::approval::ApprovalVerb;
use shared::approval::view::MigrationUndone;
use shared::fault::{Code, Fault};
use shared::ids::{ApprovalId, MigrationId};
use store::Tx;
use store::approvals::Reach;
use store::approvals::migrations::Before;

use super::migrate::scope_of;
use crate::approvals::draft::{Draft, Scene, Told};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::host::denied::recorded;
use crate::host::people::People;
use crate::host::perform::given;

/// Cases that are looked up together.
const PAGE: u32 = 200;

/// Takes a migration back.
///
/// # Errors
/// `not_found`; `migration.undone` when it was taken back already.
pub async fn undo_migration(ctx: &Ctx, id: MigrationId) -> Result<MigrationUndone, Fault> {
    let what = ("process.undo_migration", format!("migration:{id}"));
    recorded(ctx, what, run(ctx, id).await).await
}

async fn run(ctx: &Ctx, id: MigrationId) -> Result<MigrationUndone, Fault> {
    ctx.ask(needs::OPERATING)?;
    let services = &ctx.services;
    let reader = services.store().reader();
    let migration = store::approvals::migrations::get(&reader, id)
        .await
        .settle(services)?
        .ok_or_else(Fault::missing)?;
    if migration.undone_at.is_some() {
        return Err(Fault::new(Code::MigrationUndone));
    }
    let mut undone = MigrationUndone {
        id,
        back: 0,
        stayed: 0,
    };
    let mut after: Option<ApprovalId> = None;
    loop {
        let page = store::approvals::migrations::cases(&reader, id, after, PAGE)
            .await
            .settle(services)?;
        let Some(last) = page.last() else { break };
        after = Some(last.approval);
        for before in page {
            let work = Arc::new((ctx.clone(), before));
            let back = services
                .store()
                .write::<_, Failure, _>(move |tx| {
                    let work = Arc::clone(&work);
                    Box::pin(async move { back(&work.0, tx, (id, &work.1)).await })
                })
                .await
                .settle(services)?;
            if back {
                undone.back += 1;
            } else {
                undone.stayed += 1;
            }
        }
    }
    let now = ctx.now();
    let mut entry = ctx.audit(
        "process.undo_migration",
        format!("process:{}", migration.definition),
        "ok",
    );
    entry.facts.insert("migration".to_owned(), id.to_string());
    entry
        .facts
        .insert("back".to_owned(), undone.back.to_string());
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let entry = entry.clone();
            Box::pin(async move {
                store::approvals::migrations::undone(tx, id, now).await?;
                Ok(store::audit::append(tx, &[entry]).await?)
            })
        })
        .await
        .settle(services)?;
    Ok(undone)
}

/// Puts one case back; false when it has moved on since.
async fn back(
    ctx: &Ctx,
    tx: &Tx,
    (migration, before): (MigrationId, &Before),
) -> Result<bool, Failure> {
    let scope = scope_of(ctx)?;
    let reach = Reach {
        scope: &scope,
        actor: &ctx.actor,
    };
    let Some(case) = store::approvals::load(tx, reach, before.approval).await? else {
        return Ok(false);
    };
    if case.approval.version != before.version_after {
        return Ok(false);
    }
    let state = before.inside.state.as_deref();
    let instance: Option<bpmn::Instance> = state
        .map(serde_json::from_str)
        .transpose()
        .map_err(anyhow::Error::new)?;
    let reference = ctx.services.reference().await?;
    let library = ctx
        .services
        .library(
            tx,
            (&case.approval.definition, before.definition_version),
            &before.pins,
        )
        .await?;
    let people = People::default();
    let scene = Scene::of(ctx, &reference, &library, &people);
    let mut draft = Draft::open(scene, case)?;
    draft.case.approval.definition_version = before.definition_version;
    draft.case.approval.pins.clone_from(&before.pins);
    if let Some(instance) = &instance {
        draft.rename(instance);
        draft.restore_timers(instance);
    }
    draft.event(
        ApprovalVerb::UndoMigration,
        Told::default()
            .fact("to", before.definition_version)
            .fact("migration", migration),
    );
    if let Some(instance) = instance {
        draft.restore(instance);
    }
    let change = given(ctx, tx, draft).await?;
    store::approvals::save(tx, &change).await?;
    Ok(true)
}
