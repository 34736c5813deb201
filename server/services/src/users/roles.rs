//! Roles of the installation: shipped ones are looked at and copied, copies and own ones are composed, changed and stopped by the security
//! administrator. Whoever has a changed role works by it at the next request.
//! Not here: who has a role (`posts`), what may be joined (`shared::access::Power`).

use shared::access::{
    Grants, Joined, Need, Permission, Power, RoleCode, RoleOrigin, RoleSpec, may_join, needs,
};
use shared::account::posts::{ComposeRole, RoleRow};
use shared::fault::{Check, Code, Fault};
use store::posts::HeldPost;

use super::last::not_last;
use super::posts::{excluded, mark};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::watch::watched;

/// Longest name of a role, in characters.
const MAX_NAME: usize = 40;

/// Asks for a right, and notes in the audit who asked without it.
async fn asked(ctx: &Ctx, need: Need) -> Result<(), Fault> {
    let may = async { ctx.ask(need) };
    watched(ctx, Permission::RoleGrant.code(), "roles", may).await
}

/// Every role, the shipped ones first, in the order of the policy; then the others by code.
///
/// # Errors
/// `access.denied`.
pub async fn list(ctx: &Ctx) -> Result<Vec<RoleRow>, Fault> {
    asked(ctx, needs::ROLE_LIST).await?;
    let db = ctx.services.store().reader();
    let all = store::roles::all(&db).await.settle(&ctx.services)?;
    let counted = store::posts::count_by_role(&db)
        .await
        .settle(&ctx.services)?;
    let mut rows: Vec<RoleRow> = all
        .into_iter()
        .map(|role| RoleRow {
            posts: counted.get(&role.spec.code).copied().unwrap_or_default(),
            spec: role.spec,
            changed_at: role.changed.at,
            changed_by: role.changed.name,
        })
        .collect();
    rows.sort_by_key(|row| (row.spec.code.shipped().is_none(), row.spec.code.shipped()));
    Ok(rows)
}

/// One role.
///
/// # Errors
/// `access.denied`, `not_found`.
pub async fn one(ctx: &Ctx, code: &RoleCode) -> Result<RoleRow, Fault> {
    let rows = list(ctx).await?;
    let found = rows.into_iter().find(|row| row.spec.code == *code);
    found.ok_or_else(Fault::missing)
}

/// Copies a role under a code and name of its own; the copy can be changed.
///
/// # Errors
/// `access.denied`, `session.proof_needed`, `not_found`, `input.taken` at `code`.
pub async fn copy(ctx: &Ctx, from: &RoleCode, to: RoleCode, name: &str) -> Result<(), Fault> {
    asked(ctx, needs::ROLES).await?;
    let found = store::roles::find(&ctx.services.store().reader(), from)
        .await
        .settle(&ctx.services)?
        .ok_or_else(Fault::missing)?
        .spec;
    let name = shared::input::line(name);
    let spec = RoleSpec {
        code: to,
        origin: RoleOrigin::Copy,
        copied_from: Some(found.code.clone()),
        name_en: name.clone(),
        name,
        stopped: false,
        version: 1,
        ..found
    };
    add(ctx, spec).await
}

/// Makes a role of one's own.
///
/// # Errors
/// `access.denied`, `session.proof_needed`, `input.taken` at `code`, `role.excluded` and `input.required` at `grants`.
pub async fn compose(ctx: &Ctx, role: ComposeRole) -> Result<(), Fault> {
    asked(ctx, needs::ROLES).await?;
    let spec = RoleSpec {
        origin: RoleOrigin::Own,
        copied_from: None,
        stopped: false,
        version: 1,
        ..composed(role)
    };
    add(ctx, spec).await
}

fn composed(role: ComposeRole) -> RoleSpec {
    let name = shared::input::line(&role.name);
    let name_en = shared::input::line(&role.name_en);
    let mut tasks = role.tasks;
    tasks.sort_unstable();
    tasks.dedup();
    RoleSpec {
        code: role.code,
        origin: RoleOrigin::Own,
        copied_from: None,
        name_en: if name_en.is_empty() {
            name.clone()
        } else {
            name_en
        },
        name,
        tasks,
        grants: role.grants,
        sight: role.sight.unwrap_or_default(),
        stopped: false,
        version: 1,
    }
}

fn check(spec: &RoleSpec) -> Result<(), Fault> {
    let mut check = Check::default();
    for (field, text) in [("name", &spec.name), ("name_en", &spec.name_en)] {
        if text.is_empty() {
            check.add(field, Code::InputRequired);
        } else if text.chars().count() > MAX_NAME {
            check.add_with(field, Code::InputTooLong, &[("max", &MAX_NAME)]);
        }
    }
    if spec.grants.is_empty() {
        check.add("grants", Code::InputRequired);
    }
    check.finish()?;
    let joined = Joined::of(&spec.grants).check();
    joined.map_err(|joined| excluded("grants", joined, None))
}

async fn add(ctx: &Ctx, spec: RoleSpec) -> Result<(), Fault> {
    check(&spec)?;
    if spec.code.shipped().is_some() {
        return Err(Fault::field("code", Code::InputTaken));
    }
    let mut entry = ctx.audit("role.make", format!("role:{}", spec.code), "ok");
    entry.facts.insert("after".to_owned(), said(&spec));
    let mark = mark(ctx);
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (spec, mark, entry) = (spec.clone(), mark.clone(), entry.clone());
            Box::pin(async move {
                store::roles::insert(tx, &spec, &mark)
                    .await
                    .map_err(taken)?;
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .settle(&ctx.services)
}

fn taken(error: store::StoreError) -> Failure {
    match error {
        store::StoreError::Exists(_) => Fault::field("code", Code::InputTaken).into(),
        other => other.into(),
    }
}

/// Changes a role of the office: names, tasks, what it gives and, where they are sent, its field rights.
///
/// # Errors
/// `access.denied`, `session.proof_needed`, `not_found`, `role.shipped`, `role.self` for a role that one has oneself, `version.stale`,
/// `role.excluded` also where a holder's other posts exclude it, `role.last`.
pub async fn change(ctx: &Ctx, role: ComposeRole, version: i32) -> Result<(), Fault> {
    asked(ctx, needs::ROLES).await?;
    let keeps_sight = role.sight.is_none();
    let next = composed(role);
    check(&next)?;
    alter(ctx, next.code.clone(), version, move |old| RoleSpec {
        name: next.name.clone(),
        name_en: next.name_en.clone(),
        tasks: next.tasks.clone(),
        grants: next.grants.clone(),
        sight: if keeps_sight { &old.sight } else { &next.sight }.clone(),
        ..old.clone()
    })
    .await
}

/// Stops a role of the office, whose posts sleep from then on, or lets it go on.
///
/// # Errors
/// As of `change`.
pub async fn stop(ctx: &Ctx, code: RoleCode, version: i32, stopped: bool) -> Result<(), Fault> {
    asked(ctx, needs::ROLES).await?;
    alter(ctx, code, version, move |old| RoleSpec {
        stopped,
        ..old.clone()
    })
    .await
}

async fn alter(
    ctx: &Ctx,
    code: RoleCode,
    version: i32,
    next: impl Fn(&RoleSpec) -> RoleSpec + Send + Sync + 'static,
) -> Result<(), Fault> {
    let next = std::sync::Arc::new(next);
    let of = ctx.clone();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, code, next) = (of.clone(), code.clone(), next.clone());
            Box::pin(async move { alter_in(&ctx, tx, (&code, version), &*next).await })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.rights().forget_all();
    Ok(())
}

async fn alter_in(
    ctx: &Ctx,
    tx: &store::Tx,
    (code, version): (&RoleCode, i32),
    next: &(impl Fn(&RoleSpec) -> RoleSpec + Send + Sync),
) -> Result<(), Failure> {
    store::roles::hold_administrators(tx).await?;
    let old = store::roles::find(tx, code)
        .await?
        .ok_or_else(Fault::missing)?
        .spec;
    if old.origin == RoleOrigin::Shipped {
        return Err(Fault::new(Code::RoleShipped).into());
    }
    if old.version != version {
        return Err(Fault::new(Code::VersionStale)
            .fact("current", old.version)
            .fact("expected", version)
            .into());
    }
    if ctx.actor.posts.iter().any(|post| post.role == *code) {
        return Err(Fault::new(Code::RoleSelf).into());
    }
    let next = RoleSpec {
        version: version + 1,
        ..next(&old)
    };
    let mark = mark(ctx);
    store::roles::save(tx, &next, &mark).await?;
    holders_fit(tx, (&old, &next), mark.at).await?;
    let mut entry = ctx.audit("role.change", format!("role:{code}"), "ok");
    entry.facts.insert("before".to_owned(), said(&old));
    entry.facts.insert("after".to_owned(), said(&next));
    Ok(store::audit::append(tx, &entry).await?)
}

/// Whoever has the role may have it beside the other posts, and somebody is left for what it gives no more.
async fn holders_fit(
    tx: &store::Tx,
    (old, next): (&RoleSpec, &RoleSpec),
    now: shared::calendar::Instant,
) -> Result<(), Failure> {
    const PAGE: u64 = 500;
    let gives = |spec: &RoleSpec, power| !spec.stopped && Joined::of(&spec.grants).has(power);
    let lost: Vec<Power> = Power::ADMINISTRATORS
        .into_iter()
        .filter(|power| gives(old, *power) && !gives(next, *power))
        .collect();
    for power in lost {
        not_last(tx, power, None, now).await?;
    }
    if old.grants == next.grants {
        return Ok(());
    }
    let mut after = None;
    loop {
        let page = store::posts::of_role(tx, &next.code, after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some((last.row.user_id, last.row.no));
        for post in &page {
            let Some(person) = store::users::find(tx, post.row.user_id).await? else {
                continue;
            };
            let all: Vec<Grants> = person.posts.iter().map(HeldPost::grants).collect();
            may_join(all.iter())
                .map_err(|joined| excluded("grants", joined, Some(&person.name)))?;
        }
        if (page.len() as u64) < PAGE {
            return Ok(());
        }
    }
}

/// A role as the audit tells it.
fn said(spec: &RoleSpec) -> String {
    let tasks: Vec<&str> = spec.tasks.iter().map(|role| role.as_str()).collect();
    let stopped = if spec.stopped { "; stopped" } else { "" };
    let sight = match spec.sight.text() {
        text if text.is_empty() => text,
        text => format!("; shows {text}"),
    };
    format!(
        "{}; tasks {}; {}{sight}{stopped}",
        spec.name,
        tasks.join(" "),
        spec.grants.text()
    )
}
