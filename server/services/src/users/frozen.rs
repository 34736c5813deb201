//! Posts that stop without being taken back: frozen because nobody said in a review that they are still needed, resumed by who grants, and posts
//! that end on an earlier day.
//! Not here: who answers (`life::review`), giving and taking back (`posts`). A frozen post has run out; until when it was given is kept.

use shared::account::life::AccountEvent;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::UserId;
use shared::notice::{Audience, NoticeKind, Told};
use store::life::AccountLine;
use store::posts::HeldPost;
use store::record::PostRow;
use store::users::User;

use super::last::spared;
use super::life;
use super::posts::{apart, facts, not_oneself, reached};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::gateway::inside::{Subject, notice};
use crate::reference::Reference;
use crate::watch::watched;

/// Freezes a post inside a transaction, and tells its holder.
///
/// # Errors
/// `not_found`, `post.ended`, `role.last`.
pub(super) async fn freeze_in(
    ctx: &Ctx,
    tx: &store::Tx,
    reference: &Reference,
    (user, no, why): (UserId, i32, &str),
) -> Result<(), Failure> {
    store::roles::hold_administrators(tx).await?;
    let (person, post) = found(ctx, tx, (user, no)).await?;
    let now = ctx.now();
    spared(tx, (&person, &post), now).await?;
    let row = PostRow {
        valid_until: Some(now),
        frozen_at: Some(now),
        frozen_until: post.row.valid_until,
        ..post.row
    };
    kept(ctx, tx, &row, (AccountEvent::PostFrozen, Some(why))).await?;
    let told = Told {
        kind: NoticeKind::PostFrozen,
        no: no.to_string(),
        approval: None,
        by: None,
    };
    let unit = reference.units.get(&row.unit);
    let subject = Subject {
        ticket: None,
        region: unit.map_or("", |unit| unit.region.as_str()),
    };
    let id = ctx.services.ids().new_id(now);
    let message = notice(&Audience::Person(user), &told, subject, (id, now));
    Ok(store::outbox::put(tx, &message).await?)
}

/// Lets a post end on an earlier day, inside a transaction of the caller, who has asked for the right.
///
/// # Errors
/// `role.self`, `not_found`, `post.ended`, `role.last`.
pub(super) async fn shorten_in(
    ctx: &Ctx,
    tx: &store::Tx,
    (user, no): (UserId, i32),
    until: Instant,
) -> Result<(), Failure> {
    not_oneself(&ctx.actor, user)?;
    store::roles::hold_administrators(tx).await?;
    let (person, post) = found(ctx, tx, (user, no)).await?;
    spared(tx, (&person, &post), ctx.now()).await?;
    let row = PostRow {
        valid_until: Some(until),
        ..post.row
    };
    kept(ctx, tx, &row, (AccountEvent::PostShortened, None)).await
}

/// Lets a frozen post go on, until the day for which it was given.
///
/// # Errors
/// `access.denied`, `session.proof_needed`, `role.self`, `not_found`, `post.ended` for one that is not frozen or would have run out meanwhile,
/// and at `role` those of a post that does not go together with the others.
pub async fn resume(ctx: &Ctx, username: &str, no: i32) -> Result<(), Fault> {
    let user = reached(ctx, username).await?;
    watched(
        ctx,
        "role.grant",
        format!("user:{user}"),
        resumed(ctx, (user, no)),
    )
    .await
}

async fn resumed(ctx: &Ctx, of: (UserId, i32)) -> Result<(), Fault> {
    let ctx_of = ctx.clone();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let ctx = ctx_of.clone();
            Box::pin(async move { resume_in(&ctx, tx, of).await })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.rights().forget_all();
    Ok(())
}

async fn resume_in(ctx: &Ctx, tx: &store::Tx, of: (UserId, i32)) -> Result<(), Failure> {
    let (person, post) = found(ctx, tx, of).await?;
    let HeldPost { row, spec } = post;
    let is_over = row.frozen_until.is_some_and(|until| until <= ctx.now());
    let Some(spec) = spec.filter(|_| row.frozen_at.is_some() && !is_over) else {
        return Err(Fault::new(Code::PostEnded).into());
    };
    let row = PostRow {
        valid_until: row.frozen_until,
        frozen_at: None,
        frozen_until: None,
        ..row
    };
    apart(&person, &row, &spec, ctx.now())?;
    kept(ctx, tx, &row, (AccountEvent::PostResumed, None)).await
}

/// The account, held until the end of the transaction, and its post.
async fn found(
    ctx: &Ctx,
    tx: &store::Tx,
    (user, no): (UserId, i32),
) -> Result<(User, HeldPost), Failure> {
    store::users::touch(tx, user, ctx.now()).await?;
    let person = store::users::find(tx, user).await?;
    let person = person.ok_or_else(Fault::missing)?;
    let post = person.posts.iter().find(|post| post.row.no == no).cloned();
    let Some(post) = post else {
        let all = store::posts::of_user(tx, user).await?;
        let was = all.iter().any(|post| post.row.no == no);
        let code = if was { Code::PostEnded } else { Code::NotFound };
        return Err(Fault::new(code).into());
    };
    Ok((person, post))
}

/// Keeps the span of a post, with its line in the account's history and in the audit.
async fn kept(
    ctx: &Ctx,
    tx: &store::Tx,
    row: &PostRow,
    (event, why): (AccountEvent, Option<&str>),
) -> Result<(), Failure> {
    if !store::posts::set_span(tx, row, ctx.now()).await? {
        return Err(Fault::new(Code::PostEnded).into());
    }
    let told = AccountLine {
        reason: why.map(str::to_owned),
        facts: [
            ("roles".to_owned(), row.role.to_string()),
            ("post".to_owned(), row.no.to_string()),
        ]
        .into(),
        ..life::line(ctx, row.user_id, event)
    };
    store::life::add(tx, &told).await?;
    let mut entry = ctx.audit("role.span", format!("user:{}", row.user_id), "ok");
    entry.facts.extend(facts(row));
    entry.facts.insert("what".to_owned(), event.to_string());
    Ok(store::audit::append(tx, &entry).await?)
}
