//! Asking that somebody gets a post: by one security administrator, for another to grant. It says why, and until when.
//! Not here: granting it (`decide`), what fits (`users::posts`), posts that are asked for with an account (`ask`).
//! Several posts may be asked for at a time, but each once.

use shared::account::life::{AccountAct, AccountState};
use shared::account::posts::GivePost;
use shared::calendar::{Instant, day_start, days_after};
use shared::fault::{Check, Code, Fault};
use shared::ids::{AccountRequestId, UserId};
use shared::register::{Keep, setting_of};
use store::Tx;
use store::life::AccountRequest;
use store::users::User;

use super::ask::{AskAccount, blank, noted};
use super::posts_of;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::users::posts::fits;

/// Asks for a post; the caller's right and reach were asked before.
///
/// # Errors
/// Field faults; `account.not_now` for a closed account, `account.request_open` while the same or something else is asked for.
pub(in crate::users) async fn ask_post(
    ctx: &Ctx,
    user: UserId,
    post: GivePost,
) -> Result<AccountRequestId, Fault> {
    let services = &ctx.services;
    let reference = services.reference().await?;
    let key = setting_of(Keep::POSTS.key);
    let said = store::settings::get(&services.store().reader(), &key).await;
    let most = Keep::POSTS.of(said.settle(services)?.as_deref());
    let request = wished(ctx, &post, most)?;
    let id = request.id;
    let ctx_of = ctx.clone();
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, reference) = (ctx_of.clone(), reference.clone());
            let (request, post) = (request.clone(), post.clone());
            Box::pin(async move {
                // The row of the account is held: of two asked at once, the second sees the first.
                store::users::touch(tx, user, ctx.now()).await?;
                let found = store::users::find(tx, user).await?;
                let person = found.ok_or_else(Fault::missing)?;
                fits(&ctx, tx, &reference, (&person, &post)).await?;
                is_free(tx, &person, &post).await?;
                let request = AccountRequest {
                    user_id: Some(person.id),
                    username: person.username,
                    name: person.name,
                    unit: person.unit,
                    ..request
                };
                noted(&ctx, tx, request).await
            })
        })
        .await
        .settle(services)?;
    Ok(id)
}

/// What is asked for, when it says why and until when.
fn wished(ctx: &Ctx, post: &GivePost, most: i32) -> Result<AccountRequest, Fault> {
    let mut check = Check::default();
    match post.until {
        None => check.add("until", Code::InputRequired),
        Some(until) if until > last(ctx.now(), most) => {
            check.add_with("until", Code::PostSpan, &[("max", &most)]);
        }
        Some(_) => {}
    }
    let asked = AskAccount {
        kind: AccountAct::Grant,
        username: String::new(),
        name: None,
        unit: None,
        posts: vec![post.clone()],
        reason: post.reason.clone().unwrap_or_default(),
        heir: None,
    };
    let request = blank(ctx, &asked);
    check.finish_with(request.as_ref().map(|_| ()).map_err(Clone::clone))?;
    request
}

/// The latest end: that of the last of so many days.
fn last(now: Instant, most: i32) -> Instant {
    let days = u64::try_from(most).unwrap_or_default();
    day_start(days_after(now.date(), days + 1))
}

/// Nothing else is asked for about the account, and not the same post.
async fn is_free(tx: &Tx, person: &User, post: &GivePost) -> Result<(), Failure> {
    if person.state == AccountState::Closed {
        return Err(Fault::new(Code::AccountNotNow)
            .fact("account_state", person.state)
            .into());
    }
    let unit = |wish: &GivePost| wish.unit.clone().unwrap_or_else(|| person.unit.clone());
    for open in store::life::open_of(tx, &person.username).await? {
        let wishes = posts_of(&open.posts)?;
        let same = |wish: &GivePost| wish.role == post.role && unit(wish) == unit(post);
        if open.kind != AccountAct::Grant || wishes.iter().any(same) {
            return Err(Fault::new(Code::AccountRequestOpen)
                .fact("act", open.kind)
                .into());
        }
    }
    Ok(())
}
