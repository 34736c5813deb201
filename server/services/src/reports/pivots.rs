//! Saved pivots: kept and deleted by their owner, opened by those with whom they are shared, over the days that their span has today.
//! Not here: counting (`cubes`), tiles (`board`).
//! A pivot gives no right: everybody counts in the own scope.

use shared::access::needs;
use shared::fault::{Code, Fault};
use shared::ids::UserId;
use shared::measure::CubeQuery;
use shared::person::conceal;
use shared::query::pairs_of;
use shared::report::{KeepPivot, MAX_PIVOT, MOST_PIVOTS, PivotRow, pivot_of};
use store::pivots;
use store::record::SavedPivot;
use uuid::Uuid;

use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::views::saved::checked;

/// One's own, then those that colleagues share.
///
/// # Errors
/// `access.denied`.
pub async fn pivots(ctx: &Ctx) -> Result<Vec<PivotRow>, Fault> {
    let user = owner(ctx)?;
    let today = ctx.now().date();
    let row = |pivot: SavedPivot| PivotRow {
        query: pivot_of(&pivot.query, pivot.span, today)
            .ok()
            .map(|[asked, _]| asked.to_query()),
        by: (pivot.owner != user).then_some(pivot.owner_name),
        id: pivot.id.to_string(),
        name: pivot.name,
        span: pivot.span,
        shared: pivot.shared,
    };
    Ok(seen(ctx).await?.into_iter().map(row).collect())
}

/// All that somebody may open.
pub(super) async fn seen(ctx: &Ctx) -> Result<Vec<SavedPivot>, Fault> {
    let db = ctx.services.store().reader();
    pivots::seen(&db, &ctx.actor).await.settle(&ctx.services)
}

/// Keeps a pivot of one's own.
///
/// # Errors
/// `access.denied`; faults at `name`, `query` and `shared`; `register.too_many`.
pub async fn keep_pivot(ctx: &Ctx, command: KeepPivot) -> Result<(), Fault> {
    let user = owner(ctx)?;
    let name = checked(ctx, &command.name, command.shared)?;
    let now = ctx.now();
    let query = CubeQuery::from_pairs(&pairs_of(&command.query), now.date())?.to_query();
    if query.len() > MAX_PIVOT {
        return Err(Fault::field("query", Code::InputTooLong));
    }
    // It stands in clear and may be shared.
    if pairs_of(&query)
        .iter()
        .any(|(_, value)| conceal(value) != *value)
    {
        return Err(Fault::field("query", Code::ViewPersonal));
    }
    let row = SavedPivot {
        id: ctx.services.new_id(),
        owner: user,
        owner_name: ctx.actor.name.clone(),
        unit: ctx.actor.unit.clone(),
        region: ctx.actor.region.clone(),
        made_at: now,
        name,
        query,
        span: command.span,
        shared: command.shared,
    };
    let mut entry = ctx.audit("pivot.keep", object(row.id), "ok");
    let shared = row.shared.as_str().to_owned();
    entry.facts.insert("shared".to_owned(), shared);
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (row, entry) = (row.clone(), entry.clone());
            Box::pin(async move {
                let own = pivots::own(tx, user).await?;
                if own.len() as u64 >= MOST_PIVOTS {
                    let fault = Fault::new(Code::RegisterTooMany);
                    return Err(fault.fact("max", MOST_PIVOTS).into());
                }
                pivots::insert(tx, &row).await?;
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .settle(&ctx.services)
}

/// Deletes a pivot of one's own.
///
/// # Errors
/// `access.denied`, `not_found` for another's.
pub async fn delete_pivot(ctx: &Ctx, id: Uuid) -> Result<(), Fault> {
    let user = owner(ctx)?;
    let entry = ctx.audit("pivot.delete", object(id), "ok");
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let entry = entry.clone();
            Box::pin(async move {
                let found = pivots::find(tx, id).await?;
                if found.is_none_or(|pivot| pivot.owner != user) {
                    return Err(Fault::missing().into());
                }
                pivots::delete(tx, id).await?;
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .settle(&ctx.services)
}

fn owner(ctx: &Ctx) -> Result<UserId, Fault> {
    ctx.ask(needs::REPORT)?;
    ctx.actor.user().ok_or_else(Fault::denied)
}

fn object(id: Uuid) -> String {
    format!("pivot:{id}")
}
