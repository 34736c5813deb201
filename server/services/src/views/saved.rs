//! Saved views of the ticket list: kept, renamed, shared and deleted by their owner, read by those with whom they are shared.
//! Not here: the list itself (`read`), the page (`app`).
//! A view gives no right, and one with a condition that can no longer be used says so.

use shared::access::needs;
use shared::fault::{Check, Code, Fault};
use shared::ids::{UserId, ViewId};
use shared::person::conceal;
use shared::query::TicketQuery;
use shared::query::language::Expr;
use shared::query::view::{KeepView, MAX_NAME, MAX_QUERY, MOST, ViewRow, ViewShare};
use store::record::{AuditEntry, SavedView};

use super::followed::shown;
use super::read::view_scope;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::tickets::columns::prepared;

/// One's own, then those that colleagues share.
///
/// # Errors
/// `access.denied`.
pub async fn list(ctx: &Ctx) -> Result<Vec<ViewRow>, Fault> {
    let scope = view_scope(ctx)?;
    let Some(user) = ctx.actor.user() else {
        return Ok(Vec::new());
    };
    let reference = ctx.services.reference().await?;
    let db = ctx.services.store().reader();
    let all = store::saved_views::seen(&db, &ctx.actor).await;
    let all = all.settle(&ctx.services)?;
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let followed = store::view_subscriptions::of_person(&db, user).await;
    let followed = followed.settle(&ctx.services)?;
    let told = |id: ViewId| followed.iter().find(|it| it.view_id == id).map(shown);
    let fits = |view: &SavedView| {
        let read = TicketQuery::from_query(&view.query)
            .and_then(|query| prepared(&reference, (&ctx.actor, &scope), &query.filter, ctx.now()));
        read.is_ok()
    };
    let rows = all.into_iter().map(|view| ViewRow {
        broken: !fits(&view),
        subscription: told(view.id),
        by: (view.owner != user).then(|| view.owner_name.clone()),
        id: view.id,
        name: view.name,
        query: view.query,
        shared: view.shared,
        version: view.version,
    });
    Ok(rows.collect())
}

/// Keeps a view of one's own.
///
/// # Errors
/// `access.denied`; faults at `name`, `query` and `shared`, `view.personal` among them for somebody's number.
pub async fn keep(ctx: &Ctx, command: KeepView) -> Result<ViewId, Fault> {
    let user = owner(ctx)?;
    let name = checked(ctx, &command.name, command.shared)?;
    let query = TicketQuery {
        cursor: None,
        ..TicketQuery::from_query(&command.query)?
    };
    // A view stands in clear and may be shared: whose number is searched for is typed anew.
    let words = query.filter.q.as_deref().unwrap_or_default();
    let expr = query.filter.expr.as_ref();
    if conceal(words) != words || expr.is_some_and(Expr::asks_person) {
        return Err(Fault::field("query", Code::ViewPersonal));
    }
    let query = query.to_query();
    if query.len() > MAX_QUERY {
        return Err(Fault::field("query", Code::InputTooLong));
    }
    let now = ctx.now();
    let view = SavedView {
        id: ViewId(ctx.services.new_id()),
        owner: user,
        owner_name: ctx.actor.name.clone(),
        unit: ctx.actor.unit.clone(),
        region: ctx.actor.region.clone(),
        made_at: now,
        name,
        query,
        shared: command.shared,
        version: 1,
        changed_at: now,
    };
    let id = view.id;
    let entry = entry(ctx, "view.keep", &view);
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (view, entry) = (view.clone(), entry.clone());
            Box::pin(async move {
                let own = store::saved_views::own(tx, user).await?;
                if own.len() as u64 >= MOST {
                    return Err(Fault::new(Code::RegisterTooMany).fact("max", MOST).into());
                }
                store::saved_views::insert(tx, &view).await?;
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    Ok(id)
}

/// Renames a view of one's own, or shares it with others.
///
/// # Errors
/// `not_found` for another's, `version.stale`; faults at `name` and `shared`.
pub async fn change(
    ctx: &Ctx,
    (id, version): (ViewId, i32),
    (name, shared): (&str, ViewShare),
) -> Result<(), Fault> {
    let user = owner(ctx)?;
    let name = checked(ctx, name, shared)?;
    let own = ctx.clone();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, name) = (own.clone(), name.clone());
            Box::pin(async move {
                let found = store::saved_views::find(tx, (id, user)).await?;
                let old = found.ok_or_else(Fault::missing)?;
                if old.version != version {
                    return Err(Fault::new(Code::VersionStale)
                        .fact("current", old.version)
                        .fact("expected", version)
                        .into());
                }
                let view = SavedView {
                    name,
                    shared,
                    version: version + 1,
                    changed_at: ctx.now(),
                    ..old
                };
                store::saved_views::save(tx, &view).await?;
                let entry = entry(&ctx, "view.change", &view);
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .settle(&ctx.services)
}

/// Deletes a view of one's own.
///
/// # Errors
/// `not_found` for another's.
pub async fn delete(ctx: &Ctx, id: ViewId) -> Result<(), Fault> {
    let user = owner(ctx)?;
    let own = ctx.clone();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let ctx = own.clone();
            Box::pin(async move {
                let found = store::saved_views::find(tx, (id, user)).await?;
                let old = found.ok_or_else(Fault::missing)?;
                store::saved_views::delete(tx, id).await?;
                let entry = entry(&ctx, "view.delete", &old);
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .settle(&ctx.services)
}

/// Who keeps views: a person who sees tickets.
pub(super) fn owner(ctx: &Ctx) -> Result<UserId, Fault> {
    ctx.ask(needs::TICKETS)?;
    ctx.actor.user().ok_or_else(Fault::denied)
}

/// The name as it is kept; what has no unit or area is shared with none.
pub(crate) fn checked(ctx: &Ctx, name: &str, share: ViewShare) -> Result<String, Fault> {
    let name = shared::input::line(name);
    let mut check = Check::default();
    if name.is_empty() {
        check.add("name", Code::InputRequired);
    } else if shared::input::refused(&name).is_some() {
        check.add("name", Code::InputCharacters);
    } else if conceal(&name) != name {
        check.add("name", Code::ViewPersonal);
    } else if name.chars().count() > MAX_NAME {
        check.add_with("name", Code::InputTooLong, &[("max", &MAX_NAME)]);
    }
    let is_there = match share {
        ViewShare::Nobody => true,
        ViewShare::Unit => ctx.actor.unit.is_some(),
        ViewShare::Area => ctx.actor.region.is_some(),
    };
    if !is_there {
        check.add("shared", Code::InputCode);
    }
    check.finish()?;
    Ok(name)
}

fn entry(ctx: &Ctx, action: &str, view: &SavedView) -> AuditEntry {
    let mut entry = ctx.audit(action, format!("view:{}", view.id), "ok");
    let shared = view.shared.as_str().to_owned();
    entry.facts.insert("shared".to_owned(), shared);
    entry
}
