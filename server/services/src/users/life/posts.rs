//! The one place where the life of accounts gives and takes posts, and asks whether somebody may give them.
//! Not here: who may take which step (`decide`), giving a post as such (`users::posts`).
//! Whoever gives a role reaches at least as far as it.

use shared::access::{Grants, Permission, RoleCode, ScopeKind, may_join};
use shared::account::life::AccountEvent;
use shared::account::posts::GivePost;
use shared::fault::{Code, Fault};
use store::life::{AccountLine, AccountRequest};
use store::users::User;
use store::{Conn, Tx};

use super::line;
use crate::context::Ctx;
use crate::fault::Failure;
use crate::reference::Reference;
use crate::users::posts::excluded;
use crate::users::{end_post_in, give_post_in};

/// Gives posts beside those that somebody has; what he has already is left as it is.
pub(in crate::users) async fn give(
    ctx: &Ctx,
    tx: &Tx,
    reference: &Reference,
    (user, wishes): (&User, &[GivePost]),
    request: Option<&AccountRequest>,
) -> Result<(), Failure> {
    let mut new = Vec::new();
    for wish in wishes {
        let unit = wish.unit.as_deref().unwrap_or(&user.unit);
        let is_there = |post: &store::posts::HeldPost| {
            // One that follows another is another one.
            let begins = wish.from.map_or(ctx.now(), |from| from.max(ctx.now()));
            let until = post.row.valid_until;
            post.row.role == wish.role
                && post.row.unit == unit
                && until.is_none_or(|until| until > begins)
        };
        if user.posts.iter().any(is_there) {
            continue;
        }
        let reason = wish.reason.clone();
        let wish = GivePost {
            reason: reason.or_else(|| request.map(|request| request.reason.clone())),
            ..wish.clone()
        };
        give_post_in(ctx, tx, reference, (user.id, &wish)).await?;
        new.push(wish.role);
    }
    told(ctx, tx, (user, request), (AccountEvent::Granted, &new)).await
}

/// Replaces the posts that somebody has: what goes, goes at once.
pub(in crate::users) async fn replace(
    ctx: &Ctx,
    tx: &Tx,
    reference: &Reference,
    (user, wishes): (&User, &[GivePost]),
    request: Option<&AccountRequest>,
) -> Result<(), Failure> {
    let mut gone = Vec::new();
    let why = request.map(|request| request.reason.as_str());
    for post in &user.posts {
        let stays = |wish: &GivePost| {
            let unit = wish.unit.as_deref().unwrap_or(&user.unit);
            wish.role == post.row.role && unit == post.row.unit
        };
        if !wishes.iter().any(stays) {
            end_post_in(ctx, tx, (user.id, post.row.no), why).await?;
            gone.push(post.row.role.clone());
        }
    }
    told(ctx, tx, (user, request), (AccountEvent::Revoked, &gone)).await?;
    let now = store::users::find(tx, user.id).await?;
    let now = now.ok_or_else(Fault::missing)?;
    give(ctx, tx, reference, (&now, wishes), request).await
}

async fn told(
    ctx: &Ctx,
    tx: &Tx,
    (user, request): (&User, Option<&AccountRequest>),
    (kind, roles): (AccountEvent, &[RoleCode]),
) -> Result<(), Failure> {
    if roles.is_empty() {
        return Ok(());
    }
    let entry = AccountLine {
        request: request.map(|request| request.id),
        facts: [("roles".to_owned(), words(roles))].into(),
        ..line(ctx, user.id, kind)
    };
    Ok(store::life::add(tx, &entry).await?)
}

/// Codes with blanks between.
pub(in crate::users) fn words(roles: &[RoleCode]) -> String {
    let words: Vec<&str> = roles.iter().map(RoleCode::as_str).collect();
    words.join(" ")
}

/// What posts that are asked for would give.
///
/// # Errors
/// `role.unknown` and `role.stopped` at `posts`.
async fn grants_of(
    conn: &dyn Conn,
    wishes: &[GivePost],
) -> Result<Vec<(RoleCode, Grants)>, Failure> {
    let mut found = Vec::new();
    for wish in wishes {
        let role = store::roles::find(conn, &wish.role).await?;
        let role = role.ok_or_else(|| Fault::field("posts", Code::RoleUnknown))?;
        if role.spec.stopped {
            return Err(Fault::field("posts", Code::RoleStopped).into());
        }
        found.push((wish.role.clone(), role.spec.grants.within(wish.scope)));
    }
    Ok(found)
}

/// Whether one person may hold these posts together.
///
/// # Errors
/// `role.unknown`, `role.stopped`, `role.excluded` at `posts`.
pub(super) async fn joined(conn: &dyn Conn, wishes: &[GivePost]) -> Result<(), Failure> {
    let found = grants_of(conn, wishes).await?;
    let joined = may_join(found.iter().map(|(_, grants)| grants));
    joined.map_err(|two| excluded("posts", two, None).into())
}

/// Nobody gives what reaches farther than he does himself by the right with which he gives it.
///
/// # Errors
/// `account.above` with the role.
pub(super) async fn not_above(
    ctx: &Ctx,
    conn: &dyn Conn,
    (right, wishes): (Permission, &[GivePost]),
) -> Result<(), Failure> {
    if ctx.actor.is_system() {
        return Ok(());
    }
    let of = |post: &shared::access::Post| post.grants.of(right);
    let own: Option<ScopeKind> = ctx.actor.posts.iter().filter_map(of).max();
    for (role, grants) in grants_of(conn, wishes).await? {
        if grants.widest() > own {
            return Err(Fault::new(Code::AccountAbove).fact("role", role).into());
        }
    }
    Ok(())
}
