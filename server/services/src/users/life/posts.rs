//! The one place where the life of accounts gives and takes posts.
//! Not here: who may (`decide`), what a role may (`shared::access`).
//! Whoever is the last of a kind of administrator keeps the post.

use shared::access::Role;
use shared::account::life::{AccountEvent, Wish};
use shared::fault::{Code, Fault};
use store::Tx;
use store::life::{AccountLine, AccountRequest};
use store::users::User;

use super::line;
use crate::context::Ctx;
use crate::fault::Failure;
use crate::users::roles;

/// Kinds of administrators of whom there is always one.
const KEPT: [Role; 3] = [Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor];

/// Gives posts beside those that somebody has.
pub(in crate::users) async fn give(
    ctx: &Ctx,
    tx: &Tx,
    user: &User,
    wishes: &[Wish],
    request: Option<&AccountRequest>,
) -> Result<(), Failure> {
    let mut held = user.roles.clone();
    held.extend(wishes.iter().map(|wish| wish.role));
    held.sort_unstable();
    held.dedup();
    set(ctx, tx, user, (held, request)).await
}

/// Replaces the posts that somebody has: what goes, goes at once.
pub(in crate::users) async fn replace(
    ctx: &Ctx,
    tx: &Tx,
    user: &User,
    wishes: &[Wish],
    request: Option<&AccountRequest>,
) -> Result<(), Failure> {
    let mut held: Vec<Role> = wishes.iter().map(|wish| wish.role).collect();
    held.sort_unstable();
    held.dedup();
    set(ctx, tx, user, (held, request)).await
}

async fn set(
    ctx: &Ctx,
    tx: &Tx,
    user: &User,
    (held, request): (Vec<Role>, Option<&AccountRequest>),
) -> Result<(), Failure> {
    roles::check_set(&held)?;
    let gone: Vec<Role> = less(&user.roles, &held);
    let new: Vec<Role> = less(&held, &user.roles);
    stays(tx, user, &gone).await?;
    store::users::set_roles(tx, user.id, &held, ctx.now()).await?;
    told(ctx, tx, (user, request), (AccountEvent::Revoked, &gone)).await?;
    told(ctx, tx, (user, request), (AccountEvent::Granted, &new)).await
}

fn less(all: &[Role], without: &[Role]) -> Vec<Role> {
    let some = all.iter().copied();
    some.filter(|role| !without.contains(role)).collect()
}

async fn told(
    ctx: &Ctx,
    tx: &Tx,
    (user, request): (&User, Option<&AccountRequest>),
    (kind, roles): (AccountEvent, &[Role]),
) -> Result<(), Failure> {
    if roles.is_empty() {
        return Ok(());
    }
    let words = roles::words(roles);
    let entry = AccountLine {
        request: request.map(|request| request.id),
        facts: [("roles".to_owned(), words.clone())].into(),
        ..line(ctx, user.id, kind)
    };
    store::life::add(tx, &entry).await?;
    let action = if kind == AccountEvent::Granted {
        "role.grant"
    } else {
        "role.revoke"
    };
    let mut audit = ctx.audit(action, format!("user:{}", user.id), "ok");
    audit.facts.insert("role".to_owned(), words);
    if let Some(request) = request {
        audit
            .facts
            .insert("request".to_owned(), request.id.to_string());
    }
    Ok(store::audit::append(tx, &audit).await?)
}

/// Whether somebody may go from these posts: each kind of administrator keeps one who can sign in.
pub(in crate::users) async fn stays(tx: &Tx, user: &User, gone: &[Role]) -> Result<(), Failure> {
    let kept: Vec<Role> = less(gone, &less(gone, &KEPT));
    if kept.is_empty() || !user.active {
        return Ok(());
    }
    let all = store::users::list(tx).await?;
    for role in kept {
        let another = all
            .iter()
            .any(|other| other.id != user.id && other.active && other.roles.contains(&role));
        if !another {
            return Err(Fault::new(Code::AccountLast).fact("role", role).into());
        }
    }
    Ok(())
}
